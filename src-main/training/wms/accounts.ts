import type { Random } from '../random.ts';
import { library, LIBRARIES } from '../story/libraries.ts';
import { people } from '../story/people.ts';
import type { Patron } from '../world.ts';
import type { WmsContext, WmsPatron } from './model.ts';

const DAY = 86_400_000;

/** Patrons that stand out; they are on none of ReShare's requests. */
export type SpecialPatron = 'lapsed' | 'blocked' | 'bills' | 'smallBill' | 'full' | 'illBlocked';

const SPECIALS: readonly SpecialPatron[] = ['lapsed', 'blocked', 'bills', 'smallBill', 'full', 'illBlocked'];
const OWED: Readonly<Partial<Record<SpecialPatron, number>>> = { bills: 4200, smallBill: 250 };

/** Card numbers of the people in the store. */
export interface Cards {
  /** The n-th ordinary patron. */
  readonly card: (n: number) => string;
  readonly special: (who: SpecialPatron) => string;
}

/**
 * Puts the library's patrons and the accounts of the other libraries into the store. `known` are the people ReShare knows too; absent,
 * forty are invented.
 */
export function addAccounts(context: WmsContext, random: Random, known?: readonly Patron[]): Cards {
  const invent = (count: number): readonly Patron[] =>
    people(random, 'riverside', library('riverside').barcodeCode, count);
  const ordinary = known ?? invent(40);
  // Card numbers follow from the place in the list, so the last of a longer list are new.
  const special = invent(ordinary.length + SPECIALS.length).slice(ordinary.length);
  for (const [place, patron] of ordinary.entries()) addPatron(context, random, patron, place);
  for (const [place, patron] of special.entries()) addPatron(context, random, patron, place, SPECIALS[place]);
  for (const { institutionalPatronId, symbol, name } of LIBRARIES) {
    addLibrary(context, random, institutionalPatronId, symbol, name);
  }
  addLibrary(context, random, '90000001', 'RESHARE', 'Resource sharing, any library');
  return {
    card: (n) => ordinary[n]?.barcode ?? '',
    special: (who) => special[SPECIALS.indexOf(who)]?.barcode ?? '',
  };
}

function blank(random: Random): Pick<WmsPatron, 'id' | 'ppid' | 'blocked' | 'illBlocked' | 'verified'> {
  return { id: random.uuid(), ppid: random.uuid(), blocked: false, illBlocked: false, verified: true };
}

function addPatron(context: WmsContext, random: Random, patron: Patron, place: number, who?: SpecialPatron): void {
  const { store } = context;
  const { branches } = store.institution;
  store.patrons.set(patron.barcode, {
    ...blank(random),
    barcode: patron.barcode,
    givenName: patron.givenName,
    familyName: patron.surname,
    email: patron.email,
    category: who === 'full' ? 'COMMUNITY' : patron.profile,
    homeBranch: branches[place % branches.length]?.id ?? '',
    expires: context.now() + (who === 'lapsed' ? -20 : 400) * DAY,
    blocked: who === 'blocked',
    illBlocked: who === 'illBlocked',
  });
  const owed = who === undefined ? undefined : OWED[who];
  if (owed === undefined) return;
  store.bills.push({
    id: random.uuid(),
    patron: patron.barcode,
    type: 'Fine',
    amount: owed,
    at: context.now() - 30 * DAY,
  });
}

function addLibrary(context: WmsContext, random: Random, barcode: string, symbol: string, name: string): void {
  const { store } = context;
  store.patrons.set(barcode, {
    ...blank(random),
    barcode,
    symbol,
    givenName: 'Library',
    familyName: name,
    email: 'ill@riverside.example.edu',
    category: 'INSTITUTION',
    homeBranch: store.institution.branches[0]?.id ?? '',
    expires: context.now() + 4000 * DAY,
  });
}
