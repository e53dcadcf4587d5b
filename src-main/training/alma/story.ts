import type { Random } from '../random.ts';
import type { AlmaItemEntry, AlmaRequestEntry, AlmaStore, RequestStatus } from './model.ts';

const DAY = 86_400_000;

const PEOPLE = [
  ['D0001234', 'Sam', 'Okafor'],
  ['D0001235', 'Ines', 'Marchetti'],
  ['D0001236', 'Jonas', 'Lindqvist'],
  ['D0001237', 'Amira', 'Haddad'],
  ['D0001238', 'Petra', 'Novotná'],
] as const;

const BOOKS = [
  ['A Field Guide to Imaginary Lighthouses', 'Quill, Marjorie'],
  ['Notes on Harbour Geometry', 'Dray, P.'],
  ['The Ferryman’s Ledger', 'Osei, Ruth'],
  ['Rivers as Legal Persons', 'Tamm, L.'],
  ['Contracts of the Salt Trade', 'Benedek, Ilona'],
  ['Customary Law of the Tides', 'Abara, N.'],
  ['A Short History of Weirs', 'Lund, Karin'],
  ['The Surveyor and the Marsh', 'Whitlow, E.'],
  ['Bridges Nobody Crossed', 'Castellanos, M.'],
  ['Evidence and Rumour', 'Fairfax, J.'],
  ['Islands in Dispute', 'Mori, Hana'],
  ['The Quarantine Papers', 'Delacroix, S.'],
  ['Wreck and Salvage', 'Ormond, T.'],
  ['Boundary Stones', 'Vesely, A.'],
] as const;

/** What the story is about, by the name a script or a test calls it. */
export interface AlmaThings {
  /** Temporary items out on loan, their lender's date near: to be renewed in both systems. */
  readonly loans: readonly { readonly barcode: string; readonly requestId: string; readonly user: string }[];
  /** Exported long ago and closed in WorldShare since: to be cancelled quietly. */
  readonly stale: readonly { readonly requestId: string; readonly user: string; readonly title: string }[];
  /** Exported this week. */
  readonly fresh: readonly { readonly requestId: string; readonly user: string; readonly title: string }[];
  /** Received and waiting for the patron. */
  readonly received: { readonly requestId: string; readonly user: string; readonly barcode: string };
}

/** Fills an empty Alma: eight loans, fourteen old exports and three new ones, lending work, slips. */
export function tellAlma(store: AlmaStore, random: Random, now: number): AlmaThings {
  for (const [id, first, last] of PEOPLE) store.users.set(id, { id, first, last });
  const number = (prefix: string): string => `${prefix}${random.digits(9)}9999`;
  let external = 400;

  const request = (index: number, status: RequestStatus, daysAgo: number, barcode?: string): AlmaRequestEntry => {
    const [title, author] = BOOKS[index % BOOKS.length] ?? BOOKS[0];
    const [user] = PEOPLE[index % PEOPLE.length] ?? PEOPLE[0];
    external += 1;
    const made: AlmaRequestEntry = {
      id: number('43'),
      externalId: `999LAW${String(external).padStart(7, '0')}`,
      side: 'borrowing',
      user,
      partner: 'WSILL',
      title,
      author,
      oclcNumber: `9${random.digits(8)}`,
      created: now - daysAgo * DAY,
      modified: now - Math.max(1, daysAgo - 2) * DAY,
      status,
      hold: number('44'),
      ...(barcode === undefined ? {} : { barcode }),
    };
    store.requests.set(made.id, made);
    return made;
  };
  const item = (index: number, state: AlmaItemEntry['state'], borrowed: boolean, barcode: string): AlmaItemEntry => {
    const [title, author] = BOOKS[index % BOOKS.length] ?? BOOKS[0];
    const made: AlmaItemEntry = {
      pid: number('23'),
      mmsId: number('991'),
      holdingId: number('22'),
      barcode,
      title,
      author,
      borrowed,
      state,
    };
    store.items.set(barcode, made);
    return made;
  };

  const loans = Array.from({ length: 8 }, (_, index) => {
    const barcode = `LAW-TMP-${String(701 + index).padStart(6, '0')}`;
    const { id, user = '' } = request(index, 'LOANED', 40 + index, barcode);
    const { pid } = item(index, 'loan', true, barcode);
    const loan = { id: number('73'), user, pid, since: now - 30 * DAY, due: endOfDay(now + (3 + index) * DAY) };
    store.loans.set(loan.id, loan);
    return { barcode, requestId: id, user };
  });
  const exported = (count: number, daysAgo: number) =>
    Array.from({ length: count }, (_, index) => {
      const { id, user = '', title } = request(index, 'REQUEST_SENT', daysAgo + index * 3);
      return { requestId: id, user, title };
    });
  const stale = exported(14, 90);
  const fresh = exported(3, 1);
  const waiting = request(5, 'RECEIVED_PHYSICALLY', 12, 'LAW-TMP-000720');
  item(5, 'returned', true, 'LAW-TMP-000720');
  item(1, 'in-place', false, '39999000012345');
  lend(store, number, now);
  return {
    loans,
    stale,
    fresh,
    received: { requestId: waiting.id, user: waiting.user ?? '', barcode: 'LAW-TMP-000720' },
  };
}

