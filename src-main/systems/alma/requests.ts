import type { AlmaOutcome, AlmaPatron, AlmaPort, AlmaRequest } from '../../contract/alma.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { fields, text, type Json } from '../http/tolerant.ts';
import type { AlmaApi } from './api.ts';
import { NO_REQUEST, NO_USER } from './errors.ts';
import { notChanged } from './loans.ts';
import { everyPage, readList, unreadable } from './pages.ts';
import { patronOf, requestOf } from './read.ts';

/** A borrowing request; undefined when this patron has none of that number. Alma has no look-up without the patron. */
export async function borrowingRequest(
  api: AlmaApi,
  user: string,
  requestId: string,
  signal?: AbortSignal,
): Promise<Result<AlmaRequest | undefined>> {
  const read = await api.read({ ...at(user, requestId), signal });
  if (!read.ok) return read.codes.some((code) => NO_REQUEST.has(code)) ? ok(undefined) : read;
  const request = requestOf(read.value);
  return request?.requestId === requestId ? ok(request) : unreadable();
}

/** `GET /users/{id}?view=brief`: undefined when Alma knows nobody of that id. */
export async function requester(
  api: AlmaApi,
  user: string,
  signal?: AbortSignal,
): Promise<Result<AlmaPatron | undefined>> {
  const read = await api.read({
    path: `/users/${encodeURIComponent(user)}`,
    template: '/users/{user}?view=brief',
    query: { view: 'brief' },
    signal,
  });
  if (!read.ok) return read.codes.some((code) => NO_USER.has(code)) ? ok(undefined) : read;
  const patron = patronOf(read.value);
  return patron === undefined ? unreadable() : ok(patron);
}

/** A request of a patron that a resource sharing request stands behind. */
export interface PatronsRequest {
  /** Of the resource sharing request: not that of the hold. */
  readonly requestId: string;
  readonly label?: string;
  readonly title?: string;
  readonly barcode?: string;
}

/** `GET /users/{id}/requests`: the one way Alma has to list borrowing requests, a patron at a time. */
export async function requestsOfUser(
  api: AlmaApi,
  user: string,
  signal?: AbortSignal,
): Promise<Result<readonly PatronsRequest[]>> {
  const all = await everyPage(
    api,
    { path: `/users/${encodeURIComponent(user)}/requests`, template: '/users/{user}/requests', signal },
    'user_request',
    (json: Json) => json,
  );
  if (!all.ok) return all;
  return ok(
    all.value.flatMap((json) => {
      const shared = fields(json['resource_sharing']);
      const requestId = text(shared['id']);
      if (requestId === undefined) return [];
      const [label, title, barcode] = [fields(shared['status'])['desc'], json['title'], json['barcode']].map(text);
      return [
        {
          requestId,
          ...(label === undefined ? {} : { label }),
          ...(title === undefined ? {} : { title }),
          ...(barcode === undefined ? {} : { barcode }),
        },
      ];
    }),
  );
}

/** `GET /task-lists/rs/lending-requests`: one answer with all of them; the interface documents no pages. */
export async function lendingTasks(
  api: AlmaApi,
  library: string,
  status?: string,
  signal?: AbortSignal,
): Promise<Result<readonly AlmaRequest[]>> {
  const path = '/task-lists/rs/lending-requests';
  const query = { library, ...(status === undefined ? {} : { status }) };
  const read = await api.read({ path, template: path, query, signal });
  return read.ok ? readList(read.value, 'user_resource_sharing_request', requestOf) : read;
}

/**
 * `DELETE …/resource-sharing-requests/{id}`, once, with `notify_user=false`: Alma tells the patron unless it is told not to. The
 * request is read just before: what was received, lent or closed meanwhile is left alone. `remove_request` is never sent, so the
 * request stays in Alma as cancelled. A lost answer is settled by reading it again.
 */
export async function cancelQuietly(
  api: AlmaApi,
  { user, requestId, reason, note }: Parameters<AlmaPort['cancelQuietly']>[0],
): Promise<AlmaOutcome<undefined>> {
  const before = await api.read(at(user, requestId));
  if (!before.ok) return notChanged(before);
  const request = requestOf(before.value);
  if (request?.requestId !== requestId) return { outcome: 'not-sent', error: unreadable().error };
  if (isCancelled(request)) return { outcome: 'done', value: undefined };
  if (isInHand(request)) {
    const sentence = `Alma says “${request.status.label}” of this request, so it was not cancelled. Open it in Alma: the item may be here.`;
    return { outcome: 'refused', error: fail('refused', sentence, { mender: 'ill-office' }).error };
  }
  const sent = await api.change({
    method: 'DELETE',
    ...at(user, requestId),
    query: { reason, notify_user: 'false', ...(note === undefined ? {} : { note }) },
  });
  if (sent.outcome === 'done') return { outcome: 'done', value: undefined };
  if (sent.outcome !== 'unknown') return sent;
  const after = await borrowingRequest(api, user, requestId);
  const gone = after.ok && after.value !== undefined && isCancelled(after.value);
  return gone ? { outcome: 'done', value: undefined } : sent;
}

/** By the label, because the codes are each tenant's own: "Canceled by staff", and the British spelling. */
function isCancelled({ status }: AlmaRequest): boolean {
  return /^cancel+ed\b/i.test(status.label) || /^CANCEL+ED/.test(status.code);
}

/** The item is here, or on its way: a barcode is filled in when it is received. */
function isInHand({ barcode, status }: AlmaRequest): boolean {
  return (
    barcode !== undefined ||
    /^(RECEIVED_|LOANED|SHIPPED_PHYSICALLY)/.test(status.code) ||
    /received by library|loaned item|received . not for loan|returned by patron|shipped physically/i.test(status.label)
  );
}

function at(user: string, requestId: string) {
  return {
    path: `/users/${encodeURIComponent(user)}/resource-sharing-requests/${encodeURIComponent(requestId)}`,
    template: '/users/{user}/resource-sharing-requests/{request}',
  };
}

/** A slip of Alma's print queue is done with: nobody prints it a second time. */
export async function markPrinted(api: AlmaApi, id: string): Promise<AlmaOutcome<undefined>> {
  const sent = await api.change({
    method: 'POST',
    path: `/task-lists/printouts/${encodeURIComponent(id)}`,
    template: '/task-lists/printouts/{id}?op=mark_as_printed',
    query: { op: 'mark_as_printed' },
  });
  return sent.outcome === 'done' ? { outcome: 'done', value: undefined } : sent;
}
