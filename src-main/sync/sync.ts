import type { RequestBackend, RequestSystem } from '../contract/outcome.ts';
import type { RequestView } from '../contract/request.ts';
import { ok, type AppError, type Result } from '../contract/result.ts';
import { createFollower } from './follow.ts';
import type { Follower } from './follow.ts';
import { createListening } from './listening.ts';
import type { Schedule, SyncCachePort } from './ports.ts';
import { pauseAfter, TIMING } from './timing.ts';

export interface SyncOptions {
  readonly system: Pick<RequestBackend, 'listChanged' | 'listOpen' | 'get' | 'watch'>;
  readonly cache: SyncCachePort;
  readonly now: () => Date;
  readonly schedule: Schedule;
  /** In [0, 1); spreads the pauses. */
  readonly random: () => number;
  /** Something in the cache is new, changed or gone. */
  readonly onChanged?: () => void;
  /** A question to the system failed; the next is asked after a longer pause. */
  readonly onFailure?: (error: AppError) => void;
  /** The system began to tell of changes by itself, or no longer does. */
  readonly onTelling?: (telling: boolean) => void;
  /** The cache failed, or there is a fault in Carrel; syncing goes on after a longer pause. */
  readonly onTrouble: (error: unknown) => void;
}

/**
 * Keeps the cache true by asking the request system again and again; seldom while it tells of changes by itself, and then at
 * once when it does.
 */
