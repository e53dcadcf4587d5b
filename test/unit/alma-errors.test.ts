import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createCallCount, FLOOR } from '../../src-main/systems/alma/calls.ts';
import { errorsOf, refusalOf } from '../../src-main/systems/alma/errors.ts';
import { baseAddress } from '../../src-main/systems/alma/regions.ts';

const body = (name: string) => ({ text: readFileSync(new URL(`../fixtures/alma/${name}`, import.meta.url), 'utf8') });

describe('Alma’s errors', () => {
  test.each([
    ['error.401604.json', '401604', 'E01-0311140311-EXAMP-AWAE0000000001'],
    ['error.401694.json', '401694', 'E01-0311140313-EXAMP-AWAE0000000003'],
    ['error.429.json', 'PER_SECOND_THRESHOLD', 'E01-0311140312-EXAMP-AWAE0000000002'],
    ['error.xml', '401890', 'E01-0311140314-EXAMP-AWAE0000000004'],
  ])('are read from %s', (name, code, trackingId) => {
    expect(errorsOf(body(name))).toMatchObject([{ code, trackingId }]);
  });

  test.each([
    ['a web page', '<html><body>500</body></html>'],
    ['half a body', '{"errorsExist": true, "errorList": {"err'],
    ['nothing', ''],
    ['a list of another type', '{"errorList":{"error":"no"}}'],
    ['an error without a code', '{"errorList":{"error":[{"errorMessage":"x"}]}}'],
  ])('are none in %s', (_what, text) => {
    expect(errorsOf({ text })).toEqual([]);
  });

  test('keep what Ex Libris’ support asks for, beside Alma’s own words', () => {
    const error = refusalOf(400, errorsOf(body('error.401604.json')));
    expect(error.mender).toBe('ill-office');
    expect(error.theirWords).toContain('The institutional inventory has services');
    expect(error.theirWords).toContain('E01-0311140311-EXAMP-AWAE0000000001');
  });

  test('that name a person are not repeated', () => {
    const error = refusalOf(400, errorsOf(body('error.xml')));
    expect(error).toMatchObject({ code: 'not-found', mender: 'ill-office' });
    expect(JSON.stringify(error)).not.toContain('D0001234');
  });

  test('whose text is a fault of Alma’s own are told by their code alone', () => {
    const message = 'Field: [Ljava.lang.Object;@4f7cb1f1, Value: {1}';
    const error = refusalOf(400, [{ code: '401897', message, trackingId: 'E01' }]);
    expect(error.theirWords).toBe('code 401897 · for Ex Libris’ support: E01');
  });

  test.each([
    ['60340', 400, 'library-administrator', 'no-permission'],
    ['UNAUTHORIZED', 403, 'library-administrator', 'no-permission'],
    ['DAILY_THRESHOLD', 429, 'library-administrator', 'not-sent'],
    ['PER_SECOND_THRESHOLD', 429, 'nobody', 'not-sent'],
    ['401681', 400, 'desk', 'refused'],
    ['4800090', 400, 'library-administrator', 'configuration'],
    ['999999', 400, 'ill-office', 'refused'],
    ['', 401, 'library-administrator', 'no-permission'],
  ])('code %s is somebody’s job', (code, status, mender, kind) => {
    expect(refusalOf(status, [{ code }])).toMatchObject({ mender, code: kind });
  });
});

test.each([
  ['na', 'https://api-na.hosted.exlibrisgroup.com/almaws/v1'],
  ['cn', 'https://api-cn.hosted.exlibrisgroup.com.cn/almaws/v1'],
] as const)('region %s has its host', (region, address) => {
  expect(baseAddress({ region })).toBe(address);
  expect(baseAddress({ region, address: 'https://proxy.example.org/alma/' })).toBe(
    'https://proxy.example.org/alma/almaws/v1',
  );
});

describe('the daily number of calls', () => {
  const NOON = Date.parse('2026-11-23T12:00:00.000Z');
  function counted(kept?: Parameters<typeof createCallCount>[0]['kept']) {
    const clock = { now: NOON };
    let changes = 0;
    const count = createCallCount({ kept, now: () => clock.now, onChange: () => (changes += 1) });
    return { clock, count, changes: () => changes };
  }

  test('is Carrel’s own count, and Alma’s word on what is left', () => {
    const { count, changes } = counted();
    count.note(1, undefined);
    count.note(0, '19998');
    expect(count.calls).toEqual({
      made: 1,
      remaining: { count: 19_998, at: '2026-11-23T12:00:00.000Z' },
      state: 'fine',
    });
    expect(changes()).toBe(2);
    count.note(0, 'many');
    expect(count.calls.remaining?.count).toBe(19_998);
  });

  test('goes on from what was written down, and begins anew with the day', () => {
    const { clock, count } = counted({ day: '2026-11-23', made: 41 });
    expect(count.calls.made).toBe(41);
    clock.now += 12 * 3_600_000;
    expect(count.calls).toEqual({ made: 0, state: 'fine' });
    expect(count.book.day).toBe('2026-11-24');
  });

  test('is low below the floor, for as long as Alma’s word is fresh', () => {
    const { clock, count } = counted();
    count.note(0, String(FLOOR - 1));
    expect(count.calls.state).toBe('low');
    clock.now += 61 * 60_000;
    expect(count.calls.state).toBe('fine');
  });

  test('is used up when Alma says so, for a quarter of an hour: then one look-up tries again', () => {
    const { clock, count } = counted();
    count.usedUp();
    expect(count.calls).toMatchObject({ state: 'used-up', remaining: { count: 0 } });
    clock.now += 16 * 60_000;
    expect(count.calls.state).toBe('low');
  });
});
