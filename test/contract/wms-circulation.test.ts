import { afterEach, describe, expect, it } from 'vitest';
import type { CallReport } from '../../src-main/contract/outcome.ts';
import type { CallLine } from '../../src-main/systems/http/redact.ts';
import { createHttpClient } from '../../src-main/systems/http/client.ts';
import { NcipHostSettings } from '../../src-main/systems/wms/ncip/host-settings.ts';
import { createNcipHost, createWms, createWmsHttp, type WmsHttp } from '../../src-main/systems/wms/wms.ts';
import { WmsSettings, type WmsSettingsInput } from '../../src-main/systems/wms/wms-settings.ts';
import {
  closedPort,
  httpServer,
  tcpServer,
  type HttpLoopback,
  type Reply,
  type Seen,
} from '../unit/systems-loopback.ts';
import { ITEM, PATRON, textOfFile } from '../unit/wms-samples.ts';
import { schemaFault } from '../unit/wms-xsd.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const NOW = Date.parse('2031-02-10T15:04:05Z');
const sample = (name: string): Reply => ({
  text: textOfFile(`ncip/${name}`),
  headers: { 'content-type': 'application/xml' },
});
const granted = (nth: number): Reply => ({
  json: { access_token: `tk_${nth}`, token_type: 'bearer', expires_in: '1199' },
});

/** A WMS on loopback: tokens by itself, NCIP and the look-ups by the handler. */
async function desk(handler: (seen: Seen) => Reply | Promise<Reply>, settings: Partial<WmsSettingsInput> = {}) {
  let nth = 0;
  const server = await httpServer((seen) => {
    if (seen.path !== '/token') return handler(seen);
    nth += 1;
    return granted(nth);
  });
  closers.push(() => server.close());
  return { ...connect(server, settings), server, nth: () => nth };
}

function connect(server: { readonly url: string }, more: Partial<WmsSettingsInput>) {
  const settings = WmsSettings.parse({
    registryId: '900001',
    branch: '900101',
    scopes: ['WMS_NCIP', 'WMS_Availability', 'SCIM:read_user'],
    tokenAddress: `${server.url}/token`,
    availabilityAddress: `${server.url}/sru`,
    identityAddress: `${server.url}/Users/.search`,
    ncip: { address: `${server.url}/ncip` },
    ...more,
  });
  const lines: CallLine[] = [];
  const reports: CallReport[] = [];
  const http = createWmsHttp(settings, { onCall: (line) => lines.push(line) });
  if (!http.ok) throw new Error(http.error.sentence);
  closers.push(() => closeAll(http.value));
  const wms = createWms({
    settings,
    http: http.value,
    key: () => ({ key: 'example-key', secret: 'example-secret' }),
    now: () => NOW,
    onCall: (report) => reports.push(report),
  });
  if (!wms.ok) throw new Error(wms.error.sentence);
  return { wms: wms.value, lines, reports };
}

async function closeAll(http: WmsHttp): Promise<void> {
  await Promise.all([http.token.close(), http.ncip.close(), http.availability.close(), http.identity.close()]);
}

const ncipOf = (server: HttpLoopback): readonly Seen[] => server.seen.filter((seen) => seen.path === '/ncip');