export interface Sync extends Pick<Follower, 'follow'> {
  /** Begins: everything open when the cache was never filled, else what changed since. */
  start(): void;
  /** Asks at once instead of at the next turn. */
  refresh(): void;
  /** The system answered somebody: after questions that failed, the next is asked at once and not after the long pause. */
  answered(): void;
  /** Asks nothing further until {@link Sync.resume}; following goes on. */
  pause(): void;
  /** Goes on, at once. */
  resume(): void;
  /** Ends syncing and following for good; resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/** Facts kept in the cache: they are lost with it, and then everything is fetched again. */
const NEWEST_CHANGE = 'sync.newestChange';
const LISTED_AT = 'sync.listedAt';

export function createSync(options: SyncOptions): Sync {
  const follower = createFollower(options);
  const stopped = new AbortController();
  let running = false;
  let failures = 0;
  let cancelNext: (() => void) | undefined;
  let round: Promise<void> | undefined;
  /** Told of a change that has not been asked for yet. */
  let nudged = false;
  const { watch } = options.system;
  const listening =
    watch === undefined
      ? undefined
      : createListening({
          watch,
          schedule: options.schedule,
          random: options.random,
          onOpened: () => {
            options.onTelling?.(true);
            nudge();
          },
          onChanged: nudge,
          onLost: () => {
            options.onTelling?.(false);
            nudge();
          },
          onTrouble: options.onTrouble,
        });

  /** However often it is told, it is asked for once. */
  function nudge(): void {
    if (nudged || !running) return;
    nudged = true;
    if (round === undefined) plan(TIMING.nudge);
  }

  function plan(ms: number): void {
    cancelNext?.();
    cancelNext = options.schedule(ms, begin);
  }

  function begin(): void {
    cancelNext = undefined;
    if (!running || round !== undefined) return;
    nudged = false;
    round = askRound().finally(() => {
      round = undefined;
      if (running) plan(nudged ? TIMING.nudge : pauseAfter(failures, options.random(), listening?.open));
    });
  }

  async function askRound(): Promise<void> {
    try {
      const error = await ask(options, stopped.signal);
      failures = error === undefined ? 0 : failures + 1;
      if (error !== undefined && !stopped.signal.aborted) options.onFailure?.(error);
    } catch (trouble) {
      failures += 1;
      options.onTrouble(trouble);
    }
  }

  return {
    follow: (id, onChange) => follower.follow(id, onChange),
    start: () => {
      if (running || stopped.signal.aborted) return;
      running = true;
      listening?.start();
      plan(0);
    },
    refresh: () => {
      if (!running) return;
      failures = 0;
      plan(0);
    },
    answered: () => {
      if (!running || failures === 0) return;
      failures = 0;
      if (round === undefined) plan(0);
    },
    pause: () => {
      running = false;
      cancelNext?.();
      cancelNext = undefined;
      nudged = false;
      listening?.stop().catch(options.onTrouble);
    },
    resume: () => {
      if (running || stopped.signal.aborted) return;
      running = true;
      failures = 0;
      listening?.start();
      plan(0);
    },
    stop: async () => {
      running = false;
      cancelNext?.();
      stopped.abort();
      follower.stop();
      await Promise.all([round, listening?.stop()]);
    },
  };
}

export interface CatchUpOptions extends Pick<SyncOptions, 'cache' | 'now' | 'onChanged'> {
  readonly system: Pick<RequestSystem, 'listChanged' | 'listOpen'>;
}

/** Whether everything open was listed at least once. */
export async function isFilled(cache: Pick<SyncCachePort, 'fact'>): Promise<boolean> {
  return (await cache.fact(LISTED_AT)) !== undefined;
}

/**
 * Brings the cache up to this moment, for who looks something up in it and must not miss what happened a second ago: what
 * changed since the last question, or everything open when the cache was never filled. Rejects when the cache fails.
 */
export async function catchUp(options: CatchUpOptions, signal?: AbortSignal): Promise<Result<undefined>> {
  const error = (await isFilled(options.cache)) ? await askChanges(options, signal) : await ask(options, signal);
  return error === undefined ? ok(undefined) : { ok: false, error };
}

async function askChanges(options: CatchUpOptions, signal: AbortSignal | undefined): Promise<AppError | undefined> {
  const changed = await options.system.listChanged(await changesFrom(options), signal);
  if (!changed.ok) return changed.error;
  await keep(options, changed.value);
  return undefined;
}

/** One round: what changed, then, when it is time, the complete list. Returns the error that ended it, if any. */
async function ask(options: CatchUpOptions, signal: AbortSignal | undefined): Promise<AppError | undefined> {
  const { system, cache } = options;
  const listedAt = await cache.fact(LISTED_AT);
  if (listedAt !== undefined) {
    const error = await askChanges(options, signal);
    if (error !== undefined) return error;
  }
  const began = options.now();
  if (listedAt !== undefined && began.getTime() - Date.parse(listedAt) < TIMING.listing) return undefined;
  const open = await system.listOpen(signal);
  if (!open.ok) return open.error;
  await keep(options, open.value);
  const list = { openIds: open.value.map((view) => view.id), listedAt: began.toISOString() };
  const gone = await cache.removeMissing(list);
  if (gone.length > 0) options.onChanged?.();
  await cache.setFact(LISTED_AT, list.listedAt);
  return undefined;
}

async function keep(options: CatchUpOptions, views: readonly RequestView[]): Promise<void> {
  if (views.length === 0) return;
  const kept = await options.cache.upsertMany(views);
  if (kept > 0) options.onChanged?.();
  const newest = newestChange(views);
  const before = timeOf(await options.cache.fact(NEWEST_CHANGE));
  if (newest > before) await options.cache.setFact(NEWEST_CHANGE, new Date(newest).toISOString());
}

/** By the server's own clock, as far as it was ever seen: ours may be wrong. */
async function changesFrom(options: CatchUpOptions): Promise<string> {
  const newest = timeOf(await options.cache.fact(NEWEST_CHANGE));
  const from = newest > 0 ? newest - TIMING.overlap : options.now().getTime() - TIMING.firstReach;
  return new Date(from).toISOString();
}

function newestChange(views: readonly RequestView[]): number {
  return Math.max(...views.map((view) => timeOf(view.lastUpdated)));
}

/** Milliseconds; 0 for a time that is missing or no time. */
function timeOf(text: string | undefined): number {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? 0 : time;
}
