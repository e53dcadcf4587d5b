import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WmsEffect } from '../../src-main/training/wms/model.ts';
import type { WmsFaultKind } from '../../src-main/training/wms/practice-wms.ts';
import { readXml, XmlError } from '../../src-main/training/wms/xml.ts';
import { deskAt, item, read, schemaErrors, staffMessage, tokenOf, type WmsDesk } from './training-wms-desk.ts';

describe('faults of the practice WMS', () => {
  let desk: WmsDesk;
  let effects: WmsEffect[];
  let book: string;
  beforeEach(async () => {
    effects = [];
    desk = await deskAt({ record: (effect) => effects.push(effect) });
    book = desk.wms.thing('wms-return-main-1').barcode;
  });
  afterEach(() => desk.wms.stop());

  const checkIn = async (kind: WmsFaultKind) => {
    desk.wms.faults.add({ where: 'CheckInItem', kind, times: 1, ms: 5 });
    const response = await fetch(desk.wms.urls.staff, {
      method: 'POST',
      headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/xml' },
      body: staffMessage('CheckInItem', '900101', item(book)),
    });
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };
  const acted = (): boolean => effects.some((one) => one.action === 'CheckInItem' && one.result === 'done');

  it.each(['drop-before', 'drop-after', 'half-close'] as const)('%s breaks the connection', async (kind) => {
    await expect(checkIn(kind)).rejects.toThrow();
    expect([acted(), desk.wms.faults.struck, desk.wms.faults.list()]).toEqual([kind !== 'drop-before', 1, []]);
  });

  it.each([
    ['status-500', 500, false, /Internal/],
    ['status-500-after', 500, true, /Internal/],
    ['status-401', 401, false, /AccessToken is not valid/],
    ['html-200', 200, false, /campus network/],
    ['gateway-html', 502, false, /<h1>502/],
    ['empty', 200, true, /^$/],
    ['slow', 200, true, /Re-shelve/],
  ] as const)('%s answers %d', async (kind, status, done, body) => {
    const answer = await checkIn(kind);
    expect([answer.status, acted()]).toEqual([status, done]);
    expect(answer.text).toMatch(body);
    if (kind === 'gateway-html') expect(answer.type).toMatch(/xml/);
  });

  it('answers a problem with HTTP 200, and does nothing', async () => {
    const { status, text } = await checkIn('problem-200');
    expect(read(status, text).problem?.type).toBe('Temporary Processing Failure');
    expect([status, acted()]).toEqual([200, false]);
  });

  it('answers about another item, in a perfectly good message', async () => {
    const { text } = await checkIn('other-item');
    expect(schemaErrors(text)).toEqual([]);
    expect(text).not.toContain(book);
    expect(desk.wms.store.items.get(book)!.status).toBe('Waiting To Be Reshelved');
  });

  it('cuts an answer in half', async () => {
    const { text } = await checkIn('truncated');
    expect(() => readXml(text)).toThrow(XmlError);
    expect(acted()).toBe(true);
  });

  it('writes values of the wrong type, which the schema would refuse', async () => {
    book = desk.wms.thing('wms-overdue-1').barcode;
    const { text } = await checkIn('wrong-types');
    expect(schemaErrors(text)).not.toEqual([]);
    desk.wms.faults.add({ where: 'token', kind: 'wrong-types' });
    const token = (await (await tokenOf(desk.wms)).json()) as Record<string, unknown>;
    expect(typeof token['access_token']).toBe('number');
    desk.wms.faults.clear();
    expect((await tokenOf(desk.wms)).status).toBe(200);
  });

  it('strikes by service, by message and by pattern', async () => {
    desk.wms.faults.add({ where: 'availability', kind: 'status-500' });
    desk.wms.faults.add({ where: new RegExp(`CheckInItem .*${book}`), kind: 'status-500' });
    expect(desk.wms.faults.take('staff', staffMessage('CheckOutItem', '900101', item(book)))).toBeUndefined();
    expect(desk.wms.faults.take('staff', staffMessage('CheckInItem', '900101', item('3')))).toBeUndefined();
    expect(desk.wms.faults.take('staff', staffMessage('CheckInItem', '900101', item(book)))?.kind).toBe('status-500');
    const headers = { authorization: `Bearer ${desk.token}` };
    expect((await fetch(`${desk.wms.urls.availability}?query=no:1`, { headers })).status).toBe(500);
  });
});
