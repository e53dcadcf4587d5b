import type { Copy, CopyState, TitleCopies } from '../contract/item.ts';
import { dayWords, dueDay } from './check-out-due.ts';
import type { LoanDue } from './check-out-types.ts';
import type { CirculationRules } from './circulation-types.ts';
import { given, shorten } from './words.ts';

/** One copy as the circulation system tells it (WMS Availability, OPACXML `circulation`). Absent means "not said". */
export interface CopyFacts {
  /** `itemId`. */
  readonly barcode?: string;
  /** `availableNow`. */
  readonly available?: boolean;
  /** `availabilityDate`. */
  readonly due?: LoanDue;
  readonly onHold?: boolean;
  /** `reasonUnavailable`: an open list. */
  readonly reason?: string;
  /** `localLocation`, 852$b. */
  readonly holdingCode?: string;
  /** `shelvingLocation`, 852$c. */
  readonly shelvingLocation?: string;
  readonly temporaryLocation?: string;
  readonly callNumber?: string;
  readonly copyNumber?: string;
  /** Volume and year. */
  readonly part?: string;
  /** Whose it is, where a group's copies are told. */
  readonly institution?: string;
}

export interface CopiesScene {
  readonly circulation: Pick<CirculationRules, 'name' | 'branches'>;
  /** The label that was scanned. */
  readonly barcode: string;
  /** ISO 8601 UTC. */
  readonly now: string;
  readonly timeZone?: string;
}

/** The copies of a title in words; the copy in the hand first, then those on their shelves. */
export function titleCopies(
  title: { readonly oclcNumber: string; readonly at: string; readonly copies: readonly CopyFacts[] },
  scene: CopiesScene,
): TitleCopies {
  const copies = title.copies.map((copy) => copyWords(copy, scene)).sort((a, b) => rank(a) - rank(b));
  const { oclcNumber, at } = title;
  return { oclcNumber, at, copies, summary: summary(copies, oclcNumber, scene.circulation.name) };
}

const ORDER: readonly CopyState[] = ['available', 'wanted', 'out', 'elsewhere', 'not-told'];

function rank(copy: Copy): number {
  return copy.inHand ? -1 : ORDER.indexOf(copy.state);
}

function summary(copies: readonly Copy[], oclcNumber: string, system: string): string {
  if (copies.length === 0) return `${system} has no copy of OCLC ${oclcNumber} in this library.`;
  const free = copies.filter(({ state }) => state === 'available').length;
  if (copies.length === 1)
    return free === 1 ? 'The only copy is available now.' : 'The only copy is not available now.';
  if (free === 0) return `None of ${String(copies.length)} copies is available now.`;
  return `${String(free)} of ${String(copies.length)} copies ${free === 1 ? 'is' : 'are'} available now.`;
}

function copyWords(copy: CopyFacts, scene: CopiesScene): Copy {
  const { name } = scene.circulation;
  const day = dueDay(copy.due, scene.timeZone);
  const due =
    copy.due?.kind === 'words' ? shorten(copy.due.words, 40) : day && dayWords(day, scene.now, scene.timeZone);
  const state = stateOf(copy);
  const reason = given(copy.reason, 60);
  const elsewhere = given(copy.temporaryLocation, 60);
  const what = [
    given(copy.copyNumber, 20) && `copy ${given(copy.copyNumber, 20) ?? ''}`,
    given(copy.part, 60),
    given(copy.callNumber, 60),
  ].filter((part) => part !== undefined && part !== '');
  const barcode = given(copy.barcode, 40);
  return {
    ...(barcode === undefined ? {} : { barcode }),
    place: placeOf(copy, scene),
    ...(what.length === 0 ? {} : { what: what.join(' · ') }),
    state,
    says: says(state, due, name),
    details: [
      ...(copy.onHold === true ? ['On hold: somebody waits for it.'] : []),
      // The due date says already that it is lent.
      ...(reason === undefined || state === 'out' ? [] : [`${name} says “${reason}”.`]),
      ...(elsewhere === undefined ? [] : [`For a time at ${elsewhere}.`]),
    ],
    inHand: barcode !== undefined && barcode.toUpperCase() === scene.barcode.toUpperCase(),
  };
}

function stateOf(copy: CopyFacts): CopyState {
  if (copy.available === undefined) return 'not-told';
  if (copy.available) return copy.onHold === true ? 'wanted' : 'available';
  if (copy.due !== undefined || copy.reason?.toUpperCase() === 'ON_LOAN') return 'out';
  return copy.onHold === true ? 'wanted' : 'elsewhere';
}

function says(state: CopyState, due: string | undefined, system: string): string {
  switch (state) {
    case 'available':
      return 'Available now';
    case 'wanted':
      return 'Wanted by somebody';
    case 'out':
      return due === undefined ? 'Out' : `Out, due ${due}`;
    case 'elsewhere':
      return 'Not available';
    case 'not-told':
      return `${system} does not say`;
  }
}

function placeOf(copy: CopyFacts, { circulation }: CopiesScene): string {
  const code = given(copy.holdingCode, 60);
  const branch = circulation.branches.find((one) => one.code.toLowerCase() === code?.toLowerCase())?.name ?? code;
  const parts = [given(copy.institution, 40), branch, given(copy.shelvingLocation, 60)];
  // The library's own symbol says nothing beside a branch it has named.
  const named = branch === undefined || branch === code ? parts : parts.slice(1);
  const shown = named.filter((part) => part !== undefined);
  return shown.length === 0 ? 'place not told' : shown.join(', ');
}
