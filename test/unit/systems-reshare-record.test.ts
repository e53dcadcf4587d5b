import { describe, expect, test } from 'vitest';
import { RequestView } from '../../src-main/contract/request.ts';
import { readRequest } from '../../src-main/systems/reshare/record.ts';
import { stateWords } from '../../src-main/systems/reshare/state-labels.ts';
import type { Json } from '../../src-main/systems/http/tolerant.ts';
import { fixture } from './systems-loopback.ts';

const SEEN = '2026-11-22T10:00:00.000Z';
const ID = '8b07bf6a-ce61-587b-97fa-1c92c23a42d8';

function read(record: unknown): RequestView {
  const view = readRequest(record as Json, SEEN);
  if (view === undefined) throw new Error('unreadable');
  return view;
}

const least = { id: ID, isRequester: true, state: { code: 'REQ_SHIPPED' } };

describe('sample records', () => {
  const full = [
    '01-requester-REQ_SHIPPED-full',
    '02-requester-REQ_CHECKED_IN-full-multivolume',
    '03-requester-REQ_CONDITIONAL_ANSWER_RECEIVED-full',
    '04-responder-RES_NEW_AWAIT_PULL_SLIP-full',
    '05-responder-RES_AWAIT_PICKING-full-after-failed-checkout',
    '06-responder-RES_AWAIT_SHIP-full-undo-available',
    '07-responder-RES_ITEM_RETURNED-full-protocolaudit',
  ];

  test.each(full)('%s fits the contract, with history in order and no patron', (name) => {
    const record = fixture(`reshare/${name}.json`) as Json;
    const view = read(record);
    expect(RequestView.parse(view)).toEqual(view);
    expect(view.oclcNumber).toBe(record['oclcNumber']);
    expect(name).toContain(view.state.code);
    expect(view.validActions?.length).toBeGreaterThan(0);
    expect(view.audit.map((line) => line.no)).toEqual(view.audit.map((line) => line.no).toSorted((a, b) => a - b));
    const text = JSON.stringify(view);
    for (const [key, value] of Object.entries(record)) {
      if (/^patron|^delivery|^localNote/.test(key) && typeof value === 'string') expect(text).not.toContain(value);
    }
  });

  test('a borrowed thing that was shipped to us', () => {
    expect(read(fixture('reshare/01-requester-REQ_SHIPPED-full.json'))).toMatchObject({
      hrid: 'MAPLE-1042',
      side: 'borrowing',
      stateModel: 'PatronRequest',
      state: { code: 'REQ_SHIPPED', label: 'Shipped', terminal: false, needsAttention: false },
      partner: { symbol: 'RESHARE:CEDAR', name: 'Cedar College' },
      pickupLocation: 'Main Library Desk',
      dueDate: '2027-01-15T23:59:59.000Z',
      neededBy: '2026-12-15',
      unreadMessages: true,
      otherIdentifiers: ['778812'],
      networkStatus: 'Idle',
      serviceType: 'loan',
    });
  });

  test('several volumes, each with its temporary barcode', () => {
    const { volumes } = read(fixture('reshare/02-requester-REQ_CHECKED_IN-full-multivolume.json'));
    expect(volumes.length).toBeGreaterThan(1);
    for (const volume of volumes)
      expect(volume).toMatchObject({ itemId: expect.any(String), temporaryItemBarcode: expect.any(String) });
  });

  test('a condition with its code', () => {
    const { conditions, state } = read(fixture('reshare/03-requester-REQ_CONDITIONAL_ANSWER_RECEIVED-full.json'));
    expect(state.needsAttention).toBe(true);
    expect(conditions[0]).toMatchObject({ code: expect.any(String), accepted: expect.any(Boolean) });
  });

  test('a failed check-out: trouble on the request, and why in the newest line', () => {
    const view = read(fixture('reshare/05-responder-RES_AWAIT_PICKING-full-after-failed-checkout.json'));
    expect(view).toMatchObject({ side: 'lending', needsAttention: true, partner: { name: 'Maple University' } });
    expect(view.audit.at(-1)?.message).toContain('NCIP CheckoutItem call failed');
  });

  test('a lent thing waiting to be shipped, with undo', () => {
    const view = read(fixture('reshare/06-responder-RES_AWAIT_SHIP-full-undo-available.json'));
    expect(view).toMatchObject({
      callNumber: 'HF3640 .L56 2014',
      pickLocation: 'Cedar Main Stacks',
      shelvingLocation: 'General collection',
    });
    expect(view.validActions?.[0]).toEqual({ code: 'supplierMarkShipped', primary: true, primaryOnly: false });
    expect(view.validActions?.at(-1)).toEqual({ code: 'undo', primary: false, primaryOnly: false });
  });

  test('brief records say nothing of valid actions and know the requester by symbol only', () => {
    const [first] = fixture('reshare/08-list-without-stats.json') as unknown[];
    expect(read(first)).not.toHaveProperty('validActions');
    const lending = (fixture('reshare/10-hrid-lookup-two-matches.json') as Json[]).find(
      (row) => row['isRequester'] === false,
    );
    expect(read(lending).partner).toEqual({ symbol: 'RESHARE:MAPLE' });
  });
});

