import { plainWords } from '../../http/bodies.ts';
import type { HttpClient } from '../../http/client.ts';
import { faultError } from '../../http/sentences.ts';
import type { Authorizer } from '../auth/key.ts';
import { readRefusal } from '../auth/refusals.ts';
import { fail, type Result } from '../base.ts';
import type { Quota } from '../quota.ts';
import { oclcNumberOf, readAvailability, type TitleAvailability } from './read.ts';

const NAME = 'WMS Availability';

export interface AvailabilityParts {
  /** For the origin of `address`. */
  readonly http: HttpClient;
  /** E.g. `https://worldcat.org/circ/availability/sru/service`. */
  readonly address: string;
  readonly registryId: string;
  /** Also tells the holdings of the library's group. */
  readonly group: boolean;
  readonly authorizer: Authorizer;
  readonly quota: Quota;
  /** Wall clock, epoch milliseconds. */
  readonly now: () => number;
}

/**
 * The copies of a title by its OCLC number (SRU, index `no`). A look-up: it changes nothing, may be repeated, and counts
 * against the key's daily number of calls.
 */
export function createAvailability(parts: AvailabilityParts) {
  async function once(url: URL, signal?: AbortSignal) {
    const authorization = await parts.authorizer.authorize('GET', url);
    if (!authorization.ok) return { failure: authorization, renewable: false } as const;
    const answer: Awaited<ReturnType<HttpClient['send']>> = await parts.http.send({
      method: 'GET',
      path: url.pathname + url.search,
      template: url.pathname,
      headers: { authorization: authorization.value, accept: 'application/xml, text/xml' },
      ...(signal === undefined ? {} : { signal }),
    });
    if (answer.kind !== 'answer') {
      return { failure: { ok: false, error: faultError(answer, NAME) }, renewable: false } as const;
    }
    if (answer.status === 200) return { answer } as const;
    const refusal = readRefusal(answer, NAME);
    if (refusal !== undefined) {
      const renewable = refusal.error.code === 'credentials-refused' && parts.authorizer.refused(authorization.value);
      return { failure: { ok: false, error: refusal.error }, renewable } as const;
    }
    return { failure: statusFailure(answer.status, answer.text), renewable: false } as const;
  }

  return {
    async byOclcNumber(text: string, signal?: AbortSignal): Promise<Result<TitleAvailability>> {
      const oclcNumber = oclcNumberOf(text);
      if (oclcNumber === undefined) {
        return fail('bad-input', 'This is no OCLC number, so WMS cannot be asked about its copies.', {
          mender: 'desk',
        });
      }
      const exhausted = parts.quota.exhausted();
      if (exhausted !== undefined) return exhausted;
      const url = new URL(parts.address);
      url.search = `?x-registryId=${encodeURIComponent(parts.registryId)}&query=no:${oclcNumber}${parts.group ? '&x-return-group-availability=1' : ''}`;
      const at = new Date(parts.now()).toISOString();
      let end = await once(url, signal);
      if ('failure' in end && end.renewable) end = await once(url, signal);
      if ('failure' in end) return end.failure;
      return readAvailability(end.answer.bytes, oclcNumber, at);
    },
  };
}

function statusFailure(status: number, text: string) {
  const ours = status >= 400 && status < 500;
  return fail(
    ours ? 'configuration' : 'not-sent',
    ours
      ? 'WMS Availability did not take the question. A library administrator must check the registry id and the address in Settings.'
      : 'WMS Availability does not answer at the moment. Look on the WMS screen.',
    { mender: ours ? 'library-administrator' : 'host', retry: 'later', theirWords: plainWords(text) },
  );
}
