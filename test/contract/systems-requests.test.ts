import { beforeEach, describe, expect, test } from 'vitest';
import { RequestView } from '../../src-main/contract/request.ts';
import { createReshare } from '../../src-main/systems/reshare/reshare.ts';
import { codeOf, desk, value, type Desk } from './systems-desk.ts';

describe('finding what was scanned', () => {
  let at: Desk;
  beforeEach(async () => {
    at = await desk();
  });

  test('every thing of the pile that is on a request is found by its label, and the others by none', async () => {
    for (const thing of at.consortium.cast) {
      const label = thing.barcode.replaceAll('*', '');
      // A temporary label may be known only by its front part; the desk rules offer both.
      const candidates = thing.what === 'return' ? [label, label.replace(/-[^-]{4}$/, '')] : [label];
      const found = value(await at.reshare.findByScan(candidates));
      for (const view of found) expect(RequestView.parse(view)).toEqual(view);
      const isFillItem = thing.key.startsWith('fill-item');
      if (thing.requestId !== undefined && !isFillItem)
        expect(
          found.map((view) => view.id),
          thing.key,
        ).toContain(thing.requestId);
      if (thing.what === 'own item' || isFillItem) expect(found, thing.key).toEqual([]);
    }
    expect(at.reports.every((report) => report.ok)).toBe(true);
  });

  test('one number on both sides is found twice', async () => {
    const found = value(await at.reshare.findByScan([at.consortium.thing('both-sides').barcode]));
    expect(found.map((view) => view.side).toSorted()).toEqual(['borrowing', 'lending']);
    expect(found[0]?.audit.length).toBeGreaterThan(0);
    expect(found[0]?.validActions).toBeDefined();
  });

  test('labels with characters of the query language find nothing, harm nothing and bring no stranger', async () => {
    for (const odd of [
      '(RVR-1202)',
      'RVR||1202',
      '=RVR-1202',
      '\\RVR-1202',
      '!',
      'RVR-1202 && x',
      'a<b>c',
      '%',
      'RVR_1202',
      '"x" y',
      'ü',
    ]) {
      expect(value(await at.reshare.findByScan([odd])), odd).toEqual([]);
    }
  });
});

describe('lists', () => {
  test('open requests, all pages; changed ones since a moment; one in full', async () => {
    const at = await desk({ size: 400 });
    const open = value(await at.reshare.listOpen());
    expect(open.length).toBeGreaterThan(100);
    expect(open.every((view) => !view.state.terminal && view.validActions === undefined)).toBe(true);
    const all = value(await at.reshare.listChanged('2000-01-01T00:00:00Z'));
    expect(all).toHaveLength(at.consortium.counts()['riverside'] ?? 0);
    expect(all.map((view) => view.lastUpdated)).toEqual(all.map((view) => view.lastUpdated).toSorted());
    expect(all.filter((view) => !view.state.terminal)).toHaveLength(open.length);

    const middle = all[Math.floor(all.length / 2)];
    const later = value(await at.reshare.listChanged(middle?.lastUpdated ?? ''));
    expect(later.length).toBeGreaterThan(0);
    expect(later.every((view) => (view.lastUpdated ?? '') >= (middle?.lastUpdated ?? ''))).toBe(true);

    const one = value(await at.reshare.get(open[0]?.id ?? ''));
    expect(value(await at.reshare.validActions(one.id))).toEqual(
      expect.arrayContaining(one.validActions?.map((a) => a.code) ?? []),
    );
    expect(codeOf(await at.reshare.get('00000000-0000-4000-8000-000000000000'))).toBe('not-found');
    expect(codeOf(await at.reshare.validActions('00000000-0000-4000-8000-000000000000'))).toBe('not-found');
  });

  test('settings of the tenant', async () => {
    const at = await desk();
    expect(value(await at.reshare.tenantRules())).toMatchObject({
      combineFillAndShip: expect.any(Boolean),
      combineReturnedAndShipped: expect.any(Boolean),
      requestPrefix: 'RVR-',
    });
  });
});

