import type { Candidate, InventoryCapabilities } from '../contract/inventory.ts';
import { judge, type Judgement } from './eligibility.ts';

/** A record with its judgement and its place among the records of the same thing. */
export interface Ranked {
  readonly candidate: Candidate;
  readonly judgement: Judgement;
  /** How many records of the result are of the same thing, this one included. */
  readonly alike: number;
  /** From 1, within the alike. */
  readonly place: number;
  /** The two best of the alike have the same number of lending libraries: a person chooses. */
  readonly tied: boolean;
  /** Why it stands where it stands. */
  readonly why: string;
}

/**
 * Groups records of the same thing and ranks each group: by lending institutions, then usable items on lendable holdings, then
 * lendable holdings, then id ("choosing the instance with the most available holdings"; item status alone cannot carry that,
 * since harvests write `Unknown`). Groups keep the order of the answer; what cannot be asked for comes last in its group.
 */
export function rankResults(candidates: readonly Candidate[], rota: InventoryCapabilities['rota']): readonly Ranked[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = likenessOf(candidate);
    groups.set(key, [...(groups.get(key) ?? []), candidate]);
  }
  return [...groups.values()].flatMap((group) => rankGroup(group, rota));
}

function rankGroup(group: readonly Candidate[], rota: InventoryCapabilities['rota']): readonly Ranked[] {
  const judged = group
    .map((candidate) => ({ candidate, judgement: judge(candidate, rota) }))
    .sort((a, b) => compare(a.judgement, b.judgement) || (a.candidate.id < b.candidate.id ? -1 : 1));
  const [first, second] = judged;
  const tied =
    first !== undefined &&
    second?.judgement.eligible === true &&
    first.judgement.eligible === true &&
    first.judgement.lenders.length === second.judgement.lenders.length;
  return judged.map(({ candidate, judgement }, at) => ({
    candidate,
    judgement,
    alike: group.length,
    place: at + 1,
    tied: tied && at < 2,
    why: whyHere(judgement, at, judged[at + 1]?.judgement ?? judged[at - 1]?.judgement, tied && at < 2),
  }));
}

function compare(a: Judgement, b: Judgement): number {
  const standing = ({ eligible }: Judgement): number => (eligible === true ? 0 : eligible === undefined ? 1 : 2);
  return (
    standing(a) - standing(b) ||
    b.lenders.length - a.lenders.length ||
    (b.usableItems ?? 0) - (a.usableItems ?? 0) ||
    b.lendableHoldings - a.lendableHoldings
  );
}

function whyHere(judgement: Judgement, at: number, other: Judgement | undefined, tied: boolean): string {
  const numbers = countsOf(judgement);
  if (judgement.eligible !== true) return judgement.reason ?? '';
  if (other === undefined) return numbers;
  if (tied) return `${numbers} As many lending libraries as another record of it: compare the two.`;
  if (at > 0) return numbers;
  if (other.eligible !== true) return `${numbers} The only record of it that can be asked for.`;
  return other.lenders.length < judgement.lenders.length ? `${numbers} Most lending libraries.` : numbers;
}

/** The three numbers, honestly labelled. */
function countsOf({ lendableHoldings, lenders, rota, librariesKnown }: Judgement): string {
  const holdings = `${lendableHoldings} ${lendableHoldings === 1 ? 'holding lends' : 'holdings lend'}`;
  if (!librariesKnown) return `${holdings}.`;
  const libraries = `${lenders.length} ${lenders.length === 1 ? 'library' : 'libraries'}`;
  return `${holdings}, in ${libraries}; ReShare is likely to ask ${rota.length}.`;
}

/** Records with the same text here are of the same thing: title and author as people compare them, year, edition, format. */
export function likenessOf({ id, title, author = '', year = '', edition = '', electronic }: Candidate): string {
  const name = comparable(title);
  const parts = [name, comparable(author), /\d{4}/.exec(year)?.[0] ?? '', comparable(edition), String(electronic)];
  // Without any letter there is nothing to compare by.
  return name === '' ? id : parts.join('\n');
}

const ARTICLE = /^(?:the|an?) /;

/** Lower case, without accents, punctuation, a leading article, and what follows ` / ` or ` : `. */
export function comparable(text: string): string {
  const [main = ''] = text.split(/ [/:](?: |$)/);
  return main
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(ARTICLE, '');
}

/** What a row of a file comes to: the one record to ask for, or why no program should choose. */
export type Choice =
  | { readonly kind: 'one'; readonly ranked: Ranked }
  | { readonly kind: 'none' }
  | { readonly kind: 'not-lendable'; readonly ranked: Ranked }
  | { readonly kind: 'not-known'; readonly ranked: Ranked }
  | { readonly kind: 'several'; readonly count: number };

/** Chooses where the choice is plain: all records are of the same thing, and the best does not tie with the next. */
export function choose(ranked: readonly Ranked[]): Choice {
  const [first] = ranked;
  if (first === undefined) return { kind: 'none' };
  const uncertain = ranked.find(({ judgement }) => judgement.eligible === undefined);
  const eligible = ranked.filter(({ judgement }) => judgement.eligible === true);
  const [best] = eligible;
  if (best === undefined) {
    return uncertain === undefined ? { kind: 'not-lendable', ranked: first } : { kind: 'not-known', ranked: uncertain };
  }
  const alike = new Set(eligible.map(({ candidate }) => likenessOf(candidate)));
  return alike.size > 1 || best.tied ? { kind: 'several', count: eligible.length } : { kind: 'one', ranked: best };
}