describe('WMS at the desk', () => {
  it('checks an item in: one valid message in the staff profile, and where the item goes', async () => {
    const { wms, server, reports } = await desk(() => sample('staff-02-checkinitem-response-reshelve.xml'));
    expect(await wms.checkIn({ barcode: ITEM })).toEqual({
      outcome: 'done',
      value: {
        barcode: ITEM,
        previousBorrower: PATRON,
        routing: {
          kind: 'reshelve',
          raw: 'Re-shelve',
          destination: {
            holdingCode: 'ZZMN',
            shelvingLocation: 'STACKS',
            location: {
              type: 'Current',
              levels: [
                { level: 1, value: 'ZZMN' },
                { level: 2, value: 'STACKS' },
              ],
            },
          },
        },
      },
    });
    const [sent] = ncipOf(server);
    expect(sent?.headers).toMatchObject({
      authorization: 'Bearer tk_1',
      'content-type': 'application/xml; charset=utf-8',
    });
    expect(schemaFault(sent?.body ?? '')).toBeUndefined();
    expect(sent?.body).toContain(`<ns1:ItemIdentifierValue>${ITEM}</ns1:ItemIdentifierValue>`);
    expect(reports).toMatchObject([{ ok: true, at: '2031-02-10T15:04:05.000Z' }]);
  });

  it('tells a hold, staff handling, a withdrawn item and a bill apart', async () => {
    const answers = [
      'staff-03-checkinitem-response-request.xml',
      'staff-04-checkinitem-response-process.xml',
      'staff-05-checkinitem-response-withdrawn.xml',
      'staff-06-checkinitem-response-bill.xml',
    ];
    const { wms } = await desk(() => sample(answers.shift() ?? ''));
    const barcodes = ['ZZB-10472', 'ZZB-10472', ITEM, ITEM];
    const seen: unknown[] = [];
    for (const barcode of barcodes) {
      const end = await wms.checkIn({ barcode });
      if (end.outcome !== 'done') throw new Error(end.error.sentence);
      seen.push([
        end.value.routing?.kind,
        end.value.routing?.requestId ?? end.value.routing?.text,
        end.value.bill?.amount,
      ]);
    }
    expect(seen).toEqual([
      ['request', '0f8fad5b-d9cb-469f-a165-70867728950e', undefined],
      ['process', 'Return to resource sharing office', undefined],
      ['withdrawn', undefined, undefined],
      ['reshelve', undefined, { currency: 'USD', minorUnits: 250 }],
    ]);
  });

  it('acts for the branch it is told', async () => {
    const { wms, server } = await desk(() => sample('staff-02-checkinitem-response-reshelve.xml'));
    await wms.checkIn({ barcode: ITEM, branch: '900102' });
    expect(ncipOf(server)[0]?.body.match(/>900102</g)).toHaveLength(2);
  });

  it('checks out, places a hold on a copy and on a title, and cancels it', async () => {
    const answers: Record<string, string> = {
      CheckOutItem: 'staff-08-checkoutitem-response.xml',
      RequestItem: 'staff-11-requestitem-response.xml',
      CancelRequestItem: 'staff-14-cancelrequestitem-response.xml',
    };
    const { wms, server } = await desk((seen) => {
      const name = Object.keys(answers).find((service) => seen.body.includes(`:${service}>`)) ?? '';
      return sample(answers[name] ?? '');
    });
    const requestId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    expect(await wms.checkOut({ barcode: ITEM, patron: PATRON, desiredDue: '2031-03-03T04:59:59Z' })).toMatchObject({
      outcome: 'done',
      value: { barcode: ITEM, due: { kind: 'instant', utc: '2031-03-03T04:59:59.000Z' } },
    });
    const copy = { patron: PATRON, what: { barcode: ITEM }, pickup: '900102' };
    expect(await wms.placeHold(copy)).toEqual({ outcome: 'done', value: { requestId } });
    const title = { patron: PATRON, what: { titleNumber: '42' }, pickup: '900102' };
    expect(await wms.placeHold(title)).toMatchObject({ outcome: 'done' });
    expect(await wms.cancelHold({ patron: PATRON, requestId })).toEqual({ outcome: 'done', value: { requestId } });
    const bodies = ncipOf(server).map((seen) => seen.body);
    for (const body of bodies) expect(schemaFault(body)).toBeUndefined();
    expect(bodies[0]).toContain('<ns1:DesiredDateDue>2031-03-03T04:59:59Z</ns1:DesiredDateDue>');
    expect(bodies[1]).toMatch(/>Item<.*<ns1:PickupLocation>900102</);
    expect(bodies[2]).toMatch(/RecordIdentifier>42<.*Code>OCLC<.*>Bibliographic Item</);
    expect(bodies[3]).toContain(requestId);
  });

  it('says whose job a refusal is, with WMS’s own words', async () => {
    const { wms, reports } = await desk(() => sample('staff-09-checkoutitem-response-userblocked.xml'));
    expect(await wms.checkOut({ barcode: ITEM, patron: PATRON })).toMatchObject({
      outcome: 'refused',
      problems: [{ meaning: 'membership-lapsed' }],
      error: {
        code: 'refused',
        mender: 'desk',
        sentence: expect.stringContaining('membership has run out'),
        theirWords: 'UserBlocked: PATRON_REQUIRES_MEMBERSHIP',
      },
    });
    expect(reports[0]?.ok).toBe(true);
  });

  it('leaves to staff what WMS does not offer, and sends nothing', async () => {
    const { wms, server } = await desk(() => ({ status: 500 }), { modes: { 'check-out': 'guided' } });
    expect(wms.modes).toEqual({
      'check-in': 'api',
      'check-out': 'guided',
      hold: 'api',
      'cancel-hold': 'api',
      renew: 'guided',
      item: 'none',
      title: 'api',
      patron: 'api',
    });
    expect(await wms.renew({ barcode: ITEM, patron: PATRON })).toMatchObject({
      outcome: 'not-sent',
      error: { sentence: expect.stringContaining('then confirm it here') },
    });
    expect(await wms.checkOut({ barcode: ITEM, patron: PATRON })).toMatchObject({ outcome: 'not-sent' });
    expect(await wms.lookUpItem(ITEM)).toMatchObject({ ok: false, error: { code: 'configuration' } });
    const few = await desk(() => ({ status: 500 }), { scopes: ['WMS_NCIP'] });
    expect(await few.wms.titleAvailability('42')).toMatchObject({ ok: false });
    expect(await few.wms.lookUpPatron(PATRON)).toMatchObject({ ok: false });
    expect([...server.seen, ...few.server.seen]).toEqual([]);
  });

  it('looks up copies and patrons with the same token', async () => {
    const { wms, server } = await desk((seen) =>
      seen.path === '/sru'
        ? { text: textOfFile('oclc/availability-two-copies.xml') }
        : { text: textOfFile('oclc/scim-search-ok.json') },
    );
    expect(await wms.titleAvailability('ocm00000042')).toMatchObject({
      ok: true,
      value: { copies: [{ available: true }, { available: false, onHold: true }] },
    });
    expect(await wms.lookUpPatron(PATRON)).toEqual({
      ok: true,
      value: {
        barcode: PATRON,
        id: '11111111-2222-3333-4444-555555555555',
        name: 'Renée Łuczak',
        email: 'patron@example.org',
        category: 'Faculty',
        homeBranch: '900101',
        expires: '2031-12-31T00:00:00.000Z',
        blocked: false,
        blocks: [],
      },
    });
    expect(server.seen.map((seen) => seen.path)).toEqual(['/token', '/sru', '/Users/.search']);
    expect(server.seen[0]?.query.get('scope')).toBe('WMS_NCIP WMS_Availability SCIM:read_user');
    expect(wms.quota()).toEqual({ used: 3, limit: 50_000 });
  });

  it('signs with HMAC where a library has no tokens', async () => {
    const { wms, server } = await desk(() => sample('staff-02-checkinitem-response-reshelve.xml'), {
      auth: 'hmac',
      principal: { id: 'p-1', namespace: 'urn:oclc:wms:da' },
    });
    expect((await wms.checkIn({ barcode: ITEM })).outcome).toBe('done');
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]?.headers.authorization).toMatch(
      /^http:\/\/www\.worldcat\.org\/wskey\/v2\/hmac\/v1 clientId="example-key", timestamp="1928502245", nonce="[0-9a-f]{8}", signature="[^"]+", principalID="p-1", principalIDNS="urn:oclc:wms:da"$/,
    );
  });
});

