import { fail, ok, type Result } from '../contract/result.ts';
import type { LogFile } from '../shell/log-file.ts';
import type { RemoteCache } from '../store/calls.ts';
import { catchUp, isFilled } from '../sync/sync.ts';
import type { KnownRequests } from '../systems/reshare/crosslink.ts';

export interface KnownRequestsOptions {
  readonly cache: RemoteCache;
  readonly now: () => Date;
  readonly log: LogFile;
  /** The cache holds something new. */
  readonly onCache: () => void;
}

/**
 * The cache as a request system without an index of barcodes looks labels up in it. A cache that fails, or cannot be brought
 * up to date, cannot say that a label is on no request: then that is the answer.
 */
export function knownRequests({ cache, now, log, onCache }: KnownRequestsOptions): KnownRequests {
  let filling: Promise<Result<undefined>> | undefined;
  return {
    find: async (candidates, system, signal) => {
      const options = { system, cache, now, onChanged: onCache };
      try {
        const filled = await isFilled(cache);
        // Many things are scanned while the cache is filled for the first time; one listing serves them all.
        filling ??= filled ? undefined : catchUp(options).finally(() => (filling = undefined));
        const caught = await (filling ?? catchUp(options, signal));
        return caught.ok ? ok(await cache.findByIdentifier(candidates)) : caught;
      } catch (error) {
        log.fault('cache', error);
        return fail('internal', 'The requests kept on this computer cannot be read, and labels are matched in them.');
      }
    },
  };
}
