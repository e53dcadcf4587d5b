import { cpSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { journalFile, openJournal } from '../../src-main/store/databases.ts';
import type { JournalStore } from '../../src-main/store/journal-store.ts';
import { Soundness } from '../../src-main/store/soundness.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { scan } from '../fixtures/store-records.ts';

/** When a start may trust the journal's pages, and when it reads every one of them. */

const MONDAY = '2026-11-23T08:00:00.000Z';
const LATER = '2026-11-23T17:00:00.000Z';
const BOOTED = Date.parse('2026-11-23T07:00:00.000Z');

async function open(directory: string, now = LATER) {
  const { journal, opening } = await openJournal({ directory, appVersion: '0.1.0', now });
  return { journal, checked: opening.checked === true };
}

/** A journal with a record, closed in order. */
async function closed(): Promise<string> {
  const folder = newFolder();
  const { journal } = await open(folder, MONDAY);
  journal.append(scan());
  await journal.close(MONDAY);
  return folder;
}

async function isChecked(folder: string, now = LATER): Promise<boolean> {
  const { journal, checked } = await open(folder, now);
  await journal.close(now);
  return checked;
}

function stillOpen(journal: JournalStore): void {
  onTestFinished(() => journal.close(LATER));
}

test('after an orderly close no page is read, and a file that was touched since is read whole', async () => {
  const folder = await closed();
  expect(await isChecked(folder)).toBe(false);
  utimesSync(journalFile(folder), new Date(), new Date(1));
  expect(await isChecked(folder)).toBe(true);
  expect(await isChecked(folder)).toBe(false);
});

test('a copy in its place, a lost or unreadable note: every page is read', async () => {
  const folder = await closed();
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
  expect(await isChecked(copy)).toBe(true);
  const note = join(folder, 'journal-sound.json');
  writeFileSync(note, readFileSync(note, 'utf8').slice(0, 20));
  expect(await isChecked(folder)).toBe(true);
  rmSync(note);
  expect(await isChecked(folder)).toBe(true);
});

test('a week after the last check, or with a clock set back before it, every page is read', async () => {
  expect(await isChecked(await closed(), '2026-11-30T07:59:00.000Z')).toBe(false);
  expect(await isChecked(await closed(), '2026-11-30T08:00:00.000Z')).toBe(true);
  expect(await isChecked(await closed(), '2026-11-22T08:00:00.000Z')).toBe(true);
});

test('when only Carrel went down nothing is read; when the computer did, everything is', async () => {
  const folder = newFolder();
  const { journal } = await open(folder, MONDAY);
  stillOpen(journal);
  const file = journalFile(folder);
  const running = new Soundness(file, BOOTED);
  running.opened(MONDAY, true);
  expect(new Soundness(file, BOOTED).isKnown(LATER)).toBe(true);
  expect(new Soundness(file, BOOTED + 1_000).isKnown(LATER)).toBe(true);
  // It was started anew, an hour after Carrel had opened the file or a minute.
  expect(new Soundness(file, Date.parse(MONDAY) + 3_600_000).isKnown(LATER)).toBe(false);
  expect(new Soundness(file, Date.parse(MONDAY) + 60_000).isKnown(LATER)).toBe(false);
  // Its clock was an hour wrong.
  expect(new Soundness(file, BOOTED - 3_600_000).isKnown(LATER)).toBe(false);
});

test('a new start of the computer within the minute of the last one is told by when the file was opened', async () => {
  const folder = newFolder();
  const { journal } = await open(folder, MONDAY);
  stillOpen(journal);
  const file = journalFile(folder);
  const opened = Date.parse(MONDAY);
  new Soundness(file, opened - 10_000).opened(MONDAY, true);
  expect(new Soundness(file, opened + 20_000).isKnown(LATER)).toBe(false);
});

test('damage that was met is not forgotten by closing, and a backup counts as a check', async () => {
  const folder = await closed();
  const first = await open(folder);
  first.journal.damaged();
  await first.journal.close(LATER);
  expect(readdirSync(folder)).not.toContain('journal-sound.json');
  expect(await isChecked(folder)).toBe(true);

  const second = await open(folder, '2026-11-27T08:00:00.000Z');
  second.journal.append(scan());
  await second.journal.close('2026-11-27T08:00:00.000Z');
  expect(await isChecked(folder, '2026-12-04T07:00:00.000Z')).toBe(false);
});
