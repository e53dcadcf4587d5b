import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCallCount } from '../../src-main/assembly/call-count.ts';

/** The count of a key's calls outlives a restart. */

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-23T14:30:00Z');

let folder: string;
let path: string;
const faults: unknown[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carrel-calls-'));
  path = join(folder, 'wms-calls.json');
  faults.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (keyId = 'key-1', at = path) => openCallCount({ path: at, keyId, onFault: (error) => faults.push(error) });

describe('the count of calls', () => {
  it('goes on where it stopped, and forgets what is older than a day', async () => {
    const first = await open();
    first.counter.add(NOW - 30 * HOUR);
    first.counter.add(NOW - 2 * HOUR);
    first.counter.add(NOW);
    await first.close();
    const second = await open();
    expect(second.counter.since(NOW - 24 * HOUR)).toBe(2);
    second.counter.add(NOW);
    await second.close();
    expect((await open()).counter.since(NOW - 24 * HOUR)).toBe(3);
    expect(await readFile(path, 'utf8')).not.toContain(String(Math.floor((NOW - 30 * HOUR) / HOUR)));
    expect(faults).toEqual([]);
  });

  it('begins anew for another key, and with a file that is damaged', async () => {
    const first = await open();
    first.counter.add(NOW);
    await first.close();
    expect((await open('key-2')).counter.since(0)).toBe(0);
    await writeFile(path, '{"keyId":"key-1","hours":{"x":-1}}');
    expect((await open()).counter.since(0)).toBe(0);
    await writeFile(path, 'no json');
    expect((await open()).counter.since(0)).toBe(0);
  });

  it('writes once for many calls, and nothing when there was none', async () => {
    const idle = await open();
    await idle.close();
    await expect(readFile(path, 'utf8')).rejects.toThrow('ENOENT');
    const busy = await open();
    for (let n = 0; n < 500; n += 1) busy.counter.add(NOW);
    await expect(readFile(path, 'utf8')).rejects.toThrow('ENOENT');
    await busy.close();
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      keyId: 'key-1',
      hours: { [String(Math.floor(NOW / HOUR))]: 500 },
    });
  });

  it('goes on counting when the file cannot be written, and says so', async () => {
    await writeFile(path, '');
    const broken = await open('key-1', join(path, 'below-a-file'));
    broken.counter.add(NOW);
    await broken.close();
    expect(broken.counter.since(0)).toBe(1);
    expect(faults).toHaveLength(1);
  });
});