describe('tolerance', () => {
  test('the least a record can be', () => {
    expect(RequestView.parse(read(least))).toMatchObject({
      id: ID,
      side: 'borrowing',
      partner: {},
      volumes: [],
      audit: [],
    });
  });

  test.each([
    ['no id', { ...least, id: undefined }],
    ['a blank id', { ...least, id: ' ' }],
    ['an id of another type', { ...least, id: 7 }],
    ['no state', { ...least, state: undefined }],
    ['a state without a code', { ...least, state: { id: 'x' } }],
    ['no side, and a code that tells none', { id: ID, state: { code: 'WHATEVER' } }],
  ])('%s: unreadable', (_what, record) => expect(readRequest(record, SEEN)).toBeUndefined());

  test.each([
    ['SLNP_REQ_SHIPPED', 'borrowing'],
    ['REQ_X', 'borrowing'],
    ['RES_X', 'lending'],
    ['SLNP_RES_X', 'lending'],
  ])('without isRequester the code tells: %s is %s', (code, side) => {
    expect(read({ id: ID, state: { code } }).side).toBe(side);
  });

  test.each([
    ['an enum object', { enumType: 'org.olf.rs.NetworkStatus', name: 'Waiting' }, 'Waiting'],
    ['its name', 'Retry', 'Retry'],
    ['null', null, undefined],
    ['a number', 3, undefined],
  ])('networkStatus as %s', (_what, value, expected) => {
    expect(read({ ...least, networkStatus: value }).networkStatus).toBe(expected);
  });

  test('a state as bare code takes its flags from the reference data, one nobody named keeps its code', () => {
    expect(read({ ...least, state: 'REQ_CANCELLED' }).state).toMatchObject({ label: 'Cancelled', terminal: true });
    expect(read({ ...least, state: 'REQ_ERROR' }).state.needsAttention).toBe(true);
    expect(read({ ...least, state: { code: 'RES_AWAIT_PROXY_BORROWER' } }).state).toEqual({
      code: 'RES_AWAIT_PROXY_BORROWER',
      label: 'RES_AWAIT_PROXY_BORROWER',
      terminal: false,
      needsAttention: false,
    });
    // A state without words in the staff interface has Carrel's own; and a name an object has by birth is no state.
    expect(read({ ...least, state: { code: 'RES_ERROR' } }).state.label).toBe('Error');
    expect(stateWords('constructor')).toBeUndefined();
  });

  test('the flags in the record win over the reference data', () => {
    const state = { code: 'REQ_CANCELLED', terminal: false };
    expect(read({ ...least, state }).state.terminal).toBe(false);
    expect(read({ ...least, state: { code: 'REQ_ERROR' } }).state.needsAttention).toBe(false);
  });

  test('unread messages by flag, else by count', () => {
    expect(read({ ...least, unreadMessageCount: 2 }).unreadMessages).toBe(true);
    expect(read({ ...least, unreadMessageCount: 2, hasUnreadMessages: false }).unreadMessages).toBe(false);
    expect(read({ ...least, unreadMessageCount: '2' }).unreadMessages).toBe(false);
  });

  test('a volume without an item, a condition without a code, an audit line without a number are passed over', () => {
    const view = read({
      ...least,
      volumes: [{ id: 'v1' }, null, 'x', { itemId: '3900' }],
      conditions: [{ accepted: true }, { code: 'other', accepted: 'yes', cost: '1', costCurrency: { value: 'usd' } }],
      audit: [
        { message: 'x' },
        { auditNo: 1, dateCreated: 'never' },
        { auditNo: 2, dateCreated: '2026-11-22T10:00:00Z' },
      ],
      requestIdentifiers: [{ identifier: 5 }, { identifier: 'A1' }],
    });
    expect(view.volumes).toEqual([{ id: '3900', itemId: '3900' }]);
    expect(view.conditions).toEqual([{ code: 'other', accepted: false, currency: 'usd' }]);
    expect(view.audit).toEqual([{ no: 2, at: '2026-11-22T10:00:00.000Z', message: '' }]);
    expect(view.otherIdentifiers).toEqual(['A1']);
  });

  test('only the newest twenty lines of history, whatever order they came in', () => {
    const audit = Array.from({ length: 30 }, (_, n) => ({
      auditNo: (n * 7) % 30,
      dateCreated: '2026-11-22T10:00:00Z',
      message: 'm',
    }));
    expect(read({ ...least, audit }).audit.map((line) => line.no)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 10),
    );
  });

  test.each([
    ['2027-01-15T23:59:59Z', '2027-01-15T23:59:59.000Z'],
    ['2027-01-15T23:59:59+0100', '2027-01-15T22:59:59.000Z'],
    ['soon', undefined],
    [1795200299000, undefined],
  ])('due date %s', (value, expected) => {
    expect(read({ ...least, parsedDueDateRS: value, dueDateRS: 'x' }).dueDate).toBe(expected);
  });
});
