import type { ScanLine, StepBody } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';
import { NOT_THIS_ONE, wordOffers } from './offers.ts';
import { ago } from './words.ts';

/** Prompts that do not come from a decision about the thing itself: while asking, put aside, interrupted, or our fault. */

/** What the cache knows, shown at once while the system is being asked. Nothing can be pressed and nothing is done yet. */
export function provisionalPrompt(prompt: Prompt, seenAt: string | undefined, now: string): Prompt {
  return {
    ...prompt,
    legs: [
      {
        system: 'ReShare',
        state: 'waiting',
        text: `Asking ReShare; last seen ${seenAt === undefined ? 'some time ago' : ago(seenAt, now)}`,
        at: now,
      },
    ],
    offers: [],
    working: true,
  };
}

/** A scan put aside keeps what it was about and what had been done already. */
export function putAside(line: ScanLine, aside: Prompt): Prompt {
  const before = line.prompt;
  if (before === undefined) return aside;
  return {
    ...aside,
    ...(before.title === undefined ? {} : { title: before.title }),
    ...(before.byline === undefined ? {} : { byline: before.byline }),
    legs: before.legs.filter((leg) => leg.state === 'done' || leg.state === 'seen'),
    rowTitle: before.rowTitle,
    rowId: before.rowId,
  };
}

/** Carrel itself failed while working on a scan. The scan is on disk; the thing is kept until someone has looked. */
export function faultPrompt(line: ScanLine, now: string): Prompt {
  return {
    kind: 'stop',
    kindText: 'Carrel made a mistake',
    destination: { verb: 'Keep here' },
    ...(line.prompt?.title === undefined ? {} : { title: line.prompt.title }),
    why: ['The scan is saved, but Carrel failed while working on it. Scan it once more; if this comes again, tell IT.'],
    legs: [{ system: 'Carrel', state: 'not-done', text: 'Stopped by a fault of its own; see the log file', at: now }],
    offers: [],
    tag: 'Scan again',
    rowTitle: line.prompt?.rowTitle ?? 'Carrel made a mistake',
    rowId: line.prompt?.rowId ?? line.barcode,
    sound: 'refused',
    rule: 'Carrel: internal fault',
    working: false,
  };
}

/** What was being done for a scan when Carrel closed or crashed. `sent`: something had left for the system. */
export function interruptedPrompt(line: ScanLine, sent: boolean, now: string): Prompt {
  return {
    kind: 'stop',
    kindText: 'Carrel was closed in between',
    destination: { verb: 'Scan again' },
    ...(line.prompt?.title === undefined ? {} : { title: line.prompt.title }),
    ...(line.prompt?.byline === undefined ? {} : { byline: line.prompt.byline }),
    why: sent
      ? [
          'Carrel closed before ReShare had answered, so this may or may not have been done.',
          'Scan it again: Carrel looks first and does nothing twice.',
        ]
      : ['Carrel closed before anything was done for this scan. Scan it again.'],
    legs: [
      {
        system: 'ReShare',
        state: sent ? 'unknown' : 'not-done',
        text: sent ? 'Sent; no answer was seen' : 'Nothing was sent',
        at: now,
      },
    ],
    offers: [],
    tag: 'Scan again',
    rowTitle: line.prompt?.rowTitle ?? 'Carrel was closed in between',
    rowId: line.prompt?.rowId ?? line.barcode,
    sound: 'attention',
    rule: 'Carrel: recovery at start',
    working: false,
  };
}

/** Carrel closed while a circulation system had not answered; there is no way to ask it what became of the call. */
export function lostAnswerPrompt(line: ScanLine, system: string, stepId: string, now: string): Prompt {
  return {
    ...interruptedPrompt(line, true, now),
    destination: { verb: 'Keep here' },
    why: [
      `Carrel closed before ${system} had answered, so this may or may not have been done.`,
      `Look at its status in ${system} and press the key for what you find: Carrel cannot ask, and a second time may move it on.`,
    ],
    offers: [NOT_THIS_ONE, ...wordOffers(stepId)],
    legs: [{ system, state: 'unknown', text: 'Sent; no answer was seen', at: now }],
    tag: 'Not known',
  };
}

