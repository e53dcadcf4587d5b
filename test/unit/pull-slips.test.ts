import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pullSlipHandlers } from '../../src-main/assembly/pull-slips.ts';
import type { PrintOutcome, Slip } from '../../src-main/contract/slip.ts';
import { DEFAULT_SLIP_SETTINGS } from '../../src-main/contract/slip.ts';
import { fail, ok, type Result } from '../../src-main/contract/result.ts';
import { view } from '../fixtures/store-records.ts';

const waits = { code: 'RES_NEW_AWAIT_PULL_SLIP', label: 'x', terminal: false, needsAttention: false };
const marked = { ...waits, code: 'RES_AWAIT_PICKING' };
const request = (id: string, callNumber: string, state = waits, shelvingLocation = 'Stacks') =>
  view({ id, hrid: `NFD-${id}`, side: 'lending', state, callNumber, pickLocation: 'Main', shelvingLocation });

const PDF = new TextEncoder().encode('%PDF-1.7 slips');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carrel-slips-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface World {
  readonly answer?: (slip: Slip) => PrintOutcome;
  readonly made?: Result<Uint8Array>;
  /** Where the person saves the file; undefined when they close the dialog. */
  readonly path?: string;
  readonly opens?: boolean;
  readonly busy?: boolean;
  /** What comes of ordering the marks. */
  readonly order?: () => Promise<boolean>;
}

/** An office with these requests and a printer, a disk and a ReShare that do as told. */
function office(requests: readonly ReturnType<typeof view>[], world: World = {}) {
  const { answer = () => ({ outcome: 'printed' }), made = ok(PDF), path, opens = true, busy = false } = world;
  const printed: string[] = [];
  const ordered: string[][] = [];
  const reported: (readonly string[])[] = [];
  const opened: string[] = [];
  const handlers = pullSlipHandlers({
    cache: { get: (id) => Promise.resolve(requests.find((one) => one.id === id)) },
    printer: {
      print: ({ slip }) => {
        const outcome = answer(slip);
        if (outcome.outcome === 'printed') printed.push(slip.barcode.text);
        return Promise.resolve(outcome);
      },
      pdf: () => Promise.resolve(new Uint8Array()),
    },
    picker: {
      forSaving: () => Promise.resolve(path),
      open: (file) => {
        opened.push(file);
        return Promise.resolve(opens);
      },
    },
    settings: () => DEFAULT_SLIP_SETTINGS,
    pile: {
      busy,
      order: (orders) => {
        ordered.push(orders.map(({ label, action }) => `${label} ${action}`));
        return world.order?.() ?? Promise.resolve(true);
      },
    },
    report: (ids) => {
      reported.push(ids);
      return Promise.resolve(made);
    },
    now: () => new Date('2026-11-23T08:00:00Z'),
    onFault: () => undefined,
  });
  const ids = all(requests);
  return {
    print: () => handlers['pullslips.print']({ requestIds: ids }),
    file: () => handlers['pullslips.report']({ requestIds: ids }),
    printed,
    ordered,
    reported,
    opened,
  };
}

const all = (requests: readonly { readonly id: string }[]) => requests.map(({ id }) => id);

test('slips come in the order of the shelves, and what came out is marked', async () => {
  const requests = [request('1', 'QA 76'), request('2', 'QA 9'), request('3', 'B 1', waits, 'Annex')];
  const { print, printed, ordered } = office(requests);
  expect(await print()).toEqual({
    ok: true,
    value: { printed: 3, marking: 3, leftOut: 0, notPrinted: [] },
  });
  expect(printed).toEqual(['NFD-3', 'NFD-2', 'NFD-1']);
  expect(ordered).toEqual([printed.map((hrid) => `${hrid} supplierPrintPullSlip`)]);
});

test('the first that does not come out ends it: it and the rest are named and not marked', async () => {
  const requests = [request('1', 'A 1'), request('2', 'A 2'), request('3', 'A 3')];
  const { print, ordered } = office(requests, {
    answer: (slip) =>
      slip.barcode.text === 'NFD-1' ? { outcome: 'printed' } : { outcome: 'unknown', reason: 'Look for paper.' },
  });
  expect(await print()).toEqual({
    ok: true,
    value: { printed: 1, marking: 1, leftOut: 0, notPrinted: ['NFD-2', 'NFD-3'], trouble: 'Look for paper.' },
  });
  expect(ordered).toEqual([['NFD-1 supplierPrintPullSlip']]);
});

