import type { Leg, Prompt } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import { newestOther } from './audit.ts';
import { hostLegs, leftUndone, refusedByHost } from './host.ts';
import { requestPrompt, stateRule, wordsOfState } from './look.ts';
import { NOT_THIS_ONE, wordOffers } from './offers.ts';
import type { Scene } from './scene.ts';
import type { StepResult } from './types.ts';
import { shorten } from './words.ts';

/** The line of an action from the office's screen while it is on its way. */
export function actingPrompt(request: RequestView, label: string, scene: Scene): Prompt {
  const leg: Leg = { system: 'ReShare', state: 'waiting', text: label, at: scene.now };
  return withoutSlip({
    ...requestPrompt(request, scene, {
      words: wordsOfState(request),
      why: [`“${label}” was pressed on the request’s screen.`],
      legs: [leg],
      rule: stateRule(request, ' · from the request’s screen'),
    }),
    working: true,
  });
}

/** Nothing is in the hand, so nothing is printed for it. */
function withoutSlip({ slip: _, ...prompt }: Prompt): Prompt {
  return prompt;
}

/** The same when it has ended. @param before its line so far, which stays where the request could not be read again */
export function actedPrompt(before: Prompt, label: string, result: StepResult, scene: Scene): Prompt {
  const legs = [legOf(label, result), ...hostLegs(result)];
  const base: Prompt = { ...before, legs, offers: [], working: false };
  const request = result.after;
  switch (result.state) {
    case 'done':
    case 'confirmed': {
      if (request === undefined) return { ...base, why: [`“${label}” is done.`] };
      const undone = leftUndone(result, scene.rules.host);
      const said = result.sentence === undefined ? [] : [result.sentence];
      const told = undone.length > 0 ? { ...request, needsAttention: false } : request;
      return withoutSlip(
        requestPrompt(told, scene, {
          words: wordsOfState(request),
          more: [...said, ...undone],
          legs,
          sound: undone.length > 0 ? 'attention' : 'accepted',
          rule: before.rule,
        }),
      );
    }
    case 'refused': {
      const history = newestOther(result.newAudit);
      const host = request === undefined ? undefined : refusedByHost(result, request);
      const words = history === undefined ? [] : [`ReShare’s history says: “${shorten(history.message)}”`];
      const why = host ?? [result.sentence ?? 'ReShare refused it without saying why.', ...words];
      return {
        ...base,
        kind: 'stop',
        destination: { verb: 'ILL office' },
        tag: 'Refused',
        sound: 'refused',
        why: [...why],
      };
    }
    case 'not-sent':
      return {
        ...base,
        kind: 'saved',
        destination: { verb: 'Not sent' },
        tag: 'Not sent',
        sound: 'saved',
        why: [
          result.sentence ?? 'ReShare could not be reached; nothing was sent.',
          'Try it again on the request’s screen.',
        ],
      };
    case 'unknown':
      return {
        ...base,
        kind: 'saved',
        destination: { verb: 'Wait' },
        tag: 'Looking',
        sound: 'saved',
        why: [
          'ReShare did not answer in time, so this may or may not have happened.',
          'Carrel is looking, and sends nothing twice.',
        ],
        working: true,
      };
    case 'needs-person':
    case 'not-done':
      return {
        ...base,
        kind: 'stop',
        destination: { verb: 'ILL office' },
        tag: 'Needs you',
        sound: 'attention',
        why: [result.sentence ?? 'It is not clear what happened. Look at the request in ReShare.'],
        offers: result.asks === undefined ? [] : [NOT_THIS_ONE, ...wordOffers(result.asks)],
      };
    case 'recorded':
    case 'sending':
      return { ...base, working: true };
  }
}

function legOf(label: string, { state, sentence, at, asks }: StepResult): Leg {
  const leg = (legState: Leg['state'], text: string): Leg => ({ system: 'ReShare', state: legState, text, at });
  switch (state) {
    case 'done':
      return leg(sentence === undefined ? 'done' : 'seen', `Done: ${label}`);
    case 'confirmed':
      return leg('seen', `Already: ${label}`);
    case 'refused':
      return leg('not-done', `Refused: ${label}`);
    case 'not-sent':
      return leg('waiting', `Not sent: ${label}`);
    case 'unknown':
      return leg('unknown', `${label}: sent, no answer`);
    case 'needs-person':
      return asks === undefined ? leg('not-done', `Not done: ${label}`) : leg('unknown', `${label}: not known`);
    case 'not-done':
      return leg('not-done', `Did not happen: ${label}`);
    case 'recorded':
    case 'sending':
      return leg('waiting', label);
  }
}