describe('when it goes wrong', () => {
  it('a token revoked mid-run: the check-in is not repeated, the next one works', async () => {
    const { wms, server, nth } = await desk((seen) =>
      seen.headers.authorization === 'Bearer tk_1'
        ? { status: 401, text: textOfFile('oclc/token-401.xml') }
        : sample('staff-02-checkinitem-response-reshelve.xml'),
    );
    expect(await wms.checkIn({ barcode: ITEM })).toMatchObject({
      outcome: 'refused',
      error: { code: 'credentials-refused', retry: 'now' },
    });
    expect(ncipOf(server)).toHaveLength(1);
    expect((await wms.checkIn({ barcode: ITEM })).outcome).toBe('done');
    expect(nth()).toBe(2);
  });

  it('a key without the scope: the sentence says who asks whom for what', async () => {
    const server = await httpServer(() => ({ status: 403, text: textOfFile('oclc/token-403.json') }));
    closers.push(() => server.close());
    const { wms } = connect(server, {});
    for (const _ of [1, 2, 3]) {
      expect(await wms.checkIn({ barcode: ITEM })).toMatchObject({
        outcome: 'not-sent',
        error: {
          code: 'no-permission',
          mender: 'library-administrator',
          sentence: expect.stringContaining('ask OCLC'),
        },
      });
    }
    expect(server.seen).toHaveLength(1);
  });

  it('nobody listens: not sent', async () => {
    const { wms } = connect({ url: `http://127.0.0.1:${await closedPort()}` }, {});
    expect(await wms.checkIn({ barcode: ITEM })).toMatchObject({ outcome: 'not-sent', error: { code: 'not-sent' } });
  });

  it('the connection breaks after the message: unknown, once', async () => {
    let requests = 0;
    const broken = await tcpServer((socket) => {
      socket.once('data', () => {
        requests += 1;
        socket.destroy();
      });
    });
    closers.push(() => broken.close());
    const { wms } = await desk(() => ({ status: 500 }), { ncip: { address: `${broken.url}/ncip` } });
    expect(await wms.checkIn({ barcode: ITEM })).toMatchObject({
      outcome: 'unknown',
      error: { code: 'unknown-outcome', retry: 'unknown-outcome' },
    });
    expect(requests).toBe(1);
  });

  it('the answer breaks off in the middle: unknown, once', async () => {
    let requests = 0;
    const broken = await tcpServer((socket) => {
      socket.once('data', () => {
        requests += 1;
        socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 5000\r\n\r\n<ns1:NCIPMess');
      });
    });
    closers.push(() => broken.close());
    const { wms } = await desk(() => ({ status: 500 }), { ncip: { address: `${broken.url}/ncip` } });
    expect((await wms.checkIn({ barcode: ITEM })).outcome).toBe('unknown');
    expect(requests).toBe(1);
  });

  it('ten hostile megabytes: stopped at the limit, unknown', async () => {
    let written = 0;
    const hostile = await tcpServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nTransfer-Encoding: chunked\r\n\r\n');
        const chunk = `4000\r\n${'<a>'.repeat(5461)}x\r\n`;
        const pour = (): void => {
          while (written < 10 * 1024 * 1024 && !socket.destroyed) {
            written += chunk.length;
            if (!socket.write(chunk)) {
              socket.once('drain', pour);
              return;
            }
          }
          socket.end('0\r\n\r\n');
        };
        pour();
      });
    });
    closers.push(() => hostile.close());
    const { wms } = await desk(() => ({ status: 500 }), { ncip: { address: `${hostile.url}/ncip` } });
    expect(await wms.checkIn({ barcode: ITEM })).toMatchObject({
      outcome: 'unknown',
      error: { sentence: expect.stringContaining('more than Carrel accepts') },
    });
    expect(written).toBeLessThan(10 * 1024 * 1024);
  });

  it('no log line holds a barcode, a token or a key', async () => {
    const { wms, lines } = await desk((seen) =>
      seen.path === '/ncip'
        ? sample('staff-08-checkoutitem-response.xml')
        : { text: textOfFile('oclc/scim-search-ok.json') },
    );
    await wms.checkOut({ barcode: ITEM, patron: PATRON });
    await wms.lookUpPatron(PATRON);
    expect(lines.map((line) => line.template)).toEqual(['/token', '(NCIP) CheckOutItem', '/Users/.search']);
    const text = JSON.stringify(lines);
    for (const secret of [ITEM, PATRON, 'tk_1', 'example-secret', 'example-key', 'Renée'])
      expect(text).not.toContain(secret);
  });

  it('the day’s calls used up: look-ups stop, a check-in is still tried', async () => {
    const { wms, server } = await desk(
      (seen) =>
        seen.path === '/sru'
          ? { text: textOfFile('oclc/availability-no-records.xml') }
          : sample('staff-02-checkinitem-response-reshelve.xml'),
      { callsPerDay: 2 },
    );
    expect((await wms.titleAvailability('42')).ok).toBe(true);
    expect(await wms.titleAvailability('42')).toMatchObject({ ok: false, error: { retry: 'later' } });
    expect((await wms.checkIn({ barcode: ITEM })).outcome).toBe('done');
    expect(server.seen.map((seen) => seen.path)).toEqual(['/token', '/sru', '/ncip']);
    expect(wms.quota()).toEqual({ used: 3, limit: 2 });
  });
});

