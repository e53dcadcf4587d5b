import { describe, expect, it } from 'vitest';
import { readInstructions } from '../../src-main/systems/wms/ncip/blocks/routing.ts';
import { isBlockingStatus } from '../../src-main/systems/wms/ncip/blocks/user-fields.ts';
import { readDate, toInstant } from '../../src-main/systems/wms/ncip/dates.ts';
import { problemError } from '../../src-main/systems/wms/ncip/judge.ts';
import { meaningOf, rowOf, severityOf } from '../../src-main/systems/wms/ncip/problem-meanings.ts';
import { worstOf, wordsOf } from '../../src-main/systems/wms/ncip/problem.ts';

describe('dates', () => {
  it.each([
    ['2031-03-03T04:59:59Z', { kind: 'instant', utc: '2031-03-03T04:59:59.000Z' }],
    ['2031-03-03T23:59:59-05:00', { kind: 'instant', utc: '2031-03-04T04:59:59.000Z' }],
    ['2031-03-03T23:59:59.250+0130', { kind: 'instant', utc: '2031-03-03T22:29:59.000Z' }],
    ['2031-03-03 23:59 Z', { kind: 'instant', utc: '2031-03-03T23:59:00.000Z' }],
    ['2031-03-03T23:59:00', { kind: 'local', local: '2031-03-03T23:59:00' }],
    ['2031-03-03 23:59', { kind: 'local', local: '2031-03-03T23:59:00' }],
    ['2031-03-03', { kind: 'day', day: '2031-03-03' }],
    ['2032-02-29', { kind: 'day', day: '2032-02-29' }],
    ['2031-02-29', { kind: 'unreadable' }],
    ['2031-25-02T23:59:00', { kind: 'unreadable' }],
    ['2031-02-25T24:01:00', { kind: 'unreadable' }],
    ['2031-02-25T23:60:00Z', { kind: 'unreadable' }],
    ['2031-02-25T23:00:00+99:00', { kind: 'unreadable' }],
    ['03/04/2031', { kind: 'unreadable' }],
    ['', { kind: 'unreadable' }],
  ])('%j', (text, expected) => {
    expect(readDate(` ${text} `)).toEqual({ ...expected, raw: text });
  });

  it('without a zone are read in the host’s, across its clock changes, and never guessed', () => {
    const chicago = 'America/Chicago';
    expect(toInstant(readDate('2031-01-15 23:59:00'), chicago)).toBe('2031-01-16T05:59:00.000Z');
    expect(toInstant(readDate('2031-07-15 23:59:00'), chicago)).toBe('2031-07-16T04:59:00.000Z');
    // 9 March 2031: 01:59 is still winter time, 03:00 summer time.
    expect(toInstant(readDate('2031-03-09 01:59:00'), chicago)).toBe('2031-03-09T07:59:00.000Z');
    expect(toInstant(readDate('2031-03-09 03:00:00'), chicago)).toBe('2031-03-09T08:00:00.000Z');
    expect(toInstant(readDate('2031-01-15 23:59:00'))).toBeUndefined();
    expect(toInstant(readDate('2031-01-15'), chicago)).toBeUndefined();
    expect(toInstant(readDate('soon'), chicago)).toBeUndefined();
    expect(toInstant(readDate('2031-01-15T23:59:00Z'))).toBe('2031-01-15T23:59:00.000Z');
  });
});

describe('routing instructions', () => {
  it.each([
    ['Re-shelve', { kind: 'reshelve' }],
    ['  RE-SHELVE ', { kind: 'reshelve' }],
    ['Reshelve', { kind: 'reshelve' }],
    ['Request:0f8fad5b', { kind: 'request', requestId: '0f8fad5b' }],
    ['request : a:b', { kind: 'request', requestId: 'a:b' }],
    ['Request', { kind: 'unknown' }],
    ['Request:  ', { kind: 'unknown' }],
    ['Process', { kind: 'process' }],
    ['Process:', { kind: 'process' }],
    ['Process: Ask Sam: today', { kind: 'process', text: 'Ask Sam: today' }],
    ['WITHDRAWN', { kind: 'withdrawn' }],
    ['Withdrawn soon', { kind: 'unknown' }],
    ['Update ReShare request XYZ-1', { kind: 'unknown' }],
  ])('%j', (raw, expected) => {
    expect(readInstructions(raw)).toEqual({ ...expected, raw });
  });
});

