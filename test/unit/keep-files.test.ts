import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DecisionEvidence, StoredRecord } from '../../src-main/contract/journal.ts';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import { readScan } from '../../src-main/desk/barcodes.ts';
import { CardsHidden } from '../../src-main/journal/export-cards.ts';
import { CsvTable } from '../../src-main/journal/export-csv.ts';
import { exportHead, exportLine, parseExport } from '../../src-main/journal/export-file.ts';
import { writeNewFile } from '../../src-main/settings/new-file.ts';
import { isSealedFile, openSealedFile, sealFile } from '../../src-main/settings/sealed-file.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { prompt, record, scan, stepBody } from '../fixtures/store-records.ts';

const PASSPHRASE = 'four quiet horses Zoë';

const stored = (...records: readonly Omit<StoredRecord, 'seq'>[]): StoredRecord[] =>
  records.map((one, index) => ({ ...one, seq: index + 1 }));

function fileOf(records: readonly StoredRecord[], told = records.length): string {
  const about = { exportedAt: '2026-11-23T12:00:00.000Z', workstation: 'desk-pc-1', appVersion: '0.1.0' };
  return [exportHead({ ...about, scans: 1, records: told }), ...records.map(exportLine), ''].join('\n');
}

test('the recipe in the README opens a protected file', async () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const [, recipe] = /```js\n(import \{ createDecipheriv.*?)```/s.exec(readme) ?? [];
  const folder = newFolder();
  writeFileSync(join(folder, 'open.mjs'), recipe ?? '');
  const content = Buffer.from('{"a":"Zoë \u{1F4DA}"}\n');
  // Typed with a letter and an accent instead of one character, as some keyboards do.
  writeFileSync(join(folder, 'x.carrel'), await sealFile(content, PASSPHRASE.normalize('NFD')));
  const env = { ...process.env, PASSPHRASE };
  expect(execFileSync(process.execPath, ['open.mjs', 'x.carrel'], { cwd: folder, env })).toEqual(content);
});

test('a protected file opens with its passphrase alone, and says what is wrong with it', async () => {
  const content = Buffer.from('content\n'.repeat(1000));
  const file = await sealFile(content, PASSPHRASE);
  expect(isSealedFile(file)).toBe(true);
  expect(file.includes('content')).toBe(false);
  expect(await openSealedFile(file, PASSPHRASE)).toEqual({ ok: true, content });
  expect(await openSealedFile(file, `${PASSPHRASE} `)).toEqual({ ok: false, why: 'wrong-passphrase' });
  const changed = Buffer.from(file);
  changed.writeUInt8(changed.readUInt8(file.length - 100) ^ 1, file.length - 100);
  expect(await openSealedFile(changed, PASSPHRASE)).toEqual({ ok: false, why: 'wrong-passphrase' });
  for (const length of [60, file.indexOf('\n') + 1, file.length - 1]) {
    const cut = file.subarray(0, length);
    expect(isSealedFile(cut)).toBe(true);
    expect(await openSealedFile(cut, PASSPHRASE)).toEqual({ ok: false, why: 'truncated' });
  }
  const later = Buffer.from(file.toString('latin1').replace('"version":1', '"version":2'), 'latin1');
  expect(await openSealedFile(later, PASSPHRASE)).toEqual({ ok: false, why: 'other-version' });
  // The line that says how is proven too: another name for the same numbers does not pass.
  const reworded = Buffer.from(file.toString('latin1').replace('"r":8', '"r": 8'), 'latin1');
  expect(await openSealedFile(reworded, PASSPHRASE)).toEqual({ ok: false, why: 'wrong-passphrase' });
});

test('a card that was read in one burst with another label is hidden in every record of that scan, and the label stays', () => {
  const [card, item] = ['21234000123456', '30234000517861'];
  const desk = DEFAULT_SETTINGS.desk;
  expect(readScan(card + item, desk)).toMatchObject({ kind: 'run-together', halves: [card, item] });
  const burst = scan({ kind: 'run-together', raw: card + item, barcode: card + item });
  const told = record(
    { type: 'prompt', prompt: prompt({ rowId: card + item, why: [card] }) },
    { scanId: burst.scanId },
  );
  const other = scan({ barcode: item });
  const cards = new CardsHidden(desk);
  const hidden = stored(burst, told, other).map((one) => cards.hide(one));
  expect(JSON.stringify(hidden)).not.toContain(card);
  expect(hidden[0]).toMatchObject({ id: burst.id, body: { raw: `••••${item}`, barcode: `••••${item}` } });
  expect(hidden[1]).toMatchObject({ body: { prompt: { rowId: `••••${item}`, why: ['••••'] } } });
  expect(hidden[2]?.body).toEqual(other.body);
  expect(parseExport(fileOf(hidden)).ok).toBe(true);
});

