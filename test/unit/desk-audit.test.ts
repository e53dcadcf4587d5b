import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AuditLine } from '../../src-main/contract/request.ts';
import { hostCalls, hostNotConfigured, newestFailure, newestOther, readHostCall } from '../../src-main/desk/audit.ts';
import { NOW } from './desk-cases.ts';

function line(message: string, no = 1): AuditLine {
  return { no, at: NOW, message };
}

const ADVICE = 'Review configuration and try again or deconfigure host LMS integration in settings.';

// prettier-ignore
const TEXTS: readonly [message: string, expected: Record<string, unknown> | undefined][] = [
  [`Host LMS integration: NCIP AcceptItem call failed for temporary item barcode: RVR-3184. ${ADVICE} Item already exists`,
    { call: 'AcceptItem', outcome: 'failed', item: 'RVR-3184', words: 'Item already exists' }],
  [`Host LMS integration: NCIP CheckoutItem call failed for itemId: 30234000517861. ${ADVICE} Item is not loanable`,
    { call: 'CheckoutItem', outcome: 'failed', item: '30234000517861', words: 'Item is not loanable' }],
  [`Host LMS integration: NCIP CheckoutItem call failed. ${ADVICE} null`,
    { call: 'CheckoutItem', outcome: 'failed' }],
  [`Host LMS integration: NCIP CheckinItem call failed for item: RVR-3184. ${ADVICE} [Item Access Denied]`,
    { call: 'CheckinItem', outcome: 'failed', item: 'RVR-3184', words: '[Item Access Denied]' }],
  ['Receive succeeded for item id: 33191000105864 (title: Maps (old) and new, requestId: RVR-3184). Host LMS integration: AcceptItem call succeeded.',
    { call: 'AcceptItem', outcome: 'ok', item: '33191000105864' }],
  ['Receive succeeded for item id: 33191000105864. (No host LMS integration configured for accept item call)',
    { call: 'AcceptItem', outcome: 'not-connected', item: '33191000105864' }],
  ['Receive succeeded for item id: 33191000105864 (temporaryItemBarcode: RVR-3184). (No host LMS integration configured for accept item call)',
    { call: 'AcceptItem', outcome: 'not-connected', item: '33191000105864' }],
  ['Fill request succeeded for item id: 30234000517861. Host LMS integration: CheckoutItem call succeeded.',
    { call: 'CheckoutItem', outcome: 'ok', item: '30234000517861' }],
  ['Check in to ReShare completed for itemId: 30234000517861. (No host LMS integration configured for check out item call)',
    { call: 'CheckoutItem', outcome: 'not-connected', item: '30234000517861' }],
  ['NCIP CheckinItem call succeeded for item: RVR-3184. Host LMS integration: CheckinItem call succeeded.',
    { call: 'CheckinItem', outcome: 'ok', item: 'RVR-3184' }],
  ['NCIP CheckinItem call succeeded for item: RVR-3184. Host LMS integration: CheckinItem not performed because the item was already checked in.',
    { call: 'CheckinItem', outcome: 'already-in', item: 'RVR-3184' }],
  ['Host LMS integration: CheckinItem call succeeded for item: RVR-3184.',
    { call: 'CheckinItem', outcome: 'ok', item: 'RVR-3184' }],
  ['Check in succeeded. (No host LMS integration configured for check in item call)',
    { call: 'CheckinItem', outcome: 'not-connected' }],
  ['Complete request succeeded for item id: 30234000517861. Host LMS integration: CheckinItem call succeeded.',
    { call: 'CheckinItem', outcome: 'ok', item: '30234000517861' }],
  ['StatusChange message received: Loaned', undefined],
  ['', undefined],
];

describe('history lines about the circulation system', () => {
  it.each(TEXTS)('%j', (message, expected) => {
    const read = readHostCall(line(message));
    if (expected === undefined) expect(read).toBeUndefined();
    else expect(read).toEqual({ ...expected, at: NOW });
  });

  it('are understood in the sample records', () => {
    const read = [
      '02-requester-REQ_CHECKED_IN-full-multivolume',
      '05-responder-RES_AWAIT_PICKING-full-after-failed-checkout',
    ].map((name) => {
      const url = new URL(`../fixtures/reshare/${name}.json`, import.meta.url);
      const record = JSON.parse(readFileSync(url, 'utf8')) as { audit: { message: string; auditNo: number }[] };
      return hostCalls(record.audit.map((a) => line(a.message, a.auditNo))).map((c) => c.outcome);
    });
    expect(read).toEqual([['failed', 'ok'], ['failed']]);
  });

  it('a later success on the same item takes a failure back, one on another item does not', () => {
    const failed = line(`Host LMS integration: NCIP CheckoutItem call failed for itemId: A1. ${ADVICE} no`, 1);
    const good = line('Fill request succeeded for item id: A1. Host LMS integration: CheckoutItem call succeeded.', 2);
    const other = line('Fill request succeeded for item id: B2. Host LMS integration: CheckoutItem call succeeded.', 3);
    expect(newestFailure([good, failed])).toBeUndefined();
    expect(newestFailure([other, failed])?.item).toBe('A1');
  });

  it('knows the line for a missing set-up, and hands on what it does not understand', () => {
    const missing = line('Host LMS integration not configured: Choose Host LMS in settings or deconfigure.', 4);
    expect(hostNotConfigured([missing])).toBe(true);
    expect(hostNotConfigured([line('Will Supply')])).toBe(false);
    expect(newestOther([line('Will Supply', 7), line('Shipped', 5), line(' ', 9)])?.message).toBe('Will Supply');
  });
});
