import type { ActOutcome, BulkOutcome, RequestSystem } from '../contract/outcome.ts';

export interface TogetherOptions {
  readonly system: RequestSystem;
  /** One action on several requests in one call. */
  readonly actOnMany: (ids: readonly string[], action: string) => Promise<BulkOutcome>;
  /** Whether the system takes this action for many. */
  readonly isOffered: (action: string) => boolean;
  /** Many are being worked through now; otherwise every action goes by itself and at once. */
  readonly active: () => boolean;
  readonly after: (ms: number, run: () => void) => void;
}

/** How long an action waits for others to go with, milliseconds, and how many go together. */
const GATHER_MS = 40;
const TOGETHER = 8;

interface Waiting {
  readonly id: string;
  readonly resolve: (outcome: ActOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The same system, with actions that come at the same time sent in one call where the system offers that. Each keeps its own
 * step: looked at and written down as being sent before it comes here, and told its own outcome. Where the system says that
 * it offers no such call to this account, nothing has happened, and each of that action goes by itself from then on.
 */
export function actingTogether(options: TogetherOptions): RequestSystem {
  const { system, actOnMany } = options;
  const gathered = new Map<string, Waiting[]>();
  /** Actions the account was told it may not do for many; each has a permission of its own. */
  const single = new Set<string>();

  async function alone({ id, resolve, reject }: Waiting, action: string): Promise<void> {
    await system.act(id, action, {}).then(resolve, reject);
  }

  async function send(action: string, waiting: readonly Waiting[]): Promise<void> {
    const [only] = waiting;
    if (only !== undefined && waiting.length === 1) return alone(only, action);
    try {
      const outcome = await actOnMany(
        waiting.map(({ id }) => id),
        action,
      );
      if (outcome !== 'not-offered') {
        for (const { id, resolve, reject } of waiting) {
          const own = outcome.get(id);
          if (own === undefined) reject(new Error('A call for many answered without one of them'));
          else resolve(own);
        }
        return;
      }
    } catch (fault) {
      for (const { reject } of waiting) reject(fault);
      return;
    }
    single.add(action);
    await Promise.all(waiting.map((one) => alone(one, action)));
  }

  function flush(action: string): void {
    const waiting = gathered.get(action);
    gathered.delete(action);
    if (waiting !== undefined) void send(action, waiting);
  }

  return {
    findByScan: (candidates, signal) => system.findByScan(candidates, signal),
    listChanged: (since, signal) => system.listChanged(since, signal),
    listOpen: (signal) => system.listOpen(signal),
    tenantRules: (signal) => system.tenantRules(signal),
    get: (id, signal) => system.get(id, signal),
    act: (id, action, params, signal) => {
      const plain = Object.keys(params).length === 0 && signal === undefined;
      if (!plain || single.has(action) || !options.active() || !options.isOffered(action)) {
        return system.act(id, action, params, signal);
      }
      return new Promise((resolve, reject) => {
        const waiting = gathered.get(action) ?? [];
        waiting.push({ id, resolve, reject });
        gathered.set(action, waiting);
        if (waiting.length >= TOGETHER) flush(action);
        else if (waiting.length === 1) options.after(GATHER_MS, () => flush(action));
      });
    },
  };
}
