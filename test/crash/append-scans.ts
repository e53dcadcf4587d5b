import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openStore } from '../../src-main/store/client.ts';
import { StoreError } from '../../src-main/store/errors.ts';
import { scan } from '../fixtures/store-records.ts';

/**
 * A program that is there to be killed: appends scans to the journal in a folder, and tells each one's id on standard
 * output once it was acknowledged. Ends after `count` scans, or with `refused <kind>` at the first refusal.
 *
 *     node append-scans.ts <folder> [count] [bytes of raw input]
 */
const [directory = '', count = 'Infinity', bytes = '20'] = process.argv.slice(2);

const store = await openStore({
  directory,
  appVersion: '0.1.0',
  workerFile: new URL('../../src-main/store/worker.ts', import.meta.url),
  log: () => undefined,
});
writeSync(1, 'open\n');
try {
  for (let n = 0; n < Number(count); n += 1) {
    const id = randomUUID();
    await store.journal.append(scan({ raw: 'x'.repeat(Number(bytes)) }, { id, scanId: id }));
    writeSync(1, `${id}\n`);
  }
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  writeSync(1, `refused ${error.kind}\n`);
}
// Without closing: nothing may depend on it.
process.exit();
