import type { RequestSystem } from '../contract/outcome.ts';
import type { RequestView } from '../contract/request.ts';
import type { Schedule, SyncCachePort } from './ports.ts';

/**
 * When a request is read again after an action, seconds. stripes-reshare does the same: actions "do not always block until
 * fully complete", and the other library's side follows by message. Its first reading, at once, is the look that ends the
 * step itself.
 */
export const FOLLOW_SECONDS = [15, 45, 90] as const;

export interface FollowOptions {
  readonly system: Pick<RequestSystem, 'get'>;
  readonly cache: Pick<SyncCachePort, 'upsertMany'>;
  readonly schedule: Schedule;
  readonly onTrouble: (error: unknown) => void;
}

export interface Follower {
  /**
   * Reads a request at each of {@link FOLLOW_SECONDS} from now. Following it again begins anew, in place of the earlier.
   * @param onChange called with the first reading and with each that differs from the one before
   * @returns stops following
   */
  follow(id: string, onChange: (view: RequestView) => void): () => void;
  stop(): void;
}

export function createFollower(options: FollowOptions): Follower {
  const followed = new Map<string, () => void>();

  function follow(id: string, onChange: (view: RequestView) => void): () => void {
    followed.get(id)?.();
    const aborted = new AbortController();
    let last: string | undefined;

    const read = async () => {
      const result = await options.system.get(id, aborted.signal);
      if (!result.ok || aborted.signal.aborted) return;
      await options.cache.upsertMany([result.value]);
      const face = faceOf(result.value);
      if (face === last) return;
      last = face;
      onChange(result.value);
    };
    const cancels = FOLLOW_SECONDS.map((seconds, place) =>
      options.schedule(seconds * 1000, () => {
        read().catch(options.onTrouble);
        if (place === FOLLOW_SECONDS.length - 1 && followed.get(id) === stop) followed.delete(id);
      }),
    );
    const stop = () => {
      aborted.abort();
      for (const cancel of cancels) cancel();
      if (followed.get(id) === stop) followed.delete(id);
    };
    followed.set(id, stop);
    return stop;
  }

  return {
    follow,
    stop: () => {
      for (const stop of [...followed.values()]) stop();
    },
  };
}

/** Everything of a reading but when it was read. */
function faceOf(view: RequestView): string {
  return JSON.stringify({ ...view, seenAt: '' });
}
