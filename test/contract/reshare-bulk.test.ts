import { describe, expect, test } from 'vitest';
import type { BulkOutcome } from '../../src-main/contract/outcome.ts';
import { desk, value, type Desk } from './systems-desk.ts';

/** One action on several requests in one call, as mod-rs offers it, against the practice consortium. */
async function arriving(at: Desk): Promise<readonly string[]> {
  const open = value(await at.reshare.listOpen());
  return open.filter(({ state }) => state.code === 'REQ_AWAITING_RETURN_SHIPPING').map(({ id }) => id);
}

const outcomes = (given: BulkOutcome): readonly string[] =>
  given === 'not-offered' ? [given] : [...given.values()].map(({ outcome }) => outcome);
const acted = ({ consortium }: Desk): readonly string[] =>
  consortium.ledger().flatMap(({ kind, action, result }) => (kind === 'action' && result === 'done' ? [action] : []));

test('several at once in one call, each with its own outcome', async () => {
  const at = await desk({ size: 400 });
  const ids = (await arriving(at)).slice(0, 3);
  expect(ids.length).toBe(3);
  // One of them was shipped meanwhile.
  await at.reshare.act(ids[1] ?? '', 'shippedReturn', {});
  const before = at.lines.length;
  expect(outcomes(await at.reshare.actOnMany(ids, 'shippedReturn'))).toEqual(['done', 'refused', 'done']);
  expect(at.lines.length - before).toBe(1);
  expect(acted(at)).toEqual(['shippedReturn', 'shippedReturn', 'shippedReturn']);
});

test('an answer that is lost leaves each unknown, and a look shows what happened', async () => {
  const at = await desk({ size: 400 });
  const ids = (await arriving(at)).slice(0, 2);
  at.consortium.faults.add({ where: /bulkAction/, kind: 'drop-after', times: 1 });
  expect(outcomes(await at.reshare.actOnMany(ids, 'shippedReturn'))).toEqual(['unknown', 'unknown']);
  expect(acted(at)).toHaveLength(2);
  const views = await Promise.all(ids.map(async (id) => value(await at.reshare.get(id)).state.code));
  expect(views).toEqual(['REQ_SHIPPED_TO_SUPPLIER', 'REQ_SHIPPED_TO_SUPPLIER']);
});

test('an account without leave, and an action that is not for many, are not offered: nothing happened', async () => {
  const at = await desk({ size: 400 });
  const ids = (await arriving(at)).slice(0, 2);
  expect(await at.reshare.actOnMany(ids, 'supplierCheckInToReshare')).toBe('not-offered');
  const account = at.consortium.controls.world.tenants
    .get('riverside')
    ?.accounts.find(({ username }) => username === 'desk');
  account!.permissions = account!.permissions.filter((one) => one !== 'rs.patronrequests.bulkaction');
  expect(await at.reshare.actOnMany(ids, 'shippedReturn')).toBe('not-offered');
  expect(acted(at)).toEqual([]);
});

describe('pull slips marked printed', () => {
  /** Requests that wait for their slip; the last of them was marked at another desk meanwhile. */
  async function waiting(at: Desk): Promise<readonly string[]> {
    const open = value(await at.reshare.listOpen());
    const ids = open.filter(({ state }) => state.code === 'RES_NEW_AWAIT_PULL_SLIP').map(({ id }) => id);
    const some = ids.slice(0, 3);
    expect(some).toHaveLength(3);
    await at.reshare.act(some[2] ?? '', 'supplierPrintPullSlip', {});
    return some;
  }
  const states = (at: Desk, ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => value(await at.reshare.get(id)).state.code));

  test('several in one call, by a batch of just these; what does not allow it is refused in words', async () => {
    const at = await desk({ size: 400 });
    const ids = await waiting(at);
    const before = at.lines.length;
    const marked = await at.reshare.actOnMany(ids, 'supplierPrintPullSlip');
    expect(outcomes(marked)).toEqual(['done', 'done', 'refused']);
    expect(at.lines.slice(before).map(({ template }) => template)).toEqual([
      '/rs/patronrequests/generatePickListBatch',
      '/rs/patronrequests/markBatchAsPrinted',
    ]);
    expect(await states(at, ids)).toEqual(ids.map(() => 'RES_AWAIT_PICKING'));
    const last = marked === 'not-offered' ? undefined : marked.get(ids[2] ?? '');
    expect(last).toMatchObject({ error: { sentence: expect.stringMatching(/marked already/) as string } });
  });

  test('a lost answer leaves each unknown, and the call is not made again by itself although it is a GET', async () => {
    const at = await desk({ size: 400 });
    const ids = (await waiting(at)).slice(0, 2);
    at.consortium.faults.add({ where: /markBatchAsPrinted/, kind: 'drop-after', times: 1 });
    expect(outcomes(await at.reshare.actOnMany(ids, 'supplierPrintPullSlip'))).toEqual(['unknown', 'unknown']);
    expect(at.lines.filter(({ template }) => template.endsWith('markBatchAsPrinted'))).toMatchObject([{ attempts: 1 }]);
    expect(acted(at).filter((action) => action === 'supplierPrintPullSlip')).toHaveLength(3);
    expect(await states(at, ids)).toEqual(ids.map(() => 'RES_AWAIT_PICKING'));
  });

  test('a batch that cannot be made marks nothing: not sent without an answer, not offered without leave', async () => {
    const at = await desk({ size: 400 });
    const ids = (await waiting(at)).slice(0, 2);
    at.consortium.faults.add({ where: /generatePickListBatch/, kind: 'drop-before', times: 5 });
    expect(outcomes(await at.reshare.actOnMany(ids, 'supplierPrintPullSlip'))).toEqual(['not-sent', 'not-sent']);
    at.consortium.faults.clear();
    const account = at.consortium.controls.world.tenants
      .get('riverside')
      ?.accounts.find(({ username }) => username === 'desk');
    account!.permissions = account!.permissions.filter((one) => one !== 'rs.patronrequests.markBatchPrinted');
    expect(await at.reshare.actOnMany(ids, 'supplierPrintPullSlip')).toBe('not-offered');
    expect(await states(at, ids)).toEqual(ids.map(() => 'RES_NEW_AWAIT_PULL_SLIP'));
  });
});
