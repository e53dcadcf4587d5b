import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  db.exec('CREATE TABLE later (x)');
  db.pragma('user_version = 99');
  db.close();
  const before = readFileSync(path);
  const { code, said } = await run();
  expect(code).toBe(1);
  expect(said).toMatch(/written by a newer Carrel|not Carrel’s/);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a file that is no journal is refused with a sentence and left as it is', async () => {
  const path = join(userData, 'training', 'journal.db');
  writeFileSync(path, 'This is a shopping list, not a database.\n'.repeat(200));
  const { code, said } = await run();
  expect(code).toBe(1);
  expect(said).toContain('not Carrel’s');
  expect(readFileSync(path, 'utf8')).toContain('shopping list');
});