test('one that was marked before is printed again and not marked again; one that waits for no slip is left out', async () => {
  const shipped = { ...waits, code: 'RES_ITEM_SHIPPED' };
  const requests = [request('1', 'A 1', marked), request('2', 'A 2', shipped)];
  const { print, printed, ordered } = office(requests);
  expect(await print()).toEqual({
    ok: true,
    value: { printed: 1, marking: 0, leftOut: 1, notPrinted: [] },
  });
  expect(printed).toEqual(['NFD-1']);
  expect(ordered).toEqual([]);
});

test('printed, but the marks cannot be ordered: said, with why, and not said to be marked', async () => {
  const full = Object.assign(new Error('no room'), { code: 'ENOSPC' });
  const { print, printed } = office([request('1', 'A 1')], { order: () => Promise.reject(full) });
  expect(await print()).toMatchObject({
    value: { printed: 1, marking: 0, unmarked: 'The settings could not be saved on this computer (ENOSPC). Tell IT.' },
  });
  expect(printed).toEqual(['NFD-1']);
});

test('while a pile is being worked through nothing is printed, made or marked', async () => {
  const { print, file, printed, ordered, reported } = office([request('1', 'A 1')], { busy: true });
  for (const answer of [await print(), await file()]) {
    expect(answer).toMatchObject({ ok: false, error: { code: 'refused', retry: 'later' } });
  }
  expect([printed, ordered, reported]).toEqual([[], [], []]);
});

test('the library’s own slips: written to the file, opened, and what is in it is marked', async () => {
  const path = join(folder, 'slips.pdf');
  const shipped = { ...waits, code: 'RES_ITEM_SHIPPED' };
  const requests = [
    request('1', 'A 2'),
    request('2', 'A 1'),
    request('3', 'A 3', marked),
    request('4', 'A 4', shipped),
  ];
  const { file, ordered, reported, opened } = office(requests, { path });
  expect(await file()).toEqual({ ok: true, value: { path, opened: true, slips: 3, marking: 2, leftOut: 1 } });
  expect(readFileSync(path)).toEqual(Buffer.from(PDF));
  expect(reported).toEqual([['2', '1', '3']]);
  expect(ordered).toEqual([['NFD-2 supplierPrintPullSlip', 'NFD-1 supplierPrintPullSlip']]);
  expect(opened).toEqual([path]);
});

test('a PDF that is not made, not saved or not written marks nothing', async () => {
  const taken = join(folder, 'taken.pdf');
  writeFileSync(taken, 'another');
  const requests = [request('1', 'A 1')];
  const notMade = office(requests, { made: fail('refused', 'No slips.'), path: join(folder, 'a.pdf') });
  const notSaved = office(requests);
  const notWritten = office(requests, { path: taken });
  expect(await notMade.file()).toMatchObject({ ok: false, error: { sentence: 'No slips.' } });
  expect(await notSaved.file()).toEqual({ ok: true, value: { opened: false, slips: 1, marking: 0, leftOut: 0 } });
  expect(await notWritten.file()).toMatchObject({
    ok: false,
    error: { sentence: expect.stringMatching(/overwrites none/) as string },
  });
  expect(readFileSync(taken, 'utf8')).toBe('another');
  for (const { ordered, opened } of [notMade, notSaved, notWritten]) expect([ordered, opened]).toEqual([[], []]);
});

test('a file that no program opens is there all the same, and its slips are marked', async () => {
  const path = join(folder, 'slips.pdf');
  const { file, ordered } = office([request('1', 'A 1')], { path, opens: false });
  expect(await file()).toMatchObject({ ok: true, value: { path, opened: false, marking: 1 } });
  expect(ordered).toHaveLength(1);
});

test('where none of them waits for a slip, ReShare is not asked', async () => {
  const { file, reported } = office([request('1', 'A 1', { ...waits, code: 'RES_ITEM_SHIPPED' })]);
  expect(await file()).toMatchObject({ value: { slips: 0, marking: 0, leftOut: 1 } });
  expect(reported).toEqual([]);
});
