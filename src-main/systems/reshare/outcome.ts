import type { ActOutcome } from '../../contract/outcome.ts';
import { fail, type Mender, type Retry } from '../../contract/result.ts';
import { isRecord, jsonOf } from '../http/bodies.ts';
import type { HttpAnswer } from '../http/client.ts';
import { readGatewayError, type GatewayContext } from '../okapi/gateway-errors.ts';
import { moduleWords } from './api.ts';

/** Actions that check items out in the host LMS. A failed one is HTTP 500 `{}` (mod-rs, supplier check-in actions). */
const FILL_ACTIONS: ReadonlySet<string> = new Set([
  'supplierCheckInToReshare',
  'supplierCheckInToReshareAndSupplierMarkShipped',
  'slnpSupplierFillAndMarkShipped',
]);

/** `code` in mod-rs's action answers: no pick location, unusable pick location, host-LMS call failed. */
const NO_LOCATION = -1;
const LOCATION_NOT_ROUTED = -2;
const HOST_LMS_FAILED = -3;

/**
 * What an answer to `performAction` means (mod-rs `PatronRequestController`, `ActionService`). Whatever cannot have
 * come from mod-rs itself, and may have come after it acted, is `unknown`.
 */
export function readActAnswer(answer: HttpAnswer, action: string, context: GatewayContext): ActOutcome {
  const gateway = readGatewayError(answer, context);
  if (gateway !== undefined) {
    if (!gateway.beforeModule) return unknown(gateway.error.sentence, gateway.error.mender);
    const outcome =
      gateway.error.code === 'no-permission' || gateway.error.code === 'configuration' ? 'refused' : 'not-sent';
    return { outcome, error: gateway.error };
  }
  const body = jsonOf(answer);
  if (answer.status >= 200 && answer.status < 300) {
    if (isRecord(body)) return { outcome: 'done' };
    return unknown(`${context.system} said yes in a way Carrel does not understand.`, 'host');
  }
  if (answer.status >= 500) return serverError(answer, body, action, context);
  return refusal(answer, body, action, context);
}

function serverError(answer: HttpAnswer, body: unknown, action: string, context: GatewayContext): ActOutcome {
  const words = moduleWords(answer);
  const { system } = context;
  if (isActionBody(body) && words === undefined) {
    return FILL_ACTIONS.has(action)
      ? refused(
          `${system} asked the library system to check the item out, and the library system refused. Put the item aside for the ILL office; the request’s history says why.`,
          'ill-office',
          'never',
        )
      : refused(
          `${system} tried and failed. Put the item aside for the ILL office; the request’s history says why.`,
          'ill-office',
          'never',
        );
  }
  if (isActionBody(body) && words?.startsWith('System error') === true) {
    return refused(
      `${system} met an error of its own and stopped. Look at the request there before trying again.`,
      'host',
      'unknown-outcome',
      words,
    );
  }
  return unknown(`${system} met an error of its own.`, 'host');
}

/** `{}`, `{"status":false}`, or with `message` and `code`: what `ActionService` answers, unlike a Grails error page. */
function isActionBody(body: unknown): body is Readonly<Record<string, unknown>> {
  return isRecord(body) && !('stackTrace' in body) && !('error' in body) && !('errors' in body);
}

function refusal(answer: HttpAnswer, body: unknown, action: string, context: GatewayContext): ActOutcome {
  const { system } = context;
  const words = moduleWords(answer);
  const code = isRecord(body) ? body['code'] : undefined;
  if (words?.startsWith('A valid action was not supplied') === true) {
    return refused(
      `${system} does not allow this now: it was done already, or a colleague or the other library changed the request.`,
      'desk',
      'never',
      words,
    );
  }
  if (words?.startsWith('Unable to perform action as we are waiting') === true) {
    return refused(
      `${system} is still waiting for the other library’s system on this request. Nothing was done; scan again in a few minutes.`,
      'nobody',
      'later',
      words,
    );
  }
  if (answer.status === 404 || words?.startsWith('Unable to find request') === true) {
    return {
      outcome: 'refused',
      error: fail('not-found', `${system} no longer has this request.`, { mender: 'ill-office', theirWords: words })
        .error,
    };
  }
  if (code === HOST_LMS_FAILED) {
    const partly = FILL_ACTIONS.has(action) ? ' If there were several items, some may have been checked out.' : '';
    return refused(
      `The library system refused what ${system} asked of it.${partly} Put the item aside for the ILL office; the request’s history says why.`,
      'ill-office',
      'never',
      words,
    );
  }
  if (code === NO_LOCATION || code === LOCATION_NOT_ROUTED) {
    return refused(
      `${system} needs a pick location for this. Answer the request in ${system} itself.`,
      'ill-office',
      'never',
      words,
    );
  }
  if (answer.status === 429)
    return refused(`${system} is too busy at the moment. Scan again in a minute.`, 'host', 'later', words);
  const said = words === undefined ? '' : ` It says: ${words}`;
  return refused(`${system} refused this.${said}`, 'ill-office', 'never', words);
}

function refused(sentence: string, mender: Mender, retry: Retry, theirWords?: string): ActOutcome {
  return { outcome: 'refused', error: fail('refused', sentence, { mender, retry, theirWords }).error };
}

function unknown(what: string, mender: Mender): ActOutcome {
  const sentence = `${what} It may or may not have happened: Carrel looks before anything is sent again.`;
  return { outcome: 'unknown', error: fail('unknown-outcome', sentence, { mender, retry: 'unknown-outcome' }).error };
}
