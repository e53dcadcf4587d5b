import { expect, test } from 'vitest';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { Pile } from '../../src-main/contract/pile.ts';
import type { Leg, Prompt } from '../../src-main/contract/prompt.ts';
import { linesOf, sortPile } from '../../src-renderer/state/pile-groups.ts';
import { prompt } from '../fixtures/store-records.ts';

const line = (scanId: string, said: Partial<Prompt> | undefined, more: Partial<ScanLine> = {}): ScanLine => ({
  scanId,
  seq: 1,
  at: '2026-11-23T08:00:00.000Z',
  barcode: scanId,
  raw: scanId,
  kind: 'item',
  source: 'wedge',
  desk: 'Main desk',
  staff: 'desk',
  cancelled: false,
  ...(said === undefined ? {} : { prompt: prompt(said) }),
  ...more,
});

const leg = (state: Leg['state']): Leg => ({ system: 'ReShare', state, text: 'x' });
const done = { legs: [leg('done')], destination: { verb: 'Hold shelf' } };
const offered = { legs: [], offers: [{ id: 'do:x:y', key: 'F10' as const, label: 'Mark received' }] };

test('a pile is sorted into what each thing needs, what wants a person first, each reason once', () => {
  const groups = sortPile([
    line('a', done),
    line('b', { kind: 'stop', destination: { verb: 'ILL office' }, tag: 'Cancel asked' }),
    line('c', done),
    line('d', { kind: 'saved', tag: 'Waiting', destination: { verb: 'Keep here' } }),
    line('e', undefined),
    line('f', { ...offered, tag: 'To receive', destination: { verb: 'ILL office' } }),
    line('g', { legs: [leg('unknown')], tag: 'Not known', destination: { verb: 'Keep here' } }),
  ]);
  expect(groups.map(({ need, reason, lines }) => [need, reason, lines.map((one) => one.scanId)])).toEqual([
    ['needs-you', 'ILL office · Cancel asked', ['b']],
    ['needs-you', 'ILL office · To receive', ['f']],
    ['working', '', ['e']],
    ['waiting', 'Keep here · Waiting', ['d']],
    ['waiting', 'Keep here · Not known', ['g']],
    ['done', 'Hold shelf', ['a', 'c']],
  ]);
});

test('a pile of scans has what was scanned while it was open, and none of what a screen ordered', () => {
  const at = (time: string, more: Partial<ScanLine> = {}) =>
    line(time, undefined, { at: `2026-11-23T${time}Z`, ...more });
  const pile: Pile = { id: 'p', kind: 'scans', startedAt: '2026-11-23T09:00:00Z', orders: [], running: false };
  const lines = [at('08:59:59'), at('09:00:00'), at('09:30:00', { source: 'screen' }), at('10:00:00')];
  expect(linesOf(pile, lines).map((one) => one.scanId)).toEqual(['09:00:00', '10:00:00']);
  const ended = { ...pile, endedAt: '2026-11-23T09:59:59Z' };
  expect(linesOf(ended, lines).map((one) => one.scanId)).toEqual(['09:00:00']);
  const order = { scanId: '08:59:59', requestId: 'r', label: 'RVR-1', action: 'x', sent: true };
  expect(linesOf({ ...pile, kind: 'orders', orders: [order] }, lines).map((one) => one.scanId)).toEqual(['08:59:59']);
});
