import { describe, expect, it } from 'vitest';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { HeldBody } from '../../src-main/contract/offline.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import { ok } from '../../src-main/contract/result.ts';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import { readScan } from '../../src-main/desk/barcodes.ts';
import type { DeskRules } from '../../src-main/desk/types.ts';
import type { HeldEntry } from '../../src-main/journal/offline.ts';
import { findingOf, mayRun, offlineLine, type Finding } from '../../src-main/journal/replay-verdict.ts';

const rules: DeskRules = {
  desk: DEFAULT_SETTINGS.desk,
  combineFillAndShip: false,
  combineReturnedAndShipped: false,
  circulation: { name: 'WMS', hereCodes: [], branches: [] },
};

const SCANNED = '2026-11-23T09:00:00.000Z';
const MINUTE = 60_000;
const at = (minutes: number): string => new Date(Date.parse(SCANNED) + minutes * MINUTE).toISOString();

function entry(held: Pick<HeldBody, 'mode' | 'plan' | 'basis'>, serverOffsetMs?: number): HeldEntry {
  const line: ScanLine = {
    scanId: 'scan-1',
    seq: 1,
    at: SCANNED,
    barcode: 'RVR-1',
    raw: 'RVR-1',
    kind: 'request',
    source: 'wedge',
    desk: 'Main desk',
    staff: 'sam',
    cancelled: false,
  };
  return {
    line,
    held: { type: 'held', no: 17, day: '2026-11-23', system: 'reshare', ...held },
    ...(serverOffsetMs === undefined ? {} : { serverOffsetMs }),
  };
}

/** A received thing that was marked returned in an outage: it was last known as shipped, and is checked in now. */
const RETURNED = {
  mode: 'record',
  plan: {
    kind: 'step',
    step: 'returned',
    action: 'patronReturnedItem',
    requestId: 'id-1',
    side: 'borrowing',
    params: {},
  },
  basis: { requestId: 'id-1', state: 'REQ_SHIPPED', stateLabel: 'Shipped', seenAt: SCANNED },
} as const;

const now = (lastUpdated: string): RequestView => ({
  id: 'id-1',
  hrid: 'RVR-1',
  side: 'borrowing',
  state: { code: 'REQ_CHECKED_IN', label: 'In local circulation', terminal: false, needsAttention: false },
  needsAttention: false,
  validActions: [{ code: 'patronReturnedItem', primary: true, primaryOnly: false }],
  title: 'A title',
  partner: {},
  volumes: [],
  overdue: false,
  unreadMessages: false,
  conditions: [],
  otherIdentifiers: [],
  audit: [],
  lastUpdated,
  seenAt: at(60),
});

function finding(held: HeldEntry, requests: readonly RequestView[]): Finding {
  const reading = readScan('RVR-1', rules.desk);
  return findingOf(held, reading, { hits: ok(requests) }, { rules, now: at(60) });
}

describe('a computer whose clock was wrong when the thing was scanned', () => {
  it.each([
    { clock: 'ten minutes behind', offset: 10, changed: 5 },
    { clock: 'ten minutes ahead', offset: -10, changed: -5 },
  ])('$clock: what changed in between may have come before or after, so a person scans it again', (row) => {
    const found = finding(entry(RETURNED, row.offset * MINUTE), [now(at(row.changed))]);
    expect(found).toMatchObject({ state: 'conflict', todo: 'rescan' });
    expect(found.sentence).toContain('clock was 10 minutes off when it was scanned');
  });

  it.each([
    { what: 'it changed after both clocks', offset: 10, changed: 30 },
    { what: 'it changed before both clocks', offset: 10, changed: -30 },
  ])('$what: the step is possible, and the clock is named', ({ offset, changed }) => {
    const found = finding(entry(RETURNED, offset * MINUTE), [now(at(changed))]);
    expect(found).toMatchObject({ state: 'would-do' });
    expect(found.sentence).toContain('clock was 10 minutes behind then');
  });

  it('a clock that is right within two minutes, or was never compared, decides nothing', () => {
    for (const offset of [undefined, 0, 2 * MINUTE, -2 * MINUTE]) {
      const found = finding(entry(RETURNED, offset), [now(at(0))]);
      expect(found.state).toBe('would-do');
      expect(found.sentence).not.toContain('clock');
    }
  });

  it('a request that stands as it was known did not change, whatever the clocks say', () => {
    const held = { ...RETURNED, basis: { ...RETURNED.basis, state: 'REQ_CHECKED_IN' } };
    expect(finding(entry(held, 10 * MINUTE), [now(at(5))]).state).toBe('would-do');
  });
});

describe('a check-out in an outage', () => {
  const held = entry({
    mode: 'intent',
    plan: { kind: 'check-out', barcode: '30234991000018', session: 'session-1' },
    basis: {},
  });

  it('is never done by itself', () => {
    expect(mayRun(held)).toBe(false);
  });

  it('stays at the desk until its card and item are scanned again', () => {
    const found = finding(held, []);
    expect(found).toMatchObject({ state: 'again', todo: 'card' });
    const line = offlineLine(held, { finding: found, running: false, down: [] });
    expect(line).toMatchObject({ place: 'At the desk', what: 'Check out', todo: 'card' });
    expect(line.todoSentence).toBe('No. 17 lies at the desk: scan the card and the item again.');
  });
});
