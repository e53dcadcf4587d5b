import { describe, expect, test } from 'vitest';
import { readList } from '../../src-main/systems/alma/pages.ts';
import {
  codesOf,
  itemOf,
  loanOf,
  partnerOf,
  patronOf,
  printoutOf,
  requestOf,
  scanOf,
} from '../../src-main/systems/alma/read.ts';
import type { Json } from '../../src-main/systems/http/tolerant.ts';
import { fixture } from './systems-loopback.ts';

/** Alma's records as Carrel reads them, from bodies of the published shapes. */

const read = (name: string): Json => fixture(`alma/${name}.json`) as Json;

describe('a resource sharing request', () => {
  test('that was exported: where it stands, for whom, and no barcode yet', () => {
    expect(requestOf(read('rs-borrowing-get.exported'))).toEqual({
      requestId: '43999000010009999',
      externalId: '999EXA0000421',
      status: { code: 'REQUEST_SENT', label: 'Request sent to partner' },
      partner: { code: 'WSILL', name: 'WorldShareILL' },
      user: 'D0001234',
      title: 'A Field Guide to Imaginary Lighthouses',
      author: 'Quill, Marjorie',
      createdDate: '2026-11-02',
      lastModified: '2026-11-04T09:15:47.501Z',
    });
  });

  test('that was received has a barcode', () => {
    expect(requestOf(read('rs-borrowing-get.received'))).toMatchObject({
      barcode: 'EXA-TMP-000777',
      status: { label: 'Physically received by library' },
    });
  });

  test('whose status has a code nobody published keeps its label', () => {
    expect(requestOf(read('rs-borrowing-get.renewed.ASSUMED-CODE'))?.status.label).toBe('Renewed by partner');
  });

  test('of the lending side names no patron', () => {
    const lending = requestOf(read('rs-lending-get'));
    expect(lending).toMatchObject({ status: { code: 'SHIPPED_PHYSICALLY' }, barcode: '39999000012345' });
    expect(lending).not.toHaveProperty('user');
    const list = readList(read('tasklist-lending-requests'), 'user_resource_sharing_request', requestOf);
    expect(list).toEqual({ ok: true, value: [lending] });
  });
});

test('a loan: the due date in UTC, and the patron’s id and no more of the patron', () => {
  const [loan] = (read('user-loans.list')['item_loan'] as Json[]).map(loanOf);
  expect(loan).toEqual({
    loanId: '7399900000009999',
    user: 'D0001234',
    barcode: 'EXA-TMP-000777',
    title: 'A Field Guide to Imaginary Lighthouses',
    due: '2027-01-10T22:59:00.000Z',
    status: 'NORMAL',
  });
  expect(loanOf(read('loan-put-due-date.response'))?.due).toBe('2027-02-12T22:59:00.000Z');
});

test('an item, and what Alma says after a scan', () => {
  expect(itemOf(read('item-by-barcode'))).toMatchObject({
    barcode: 'EXA-TMP-000777',
    mmsId: '991000123450309999',
    holdingId: '22999000040009999',
    pid: '23999000030009999',
    status: 'Item not in place',
    process: 'Resource Sharing Request',
  });
  expect(scanOf(read('item-scan-in.response'), 'EXA-TMP-000777')).toEqual({
    barcode: 'EXA-TMP-000777',
    title: 'A Field Guide to Imaginary Lighthouses',
    next: 'Item’s destination is: Resource Sharing Request.'.replace('’', "'"),
  });
});

test('code tables: the rows that are switched on', () => {
  const table = read('code-table.RequestCancellationReasons');
  expect(codesOf(table).map(({ code }) => code)).toEqual([
    'PatronNotInterested',
    'CannotBeFulfilled',
    'HandledInWorldShare',
  ]);
  const rows = (table['row'] as Json[]).map((row, index) => ({ ...row, enabled: index === 0 ? 'false' : 'true' }));
  expect(codesOf({ row: rows }).map(({ code }) => code)).toEqual(['CannotBeFulfilled', 'HandledInWorldShare']);
});

test('a patron is a first name and an initial', () => {
  expect(patronOf({ primary_id: 'D1', first_name: 'Sam', last_name: 'Okafor' })).toEqual({
    user: 'D1',
    name: 'Sam O.',
  });
  expect(patronOf({ primary_id: 'D1', last_name: 'Öberg' })).toEqual({ user: 'D1', name: 'Ö.' });
  expect(patronOf({ primary_id: 'D1' })).toEqual({ user: 'D1', name: 'D1' });
  expect(patronOf({ first_name: 'Sam' })).toBeUndefined();
});

test('a partner and a slip', () => {
  const partner = {
    partner_details: { code: 'WSILL', name: 'W', system_type: { value: 'X', desc: 'WorldShare ILL' } },
  };
  expect(partnerOf(partner)).toEqual({ code: 'WSILL', name: 'W', systemType: 'WorldShare ILL' });
  expect(printoutOf({ id: '5', printout: 'Slip', date: '2026-11-02T10:00:00Z', letter: '<p>x</p>' })).toEqual({
    id: '5',
    kind: 'Slip',
    date: '2026-11-02T10:00:00.000Z',
    html: '<p>x</p>',
  });
});

describe('what is no record', () => {
  test.each([
    ['a loan without a number', () => loanOf({ user_id: 'D1', item_barcode: '1' })],
    ['a loan whose number is a number', () => loanOf({ loan_id: 7, user_id: 'D1', item_barcode: '1' })],
    ['a request without a status', () => requestOf({ request_id: '1', status: {} })],
    ['an item without its holding', () => itemOf({ bib_data: { mms_id: '1' }, item_data: { pid: '2', barcode: '3' } })],
    ['a partner without details', () => partnerOf({ link: 'x' })],
    ['a slip without a number', () => printoutOf({ letter: 'x' })],
  ])('%s is not read', (_what, made) => {
    expect(made()).toBeUndefined();
  });

  test('a list with one record that cannot be read is no list; an empty one is left out by Alma', () => {
    expect(readList({ item_loan: [{ loan_id: 1 }] }, 'item_loan', loanOf).ok).toBe(false);
    expect(readList({ item_loan: ['x'] }, 'item_loan', loanOf).ok).toBe(false);
    expect(readList({ item_loan: {} }, 'item_loan', loanOf).ok).toBe(false);
    expect(readList({ total_record_count: 0 }, 'item_loan', loanOf)).toEqual({ ok: true, value: [] });
  });
});
