import { isbn13, libraryBarcode } from '../barcodes.ts';
import type { Bib } from '../modrs/request.ts';
import { namedUuid, Random } from '../random.ts';
import { LIBRARIES } from '../story/libraries.ts';
import type { World } from '../world.ts';
import type { IllPolicyName, StockHolding, StockInstance } from './records.ts';

interface Member {
  readonly symbol: string;
  readonly name: string;
  readonly barcodeCode: string;
}

/** Members of the consortium that are in the inventory only: no ReShare of theirs is part of the practice. */
const ONLY_HERE: readonly Member[] = [
  { symbol: 'WMR', name: 'Westmoor University', barcodeCode: '7404' },
  { symbol: 'LRK', name: 'Larkfield College', barcodeCode: '8505' },
  { symbol: 'PNR', name: 'Penrose Institute', barcodeCode: '9606' },
];
const MEMBERS: readonly Member[] = [...LIBRARIES, ...ONLY_HERE];

function member(symbol: string): Member {
  const found = MEMBERS.find((one) => one.symbol === symbol);
  if (found === undefined) throw new RangeError(`No member ${symbol}`);
  return found;
}

interface HoldingPlan {
  /** `none`: the holding carries no policy. Default: it lends. */
  readonly policy?: IllPolicyName | 'none';
  readonly place?: string;
  readonly oddCode?: string;
  readonly statuses?: readonly string[];
  readonly statement?: string;
}

/** Builds the records of the shared inventory, each with an id that is the same in every story. */
class Shelver {
  #serial = 70_000;

