import type { CopySeen, StepBody } from '../contract/journal.ts';
import type { Leg, Prompt } from '../contract/prompt.ts';
import { calendarDay, dayWords } from './check-out-due.ts';
import { HOLD_ACTIONS } from './hold-types.ts';
import { clockAt, count, given, shorten } from './words.ts';

/**
 * What a look at WMS Availability (SRU, by OCLC number) tells of a message whose answer was lost. It shows copies and never
 * messages: only a copy that changed between a look before and one after proves anything. Everything else is evidence for
 * the person who looks on the system's own screen.
 */

/** One look after a lost answer. */
export type ItemLook = { readonly at: string } & (
  | { readonly kind: 'copy'; readonly copy: CopySeen; readonly place?: CopyPlace }
  /** The title is known, and this barcode is none of its copies. */
  | { readonly kind: 'not-among'; readonly oclcNumber: string; readonly copies: number }
  /** Of a hold on a title: how many copies somebody waits for. */
  | { readonly kind: 'title'; readonly oclcNumber: string; readonly copies: number; readonly wanted: number }
  | { readonly kind: 'none'; readonly why: NoLook }
  | { readonly kind: 'failed'; readonly sentence: string }
);

/** Why nothing can be looked up: no number of its title is known, it has none, or the key may not ask. */
export type NoLook = 'no-number' | 'temporary' | 'not-offered';

/** 852 $b and $c of the copy. */
export interface CopyPlace {
  readonly holdingCode?: string;
  readonly shelvingLocation?: string;
}

export interface LookScene {
  /** What staff call the system. */
  readonly system: string;
  readonly timeZone?: string | undefined;
}

/** What a look means for one step. */
export interface LookJudged {
  /** What it showed and why that does, or does not, settle the step; a sentence or two. */
  readonly showed: string;
  /** A few words for the prompt's line. */
  readonly brief: string;
  readonly happened: boolean;
}

type Step = Pick<StepBody, 'action' | 'evidence'>;

export function judgeItemLook(step: Step, look: ItemLook, scene: LookScene): LookJudged {
  const { system } = scene;
  const asked = `At ${clockAt(look.at, look.at, scene.timeZone)} ${system} Availability`;
  const open = (brief: string, showed: string): LookJudged => ({ brief, showed, happened: false });
  switch (look.kind) {
    case 'copy':
      return judgeCopy(step, look, scene, asked);
    case 'not-among':
      return open(
        'Not among the copies it tells of',
        `${asked} told of ${count(look.copies, 'copy', 'copies')} of OCLC ${look.oclcNumber}, and this item was none of them.`,
      );
    case 'title': {
      const wanted = look.wanted === 0 ? 'no copy is' : `${String(look.wanted)} of ${String(look.copies)} are`;
      return open(
        `${look.wanted === 0 ? 'No copy' : count(look.wanted, 'copy', 'copies')} on hold`,
        `${asked} showed that ${wanted} on hold, but not for whom: that does not tell whether this hold is among them.`,
      );
    }
    case 'none':
      return open('No look is possible', NO_LOOK[look.why](system));
    case 'failed':
      return open('Could not be asked', `${asked} could not be asked. ${shorten(look.sentence, 200)}`);
  }
}

const NO_LOOK: Readonly<Record<NoLook, (system: string) => string>> = {
  'no-number': (system) =>
    `No look is possible: ${system} shows copies only by the OCLC number of their title, and none is known for this item. To look, press F5 and type it.`,
  temporary: (system) =>
    `No look is possible: ${system} shows copies only by the OCLC number of their title, and a temporary item has none.`,
  'not-offered': (system) =>
    `No look is possible: this library’s key is not set up for ${system} Availability, and NCIP has no message that only looks.`,
};

/** WMS does not document how soon Availability follows a change, so what it shows as unchanged proves nothing. */
const MAY_LAG = 'That is no proof: how soon it follows a change is not known.';

