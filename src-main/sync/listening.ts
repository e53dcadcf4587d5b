import type { Watch } from '../contract/outcome.ts';
import type { AppError } from '../contract/result.ts';
import type { Schedule } from './ports.ts';
import { relistenAfter, spread, TIMING } from './timing.ts';

export interface ListeningOptions {
  readonly watch: Watch;
  readonly schedule: Schedule;
  /** In [0, 1). */
  readonly random: () => number;
  /** It has begun to tell; what happened before that has to be asked for. */
  readonly onOpened: () => void;
  readonly onChanged: () => void;
  /** It tells no longer, and polling has to take its place. */
  readonly onLost: () => void;
  /** The system will not tell. */
  readonly onRefused?: ((error: AppError) => void) | undefined;
  readonly onTrouble: (error: unknown) => void;
}

/** Keeps listening to a system that tells of changes, and begins again when the connection is lost, later and later. */
export interface Listening {
  /** Whether the system is telling now. */
  readonly open: boolean;
  start(): void;
  /** Resolves when the connection is over. */
  stop(): Promise<void>;
}

export function createListening(options: ListeningOptions): Listening {
  const { schedule, random } = options;
  let stopped: AbortController | undefined;
  let cancelNext: (() => void) | undefined;
  let cancelSteady: (() => void) | undefined;
  let current: Promise<void> | undefined;
  let open = false;
  let losses = 0;

  function shut(): void {
    cancelSteady?.();
    cancelSteady = undefined;
    if (!open) return;
    open = false;
    options.onLost();
  }

  async function listen(mine: AbortController): Promise<void> {
    const end = await options.watch({
      signal: mine.signal,
      changed: options.onChanged,
      opened: () => {
        if (mine.signal.aborted) return;
        open = true;
        cancelSteady = schedule(TIMING.steady, () => {
          losses = 0;
        });
        options.onOpened();
      },
    });
    if (mine !== stopped) return;
    shut();
    if (end.end === 'none') return;
    if (end.end === 'refused') options.onRefused?.(end.error);
    again(end.end === 'refused' ? spread(TIMING.refusedPause, random()) : relistenAfter(losses++, random()));
  }

  function again(ms: number): void {
    cancelNext = schedule(ms, begin);
  }

  function begin(): void {
    cancelNext = undefined;
    if (stopped === undefined) return;
    const mine = stopped;
    current = listen(mine).catch((error: unknown) => {
      options.onTrouble(error);
      if (mine !== stopped) return;
      shut();
      again(relistenAfter(losses++, random()));
    });
  }

  return {
    get open() {
      return open;
    },
    start: () => {
      if (stopped !== undefined) return;
      stopped = new AbortController();
      losses = 0;
      begin();
    },
    stop: async () => {
      stopped?.abort();
      stopped = undefined;
      cancelNext?.();
      cancelNext = undefined;
      shut();
      await current;
    },
  };
}