  holding(name: string, symbol: string, callNumber: string, plan: HoldingPlan = {}): StockHolding {
    const { name: library, barcodeCode } = member(symbol);
    const { statuses = ['Unknown'], policy = 'Will lend' } = plan;
    return {
      id: namedUuid(`holding:${name}:${symbol}:${plan.place ?? ''}`),
      symbol,
      library,
      place: plan.place ?? 'STACKS',
      ...(plan.oddCode === undefined ? {} : { oddCode: plan.oddCode }),
      callNumber,
      ...(policy === 'none' ? {} : { policy }),
      ...(plan.statement === undefined ? {} : { statement: plan.statement }),
      items: statuses.map((status, n) => ({
        id: namedUuid(`stock-item:${name}:${symbol}:${plan.place ?? ''}:${n}`),
        barcode: libraryBarcode(3, barcodeCode, this.#serial++),
        status,
      })),
    };
  }
}

/** What the story's requests are about, so that a request found in ReShare can be found in the inventory too. */
function fromRequests(world: World, shelver: Shelver, seed: number): readonly StockInstance[] {
  const random = new Random(seed + 17);
  const known = new Map<string, Bib>();
  for (const tenant of world.tenants.values()) {
    for (const { bib } of tenant.requests.values()) if (bib.isbn !== undefined) known.set(bib.isbn, bib);
  }
  return [...known].map(([isbn, bib]): StockInstance => {
    const name = `work:${isbn}`;
    const holders = MEMBERS.filter(() => random.chance(0.5));
    const callNumber = `${random.pick(['HE', 'QK', 'TC', 'DA'])}${random.between(12, 900)} .${random.between(11, 98)}`;
    return {
      id: namedUuid(name),
      title: bib.title ?? '',
      ...(bib.author === undefined ? {} : { author: bib.author }),
      ...(bib.publisher === undefined ? {} : { publisher: bib.publisher }),
      ...(bib.placeOfPublication === undefined ? {} : { publishedAt: bib.placeOfPublication }),
      ...(bib.publicationDate === undefined ? {} : { year: bib.publicationDate }),
      extent: `${random.between(120, 540)} pages`,
      online: false,
      identifiers: [
        { type: 'ISBN', value: isbn },
        ...(bib.oclcNumber === undefined ? [] : [{ type: 'OCLC' as const, value: `(OCoLC)${bib.oclcNumber}` }]),
      ],
      holdings: (holders.length === 0 ? MEMBERS.slice(1, 3) : holders).map(({ symbol }) =>
        shelver.holding(name, symbol, callNumber, random.chance(0.15) ? { policy: 'Will not lend' } : {}),
      ),
    };
  });
}

/** A record of the cast of searches: what is particular about it stands beside it. */
interface Plan {
  readonly name: string;
  readonly title: string;
  readonly author?: string;
  readonly year?: string;
  readonly edition?: string;
  readonly online?: true;
  readonly identifiers: StockInstance['identifiers'];
  readonly holdings: readonly (readonly [symbol: string, plan?: HoldingPlan])[];
}

const ISBN = (value: string) => ({ type: 'ISBN' as const, value });
const OCLC = (value: string) => ({ type: 'OCLC' as const, value });

const REFUSES: HoldingPlan = { policy: 'Will not lend', place: 'REF' };

/** Records to search for, each with one thing that matters when a request is placed. */
const CAST: readonly Plan[] = [
  {
    // Three records of one book: the second has most lending libraries.
    name: 'duplicate-1',
    title: 'Tide tables of the northern estuary',
    author: 'Haverkamp, Joost',
    year: '2011',
    identifiers: [ISBN('9780000810014'), OCLC('ocn810000161')],
    holdings: [
      ['NFD', { statuses: ['Unknown', 'Unknown', 'Unknown'] }],
      ['WMR', REFUSES],
    ],
  },
  {
    name: 'duplicate-2',
    title: 'Tide tables of the northern estuary /',
    author: 'Haverkamp, Joost',
    year: '2011',
    identifiers: [ISBN('978-0-00-081001-4 (hbk.)'), ISBN('9780000810014'), OCLC('(OCoLC)810000161')],
    holdings: [['NFD'], ['EPT'], ['LRK', { statuses: ['Available'] }]],
  },
  {
    name: 'duplicate-3',
    title: 'Tide tables of the northern estuary',
    author: 'Haverkamp, Joost',
    year: '2011',
    identifiers: [ISBN('9780000810014')],
    holdings: [['EPT', { policy: 'none' }]],
  },
  {
    // No holding lends: it may be found, and may not be asked for.
    name: 'lends-nowhere',
    title: 'Charter rolls of the Vale of Orrin',
    author: 'Tregear, Alys',
    year: '1934',
    identifiers: [ISBN('9780000820013')],
    holdings: [
      ['NFD', REFUSES],
      ['EPT', { policy: 'Will lend hard copy only' }],
      ['PNR', { policy: 'none' }],
    ],
  },
  {
    // A library's first holding refuses, its second lends: ReShare sees only the first.
    name: 'second-holding',
    title: 'Ferry timetables of the Hartland coast',
    author: 'Whitlock, Abel',
    year: '1988',
    identifiers: [ISBN('9780000830012')],
    holdings: [
      ['NFD', REFUSES],
      ['NFD', { place: 'STACKS' }],
    ],
  },
  {
    name: 'odd-location',
    title: 'Signal boxes of the upper Marne',
    author: 'Brandt, Ilse',
    year: '1997',
    identifiers: [ISBN('9780000840011')],
    holdings: [['EPT', { oddCode: 'MAGAZINE' }]],
  },
  {
    name: 'online',
    title: 'A handbook of kelp forests',
    author: 'Sato, Renji',
    year: '2020',
    online: true,
    identifiers: [ISBN('9780000850010')],
    holdings: [['NFD', { statuses: [] }]],
  },
  {
    name: 'ten-digits-only',
    title: 'Winter wheat and its weather',
    author: 'Okafor, Daniel',
    year: '1979',
    identifiers: [ISBN('0-00-086001-8 (pbk.)')],
    holdings: [['EPT'], ['NFD']],
  },
  {
    name: 'wrong-isbn',
    title: 'Rope walks of the Skagen shore',
    author: 'Lindqvist, Marta',
    year: '1969',
    identifiers: [
      { type: 'Invalid ISBN', value: '9780000870019' },
      { type: 'LCCN', value: '69012345' },
    ],
    holdings: [['NFD']],
  },
  {
    name: 'journal',
    title: 'Journal of estuarine history',
    year: '1951-',
    identifiers: [{ type: 'ISSN', value: '2049-3630' }],
    holdings: [
      ['NFD', { statement: 'v.1 (1951)-v.60 (2010)', statuses: [] }],
      ['WMR', { statement: 'v.12-', statuses: [] }],
    ],
  },
  {
    // Twelve holdings; the only two that lend stand beyond the first ten.
    name: 'many-holdings',
    title: 'Atlas of chalk streams',
    author: 'Maldonado, Inés',
    year: '2003',
    identifiers: [ISBN('9780000880017')],
    holdings: [
      ...Array.from({ length: 10 }, (_one, n): [string, HoldingPlan] => [
        n % 2 === 0 ? 'WMR' : 'LRK',
        { policy: 'Will not lend', place: `REF${n}` },
      ]),
      ['NFD'],
      ['EPT'],
    ],
  },
];

function ofCast(plan: Plan, shelver: Shelver): StockInstance {
  return {
    id: namedUuid(`instance:${plan.name}`),
    title: plan.title,
    ...(plan.author === undefined ? {} : { author: plan.author }),
    ...(plan.edition === undefined ? {} : { edition: plan.edition }),
    publisher: 'Harbour Press',
    publishedAt: 'Bergen',
    ...(plan.year === undefined ? {} : { year: plan.year }),
    extent: plan.online === true ? '1 online resource' : '212 pages',
    online: plan.online === true,
    identifiers: plan.identifiers,
    holdings: plan.holdings.map(([symbol, holding]) => shelver.holding(plan.name, symbol, 'HE 550 .T5', holding)),
  };
}

/** Thirty editions of one classic, so that a search has more than one page. */
function editions(shelver: Shelver): readonly StockInstance[] {
  return Array.from({ length: 30 }, (_one, n): StockInstance => {
    const name = `odyssey-${n + 1}`;
    return {
      id: namedUuid(`instance:${name}`),
      title: 'The Odyssey',
      author: 'Homer',
      edition: `${n + 1}. edition`,
      publisher: 'Meridian House',
      publishedAt: 'Boston',
      year: String(1970 + n),
      extent: `${300 + n} pages`,
      online: false,
      identifiers: [ISBN(isbn13(`97800009${String(1000 + n)}`))],
      holdings: MEMBERS.slice(1, 2 + (n % 5)).map(({ symbol }) => shelver.holding(name, symbol, 'PA4025 .A5')),
    };
  });
}

/** Everything the practice consortium's shared inventory holds, by id. */
export function stockInventory(world: World, seed: number): ReadonlyMap<string, StockInstance> {
  const shelver = new Shelver();
  const all = [
    ...CAST.map((plan) => ofCast(plan, shelver)),
    ...editions(shelver),
    ...fromRequests(world, shelver, seed),
  ];
  return new Map(all.map((instance) => [instance.id, instance]));
}
