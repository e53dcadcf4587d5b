import type { CopySeen } from '../contract/journal.ts';
import type { Leg, Prompt } from '../contract/prompt.ts';
import { concludeCheckOut } from './check-out-outcome.ts';
import type { LoanDue } from './check-out-types.ts';
import { concludeCheckIn, isHere } from './circulation.ts';
import type { CheckInAnswer, CirculationRules } from './circulation-types.ts';
import type { ItemLook, LookJudged, LookSeen } from './item-look.ts';
import type { DeskRules, Reading } from './types.ts';

/** The prompts after a look that settled a message without an answer. */

/** A look showed that the item is checked in. What WMS said to do with it was in the answer that was lost. */
export function seenCheckIn(reading: Reading, { look, judged }: LookSeen, circulation: CirculationRules): Prompt {
  const result = { state: 'done', answer: answerOf(look, circulation), at: look.at } as const;
  const prompt = concludeCheckIn(reading, result, circulation);
  return asSeen(prompt, judged, circulation.name, 'Seen to be checked in');
}

/** On its shelf here with nobody waiting: that is where it goes. Anything else the system's screen must say. */
function answerOf(look: ItemLook, circulation: CirculationRules): CheckInAnswer {
  if (look.kind !== 'copy' || look.copy.available !== true || look.copy.onHold !== false) return {};
  const { place } = look;
  if (place?.holdingCode === undefined || !isHere(place.holdingCode, circulation)) return {};
  return { routing: { kind: 'reshelve', raw: '', destination: place } };
}

/** A look showed that one of the library's own items is lent. */
export function seenCheckOut(
  reading: Reading,
  sessionId: string,
  { look, judged }: LookSeen,
  rules: DeskRules,
): Prompt | undefined {
  const system = rules.circulation?.name;
  if (system === undefined || look.kind !== 'copy') return undefined;
  const due = loanDue(look.copy);
  const plan = { system: 'wms', action: 'CheckOutItem', barcode: reading.barcode, sessionId } as const;
  const result = { state: 'done', answer: due === undefined ? {} : { due }, at: look.at } as const;
  const prompt = concludeCheckOut({ reading, plan, result, request: undefined, system, now: look.at }, rules);
  return asSeen(prompt, judged, system, 'Seen to be checked out');
}

function loanDue({ due }: CopySeen): LoanDue | undefined {
  if (due === undefined) return undefined;
  if (/^\d{4}-\d\d-\d\d$/.test(due)) return { kind: 'day', day: due };
  return Number.isNaN(Date.parse(due)) ? { kind: 'words', words: due } : { kind: 'instant', utc: due };
}

/** Done by a look and never by the system's own answer, and shown so. */
function asSeen(prompt: Prompt, { showed }: LookJudged, system: string, text: string): Prompt {
  const legs = prompt.legs.map((leg): Leg =>
    leg.system === system && leg.state === 'done' ? { ...leg, state: 'seen', text } : leg,
  );
  return {
    ...prompt,
    why: [`The answer was lost. ${showed}`, ...prompt.why],
    legs,
    sound: 'attention',
    rule: 'OCLC Availability: a copy that changed between a look before and one after',
  };
}