test('what is exported is read again as it was, without whole card numbers', () => {
  const first = scan({ kind: 'patron-card', raw: '•••• 0017', sealed: 'gcm1.whole' });
  const step = record(stepBody('done', { params: { barcode: '39', sealed: 'gcm1.whole' } }), { scanId: first.scanId });
  const records = stored(first, step);
  const text = fileOf(records);
  expect(text).not.toContain('gcm1.whole');
  const { sealed: _sealed, ...body } = first.body as { sealed?: string };
  expect(parseExport(text)).toMatchObject({
    ok: true,
    head: { workstation: 'desk-pc-1', records: 2 },
    records: [
      { ...records[0], body },
      { ...records[1], body: { params: { barcode: '39' } } },
    ],
  });
});

test.each([
  ['nothing', '', { why: 'foreign' }],
  ['other JSON', '{"version":1,"reshare":{}}', { why: 'foreign' }],
  ['a table', 'scanned (UTC),desk\r\n', { why: 'foreign' }],
  ['a later version', fileOf([]).replace('"version":1', '"version":2'), { why: 'other-version' }],
  ['cut inside a line', fileOf(stored(scan(), scan())).slice(0, -30), { why: 'truncated' }],
  ['cut between lines', fileOf(stored(scan()), 2), { why: 'truncated' }],
  ['a line gone bad', fileOf(stored(scan(), scan())).replace('"wedge"', '"edge"'), { why: 'damaged', line: 2 }],
  [
    'a note that belongs to its own journal',
    fileOf(stored(record({ type: 'deleted', reason: 'no', scans: 1, records: 1, scanIds: [] }))),
    { why: 'damaged', line: 2 },
  ],
])('%s is not taken for an export', (_what, text, expected) => {
  expect(parseExport(text)).toEqual({ ok: false, ...expected });
});

test('a table has a row for each scan, and nothing in it is a formula', () => {
  const { scanId } = scan();
  const first = scan({ barcode: '=cmd|0' }, { scanId });
  const table = new CsvTable();
  const told = prompt({ title: 'Salt, "sea" and\nice', destination: { verb: 'Ship back', to: 'Northfield' } });
  const step = record(stepBody('sending'), { scanId });
  const done = record(stepBody('done'), { scanId });
  for (const one of stored(first, step, done, record({ type: 'prompt', prompt: told }, { scanId }), scan())) {
    table.add(one);
  }
  const text = table.toString();
  expect(text.startsWith('\uFEFFscanned (UTC),workstation,')).toBe(true);
  expect(text.match(/\r\n/g)).toHaveLength(3);
  expect(text).toContain(`,'=cmd|0,item,RVR-3184,"Salt, ""sea"" and\nice",Ship back → Northfield,`);
  expect(text).toContain(',reshare requesterReceived: done,');
});

test('a table says who, what the decision rested on, how far the clock was off, and whether the screen was locked', () => {
  const { scanId } = scan();
  const first = scan({ raw: 'A1\t' }, { scanId, locked: true, serverOffsetMs: -90_400 });
  const request = { id: 'id-1', hrid: 'RVR-3184', state: 'REQ_SHIPPED', seenAt: '2026-11-23T07:59:58.000Z' };
  const decision: DecisionEvidence = { rule: 'S1', source: 'live', requests: [request], facts: [], planned: [] };
  const told = record({ type: 'prompt', prompt: prompt(), decision }, { scanId });
  const later = record({ type: 'prompt', prompt: prompt() }, { scanId });
  const table = new CsvTable();
  for (const one of stored(first, told, later)) table.add(one);
  const [head = '', row = ''] = table.toString().slice(1).split('\r\n');
  expect(head).toBe(
    'scanned (UTC),workstation,desk,branch,staff,while locked,barcode,kind,number,title,destination,what happened,' +
      'steps,cancelled,scan id,as read,decided on,clock against the server’s,Carrel',
  );
  expect(row).toContain(',msmith,yes,');
  const rested = 'S1 (live); RVR-3184 REQ_SHIPPED seen 2026-11-23T07:59:58.000Z';
  expect(row.endsWith(`,${scanId},A1\t,${rested},90 s ahead,0.1.0`)).toBe(true);
});

test('a new file is whole and never replaces another', async () => {
  const folder = newFolder();
  const path = join(folder, 'a.jsonl');
  await writeNewFile(path, Buffer.from('one'));
  await expect(writeNewFile(path, Buffer.from('two'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(writeNewFile(join(folder, 'no', 'b'), Buffer.from('two'))).rejects.toMatchObject({ code: 'ENOENT' });
  writeFileSync(join(folder, 'c.part'), 'of another program');
  await expect(writeNewFile(join(folder, 'c'), Buffer.from('two'))).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readFileSync(path, 'utf8')).toBe('one');
  expect(readdirSync(folder)).not.toContain('c');
});