/** A step had ended when Carrel closed or crashed, and nobody was told how. */
export function untoldPrompt(
  line: ScanLine,
  step: Pick<StepBody, 'system' | 'state' | 'sentence'>,
  now: string,
): Prompt {
  const done = step.state === 'done' || step.state === 'confirmed';
  if (step.system === 'reshare') {
    if (done) return settledPrompt(line, true, 'ReShare did it just before Carrel was closed.', now);
    return notDonePrompt(line, 'ReShare', step, now);
  }
  const system = step.system.toUpperCase();
  if (!done) return notDonePrompt(line, system, step, now);
  return {
    ...interruptedPrompt(line, true, now),
    kindText: 'Done before Carrel was closed',
    destination: { verb: `Look in ${system}` },
    why: [
      `${system} did it just before Carrel was closed, and what it said about the item was not shown.`,
      `Look at the item in ${system}: it says where it goes, or when it is due. Nothing is sent again.`,
    ],
    legs: [{ system, state: 'done', text: 'Done; its answer was not shown', at: now }],
    tag: 'Look it up',
  };
}

function notDonePrompt(line: ScanLine, system: string, { sentence }: Pick<StepBody, 'sentence'>, now: string): Prompt {
  return {
    ...interruptedPrompt(line, false, now),
    why: [sentence ?? 'It was not done.', 'Carrel was closed before it could say so. Scan it again.'],
    legs: [{ system, state: 'not-done', text: 'Not done', at: now }],
  };
}

/** Staff looked and said what became of a step without an answer. Shown as theirs, never as a system's. */
export function saidPrompt(
  line: ScanLine,
  step: Pick<StepBody, 'system' | 'action' | 'state'>,
  who: { readonly by: string; readonly at: string },
): Prompt {
  const before = line.prompt;
  const happened = step.state === 'done';
  const words = happened ? 'Has happened, says' : 'Did not happen, says';
  const system = step.system.toUpperCase();
  // Where it goes was in the answer that was lost, and a second check-in would move it on.
  const routed = happened && step.action === 'CheckInItem';
  return {
    ...interruptedPrompt(line, true, who.at),
    kind: happened ? 'saved' : 'stop',
    kindText: 'Settled by staff',
    destination: { verb: routed ? `Look in ${system}` : 'Scan again' },
    why: [
      routed
        ? `You looked and said that it is checked in. Where it goes was in the answer that was lost: put it where ${system}’s screen says.`
        : happened
          ? 'You looked and said that it has happened. Scan it again to see where it goes now.'
          : 'You looked and said that it did not happen. Scan it again: Carrel looks first, then does it.',
    ],
    legs: [
      ...(before?.legs ?? []).filter((leg) => leg.state === 'done' || leg.state === 'seen'),
      {
        system: before?.legs.find((leg) => leg.state === 'unknown')?.system ?? 'Carrel',
        state: 'confirmed',
        text: `${words} ${who.by}`,
        at: who.at,
      },
    ],
    tag: happened ? 'Done, says staff' : 'Scan again',
    sound: 'accepted',
    rule: 'Carrel: a step without an answer is settled by a look or by staff',
  };
}

/**
 * A step of an earlier run that was sent without an answer, after the looks that followed.
 * @param stepId the step staff can say of what became of it, when no look could
 */
export function settledPrompt(
  line: ScanLine,
  done: boolean,
  sentence: string | undefined,
  now: string,
  stepId?: string,
): Prompt {
  return {
    ...interruptedPrompt(line, true, now),
    kind: done ? 'saved' : 'stop',
    kindText: done ? 'Done before Carrel was closed' : 'A person must look',
    destination: { verb: done ? 'Done after all' : 'Ask the ILL office' },
    why: [
      sentence ?? 'ReShare was asked again after Carrel was closed in between.',
      ...(done
        ? ['Scan it again to see where it goes now.']
        : ['Keep it here until someone has looked in ReShare, then press the key for what you find.']),
    ],
    offers: done || stepId === undefined ? [] : [NOT_THIS_ONE, ...wordOffers(stepId)],
    legs: [
      {
        system: 'ReShare',
        state: done ? 'seen' : 'unknown',
        text: done ? 'Seen to be done' : 'Cannot be told from here',
        at: now,
      },
    ],
    tag: done ? 'Done, seen later' : 'Needs a look',
  };
}
