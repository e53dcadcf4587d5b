import { describe, expect, test } from 'vitest';
import type { RequestView } from '../../src-main/contract/request.ts';
import { conclude } from '../../src-main/desk/conclude.ts';
import { actionWords } from '../../src-main/desk/data/actions.ts';
import { nothingToDo } from '../../src-main/desk/onehit.ts';
import { contextOf } from '../../src-main/desk/context.ts';
import { plan as planOf } from '../../src-main/desk/steps.ts';
import type { DeskRules } from '../../src-main/desk/types.ts';
import { createApi } from '../../src-main/systems/reshare/api.ts';
import { readHostSettings } from '../../src-main/systems/reshare/host-settings.ts';
import { command } from '../../src-main/training/control.ts';
import { evidence, RULES } from '../unit/desk-cases.ts';
import { desk, value, type Desk } from './systems-desk.ts';

/** What the prompt says of both systems after each step, for each way ReShare may be set, on the practice consortium. */

const MADE = 'done: Temporary item created';
const IN = 'done: Checked in';
const HOLD = 'none: Its hold: WMS’s screen alone tells';
const HOME = 'none: Whether it is Unavailable: WMS’s screen alone tells';
const ACCOUNT = 'none: On whose account: WMS’s screen alone tells';
const MAKE_IT = 'by-hand: Not connected to ReShare: create the temporary item there';
const CHECK_OUT = 'by-hand: Not connected to ReShare: check the item out there';
const CHECK_IN = 'by-hand: Not connected to ReShare: check the item in there';

type Mode = 'ncip' | 'none' | 'off';
type Row = readonly [action: string, thing: string, setting: string, mode: Mode, ...circulation: readonly string[]];

// prettier-ignore
const ROWS: readonly Row[] = [
  ['requesterReceived', 'arrival-1', 'accept_item', 'ncip', MADE, HOLD],
  ['requesterReceived', 'arrival-1', 'accept_item', 'none', MAKE_IT],
  ['requesterReceived', 'arrival-1', 'accept_item', 'off', MAKE_IT],
  ['patronReturnedItem', 'return-by-number', 'check_in_item', 'ncip', IN, HOME],
  ['patronReturnedItem', 'return-by-number', 'check_in_item', 'none', CHECK_IN],
  ['patronReturnedItem', 'return-by-number', 'check_in_item', 'off', CHECK_IN],
  ['patronReturnedItem', 'return-by-number', 'check_in_on_return', 'off', CHECK_IN],
  ['patronReturnedItemAndShippedReturn', 'return-by-number', 'check_in_item', 'ncip', IN, HOME],
  ['patronReturnedItemAndShippedReturn', 'return-by-number', 'check_in_item', 'none', CHECK_IN],
  ['patronReturnedItemAndShippedReturn', 'return-by-number', 'check_in_item', 'off', CHECK_IN],
  ['shippedReturn', 'ship-back-1', 'check_in_item', 'ncip'],
  ['shippedReturn', 'ship-back-1', 'check_in_item', 'none'],
  ['shippedReturn', 'ship-back-1', 'check_in_item', 'off'],
  ['supplierCheckInToReshare', 'fill-request-1', 'check_out_item', 'ncip', 'done: Checked out · due back 25 March', ACCOUNT],
  ['supplierCheckInToReshare', 'fill-request-1', 'check_out_item', 'none', CHECK_OUT],
  ['supplierCheckInToReshare', 'fill-request-1', 'check_out_item', 'off', CHECK_OUT],
  ['supplierMarkShipped', 'ship-1', 'check_out_item', 'ncip'],
  ['supplierMarkShipped', 'ship-1', 'check_out_item', 'none'],
  ['supplierMarkShipped', 'ship-1', 'check_out_item', 'off'],
  ['supplierCheckOutOfReshare', 'complete-1', 'check_in_item', 'ncip', IN],
  ['supplierCheckOutOfReshare', 'complete-1', 'check_in_item', 'none', CHECK_IN],
  ['supplierCheckOutOfReshare', 'complete-1', 'check_in_item', 'off', CHECK_IN],
];

/** Does the action and says what the prompt tells of the circulation system. */
async function told(at: Desk, thing: string, action: string, rules: DeskRules): Promise<readonly string[]> {
  const { requestId = '' } = at.consortium.thing(thing);
  const before = value(await at.reshare.get(requestId));
  const words = actionWords(action, before.side);
  if (words === undefined) throw new Error(`no words for ${action}`);
  const params = words.needs === 'items' ? { itemBarcodes: [{ itemId: barcodeOf(at, before) }] } : {};
  const done = await at.reshare.act(requestId, action, params);
  expect(done).toMatchObject({ outcome: 'done' });
  const after = value(await at.reshare.get(requestId));
  const known = Math.max(0, ...before.audit.map(({ no }) => no));
  const newAudit = after.audit.filter(({ no }) => no > known);
  const plan = planOf(before, words, params);
  const given = evidence(before.hrid ?? '', [before], { now: NOW });
  const base = nothingToDo(contextOf(given, rules), { request: before, by: 'request-number' });
  const result = { plan, state: 'done', after, newAudit, at: NOW } as const;
  const prompt = conclude({ ...base, steps: [plan] }, [result], rules, NOW);
  return prompt.legs.filter(({ system }) => system === 'Circulation').map(({ state, text }) => `${state}: ${text}`);
}

/** The item that lies on the desk for a fill. */
function barcodeOf(at: Desk, request: RequestView): string {
  return at.consortium.cast.find((one) => one.key === 'fill-item-1')?.barcode ?? request.selectedItemBarcode ?? '';
}

const NOW = '2031-02-10T17:00:00Z';

describe('after each step, for each setting of ReShare', () => {
  test.each(ROWS)('%s of %s with %s = %s', async (action, thing, key, mode, ...circulation) => {
    const at = await desk({ wms: true, startAt: Date.parse(NOW) });
    command(at.consortium.controls, { name: 'setting', args: { tenant: 'riverside', key, value: mode } });
    const host = value(await readHostSettings(createApi({ session: at.session })));
    const circulationRules = { name: 'WMS', hereCodes: ['RVRSTK'], branches: [] };
    expect(await told(at, thing, action, { ...RULES, host, circulation: circulationRules })).toEqual(circulation);
  });

  test('where ReShare’s settings may not be read and its history has no line, the prompt says that it does not know', async () => {
    const at = await desk({ wms: true, startAt: Date.parse(NOW) });
    const args = { tenant: 'riverside', key: 'check_in_on_return', value: 'off' };
    command(at.consortium.controls, { name: 'setting', args });
    expect(await told(at, 'return-by-number', 'patronReturnedItem', { ...RULES, host: { known: false } })).toEqual([
      'unknown: ReShare does not say whether it was told: look it up there',
    ]);
  });
});
