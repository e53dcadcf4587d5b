import { afterEach, describe, expect, it } from 'vitest';
import type { WmsItem } from '../../src-main/training/wms/model.ts';
import { at, readXml, textAt, type XmlElement } from '../../src-main/training/wms/xml.ts';
import { deskAt, NOON, sample, type WmsDesk } from './training-wms-desk.ts';

const DAY = 86_400_000;
const CIRCULATION = 'urn:mace:oclc.org:eidm:schema:persona:wmscircpatroninfo:20180101';

interface Found {
  readonly Resources: readonly { readonly [CIRCULATION]: { readonly circulationInfo: object } }[];
}

const holdings = (root: XmlElement): readonly XmlElement[] =>
  at(root, 'records', 'record', 'recordData', 'opacRecord', 'holdings')?.children ?? [];
const names = (element: XmlElement): readonly string[] => [
  element.name,
  ...element.children.flatMap((child) => names(child)),
];

describe('looking into the practice WMS', () => {
  let desk: WmsDesk;
  afterEach(() => desk.wms.stop());

  const headers = (): Record<string, string> => ({ authorization: `Bearer ${desk.token}` });
  const look = (query: string, registry = '900001'): Promise<Response> =>
    fetch(`${desk.wms.urls.availability}?x-registryId=${registry}&query=${encodeURIComponent(query)}`, {
      headers: headers(),
    });
  const copies = async (query: string): Promise<readonly XmlElement[]> =>
    holdings(readXml(await (await look(query)).text()));
  const flag = (copy: XmlElement, name: string): string | undefined =>
    at(copy, 'circulations', 'circulation', name)?.attributes.get('value');
  const thing = (key: string): WmsItem => desk.wms.store.items.get(desk.wms.thing(`wms-${key}`).barcode)!;

  it('shows every copy with what it is doing, in the elements of the sample', async () => {
    desk = await deskAt();
    const { ocn } = thing('title-copy-1');
    const found = await copies(`no:${ocn}`);
    expect(found.map((copy) => textAt(copy, 'localLocation'))).toEqual(['RVRSTK', 'RVRSCI']);
    const [first] = found;
    expect([flag(first!, 'availableNow'), flag(first!, 'onHold'), flag(first!, 'renewable')]).toEqual(['0', '1', '0']);
    expect(textAt(first, 'circulations', 'circulation', 'availabilityDate')).toMatch(/T04:59:59Z$/);
    expect(textAt(first, 'circulations', 'circulation', 'itemId')).toBe(thing('title-copy-1').barcode);
    const known = new Set(names(readXml(sample('oclc', 'availability-two-copies.xml'))));
    expect(names(readXml(await (await look(`no:ocm${ocn}`)).text())).filter((name) => !known.has(name))).toEqual([]);
  });

  it('follows what happens: out, in, on its way', async () => {
    desk = await deskAt();
    const book = thing('shelf-main-1');
    const available = async (): Promise<unknown> => {
      const [copy] = await copies(`no: ${book.ocn}`);
      return [flag(copy!, 'availableNow'), textAt(copy, 'circulations', 'circulation', 'reasonUnavailable')];
    };
    expect(await available()).toEqual(['1', undefined]);
    await desk.checkOut(desk.wms.thing('wms-card-1').barcode, book.barcode);
    expect(await available()).toEqual(['0', 'ON_LOAN']);
    await desk.checkIn(book.barcode, '900102');
    expect(await available()).toEqual(['0', 'IN_TRANSIT']);
    await desk.checkIn(book.barcode);
    expect(await available()).toEqual(['1', undefined]);
  });

  it('finds nothing by an unknown number, and says what a bad question is', async () => {
    desk = await deskAt();
    const none = readXml(await (await look('no:1')).text());
    expect(none).toEqual(readXml(sample('oclc', 'availability-no-records.xml')));
    expect((await look('au:eliot')).status).toBe(400);
    expect((await look('no:1', '900777')).status).toBe(403);
  });

  it.each([429, 403] as const)('counts calls over a day and then refuses with %d', async (refusal) => {
    let now = NOON;
    desk = await deskAt({ practiceNow: () => now, availabilityPerDay: 2, quotaRefusal: refusal });
    expect((await look('no:1')).status).toBe(200);
    now += DAY / 2;
    expect((await look('no:1')).status).toBe(200);
    expect((await look('no:1')).status).toBe(refusal);
    expect(desk.wms.quota.used()).toBe(2);
    now += DAY / 2;
    expect((await look('no:1')).status).toBe(200);
  });

  const search = (filter: string, type = 'application/scim+json'): Promise<Response> =>
    fetch(desk.wms.urls.identity, {
      method: 'POST',
      headers: { ...headers(), 'content-type': type },
      body: JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter }),
    });

  it('finds a patron by card number, in the form of the sample', async () => {
    desk = await deskAt();
    const card = desk.wms.thing('wms-card-blocked').barcode;
    const body = (await (await search(`External_ID eq "${card}"`)).json()) as Found;
    const known = JSON.parse(sample('oclc', 'scim-search-ok.json')) as Found;
    expect(Object.keys(body)).toEqual(Object.keys(known));
    const [ours, theirs] = [body.Resources[0]!, known.Resources[0]!];
    for (const key of Object.keys(theirs)) expect(Object.keys(ours)).toContain(key);
    expect(ours[CIRCULATION].circulationInfo).toMatchObject({ barcode: card, isCircBlocked: true });
    expect(Object.keys(ours[CIRCULATION].circulationInfo)).toEqual(Object.keys(theirs[CIRCULATION].circulationInfo));
  });

  it('finds nobody, and refuses what it cannot read', async () => {
    desk = await deskAt();
    expect(await (await search('External_ID eq "2\\"4"')).json()).toEqual(
      JSON.parse(sample('oclc', 'scim-search-none.json')),
    );
    expect((await search('External_ID eq 24')).status).toBe(400);
    expect((await search('External_ID eq "24', 'application/json')).status).toBe(415);
    const refused = await fetch(desk.wms.urls.identity, { method: 'POST', headers: { authorization: 'Bearer tk_no' } });
    expect(await refused.json()).toMatchObject({ status: '401' });
  });
});