describe('acting', () => {
  let at: Desk;
  beforeEach(async () => {
    at = await desk();
  });

  test('received: done, the state has moved, and the history says what the library system did', async () => {
    const id = at.consortium.thing('arrival-1').requestId ?? '';
    const before = value(await at.reshare.get(id));
    expect(await at.reshare.act(id, 'requesterReceived', {})).toEqual({ outcome: 'done' });
    const after = value(await at.reshare.auditSince(id, before.audit.at(-1)?.no ?? 0));
    expect(after.request.state.code).not.toBe(before.state.code);
    expect(after.lines.length).toBeGreaterThan(0);
    // A second press is refused: it was done already.
    const again = await at.reshare.act(id, 'requesterReceived', {});
    expect(again).toMatchObject({ outcome: 'refused', error: { mender: 'desk' } });
  });

  test.each([
    ['arrival-accept-fails', 'requesterReceived'],
    ['complete-checkin-fails', 'supplierCheckOutOfReshare'],
  ])('%s: the library system refused, with their words', async (key, action) => {
    const outcome = await at.reshare.act(at.consortium.thing(key).requestId ?? '', action, {});
    expect(outcome).toMatchObject({
      outcome: 'refused',
      error: { mender: 'ill-office', theirWords: expect.stringContaining('NCIP') },
    });
  });

  test('a fill that fails is a refusal although it is a 500, and the reason is in the history', async () => {
    const thing = at.consortium.thing('fill-item-fails');
    const id = thing.requestId ?? '';
    const before = value(await at.reshare.get(id));
    const params = { itemBarcodes: [{ itemId: thing.barcode }] };
    const outcome = await at.reshare.act(id, 'supplierCheckInToReshare', params);
    expect(outcome).toMatchObject({ outcome: 'refused', error: { mender: 'ill-office' } });
    const after = value(await at.reshare.auditSince(id, before.audit.at(-1)?.no ?? 0));
    expect(after.lines.map((line) => line.message).join(' ')).toContain('NCIP CheckoutItem call failed');
    expect(after.request.needsAttention).toBe(true);
  });

  test('a fill that works', async () => {
    const thing = at.consortium.thing('fill-item-1');
    const params = { itemBarcodes: [{ itemId: thing.barcode }] };
    expect(await at.reshare.act(thing.requestId ?? '', 'supplierCheckInToReshare', params)).toEqual({
      outcome: 'done',
    });
    const found = value(await at.reshare.findByScan([thing.barcode]));
    expect(found.map((view) => view.id)).toEqual([thing.requestId]);
    expect(found[0]?.volumes[0]?.itemId).toBe(thing.barcode);
  });

  test('an unknown request', async () => {
    const outcome = await at.reshare.act('00000000-0000-4000-8000-000000000000', 'requesterReceived', {});
    expect(outcome).toMatchObject({ outcome: 'refused', error: { code: 'not-found' } });
  });
});

describe('faults on the way to an action: what is said is what is true', () => {
  const CASES = [
    ['drop-before', 'unknown', false],
    ['drop-after', 'unknown', true],
    ['half-close', 'unknown', true],
    ['status-500', 'unknown', false],
    ['status-500-after', 'unknown', true],
    ['status-503-html', 'unknown', false],
    ['html-200', 'unknown', false],
    ['truncated-json', 'unknown', true],
    ['empty', 'unknown', true],
    // The auth filter's refusal leads to a new token and one repetition, which then is the only one that acts.
    ['status-401', 'done', true],
  ] as const;

  test.each(CASES)('%s: %s', async (kind, expected, acted) => {
    const at = await desk();
    const id = at.consortium.thing('arrival-1').requestId ?? '';
    const before = value(await at.reshare.get(id));
    at.consortium.faults.add({ where: 'performAction', kind, times: 1 });
    const outcome = await at.reshare.act(id, 'requesterReceived', {});
    expect(outcome.outcome).toBe(expected);
    if (outcome.outcome !== 'done')
      expect(outcome.error).toMatchObject({ code: 'unknown-outcome', retry: 'unknown-outcome' });
    const after = value(await at.reshare.get(id));
    expect(after.state.code !== before.state.code).toBe(acted);
    expect(at.lines.filter((line) => line.method === 'POST' && line.template.includes('performAction'))).toHaveLength(
      kind === 'status-401' ? 2 : 1,
    );
  });

  test('slower than allowed: unknown, and it did happen', async () => {
    const at = await desk();
    const reshare = createReshare({ session: at.session, actTimeoutMs: 100 });
    const id = at.consortium.thing('arrival-1').requestId ?? '';
    const before = value(await at.reshare.get(id));
    at.consortium.faults.add({ where: 'performAction', kind: 'slow', ms: 2_500, times: 1 });
    expect(await reshare.act(id, 'requesterReceived', {})).toMatchObject({ outcome: 'unknown' });
    await expect
      .poll(async () => value(await at.reshare.get(id)).state.code, { timeout: 8_000, interval: 200 })
      .not.toBe(before.state.code);
  });
});

describe('bad servers while reading: a sentence each, and nothing thrown', () => {
  const KINDS = [
    'drop-before',
    'drop-after',
    'half-close',
    'status-500',
    'status-503-html',
    'html-200',
    'truncated-json',
    'wrong-types',
    'empty',
  ] as const;

  test.each(KINDS)('%s', async (kind) => {
    const at = await desk();
    const id = at.consortium.thing('arrival-1').requestId ?? '';
    expect(codeOf(await at.reshare.get(id))).toBe('ok');
    at.consortium.faults.add({ where: 'patronrequests', kind });
    for (const result of [
      await at.reshare.get(id),
      await at.reshare.findByScan(['RVR-1202']),
      await at.reshare.listOpen(),
      await at.reshare.listChanged('2026-01-01T00:00:00Z'),
      await at.reshare.validActions(id),
    ]) {
      expect(codeOf(result)).toMatch(/^(not-sent|unreadable-answer)$/);
      if (!result.ok) expect(result.error.sentence).toMatch(/^(?=[A-Z]).*ReShare.*\.$/);
    }
    expect(at.reports.filter((report) => !report.ok).length).toBeGreaterThanOrEqual(5);
    at.consortium.faults.clear();
    expect(codeOf(await at.reshare.get(id))).toBe('ok');
  });
});
