import type { ActOutcome } from '../../contract/outcome.ts';
import { fail, type Mender, type Retry } from '../../contract/result.ts';
import { isRecord, jsonOf, plainWords } from '../http/bodies.ts';
import type { HttpAnswer } from '../http/client.ts';
import { text, type Json } from '../http/tolerant.ts';
import { readGatewayError, type GatewayContext } from '../okapi/gateway-errors.ts';
import { moduleWords } from './api.ts';

/**
 * What an answer to `POST …/action` means (indexdata/crosslink `ActionResult`, `invokeActionAndWriteResponse`). An action that
 * went wrong is answered with HTTP 200 too: only `outcome` tells. `review` and `duplicate` are ends the state model provides
 * for, so the request has moved and a look shows where. Whatever cannot have come from CrossLink, and may have come after it
 * acted, is `unknown`.
 */
export function readActionAnswer(answer: HttpAnswer, context: GatewayContext): ActOutcome {
  return readAnswer(answer, context, readOutcome);
}

/** What an answer to `POST …/notifications` means: the message that was kept comes back (`CreatePrNotification`). */
export function readMessageAnswer(answer: HttpAnswer, context: GatewayContext): ActOutcome {
  return readAnswer(answer, context, kept);
}

/** What an answer to a PUT means: 204 for a note or a receipt, and the changed record for a request. */
export function readEditAnswer(answer: HttpAnswer, context: GatewayContext): ActOutcome {
  return answer.status === 204 ? { outcome: 'done' } : readAnswer(answer, context, kept);
}

/** What was kept comes back with its id. */
function kept(body: Json, system: string): ActOutcome {
  if (text(body['id']) !== undefined) return { outcome: 'done' };
  return unknown(`${system} answered in a way Carrel does not understand.`, 'host');
}

function readAnswer(
  answer: HttpAnswer,
  context: GatewayContext,
  accepted: (body: Json, system: string) => ActOutcome,
): ActOutcome {
  const gateway = readGatewayError(answer, context);
  if (gateway !== undefined) {
    if (!gateway.beforeModule) return unknown(gateway.error.sentence, gateway.error.mender);
    const { code } = gateway.error;
    const outcome = code === 'no-permission' || code === 'configuration' ? 'refused' : 'not-sent';
    return { outcome, error: gateway.error };
  }
  const { system } = context;
  if (answer.status >= 200 && answer.status < 300) {
    const body = jsonOf(answer);
    return isRecord(body) ? accepted(body, system) : unknown(`${system}'s answer was cut short.`, 'host');
  }
  // The broker says so when its own database failed it, which may have been after it had told others.
  if (answer.status >= 500) return unknown(`${system} met an error of its own.`, 'host');
  return readRefusal(answer, system);
}

function readOutcome(body: Json, system: string): ActOutcome {
  const said = text(body['message']);
  const words = said === undefined ? undefined : plainWords(said);
  switch (body['outcome']) {
    case 'success':
    case 'review':
    case 'duplicate':
      return { outcome: 'done' };
    case 'failure': {
      const host = words !== undefined && /\bLMS\b/.test(words);
      const sentence = host
        ? `The library system refused what ${system} asked of it. Put the item aside for the ILL office.`
        : `${system} tried and failed. Put the item aside for the ILL office.`;
      return refused(sentence, 'ill-office', 'never', words);
    }
    default:
      return unknown(`${system} answered in a way Carrel does not understand.`, 'host');
  }
}

function readRefusal(answer: HttpAnswer, system: string): ActOutcome {
  const words = moduleWords(answer);
  if (answer.status === 404) {
    const { error } = fail('not-found', `${system} no longer has this request.`, {
      mender: 'ill-office',
      theirWords: words,
    });
    return { outcome: 'refused', error };
  }
  if (words !== undefined && / is not allowed for patron request /.test(words)) {
    return refused(
      `${system} does not allow this now: it was done already, or a colleague or the other library changed the request.`,
      'desk',
      'never',
      words,
    );
  }
  if (answer.status === 429) {
    return refused(`${system} is too busy at the moment. Scan again in a minute.`, 'host', 'later', words);
  }
  return refused(`${system} refused this.`, 'ill-office', 'never', words);
}

function refused(sentence: string, mender: Mender, retry: Retry, theirWords?: string): ActOutcome {
  return { outcome: 'refused', error: fail('refused', sentence, { mender, retry, theirWords }).error };
}

function unknown(what: string, mender: Mender): ActOutcome {
  const sentence = `${what} It may or may not have happened: Carrel looks before anything is sent again.`;
  return { outcome: 'unknown', error: fail('unknown-outcome', sentence, { mender, retry: 'unknown-outcome' }).error };
}
