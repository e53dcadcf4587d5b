import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { journalFile, openJournal } from '../../src-main/store/databases.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { scan } from '../fixtures/store-records.ts';
import { NODE, program, start } from './child.ts';

const OPTIONS = { appVersion: '0.1.0', now: '2026-11-23T08:00:00.000Z' };

/** Appends until it is refused; gives what was acknowledged and the kind of the refusal. */
async function fillUp(command: string, args: readonly string[]) {
  const child = start(command, args);
  await child.ended;
  const refusal = child.lines.at(-1)?.replace('refused ', '');
  return { acknowledged: child.lines.slice(1, -1), refusal };
}

async function expectAllThere(folder: string, acknowledged: readonly string[]): Promise<void> {
  const { journal } = await openJournal({ ...OPTIONS, directory: folder });
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(acknowledged.filter((id) => journal.lineOf(id) === undefined)).toEqual([]);
  expect(journal.counts().records).toBe(acknowledged.length);
  expect(journal.append(scan()).repeated).toBe(false);
  await journal.close(OPTIONS.now);
}

test(
  'on a full disk a scan is refused as such, and every scan before it is kept',
  { timeout: 60_000 },
  async (context) => {
    const disk = newFolder();
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]).status !== 0) {
      context.skip('no right to mount a small disk here; the limit on a file below and max_page_count stand for it');
      return;
    }
    onTestFinished(() => {
      spawnSync('umount', [disk]);
    });
    const { acknowledged, refusal } = await fillUp(NODE, [program('append-scans.ts'), disk, '100000', '5000']);
    expect(refusal).toBe('full');
    spawnSync('mount', ['-o', 'remount,size=20m', disk]);
    await expectAllThere(disk, acknowledged);
  },
);

test(
  'when the file may not grow a scan is refused, and every scan before it is kept',
  { timeout: 60_000 },
  async () => {
    const folder = newFolder();
    // ulimit counts in 512 or 1024 bytes, by shell: either way a few hundred kilobytes.
    const command = `ulimit -f 600; exec "$0" "$@"`;
    const { acknowledged, refusal } = await fillUp('sh', [
      '-c',
      command,
      NODE,
      program('append-scans.ts'),
      folder,
      '100000',
      '5000',
    ]);
    expect(refusal).toBe('io');
    await expectAllThere(folder, acknowledged);
  },
);

test.each([
  ['the journal is write-protected', 0o444, 0o755],
  ['its folder is write-protected', 0o666, 0o555],
  ['both are', 0o444, 0o555],
])('when %s, opening says so', async (_what, fileMode, folderMode) => {
  const parent = newFolder();
  chmodSync(parent, 0o755);
  const folder = join(parent, 'store');
  mkdirSync(folder);
  const { journal } = await openJournal({ ...OPTIONS, directory: folder });
  await journal.close(OPTIONS.now);
  chmodSync(journalFile(folder), fileMode);
  chmodSync(folder, folderMode);
  onTestFinished(() => {
    chmodSync(folder, 0o755);
  });
  const child = start(NODE, [program('open-unprivileged.ts'), folder]);
  await child.ended;
  expect(child.lines).toEqual(['readonly']);
});

test('when there is no journal yet and the folder is write-protected, opening says so', async () => {
  const parent = newFolder();
  chmodSync(parent, 0o755);
  const folder = join(parent, 'store');
  mkdirSync(folder, { mode: 0o555 });
  const child = start(NODE, [program('open-unprivileged.ts'), folder]);
  await child.ended;
  expect(child.lines).toEqual(['readonly']);
});
