import { expect, test } from 'vitest';
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