type CopyLook = Extract<ItemLook, { kind: 'copy' }>;

function judgeCopy({ action, evidence }: Step, { copy }: CopyLook, scene: LookScene, asked: string): LookJudged {
  const { copy: before } = evidence;
  const state = copyState(copy, scene);
  const brief = state.charAt(0).toUpperCase() + state.slice(1);
  const judged = (rest: string, happened = false): LookJudged => ({
    brief,
    showed: `${asked} showed it ${state}${rest}`,
    happened,
  });
  if (copy.available === undefined) return judged('. That tells nothing about the message.');
  if (action === HOLD_ACTIONS.place || action === HOLD_ACTIONS.cancel) {
    const held = copy.onHold === true;
    return {
      brief: held ? 'On hold' : 'Not on hold',
      showed: `${asked} showed ${held ? 'a hold on it, but not for whom' : 'no hold on it'}. ${MAY_LAG}`,
      happened: false,
    };
  }
  const checkIn = action === 'CheckInItem';
  const wanted = checkIn ? 'checked in' : 'lent';
  // Still as it was before the message, as far as that can be told.
  if (isOut(copy) === checkIn) return judged(`, so it seems not to be ${wanted}. ${MAY_LAG}`);
  if (before === undefined) {
    return judged(`. That does not tell whether this made it so: nobody looked before, and it may have been so then.`);
  }
  const was = copyState(before, scene);
  const changed = checkIn ? isOut(before) && isBack(copy, before) : before.available === true;
  return changed
    ? judged(`; just before it was ${was}. So it is ${wanted}.`, true)
    : judged(`, and before it was ${was}: that does not tell whether it is ${wanted}.`);
}

/** On loan: only a loan has a date on which the copy is back. */
function isOut({ available, due }: CopySeen): boolean {
  return available === false && due !== undefined;
}

/** The loan is gone. A copy that is not available without one must say why in other words than before. */
function isBack(copy: CopySeen, before: CopySeen): boolean {
  if (copy.available === true || copy.onHold === true) return true;
  return copy.reason !== undefined && copy.reason !== before.reason;
}

/** `out, due 12 December`, `available`, `not available (“IN_TRANSIT”)`. */
function copyState({ at, available, due, onHold, reason }: CopySeen, { timeZone }: LookScene): string {
  if (available === undefined) return 'without saying how it stands';
  if (available) return onHold === true ? 'available, wanted by somebody' : 'available';
  if (due !== undefined) return `out, due ${dueWords(due, at, timeZone)}`;
  const why = given(reason, 40);
  return onHold === true ? 'on hold for somebody' : why === undefined ? 'not available' : `not available (“${why}”)`;
}

function dueWords(due: string, now: string, timeZone: string | undefined): string {
  const date = /^\d{4}-\d\d-\d\d$/.test(due) ? due : calendarDay(due, timeZone);
  return date === undefined ? shorten(due, 40) : dayWords(date, now, timeZone);
}

/** A look and what it means for the step that asks. */
export interface LookSeen {
  readonly look: ItemLook;
  readonly judged: LookJudged;
}

/** The line of a prompt that stands for the look. */
export function lookLeg({ look, judged }: LookSeen, system: string): Leg {
  return { system: `${system} Availability`, state: 'unknown', text: judged.brief, at: look.at };
}

/** The prompt that asks staff, with what the newest look showed: below what happened, above what to do. */
export function withLook(prompt: Prompt, seen: LookSeen, system: string): Prompt {
  const leg = lookLeg(seen, system);
  const looked = prompt.legs.some((one) => one.system === leg.system);
  const [first, ...rest] = prompt.why;
  return {
    ...prompt,
    why: [...(first === undefined ? [] : [first]), seen.judged.showed, ...(looked ? rest.slice(1) : rest)],
    legs: [...prompt.legs.filter((one) => one.system !== leg.system), leg],
  };
}
