import { describe, expect, it } from 'vitest';
import type { Authorizer } from '../../src-main/systems/wms/auth/key.ts';
import { createAvailability } from '../../src-main/systems/wms/availability/client.ts';
import { oclcNumberOf, readAvailability } from '../../src-main/systems/wms/availability/read.ts';
import { createIdentity } from '../../src-main/systems/wms/identity/client.ts';
import { readSearch, searchByBarcode } from '../../src-main/systems/wms/identity/read.ts';
import { createMemoryCounter, createQuota } from '../../src-main/systems/wms/quota.ts';
import { bytesOf, PATRON, scriptedHttp, textOfFile, type Script } from './wms-samples.ts';

const AT = '2031-02-10T15:04:05.000Z';
const now = () => Date.parse(AT);
const quota = (limit = 10) => createQuota({ limit, counter: createMemoryCounter(), now });
/** Hands out a new header after each refusal. */
function authorizer(): Authorizer {
  let nth = 1;
  return {
    authorize: () => Promise.resolve({ ok: true, value: `Bearer ${nth}` }),
    refused() {
      nth += 1;
      return true;
    },
  };
}
const expired = { status: 401, text: textOfFile('oclc/token-401.xml') };

describe('availability by OCLC number', () => {
  const TWO = bytesOf('oclc/availability-two-copies.xml');

  it('tells every copy with what WMS says of it', () => {
    const common = { callNumber: 'QK9.2 .O56 2011', institution: 'ZZB' };
    expect(readAvailability(TWO, '42', AT)).toEqual({
      ok: true,
      value: {
        oclcNumber: '42',
        at: AT,
        copies: [
          {
            ...common,
            barcode: '39999001234567',
            available: true,
            onHold: false,
            renewable: false,
            holdingCode: 'ZZMN',
            shelvingLocation: 'Main stacks',
            copyNumber: '1',
          },
          {
            ...common,
            barcode: '39999007654321',
            available: false,
            due: { kind: 'instant', utc: '2031-03-03T04:59:59.000Z', raw: '2031-03-03T04:59:59Z' },
            onHold: true,
            renewable: true,
            reason: 'ON_LOAN',
            temporaryLocation: 'Reserve desk',
            part: 'v.2 (2011)',
            holdingCode: 'ZZEA',
            shelvingLocation: 'East reading room',
            copyNumber: '2',
          },
        ],
      },
    });
  });

  it('no copies is an answer', () => {
    expect(readAvailability(bytesOf('oclc/availability-no-records.xml'), '42', AT)).toMatchObject({
      ok: true,
      value: { copies: [] },
    });
  });

  it('absent means not said: a holding without items, an availableNow without value', () => {
    const xml = (inner: string) =>
      `<searchRetrieveResponse><numberOfRecords>1</numberOfRecords><records><record><recordData><opacRecord><holdings><holding>${inner}</holding></holdings></opacRecord></recordData></record></records></searchRetrieveResponse>`;
    const copies = (inner: string) => {
      const read = readAvailability(xml(inner), '42', AT);
      return read.ok ? read.value.copies : [];
    };
    expect(copies('<localLocation>ZZMN</localLocation>')).toEqual([{ holdingCode: 'ZZMN' }]);
    expect(
      copies('<circulations><circulation><availableNow/><onHold value="?"/></circulation></circulations>'),
    ).toEqual([{}]);
    expect(
      copies(
        '<volumes><volume><enumeration>v.1</enumeration></volume></volumes><circulations><circulation><itemId>1</itemId></circulation></circulations>',
      ),
    ).toEqual([{ barcode: '1', part: 'v.1' }]);
  });

  it.each([
    ['', undefined],
    ['<html><body>busy</body></html>', undefined],
    ['<searchRetrieveResponse><numberOfRecords>3</numberOfRecords><records/></searchRetrieveResponse>', undefined],
    [
      '<searchRetrieveResponse><diagnostics><diagnostic><message>Unsupported index</message></diagnostic></diagnostics></searchRetrieveResponse>',
      'Unsupported index',
    ],
  ])('%j is no answer', (xml, theirWords) => {
    const read = readAvailability(xml, '42', AT);
    expect(read).toMatchObject({ ok: false, error: { code: 'unreadable-answer' } });
    expect(read.ok || read.error.theirWords).toBe(theirWords);
  });

  it.each([
    ['42', '42'],
    ['ocm00000042', '42'],
    ['(OCoLC)ocn123456789', '123456789'],
    [' on1234567890 ', '1234567890'],
    ['0', undefined],
    ['no:42', undefined],
    ['42 or 1=1', undefined],
    ['39999001234567x', undefined],
  ])('the OCLC number of %j is %j', (text, number) => {
    expect(oclcNumberOf(text)).toBe(number);
  });

  function client(script: Script, limit = 10, group = false) {
    const http = scriptedHttp(script);
    const spent = quota(limit);
    return {
      http,
      spent,
      ...createAvailability({
        http: spent.counting(http),
        address: 'https://worldcat.org/circ/availability/sru/service',
        registryId: '900001',
        group,
        authorizer: authorizer(),
        quota: spent,
        now,
      }),
    };
  }

  it('asks the address OCLC documents', async () => {
    const one = client(() => ({ bytes: TWO }));
    expect((await one.byOclcNumber('ocm00000042')).ok).toBe(true);
    expect(one.http.sent[0]).toMatchObject({
      method: 'GET',
      path: '/circ/availability/sru/service?x-registryId=900001&query=no:42',
      headers: { authorization: 'Bearer 1' },
    });
    const group = client(() => ({ bytes: TWO }), 10, true);
    await group.byOclcNumber('42');
    expect(group.http.sent[0]?.path).toMatch(/&x-return-group-availability=1$/);
  });

  it('renews a token once, tells failures apart, and asks nothing without a number', async () => {
    const renewed = client((request) => (request.headers?.['authorization'] === 'Bearer 1' ? expired : { bytes: TWO }));
    expect((await renewed.byOclcNumber('42')).ok).toBe(true);
    const refused = client(() => expired);
    expect(await refused.byOclcNumber('42')).toMatchObject({ ok: false, error: { code: 'credentials-refused' } });
    expect(refused.http.sent).toHaveLength(2);
    expect(await client(() => ({ status: 400, text: 'x' })).byOclcNumber('42')).toMatchObject({
      error: { code: 'configuration' },
    });
    expect(await client(() => ({ status: 500, text: 'x' })).byOclcNumber('42')).toMatchObject({
      error: { code: 'not-sent' },
    });
    expect(
      await client(() => ({ kind: 'unreachable', cause: 'headers-timeout', host: 'x', ms: 1 })).byOclcNumber('42'),
    ).toMatchObject({ error: { code: 'not-sent', retry: 'later' } });
    const none = client(() => ({ bytes: TWO }));
    expect(await none.byOclcNumber('shelf 4')).toMatchObject({ error: { code: 'bad-input' } });
    expect(none.http.sent).toHaveLength(0);
  });

  it('counts, and stops when the day’s calls are used up', async () => {
    const few = client(() => ({ bytes: TWO }), 2);
    for (let i = 0; i < 3; i += 1) await few.byOclcNumber('42');
    expect(few.http.sent).toHaveLength(2);
    expect(few.spent.used()).toBe(2);
    expect(await few.byOclcNumber('42')).toMatchObject({ error: { code: 'not-sent', retry: 'later' } });
  });
});

