import type { HttpClient } from '../../http/client.ts';
import { faultError } from '../../http/sentences.ts';
import type { Authorizer } from '../auth/key.ts';
import { readRefusal } from '../auth/refusals.ts';
import { fail, type Result } from '../base.ts';
import type { Quota } from '../quota.ts';
import { readSearch, searchByBarcode, type ScimPatron } from './read.ts';

const NAME = 'OCLC’s patron look-up';

export interface IdentityParts {
  /** For the origin of `address`. */
  readonly http: HttpClient;
  /** E.g. `https://900001.share.worldcat.org/idaas/scim/v2/Users/.search`. */
  readonly address: string;
  readonly authorizer: Authorizer;
  readonly quota: Quota;
}

/**
 * Patrons by barcode (SCIM 2.0 search, scope `SCIM:read_user`). A look-up by POST, so that the barcode stays out of
 * addresses and logs; it changes nothing and may be repeated.
 */
export function createIdentity(parts: IdentityParts) {
  const url = new URL(parts.address);

  async function once(barcode: string, signal?: AbortSignal) {
    const authorization = await parts.authorizer.authorize('POST', url);
    if (!authorization.ok) return { result: authorization, renewable: false } as const;
    const answer = await parts.http.send({
      method: 'POST',
      path: url.pathname + url.search,
      template: url.pathname,
      headers: {
        authorization: authorization.value,
        'content-type': 'application/scim+json',
        accept: 'application/scim+json',
      },
      body: searchByBarcode(barcode),
      ...(signal === undefined ? {} : { signal }),
    });
    if (answer.kind !== 'answer') {
      // A search that was sent and lost changed nothing.
      const kind = answer.kind === 'unknown-outcome' ? 'unreachable' : answer.kind;
      return { result: { ok: false, error: faultError({ ...answer, kind }, NAME) }, renewable: false } as const;
    }
    if (answer.status === 200) return { result: readSearch(answer.text, barcode), renewable: false } as const;
    const refusal = readRefusal(answer, NAME);
    if (refusal !== undefined) {
      const renewable = refusal.error.code === 'credentials-refused' && parts.authorizer.refused(authorization.value);
      // What the server says may repeat the barcode asked for, so it is not quoted.
      const { theirWords: _, ...error } = refusal.error;
      return { result: { ok: false, error }, renewable } as const;
    }
    return { result: statusFailure(answer.status), renewable: false } as const;
  }

  return {
    /** Undefined when nobody has that barcode. */
    async byBarcode(barcode: string, signal?: AbortSignal): Promise<Result<ScimPatron | undefined>> {
      const exhausted = parts.quota.exhausted();
      if (exhausted !== undefined) return exhausted;
      const first = await once(barcode, signal);
      return first.renewable ? (await once(barcode, signal)).result : first.result;
    },
  };
}

/** The body is not quoted: it may repeat what was asked for. */
function statusFailure(status: number) {
  const ours = status >= 400 && status < 500;
  return fail(
    ours ? 'configuration' : 'not-sent',
    ours
      ? 'OCLC’s patron look-up did not take the question. A library administrator must check the registry id and the address in Settings.'
      : 'OCLC’s patron look-up does not answer at the moment. Look the patron up on the WMS screen.',
    { mender: ours ? 'library-administrator' : 'host', retry: 'later' },
  );
}
