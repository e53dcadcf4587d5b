import { fail, ok, type Result } from '../../contract/result.ts';
import { isRecord, jsonOf } from '../http/bodies.ts';
import type { HttpClient } from '../http/client.ts';
import { faultError } from '../http/sentences.ts';

const NAME = 'The OpenURL resolver';

/** The path that names the library. The resolver adds the authority RESHARE by itself; any other has to stand there. */
export function resolverPath(symbol: string): string {
  return `/${encodeURIComponent(symbol.replace(/^RESHARE:/, '')).replaceAll('%3A', ':')}`;
}

/**
 * Whether the consortium's OpenURL resolver (listener-openurl) serves a library. `svc_id=contextObject` makes it show how it
 * reads an address and create nothing; any other use of it creates a request. An unknown symbol is answered 404.
 */
export async function resolverKnows(http: HttpClient, symbol: string): Promise<Result<boolean>> {
  const answer = await http.send({
    method: 'GET',
    path: `${resolverPath(symbol)}?svc_id=contextObject`,
    template: '/{symbol}',
    headers: { accept: 'application/json' },
  });
  if (answer.kind !== 'answer') return { ok: false, error: faultError(answer, NAME) };
  if (answer.status === 404) return ok(false);
  const body = answer.status === 200 ? jsonOf(answer) : undefined;
  if (isRecord(body) && isRecord(body['admindata'])) return ok(true);
  return answer.status >= 500
    ? fail('not-sent', `${NAME} met an error of its own. If it lasts, tell the host.`, {
        mender: 'host',
        retry: 'later',
      })
    : fail(
        'configuration',
        'What answers at the OpenURL address is no OpenURL resolver of ReShare’s. Check the address in Settings.',
        {
          mender: 'library-administrator',
        },
      );
}