describe('patrons by barcode', () => {
  it('escapes what a filter must not hold', () => {
    expect(JSON.parse(searchByBarcode('a"b\\c'))).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: 'External_ID eq "a\\"b\\\\c"',
    });
  });

  it('reads the parts OCLC keeps apart', () => {
    expect(readSearch(textOfFile('oclc/scim-search-ok.json'), PATRON)).toEqual({
      ok: true,
      value: {
        id: '11111111-2222-3333-4444-555555555555',
        barcode: PATRON,
        name: 'Renée Łuczak',
        given: 'Renée',
        surname: 'Łuczak',
        email: 'patron@example.org',
        category: 'Faculty',
        homeBranch: '900101',
        circulationBlocked: false,
        expires: '2031-12-31T00:00:00.000Z',
      },
    });
  });

  it('a patron without circulation data is a patron; ILL blocks are their own', () => {
    const ill = 'urn:mace:oclc.org:eidm:schema:persona:wsillinfo:20180101';
    const body = JSON.stringify({
      Resources: [
        {
          externalId: 'x1',
          [ill]: { illInfo: { isBlocked: true, isApproved: false } },
          emails: [{ value: 'a@b' }, { value: 'c@d', primary: true }],
        },
      ],
    });
    expect(readSearch(body, 'X1')).toEqual({
      ok: true,
      value: { barcode: 'x1', email: 'c@d', illBlocked: true, illApproved: false },
    });
  });

  it('nobody is an answer, somebody else is none', () => {
    expect(readSearch(textOfFile('oclc/scim-search-none.json'), PATRON)).toEqual({ ok: true, value: undefined });
    expect(readSearch('{"totalResults":0}', PATRON)).toEqual({ ok: true, value: undefined });
    const found = textOfFile('oclc/scim-search-ok.json');
    expect(readSearch(found, '29999000999999')).toMatchObject({ ok: false, error: { code: 'unreadable-answer' } });
    const twice = JSON.parse(found) as { Resources: unknown[] };
    twice.Resources.push(twice.Resources[0]);
    expect(readSearch(JSON.stringify(twice), PATRON)).toMatchObject({ ok: false, error: { code: 'refused' } });
    for (const text of ['', '<html>', '[]', '{"Resources":[1]}', '{"totalResults":3}']) {
      expect(readSearch(text, PATRON)).toMatchObject({ ok: false, error: { code: 'unreadable-answer' } });
    }
  });

  function client(script: Script, limit = 10) {
    const http = scriptedHttp(script);
    const spent = quota(limit);
    return {
      http,
      ...createIdentity({
        http: spent.counting(http),
        address: 'https://900001.share.worldcat.org/idaas/scim/v2/Users/.search',
        authorizer: authorizer(),
        quota: spent,
      }),
    };
  }

  it('asks by POST, so that no barcode is in an address or a log', async () => {
    const one = client(() => ({ text: textOfFile('oclc/scim-search-ok.json') }));
    expect(await one.byBarcode(PATRON)).toMatchObject({ ok: true, value: { name: 'Renée Łuczak' } });
    expect(one.http.sent[0]).toMatchObject({
      method: 'POST',
      path: '/idaas/scim/v2/Users/.search',
      template: '/idaas/scim/v2/Users/.search',
      headers: { 'content-type': 'application/scim+json', authorization: 'Bearer 1' },
    });
  });

  it('renews a token once and quotes nothing that may name a patron', async () => {
    const renewed = client((request) =>
      request.headers?.['authorization'] === 'Bearer 1' ? expired : { text: textOfFile('oclc/scim-search-none.json') },
    );
    expect(await renewed.byBarcode(PATRON)).toEqual({ ok: true, value: undefined });
    const forbidden = await client(() => ({ status: 403, text: textOfFile('oclc/scim-error-403.json') })).byBarcode(
      PATRON,
    );
    expect(forbidden).toMatchObject({ ok: false, error: { code: 'no-permission', mender: 'library-administrator' } });
    expect(forbidden.ok || forbidden.error.theirWords).toBeUndefined();
    expect(
      await client(() => ({ kind: 'unknown-outcome', cause: 'deadline', host: 'x', ms: 1 })).byBarcode(PATRON),
    ).toMatchObject({ error: { code: 'not-sent', sentence: expect.not.stringContaining('may not have happened') } });
    expect(await client(() => ({ status: 415, text: '' })).byBarcode(PATRON)).toMatchObject({
      error: { code: 'configuration' },
    });
    expect(await client(() => ({ status: 500, text: '' })).byBarcode(PATRON)).toMatchObject({
      error: { code: 'not-sent' },
    });
    expect(await client(() => ({ text: '' }), 0).byBarcode(PATRON)).toMatchObject({ error: { code: 'not-sent' } });
  });
});
