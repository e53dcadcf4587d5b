import { expect, test } from 'vitest';
import { pullSlipHandlers } from '../../src-main/assembly/pull-slips.ts';
import type { PrintOutcome, Slip } from '../../src-main/contract/slip.ts';
import { DEFAULT_SLIP_SETTINGS } from '../../src-main/contract/slip.ts';
import { fail } from '../../src-main/contract/result.ts';
import { view } from '../fixtures/store-records.ts';

const waits = { code: 'RES_NEW_AWAIT_PULL_SLIP', label: 'x', terminal: false, needsAttention: false };
const marked = { ...waits, code: 'RES_AWAIT_PICKING' };
const request = (id: string, callNumber: string, state = waits, shelvingLocation = 'Stacks') =>
  view({ id, hrid: `NFD-${id}`, side: 'lending', state, callNumber, pickLocation: 'Main', shelvingLocation });

/** An office with these requests and a printer that answers as told. */
function office(requests: readonly ReturnType<typeof view>[], answer: (slip: Slip) => PrintOutcome) {
  const printed: string[] = [];
  const ordered: string[][] = [];
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
    settings: () => DEFAULT_SLIP_SETTINGS,
    pile: {
      order: (orders) => {
        ordered.push(orders.map(({ label, action }) => `${label} ${action}`));
        return Promise.resolve();
      },
    },
    report: () => Promise.resolve(fail('refused', 'No.')),
    now: () => new Date('2026-11-23T08:00:00Z'),
    onFault: () => undefined,
  });
  return { print: (ids: string[]) => handlers['pullslips.print']({ requestIds: ids }), printed, ordered };
}

const all = (requests: readonly { readonly id: string }[]) => requests.map(({ id }) => id);

test('slips come in the order of the shelves, and what came out is marked', async () => {
  const requests = [request('1', 'QA 76'), request('2', 'QA 9'), request('3', 'B 1', waits, 'Annex')];
  const { print, printed, ordered } = office(requests, () => ({ outcome: 'printed' }));
  expect(await print(all(requests))).toEqual({
    ok: true,
    value: { printed: 3, marking: 3, leftOut: 0, notPrinted: [] },
  });
  expect(printed).toEqual(['NFD-3', 'NFD-2', 'NFD-1']);
  expect(ordered).toEqual([printed.map((hrid) => `${hrid} supplierPrintPullSlip`)]);
});

test('the first that does not come out ends it: it and the rest are named and not marked', async () => {
  const requests = [request('1', 'A 1'), request('2', 'A 2'), request('3', 'A 3')];
  const { print, ordered } = office(requests, (slip) =>
    slip.barcode.text === 'NFD-1' ? { outcome: 'printed' } : { outcome: 'unknown', reason: 'Look for paper.' },
  );
  expect(await print(all(requests))).toEqual({
    ok: true,
    value: { printed: 1, marking: 1, leftOut: 0, notPrinted: ['NFD-2', 'NFD-3'], trouble: 'Look for paper.' },
  });
  expect(ordered).toEqual([['NFD-1 supplierPrintPullSlip']]);
});

test('one that was marked before is printed again and not marked again; one that waits for no slip is left out', async () => {
  const shipped = { ...waits, code: 'RES_ITEM_SHIPPED' };
  const requests = [request('1', 'A 1', marked), request('2', 'A 2', shipped)];
  const { print, printed, ordered } = office(requests, () => ({ outcome: 'printed' }));
  expect(await print(all(requests))).toEqual({
    ok: true,
    value: { printed: 1, marking: 0, leftOut: 1, notPrinted: [] },
  });
  expect(printed).toEqual(['NFD-1']);
  expect(ordered).toEqual([]);
});
