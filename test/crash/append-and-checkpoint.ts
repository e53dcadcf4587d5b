import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openJournal } from '../../src-main/store/databases.ts';
import { scan } from '../fixtures/store-records.ts';

/**
 * A program whose writes are recorded: appends scans to the journal in a folder, tells each one's id on standard output
 * once it was acknowledged, and after every fourth does what the journal does in a pause.
 *
 *     node append-and-checkpoint.ts <folder> <count>
 */
const [directory = '', count = '0'] = process.argv.slice(2);
const { journal } = await openJournal({ directory, appVersion: '0.1.0', now: new Date().toISOString() });
for (let n = 1; n <= Number(count); n += 1) {
  const id = randomUUID();
  journal.append(scan({ raw: 'x'.repeat((n * 700) % 6000) }, { id, scanId: id }));
  writeSync(1, `${id}\n`);
  if (n % 4 === 0) journal.checkpoint();
}
// Without closing: the power goes before.
process.kill(process.pid, 'SIGKILL');
