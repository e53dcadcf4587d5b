import { namedUuid } from '../random.ts';

/** Identifier types of FOLIO's reference data, by name (mod-inventory-storage, reference-data/identifier-types). */
export const IDENTIFIER_TYPES = {
  ISBN: '8261054f-be78-422d-bd51-4ed9f33c3422',
  'Invalid ISBN': 'fcca2643-406a-482a-b760-7a7f8aec640e',
  ISSN: '913300b2-03ed-469a-8179-c1092c991227',
  OCLC: '439bfbae-75bc-4f74-9fc7-b2a2d47ce3ef',
  LCCN: 'c858e4f2-2b6b-4385-842b-60532ee14abb',
} as const;
export type IdentifierTypeName = keyof typeof IDENTIFIER_TYPES;

/** ILL policies of FOLIO's reference data, by name. */
export const ILL_POLICIES = {
  'Will lend': '46970b40-918e-47a4-a45d-b1677a2d3d46',
  'Will not lend': 'b0f97013-87f5-4bab-87f2-ac4a5191b489',
  'Will lend hard copy only': '2b870182-a23d-48e8-917d-9421e5c3ce13',
  'Unknown lending policy': '37fc2702-7ec9-482a-a4e3-5ed9a122ece1',
} as const;
export type IllPolicyName = keyof typeof ILL_POLICIES;

/** Resource types (instance types) as RDA names them. */
export const INSTANCE_TYPES = { text: namedUuid('instance-type:text'), online: namedUuid('instance-type:online') };

export interface StockItem {
  readonly id: string;
  readonly barcode: string;
  /** Harvests write `Unknown` for every item; a few older ones carry a real status. */
  readonly status: string;
  readonly enumeration?: string;
}

export interface StockHolding {
  readonly id: string;
  /** Symbol of the library, without its authority. */
  readonly symbol: string;
  readonly library: string;
  /** Last of the four parts of the location's code; the other three are the symbol. */
  readonly place: string;
  /** Written instead of the four-part code, as a badly configured harvest does. */
  readonly oddCode?: string;
  readonly callNumber: string;
  readonly policy?: IllPolicyName;
  readonly statement?: string;
  readonly items: readonly StockItem[];
}

/** One record of the shared inventory. All invented. */
export interface StockInstance {
  readonly id: string;
  readonly title: string;
  readonly author?: string;
  readonly edition?: string;
  readonly publisher?: string;
  readonly publishedAt?: string;
  readonly year?: string;
  readonly extent: string;
  readonly online: boolean;
  readonly identifiers: readonly { readonly type: IdentifierTypeName; readonly value: string }[];
  readonly holdings: readonly StockHolding[];
}

export function locationCode({ symbol, place, oddCode }: StockHolding): string {
  return oddCode ?? [symbol, symbol, symbol, place].join('/');
}

/**
 * Symbols of the libraries a request for this record would be sent to, in the order of its holdings: lendable, a four-part
 * location code, and of each library only its first holding counts, within the first ten (mod-rs FolioSharedIndexService).
 */
export function rotaOf(instance: StockInstance): readonly string[] {
  const first = new Map<string, StockHolding>();
  for (const holding of instance.holdings.slice(0, 10)) {
    const parts = locationCode(holding).split('/');
    const symbol = parts[0];
    if (parts.length === 4 && symbol !== undefined && !first.has(symbol)) first.set(symbol, holding);
  }
  return [...first].filter(([, holding]) => holding.policy === 'Will lend').map(([symbol]) => symbol);
}