function lend(store: AlmaStore, number: (prefix: string) => string, now: number): void {
  const lending: AlmaRequestEntry = {
    id: number('35'),
    externalId: 'EXB-2026-00088',
    side: 'lending',
    partner: 'EXB',
    title: 'Notes on Harbour Geometry',
    author: 'Dray, P.',
    created: now - 30 * DAY,
    modified: now - 28 * DAY,
    status: 'SHIPPED_PHYSICALLY',
    barcode: '39999000012345',
    hold: number('44'),
  };
  store.requests.set(lending.id, lending);
  const wanted = BOOKS.slice(9, 12).map(([title, author], index): AlmaRequestEntry => ({
    id: number('35'),
    externalId: `EXC-2026-${String(201 + index).padStart(5, '0')}`,
    side: 'lending',
    partner: 'EXC',
    title,
    author,
    created: now - (index + 1) * DAY,
    modified: now - (index + 1) * DAY,
    status: 'REQUEST_CREATED_LEN',
    hold: number('44'),
  }));
  for (const one of wanted) store.requests.set(one.id, one);
  const letters: readonly (readonly [string, AlmaRequestEntry | undefined])[] = [
    ['Resource Sharing Shipping Slip Letter', lending],
    ['Resource Request Slip Letter', wanted[0]],
  ];
  for (const [kind, about] of letters) {
    if (about === undefined) continue;
    const id = number('50');
    store.printouts.set(id, { id, kind, html: letterOf(kind, about), date: now - DAY, state: 'Pending' });
  }
}

/** A letter as Alma renders it: a page with its own style, tables and pictures of other hosts. */
function letterOf(kind: string, { title, author, externalId, partner }: AlmaRequestEntry): string {
  const name = PARTNERS.find(({ code }) => code === partner)?.name ?? partner;
  return `<html><head><title>${kind}</title><style>td { font-size: 12pt }</style></head><body><h1>${kind}</h1><table><tr><td><b>Title:</b></td><td>${title}</td></tr><tr><td>Author:</td><td>${author}</td></tr><tr><td>Partner:</td><td>${name}</td></tr><tr><td>External&nbsp;ID:</td><td>${externalId}</td></tr></table><img src="https://practice.invalid/logo.png" alt="logo"/></body></html>`;
}

/** Alma's due dates fall on the last minute of a day. */
function endOfDay(at: number): number {
  return Math.floor(at / DAY) * DAY + DAY - 60_000;
}

export const PARTNERS = [
  { code: 'WSILL', name: 'WorldShareILL', system: 'WorldShare ILL', profile: 'NCIP' },
  { code: 'EXB', name: 'Example College B', system: 'Alma', profile: 'ISO' },
  { code: 'EXC', name: 'Example University C', system: 'Alma', profile: 'ISO' },
] as const;
