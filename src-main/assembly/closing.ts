import { setTimeout as sleep } from 'node:timers/promises';
import type { PileRun } from '../journal/pile-run.ts';
import type { LogFile } from '../shell/log-file.ts';
import type { Base } from './base-parts.ts';
import type { Desk } from './desk-parts.ts';
import type { ScreenLock } from './lock.ts';
import type { Office } from './office-parts.ts';
import type { Systems } from './system-parts.ts';

export interface ClosingParts {
  readonly log: LogFile;
  readonly base: Pick<Base, 'store' | 'practice'>;
  readonly systems: Pick<Systems, 'connection' | 'circulation' | 'callCount'>;
  readonly lock: ScreenLock;
  readonly desk: Desk;
  readonly pile: PileRun;
  readonly office: Office;
}

/** How long calls under way may still take when Carrel closes, milliseconds; what is left then becomes *unknown*. */
const CLOSING_MS = 4_000;

/**
 * Closes all parts in the one order that loses nothing: first whatever begins work, then a bounded wait for the work under
 * way, then the connections and the journal, and last what keeps a count of its calls and the practice consortium.
 */
export async function closeParts({ log, base, systems, lock, desk, pile, office }: ClosingParts): Promise<void> {
  const { store, practice } = base;
  const { connection, circulation, callCount } = systems;
  const { agreement, settler, flow, holds, printing, outage, lanes } = desk;
  const { retention, placing, tasks, requestDesk, alma, relais } = office;

  lock.stop();
  await pile.stop();
  await agreement.stop();
  await retention.stop();
  await connection.stop();
  settler?.stop();
  placing.flow.stop();
  tasks.engine.stop();
  const idle = [
    flow.idle(),
    holds.idle(),
    printing.idle(),
    placing.flow.idle(),
    tasks.engine.idle(),
    requestDesk.idle(),
    outage.stop(),
  ];
  await Promise.race([Promise.all(idle), sleep(CLOSING_MS, undefined, { ref: false })]);
  // What is still on its way keeps its `sending` on disk and is looked after at the next start.
  lanes.stop(new Error('Carrel is closing'));
  flow.close();
  await connection.close();
  await circulation.close();
  await placing.close();
  // A journal that went bad while it was used cannot be backed up any more; the next start mends it.
  await store.close().catch((error: unknown) => {
    log.fault('store', error);
  });
  await callCount?.close();
  await alma.close();
  await relais.close();
  await practice?.stop();
}