describe('any other NCIP 2 host', () => {
  async function host(handler: (seen: Seen) => Reply, settings: object = {}) {
    const server = await httpServer(handler);
    const http = createHttpClient(server.url);
    closers.push(
      () => http.close(),
      () => server.close(),
    );
    const made = createNcipHost({
      settings: NcipHostSettings.parse({
        kind: 'koha',
        address: `${server.url}/ncip/{secret}`,
        fromAgency: { value: 'DESK1' },
        toAgency: { value: 'HOSTLMS' },
        timeZone: 'America/Chicago',
        ...settings,
      }),
      http,
      secrets: () => ({ address: 'token-in-the-path' }),
      now: () => NOW,
    });
    if (!made.ok) throw new Error(made.error.sentence);
    return { system: made.value, server };
  }

  it('looks up items and patrons, and nobody is an answer', async () => {
    const { system, server } = await host((seen) =>
      seen.body.includes('<LookupItem>')
        ? sample('gen-07-lookupitem-response.xml')
        : seen.body.includes(PATRON)
          ? sample('gen-04-lookupuser-response-blocked.xml')
          : sample('patron-09-lookupuser-response-unknown-user.xml'),
    );
    expect(await system.lookUpItem(ITEM)).toEqual({
      ok: true,
      value: {
        barcode: ITEM,
        status: 'On Loan',
        due: { kind: 'instant', utc: '2031-03-04T04:59:59.000Z', raw: '2031-03-03T23:59:59-05:00' },
        holdQueue: 2,
        title: 'Tidal gardens',
        author: 'Okonjo, A.',
        permanentLocation: 'Main stacks',
        temporaryLocation: 'Reserve',
      },
    });
    expect(await system.lookUpPatron(PATRON)).toEqual({
      ok: true,
      value: {
        barcode: PATRON,
        name: 'Renée Łuczak',
        email: 'patron@example.org',
        blocked: true,
        blocks: ['Block Check Out', 'Block Request Item'],
      },
    });
    expect(await system.lookUpPatron('29999000999999')).toEqual({ ok: true, value: undefined });
    expect(server.seen[0]?.path).toBe('/ncip/token-in-the-path');
    expect(await system.titleAvailability('42')).toMatchObject({ ok: false, error: { code: 'configuration' } });
  });

  it('reads a due date without a zone in the host’s zone, and one that is none as it came', async () => {
    const bad = (name: string): Reply => ({ text: textOfFile(`ncip-bad/${name}`) });
    const answers = [
      'bad-07-date-with-space-no-zone.xml',
      'bad-06-date-without-time.xml',
      'bad-08-date-day-month-swapped.xml',
    ];
    const { system } = await host(() => bad(answers.shift() ?? ''));
    const dues: unknown[] = [];
    for (let i = 0; i < 3; i += 1) {
      const end = await system.checkOut({ barcode: ITEM, patron: PATRON });
      dues.push(end.outcome === 'done' ? end.value.due : end);
    }
    expect(dues).toEqual([
      { kind: 'instant', utc: '2031-03-04T05:59:00.000Z', raw: '2031-03-03 23:59:00' },
      { kind: 'day', day: '2031-03-03', raw: '2031-03-03' },
      { kind: 'unreadable', raw: '2031-25-02T23:59:00' },
    ]);
  });

  it('renews, and says when the answer comes later', async () => {
    const answers = ['patron-05-renewitem-response.xml', 'gen-19-renewitem-response-pending.xml'];
    const { system } = await host(() => sample(answers.shift() ?? ''));
    expect(await system.renew({ barcode: ITEM, patron: PATRON })).toMatchObject({
      outcome: 'done',
      value: { due: { utc: '2031-03-24T03:59:59.000Z' }, renewals: 2 },
    });
    expect(await system.renew({ barcode: ITEM, patron: PATRON })).toMatchObject({
      outcome: 'done',
      value: { pending: true },
    });
  });
});
