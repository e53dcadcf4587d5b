import type { NewRecord } from '../contract/journal.ts';
import type { RemoteJournal } from './calls.ts';
import type { Appended } from './journal-store.ts';

interface Waiting {
  readonly record: NewRecord;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Most records synced at once: a burst, and not so much that one sync keeps the next scan waiting. */
const MOST_AT_ONCE = 64;

/**
 * Appends with group commit: records of one turn of the event loop, and those that come while others are being synced, go
 * to disk with one sync, in the order they came. Each answers when it is on disk, as if it had been appended alone.
 */
export function groupedAppends(
  journal: Pick<RemoteJournal, 'append' | 'appendMany'>,
): (record: NewRecord) => Promise<Appended> {
  const waiting: Waiting[] = [];
  let busy = false;

  async function alone({ record, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve(await journal.append(record));
    } catch (error) {
      reject(error);
    }
  }

  async function together(group: readonly Waiting[]): Promise<void> {
    let appended: readonly Appended[];
    try {
      appended = await journal.appendMany(group.map(({ record }) => record));
    } catch {
      // None was appended. Each is tried for itself and hears its own reason.
      for (const one of group) await alone(one);
      return;
    }
    for (const [place, one] of group.entries()) {
      const its = appended[place];
      if (its === undefined) one.reject(new Error('The journal answered fewer records than were appended'));
      else one.resolve(its);
    }
  }

  async function run(): Promise<void> {
    busy = true;
    await endOfTurn();
    while (waiting.length > 0) {
      const group = waiting.splice(0, MOST_AT_ONCE);
      const [only] = group;
      await (group.length === 1 && only !== undefined ? alone(only) : together(group));
    }
    busy = false;
  }

  return (record) =>
    new Promise((resolve, reject) => {
      waiting.push({ record, resolve, reject });
      if (!busy) void run();
    });
}
