import type { Candidate, HoldingView, InventoryCapabilities } from '../contract/inventory.ts';

/** ILL policy that makes a holding count; every other name, also a longer one, does not (mod-rs FolioSharedIndexService). */
export const WILL_LEND = 'Will lend';

/** mod-rs asks for holdings without a limit, and mod-graphql then gives ten. */
const SEEN_BY_MOD_RS = 10;

const UNUSABLE_WARNING = 'The policy says lend, but every copy is gone: lost, withdrawn or lent.';
const DROPPED_WARNING =
  'The location code has not four parts: ReShare drops such a holding, so the request would find no supplier.';

/** Whether a record may be asked for, with the numbers that say how good the chance is. */
export interface Judgement {
  /** Undefined when the holdings could not be read. */
  readonly eligible: boolean | undefined;
  /** Why not, or why it is not known. */
  readonly reason?: string;
  readonly warning?: string;
  readonly lendableHoldings: number;
  /** Symbols of the libraries with a lendable holding whose location can be read. */
  readonly lenders: readonly string[];
  /** Symbols of those mod-rs is likely to ask, in its order. */
  readonly rota: readonly string[];
  /** Items of lendable holdings with status Available or Unknown; undefined when not all items are known. */
  readonly usableItems: number | undefined;
  /** The locations of all lendable holdings are known, so that libraries can be counted. */
  readonly librariesKnown: boolean;
}

/** Seed rule of the guide: at least one holding with an ILL status of exactly "Will lend". */
export function judge(candidate: Candidate, rota: InventoryCapabilities['rota']): Judgement {
  const { holdings } = candidate;
  if (holdings === undefined) {
    return {
      ...NOTHING,
      eligible: undefined,
      reason:
        'The Shared Inventory did not say who holds this. That is not the same as nobody: look again in a minute.',
    };
  }
  const lendable = holdings.filter(({ policy }) => policy === WILL_LEND);
  if (lendable.length === 0) {
    if (!candidate.complete) {
      return {
        ...NOTHING,
        eligible: undefined,
        reason: 'None of the holdings that came lends, but not all of them came.',
      };
    }
    return { ...NOTHING, eligible: false, reason: whyNot(holdings) };
  }
  const lenders = [...new Set(lendable.flatMap((holding) => symbolOf(holding) ?? []))];
  const likely = rotaOf(holdings, rota);
  const usableItems = lendable.every(({ items }) => items !== undefined)
    ? lendable.flatMap(({ items = [] }) => items).filter(isUsable).length
    : undefined;
  const itemsListed = lendable.some(({ items = [] }) => items.length > 0);
  const librariesKnown = lendable.every(({ locationCode }) => locationCode !== undefined);
  const warning =
    librariesKnown && lenders.length === 0
      ? DROPPED_WARNING
      : usableItems === 0 && itemsListed
        ? UNUSABLE_WARNING
        : librariesKnown && likely.length === 0
          ? notAsked(holdings, lenders, rota)
          : undefined;
  return {
    eligible: true,
    lendableHoldings: lendable.length,
    lenders,
    rota: likely,
    usableItems,
    librariesKnown,
    ...(warning === undefined ? {} : { warning }),
  };
}

const NOTHING = { lendableHoldings: 0, lenders: [], rota: [], usableItems: undefined, librariesKnown: true } as const;

/** Seen by status alone: harvests write `Unknown` for every item. */
function isUsable(status: string): boolean {
  return status === 'Available' || status === 'Unknown';
}

function whyNot(holdings: readonly HoldingView[]): string {
  if (holdings.length === 0) return 'No library holds it.';
  const policies = new Set(holdings.flatMap(({ policy }) => policy ?? []));
  const named = [...policies].map((policy) => `“${policy}”`).join(', ');
  if (named === '') return 'No library has said whether it lends this (no ILL policy on any holding).';
  const longer = [...policies].some((policy) => policy.startsWith(WILL_LEND) && policy !== WILL_LEND);
  return longer
    ? `No holding says exactly “${WILL_LEND}”; ${named} is another policy and ReShare skips it.`
    : `No holding says “${WILL_LEND}”, only ${named}.`;
}

function notAsked(holdings: readonly HoldingView[], lenders: readonly string[], rota: 'folio' | 'oai'): string {
  const beyond = rota === 'folio' && rotaOf(holdings, 'folio', holdings.length).length > 0;
  return beyond
    ? `${listed(lenders)} lend${lenders.length === 1 ? 's' : ''} it, but ReShare reads only the first ${SEEN_BY_MOD_RS} of ${holdings.length} holdings and would not ask there.`
    : `${listed(lenders)} lend${lenders.length === 1 ? 's' : ''} it, but the first holding there does not, and ReShare looks no further.`;
}

function listed(names: readonly string[]): string {
  return names.join(', ');
}

/** The library's symbol: the first of exactly four parts of the location code; with anything else mod-rs drops the holding. */
export function symbolOf({ locationCode }: HoldingView): string | undefined {
  const parts = locationCode?.split('/');
  return parts?.length === 4 && parts[0] !== '' ? parts[0] : undefined;
}

/** The libraries mod-rs is likely to ask, as it reads the holdings: see {@link InventoryCapabilities.rota}. */
function rotaOf(holdings: readonly HoldingView[], how: 'folio' | 'oai', seen = SEEN_BY_MOD_RS): readonly string[] {
  const chosen = new Map<string, HoldingView>();
  for (const holding of how === 'folio' ? holdings.slice(0, seen) : holdings) {
    const symbol = symbolOf(holding);
    if (symbol === undefined) continue;
    const before = chosen.get(symbol);
    if (before === undefined || (how === 'oai' && before.policy !== WILL_LEND)) chosen.set(symbol, holding);
  }
  return [...chosen].filter(([, { policy }]) => policy === WILL_LEND).map(([symbol]) => symbol);
}
