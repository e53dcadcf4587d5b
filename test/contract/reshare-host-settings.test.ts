import { describe, expect, test } from 'vitest';
import type { AgreementItem, HostSettings } from '../../src-main/contract/agreement.ts';
import { agreementOf } from '../../src-main/desk/agreement.ts';
import { createApi } from '../../src-main/systems/reshare/api.ts';
import { readHostSettings } from '../../src-main/systems/reshare/host-settings.ts';
import { OTHER_ACCOUNTS } from '../../src-main/training/consortium.ts';
import { command } from '../../src-main/training/control.ts';
import { desk, value, type Desk } from './systems-desk.ts';

/** The reader of ReShare's host LMS settings, and the agreement rules, against the practice consortium over real sockets. */

const ALL_ON: HostSettings = {
  known: true,
  borrowerCheck: 'ncip',
  acceptItem: 'ncip',
  checkOutItem: 'ncip',
  checkInItem: 'ncip',
  checkInOnReturn: 'on',
};

async function settingsOf(at: Desk): Promise<HostSettings> {
  return value(await readHostSettings(createApi({ session: at.session })));
}

function practice(at: Desk, name: string, args: Record<string, string>): void {
  command(at.consortium.controls, { name, args: { tenant: 'riverside', ...args } });
}

async function act(at: Desk, key: string, action: string, params: object = {}): Promise<readonly AgreementItem[]> {
  const { requestId = '' } = at.consortium.thing(key);
  await at.reshare.act(requestId, action, { ...params });
  const view = value(await at.reshare.get(requestId));
  return agreementOf(view, { host: await settingsOf(at), systemName: 'WMS' });
}

function kinds(items: readonly AgreementItem[]): readonly string[] {
  return items.map(({ kind }) => kind);
}

describe('what ReShare does in the circulation system by itself', () => {
  test('is read from its settings, and follows them', async () => {
    const at = await desk();
    expect(await settingsOf(at)).toEqual(ALL_ON);
    practice(at, 'setting', { key: 'check_out_item', value: 'none' });
    practice(at, 'setting', { key: 'check_in_on_return', value: 'off' });
    expect(await settingsOf(at)).toEqual({ ...ALL_ON, checkOutItem: 'none', checkInOnReturn: 'off' });
  });

  test('is not known to an account that may not see that section', async () => {
    const at = await desk(
      {},
      {
        username: OTHER_ACCOUNTS.lookOnly.username,
        password: () => Promise.resolve(OTHER_ACCOUNTS.lookOnly.password),
      },
    );
    expect(await settingsOf(at)).toEqual({ known: false });
  });
});

describe('after a step', () => {
  test('all went well: nothing to say', async () => {
    const at = await desk();
    expect(kinds(await act(at, 'arrival-1', 'requesterReceived'))).toEqual([]);
    expect(kinds(await act(at, 'return-by-number', 'patronReturnedItem'))).toEqual([]);
  });

  test('a refused temporary item is on the list until a second try works', async () => {
    const at = await desk();
    const [item] = await act(at, 'arrival-accept-fails', 'requesterReceived');
    expect(item).toMatchObject({
      kind: 'temporary-item-refused',
      action: 'again',
      basis: 'history',
      side: 'borrowing',
    });
    expect(item?.reason).toContain('“Item already exists”');
    practice(at, 'mendItem', { barcode: at.consortium.thing('arrival-accept-fails').hrid ?? '' });
    expect(kinds(await act(at, 'arrival-accept-fails', 'requesterReceived'))).toEqual([]);
  });

  test('with the call switched off a refused item can be received, and is then a person’s to make', async () => {
    const at = await desk();
    await act(at, 'arrival-accept-fails', 'requesterReceived');
    practice(at, 'setting', { key: 'accept_item', value: 'off' });
    expect(kinds(await act(at, 'arrival-accept-fails', 'requesterReceived'))).toEqual(['create-by-hand']);
  });

  test('a refused check-in that ReShare hides is told', async () => {
    const at = await desk();
    const [item] = await act(at, 'return-checkin-fails', 'patronReturnedItem');
    expect(item).toMatchObject({ kind: 'check-in-refused', mender: 'desk', action: 'confirm' });
    expect(item?.look).toBe('WMS gives no way to look up a temporary item; check on its screen.');
  });

  test('a refused check-in of a lent item leaves the request open', async () => {
    const at = await desk();
    const items = await act(at, 'complete-checkin-fails', 'supplierCheckOutOfReshare');
    expect(items).toMatchObject([{ kind: 'check-in-refused', action: 'again', side: 'lending' }]);
  });

  test('each step that ReShare does not pass on is a person’s', async () => {
    const at = await desk();
    for (const key of ['accept_item', 'check_in_item']) practice(at, 'setting', { key, value: 'none' });
    expect(kinds(await act(at, 'arrival-1', 'requesterReceived'))).toEqual(['create-by-hand']);
    expect(kinds(await act(at, 'return-by-number', 'patronReturnedItem'))).toEqual(['check-in-by-hand']);
    expect(kinds(await act(at, 'complete-1', 'supplierCheckOutOfReshare'))).toEqual(['check-in-by-hand']);
  });

  test('a return that only a setting keeps from the circulation system leaves no line, and is told all the same', async () => {
    const at = await desk();
    practice(at, 'setting', { key: 'check_in_on_return', value: 'off' });
    const [item] = await act(at, 'return-by-number', 'patronReturnedItem');
    expect(item).toMatchObject({ kind: 'check-in-by-hand', basis: 'settings' });
    expect(item?.evidence).toContain('Setting: check_in_on_return = off');
  });
});