describe('problems', () => {
  it.each([
    ['Unknown Item', undefined, 'item-unknown'],
    ['  unknown   ITEM ', undefined, 'item-unknown'],
    ['UserBlocked', undefined, 'user-blocked'],
    ['User Blocked', undefined, 'user-blocked'],
    ['User Blocked', 'PATRON_REQUIRES_MEMBERSHIP', 'membership-lapsed'],
    ['Element Rule Violated', 'NO_HOLDABLE_ITEMS', 'no-holdable-items'],
    ['Element Rule Violated', 'something', 'rule-violated'],
    ['Something new', 'ITEM_NOT_CHECKED_OUT', 'item-not-checked-out'],
    [undefined, 'UNKNOWN_USER', 'user-unknown'],
    ['Unknown Item', 'UNKNOWN_USER', 'item-unknown'],
    ['9022', undefined, 'item-not-checked-out'],
    ['Not On Loan', undefined, 'item-not-checked-out'],
    ['Patron Record is Busy', undefined, 'temporary-failure'],
    ['Renewal Not Allowed - Item Has Outstanding Requests', undefined, 'renewal-has-requests'],
    ['Check in problem', 'Unable to find item', 'unrecognised'],
    ['toString', 'constructor', 'unrecognised'],
    [undefined, undefined, 'unrecognised'],
  ])('%j with %j is %s', (type, detail, meaning) => {
    expect(meaningOf(type, detail)).toBe(meaning);
  });

  it('go by the host’s own names first', () => {
    const aliases = { unknownitem: 'temporary-failure', unabletofinditem: 'item-unknown' } as const;
    expect(meaningOf('Unknown Item', undefined, aliases)).toBe('temporary-failure');
    expect(meaningOf('Check in problem', 'Unable to find item', aliases)).toBe('item-unknown');
  });

  const already = {
    meaning: 'item-not-checked-out',
    type: 'Item Not Checked Out',
    value: '900001/29999000123456',
  } as const;
  const busy = { meaning: 'temporary-failure', type: 'Temporary Processing Failure', detail: 'Record\n busy' } as const;
  const strange = { meaning: 'unrecognised', type: 'Zwölf', detail: '<b>so</b>' } as const;

  it('of several the worst decides, and all are quoted', () => {
    expect(worstOf([already, busy])).toBe(busy);
    expect(worstOf([strange, already])).toBe(strange);
    expect(worstOf([])).toBeUndefined();
    expect(wordsOf([already, strange])).toBe('Item Not Checked Out; Zwölf: <b>so</b>');
    expect(problemError([already, busy], 'WMS')).toMatchObject({
      code: 'refused',
      retry: 'later',
      theirWords: 'Item Not Checked Out; Temporary Processing Failure: Record busy',
    });
  });

  it('that nobody knows are shown as they came', () => {
    expect(problemError([strange], 'WMS')).toMatchObject({
      code: 'refused',
      sentence: expect.stringContaining('words Carrel does not know'),
      theirWords: expect.stringContaining('Zwölf'),
    });
  });

  it('never show a value: it may be a patron’s', () => {
    expect(JSON.stringify(problemError([already], 'WMS'))).not.toContain('29999000123456');
  });

  it('an item that is already in is the mildest, a wrong set-up the worst', () => {
    expect(severityOf('item-not-checked-out')).toBe(1);
    expect(severityOf('agency-unknown')).toBe(5);
    expect(rowOf('item-not-checked-out').say('WMS')).toMatch(/already in/);
  });
});

describe('a privilege status', () => {
  it.each([
    ['ACTIVE', false],
    ['Y', false],
    ['DELINQUENT', false],
    ['n', true],
    ['BARRED', true],
    [' Expired ', true],
    [undefined, false],
  ])('%j blocks: %j', (status, blocks) => {
    expect(isBlockingStatus(status)).toBe(blocks);
  });
});
