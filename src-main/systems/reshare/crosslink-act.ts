import type { ActOutcome } from '../../contract/outcome.ts';
import { fail } from '../../contract/result.ts';
import type { HttpAnswer } from '../http/client.ts';
import { instant, text, type Json } from '../http/tolerant.ts';
import type { GatewayContext } from '../okapi/gateway-errors.ts';
import type { Api } from './api.ts';
import { ALL_SEEN, CLOSE, MESSAGE, ownAction, SEEN } from './crosslink-actions.ts';
import { LIST, pathOf } from './crosslink-lists.ts';
import { readNotifications } from './crosslink-notifications.ts';
import { readActionAnswer, readEditAnswer, readMessageAnswer } from './crosslink-outcome.ts';

type Params = Readonly<Record<string, unknown>>;

/** A call that changes something: where it goes below the request's own path, and how its answer is read. */
interface Call {
  readonly method: 'POST' | 'PUT';
  readonly under: string;
  /** The same without ids, fit for the log. */
  readonly template: string;
  readonly body: Json;
  readonly read: (answer: HttpAnswer, context: GatewayContext) => ActOutcome;
}

/** Acts on a request of CrossLink. Each call is sent once; the caller looks before and after. */
export function createActing(
  api: Api,
  actTimeoutMs: number,
): (id: string, action: string, params: Params, signal?: AbortSignal) => Promise<ActOutcome> {
  async function send(path: string, call: Call, signal?: AbortSignal): Promise<ActOutcome> {
    const { end, report } = await api.send({
      method: call.method,
      path: `${path}/${call.under}`,
      template: `${LIST}/{id}/${call.template}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(call.body),
      headersTimeoutMs: actTimeoutMs,
      ...(signal === undefined ? {} : { signal }),
    });
    const outcome: ActOutcome =
      end.kind === 'failed' ? { outcome: end.outcome, error: end.error } : call.read(end, api.session);
    // A refusal by CrossLink shows that it is well.
    report(outcome.outcome === 'done' || outcome.outcome === 'refused' ? undefined : outcome.error);
    return outcome;
  }

  /** One receipt after the other, up to the first that is not taken; what is marked already stays marked. */
  async function markAll(path: string, signal?: AbortSignal): Promise<ActOutcome> {
    const notes = await readNotifications(api, path, undefined, signal);
    if (!notes.ok) return { outcome: 'not-sent', error: notes.error };
    for (const note of notes.value) {
      const id = text(note['id']);
      if (id === undefined || note['direction'] !== 'received' || instant(note['acknowledgedAt']) !== undefined)
        continue;
      const outcome = await send(path, receiptOf(id), signal);
      if (outcome.outcome !== 'done') return outcome;
    }
    return { outcome: 'done' };
  }

  return async (id, action, params, signal) => {
    const path = pathOf(id);
    if (path === undefined) {
      return { outcome: 'not-sent', error: fail('bad-input', 'This is no request id.').error };
    }
    return action === ALL_SEEN ? markAll(path, signal) : send(path, callOf(action, params), signal);
  };
}

function callOf(action: string, params: Params): Call {
  const post = { method: 'POST' } as const;
  switch (action) {
    case MESSAGE: {
      const body = { note: params['note'] };
      return { ...post, under: 'notifications', template: 'notifications', body, read: readMessageAnswer };
    }
    case SEEN:
      return receiptOf(typeof params['id'] === 'string' ? params['id'] : '');
    case CLOSE:
      return { ...post, under: 'terminate', template: 'terminate', body: {}, read: readActionAnswer };
    default:
      return {
        ...post,
        under: 'action',
        template: 'action',
        body: { ...ownAction(action, params) },
        read: readActionAnswer,
      };
  }
}

/** Marks a message that came in as read. */
function receiptOf(id: string): Call {
  return {
    method: 'PUT',
    under: `notifications/${encodeURIComponent(id)}/receipt`,
    template: 'notifications/{id}/receipt',
    body: { receipt: 'SEEN' },
    read: readEditAnswer,
  };
}
