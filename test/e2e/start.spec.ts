import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';

/** What a person is told when Carrel cannot open its journal, and what becomes of the file. */
let userData: string;
test.beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'carrel-start-'));
  mkdirSync(join(userData, 'training'));
});
test.afterEach(() => rmSync(userData, { recursive: true, force: true }));

/** Starts Carrel without a driver; answers its exit code and what it said on standard error. */
function run(): Promise<{ code: number | null; said: string }> {
  const executable = createRequire(import.meta.url)('electron') as string;
  const carrel = spawn(executable, [ROOT, `--user-data-dir=${userData}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  carrel.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  return new Promise((resolve) => carrel.once('exit', (code) => resolve({ code, said })));
}

test('a journal of a newer Carrel is refused with a sentence and left as it is', async () => {
  const path = join(userData, 'training', 'journal.db');
  const db = new Database(path);
  // `CRLJ`: a journal of Carrel's, with a longer history than this version knows.
  db.pragma('application_id = 1129466954');
  db.exec('CREATE TABLE schema_log (version INTEGER PRIMARY KEY, app_version TEXT, at TEXT, sha256 TEXT)');
  for (let version = 1; version <= 99; version += 1) {
    db.prepare('INSERT INTO schema_log VALUES (?, ?, ?, ?)').run(version, '9.9.9', '2030-01-01T00:00:00.000Z', 'later');
  }
  db.pragma('user_version = 99');
  db.close();
  const before = readFileSync(path);
  const { code, said } = await run();
  expect(code).toBe(1);
  expect(said).toMatch(/written by a newer Carrel/);
  expect(readFileSync(path).equals(before)).toBe(true);
});
