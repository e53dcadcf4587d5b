import type { RequestView } from '../../src-main/contract/request.ts';
import { ok } from '../../src-main/contract/result.ts';
import { createCrosslink, type Crosslink, type KnownRequests } from '../../src-main/systems/reshare/crosslink.ts';
import type { ConsortiumOptions } from '../../src-main/training/consortium.ts';
import { command } from '../../src-main/training/control.ts';
import { desk, type Desk } from './systems-desk.ts';

/** A desk of the practice library with CrossLink in place of mod-rs. */
export interface CrosslinkDesk {
  readonly at: Desk;
  readonly crosslink: Crosslink;
  /** One command of the practice broker. */
  readonly practice: (name: string, args?: Readonly<Record<string, unknown>>) => unknown;
}

/** What a desk keeps, here in memory: everything open, and what changed, as often as it is asked. */
function keeping(): KnownRequests {
  const kept = new Map<string, RequestView>();
  return {
    find: async (candidates, system, signal) => {
      const read =
        kept.size === 0 ? await system.listOpen(signal) : await system.listChanged('2000-01-01T00:00:00Z', signal);
      if (!read.ok) return read;
      for (const view of read.value) kept.set(view.id, view);
      const keys = new Set(candidates.map((one) => one.toLowerCase()));
      return ok(
        [...kept.values()].filter(({ volumes }) => volumes.some(({ itemId }) => keys.has(itemId.toLowerCase()))),
      );
    },
  };
}

export async function crosslinkDesk(options: ConsortiumOptions = {}): Promise<CrosslinkDesk> {
  const at = await desk({ requests: 'crosslink', ...options });
  const crosslink = createCrosslink({
    session: at.session,
    known: keeping(),
    onCall: (report) => at.reports.push(report),
  });
  return {
    at,
    crosslink,
    practice: (name, args = {}) => command(at.consortium.controls, { name, args }),
  };
}
