import type { ActOutcome } from '../../contract/outcome.ts';
import type { Choice, RequestOffice, RequestRecord, TenantChoices } from '../../contract/request-record.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { isRecord } from '../http/bodies.ts';
import { fields, present, text, type Json } from '../http/tolerant.ts';
import { unreadable, type Api, type Got } from './api.ts';
import { editableOf, isEditable, withChanges } from './crosslink-edit.ts';
import { LIST, pathOf, readWhole, type History, type Whole } from './crosslink-lists.ts';
import { conditionsOf, messagesOf, readNotifications } from './crosslink-notifications.ts';
import { readEditAnswer } from './crosslink-outcome.ts';
import { gone } from './lists.ts';

/**
 * What the office's forms choose from. CrossLink has no lists of its own: the codes are those of ISO 18626 that its staff
 * interface offers (indexdata/reshare-ui `ui-rs/src/constants/iso18626.js`), and of reasons to retry the one its broker takes.
 */
const REFERENCE: Readonly<Record<string, readonly Choice[]>> = {
  cannotSupplyReasons: [
    { value: 'NotAvailableForILL', label: 'Not available for interlibrary loan' },
    { value: 'NotOnShelf', label: 'Not on the shelf' },
    { value: 'NotHeld', label: 'Not held' },
    { value: 'NonCirculating', label: 'Does not circulate' },
    { value: 'PolicyProblem', label: 'Against our policy' },
    { value: 'PoorCondition', label: 'In poor condition' },
  ],
  loanConditions: [
    { value: 'LibraryUseOnly', label: 'Use in the library only' },
    { value: 'NoReproduction', label: 'No copying' },
    { value: 'SignatureRequired', label: 'Signature needed' },
    { value: 'SpecCollSupervReq', label: 'Use under special collections supervision' },
    { value: 'WatchLibraryUseOnly', label: 'Use in the library only, watched' },
  ],
  retryReasons: [{ value: 'NotFoundAsCited', label: 'Not found as cited: another record is meant' }],
};

/** CrossLink's side of the screen of one request. @param actTimeoutMs how long a change may take */
export function createCrosslinkOffice(api: Api, history: History, actTimeoutMs: number): RequestOffice {
  const { system } = api.session;

  async function raw(path: string, id: string, signal?: AbortSignal): Promise<Got<Json>> {
    const shape = (body: unknown): Json | undefined => (isRecord(body) && body['id'] === id ? body : undefined);
    const got = await api.read(path, `${LIST}/{id}`, shape, signal);
    return !got.ok && got.error.code === 'not-found' ? gone(system) : got;
  }

  async function put(path: string, template: string, body: Json): Promise<ActOutcome> {
    const { end, report } = await api.send({
      method: 'PUT',
      path,
      template,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      headersTimeoutMs: actTimeoutMs,
    });
    const outcome: ActOutcome =
      end.kind === 'failed' ? { outcome: end.outcome, error: end.error } : readEditAnswer(end, api.session);
    report(outcome.outcome === 'done' || outcome.outcome === 'refused' ? undefined : outcome.error);
    return outcome;
  }

  return {
    async record(id, signal): Promise<Result<RequestRecord>> {
      const path = pathOf(id);
      if (path === undefined) return notAnId();
      const [whole, notes] = await Promise.all([
        readWhole(api, id, history, signal),
        readNotifications(api, path, undefined, signal),
      ]);
      if (!whole.ok) return whole;
      // An account that may not read messages sees the rest.
      if (!notes.ok && notes.error.code !== 'no-permission') return notes;
      return ok(recordOf(whole.value, notes.ok ? notes.value : []));
    },

    choices: (): Promise<TenantChoices> => Promise.resolve({ reference: REFERENCE, notes: [] }),

    // It says itself where a request that is closed by hand ends.
    closeStates: () => Promise.resolve(ok([])),

    samePatron: () =>
      Promise.resolve(fail('configuration', `Look for them in ${system} itself.`, { mender: 'ill-office' })),

    async sendEdited(id, action, changes): Promise<ActOutcome> {
      const path = pathOf(id);
      if (path === undefined) return { outcome: 'not-sent', error: notAnId().error };
      if (action !== undefined) return { outcome: 'not-sent', error: unreadable(system).error };
      const { localNote, ...rest } = changes;
      if (localNote !== undefined) {
        return put(`${path}/internal_note`, `${LIST}/{id}/internal_note`, { internalNote: localNote });
      }
      const got = await raw(path, id);
      if (!got.ok) return { outcome: 'not-sent', error: got.error };
      // The patron is left out, and so stays as it is (`PutPatronRequestsId`); the symbol has to be the request's own.
      const { requesterSymbol } = got.value;
      return put(path, `${LIST}/{id}`, { requesterSymbol, illRequest: withChanges(got.value, rest) });
    },
  };
}

function recordOf({ view, history, record }: Whole, notifications: readonly Json[]): RequestRecord {
  const conditions = conditionsOf(notifications, view);
  const offer = conditions.findLast(({ cost }) => cost !== undefined);
  const publication = fields(fields(record['illRequest'])['publicationInfo']);
  return {
    view: { ...view, conditions },
    history: [...history],
    messages: messagesOf(notifications),
    // The broker asks the libraries, one after the other, and keeps whom to itself.
    rota: [],
    edits: isEditable(record) ? ['fields', 'note'] : ['note'],
    editable: editableOf(record),
    ...present({
      publicationDate: text(publication['publicationDate']),
      cost: offer?.cost,
      currency: offer?.currency,
      localNote: text(record['internalNote']),
      patronEnding: text(record['patron'])?.slice(-4),
      precededBy: text(record['prevReqId']),
      succeededBy: text(record['nextReqId']),
    }),
  };
}

function notAnId() {
  return fail('bad-input', 'This is no request id.');
}
