import { describe, expect, it } from 'vitest';
import type { CallReport } from '../../src-main/contract/outcome.ts';
import type { HttpFault } from '../../src-main/systems/http/faults.ts';
import type { Authorizer } from '../../src-main/systems/wms/auth/key.ts';
import { checkInItem } from '../../src-main/systems/wms/ncip/messages/check-in-item.ts';
import { checkOutItem } from '../../src-main/systems/wms/ncip/messages/check-out-item.ts';
import { lookupUser } from '../../src-main/systems/wms/ncip/messages/lookup-user.ts';
import { renewItem } from '../../src-main/systems/wms/ncip/messages/renew-item.ts';
import { requestItem } from '../../src-main/systems/wms/ncip/messages/request-item.ts';
import { bytesOf, ITEM, PATRON, plainClient, scriptedHttp, textOfFile, type Script } from './wms-samples.ts';

const item = { item: { value: ITEM } };
const who = { user: { value: PATRON } };
const CHECKED_IN = bytesOf('ncip/staff-02-checkinitem-response-reshelve.xml');
const message = (inner: string) => `<NCIPMessage xmlns="http://www.niso.org/2008/ncip">${inner}</NCIPMessage>`;

const fault = (kind: HttpFault['kind'], cause: HttpFault['cause']): HttpFault => ({ kind, cause, host: 'x', ms: 1 });
const checkIn = (script: Script) => {
  const http = scriptedHttp(script);
  return plainClient(http)
    .change(checkInItem, item)
    .then((end) => ({ end, sent: http.sent.length }));
};

describe('a change', () => {
  it.each<[string, Script, string, object]>([
    ['is done', () => ({ bytes: CHECKED_IN }), 'done', { answer: { routing: { kind: 'reshelve' } } }],
    ['was not sent', () => fault('not-sent', 'connection-refused'), 'not-sent', { error: { code: 'not-sent' } }],
    ['was cancelled in time', () => fault('cancelled', 'cancelled'), 'not-sent', { error: { retry: 'now' } }],
    [
      'was sent and lost',
      () => fault('unknown-outcome', 'headers-timeout'),
      'unknown',
      {
        error: {
          code: 'unknown-outcome',
          retry: 'unknown-outcome',
          // Carrel cannot look: NCIP has no message for that.
          sentence: expect.stringMatching(/nothing is sent again by itself: somebody has to look in WMS/) as string,
        },
      },
    ],
    [
      'was sent and cancelled',
      () => fault('unknown-outcome', 'cancelled'),
      'unknown',
      { error: { retry: 'unknown-outcome' } },
    ],
    ['was answered with too much', () => fault('unknown-outcome', 'too-large'), 'unknown', {}],
    [
      'was refused by the host under an error status',
      () => ({ status: 500, bytes: bytesOf('ncip/rs-16-checkinitem-response-unknown-item.xml') }),
      'refused',
      { problems: [{ meaning: 'item-unknown' }] },
    ],
    [
      'was refused in a bare problem',
      () => ({ bytes: bytesOf('ncip/rs-20-top-level-problem.xml') }),
      'refused',
      { error: { code: 'configuration' } },
    ],
    [
      'was refused for the key',
      () => ({ status: 401, text: textOfFile('oclc/token-401.json') }),
      'refused',
      { problems: [], error: { code: 'credentials-refused' } },
    ],
    [
      'was refused for the scope',
      () => ({ status: 403, text: textOfFile('oclc/token-403.json') }),
      'refused',
      { error: { code: 'no-permission', sentence: expect.stringContaining('use WMS') } },
    ],
    [
      'was refused for the quota',
      () => ({ status: 429, text: '' }),
      'refused',
      { error: { code: 'refused', retry: 'later' } },
    ],
    [
      'found nothing at the address',
      () => ({ status: 404, text: '<html>Not Found' }),
      'refused',
      { error: { code: 'configuration', mender: 'library-administrator' } },
    ],
    [
      'was not taken by a gateway',
      () => ({ status: 400, text: 'Bad' }),
      'refused',
      { error: { code: 'refused', mender: 'it', theirWords: 'Bad' } },
    ],
    ['timed out in a gateway', () => ({ status: 408, text: '' }), 'unknown', { error: { code: 'unreadable-answer' } }],
    [
      'met a gateway that gave up',
      () => ({ status: 504, text: '<html>Gateway Time-out' }),
      'unknown',
      { error: { code: 'unreadable-answer', retry: 'unknown-outcome' } },
    ],
    [
      'got a yes under an error status',
      () => ({ status: 500, bytes: CHECKED_IN }),
      'unknown',
      { error: { theirWords: 'HTTP 500' } },
    ],
    [
      'got a yes about nothing',
      () => ({ text: message('<CheckInItemResponse/>') }),
      'unknown',
      { error: { sentence: expect.stringContaining('without saying which item') } },
    ],
  ])('%s', async (_, script, outcome, has) => {
    const { end, sent } = await checkIn(script);
    expect(end.outcome).toBe(outcome);
    expect(end).toMatchObject(has);
    // Whatever came of it: never a second time.
    expect(sent).toBe(1);
  });

  it('that cannot be written is not sent', async () => {
    const http = scriptedHttp(() => ({ bytes: CHECKED_IN }));
    const end = await plainClient(http).change(checkInItem, { item: { value: 'a\u0000b' } });
    expect(end).toMatchObject({ outcome: 'not-sent', error: { code: 'bad-input', mender: 'desk' } });
    expect(http.sent).toHaveLength(0);
  });

  it('ids padded or in another case are the same ids; a different patron at check-out is not', async () => {
    const answer = (itemValue: string, user: string) =>
      message(
        `<CheckOutItemResponse><ItemId><ItemIdentifierValue> ${itemValue} </ItemIdentifierValue></ItemId><UserId><UserIdentifierValue>${user}</UserIdentifierValue></UserId><DateDue>2031-03-03T04:59:59Z</DateDue></CheckOutItemResponse>`,
      );
    const out = (itemValue: string, user: string) =>
      plainClient(scriptedHttp(() => ({ text: answer(itemValue, user) }))).change(checkOutItem, {
        item: { value: 'zzb-10472' },
        who,
      });
    expect((await out('ZZB-10472', PATRON)).outcome).toBe('done');
    const other = await out('ZZB-10472', '29999000999999');
    expect(other).toMatchObject({ outcome: 'unknown', error: { code: 'unreadable-answer' } });
    expect(JSON.stringify(other)).not.toContain('29999000999999');
    expect((await out('ZZB-10473', PATRON)).outcome).toBe('unknown');
  });

  it('a hold on a title may name whichever item it likes; one on an item may not', async () => {
    const hold = (what: object) =>
      plainClient(scriptedHttp(() => ({ bytes: bytesOf('ncip/gen-13-requestitem-response.xml') }))).change(
        requestItem,
        {
          who,
          type: { value: 'Hold' },
          scope: { value: 'Item' },
          ...what,
        },
      );
    expect((await hold({ titles: [{ kind: 'record', value: '42', agency: { value: 'X' } }] })).outcome).toBe('done');
    expect((await hold({ items: [{ value: ITEM }] })).outcome).toBe('done');
    expect((await hold({ items: [{ value: '39999000000001' }] })).outcome).toBe('unknown');
  });

  it('a renewal that is pending needs no item to be believed', async () => {
    const http = scriptedHttp(() => ({ bytes: bytesOf('ncip/gen-19-renewitem-response-pending.xml') }));
    expect(await plainClient(http).change(renewItem, { ...item, who })).toMatchObject({
      outcome: 'done',
      answer: { pending: true },
    });
  });

  it('terms come with the refusal', async () => {
    const file = 'ncip/rs-11-checkoutitem-response-resource-cannot-be-provided.xml';
    const end = await plainClient(scriptedHttp(() => ({ bytes: bytesOf(file) }))).change(checkOutItem, {
      ...item,
      who,
    });
    expect(end).toMatchObject({
      outcome: 'refused',
      problems: [{ meaning: 'terms-required' }],
      terms: { fee: { currency: 'USD', minorUnits: 1500 }, restrictions: ['In Library Use Only'] },
    });
  });
});

describe('a look-up of a patron', () => {
  const told = (user: string, more = '') =>
    plainClient(
      scriptedHttp(() => ({
        text: message(`<LookupUserResponse><UserId>${user}</UserId>${more}</LookupUserResponse>`),
      })),
    ).lookUp(lookupUser, { who });

  it('is not believed about somebody else', async () => {
    const other = '<UserIdentifierValue>29999000999999</UserIdentifierValue>';
    const kind = '<UserIdentifierType>Institution Id Number</UserIdentifierType>';
    const mine = `<UserIdentifierValue>${PATRON}</UserIdentifierValue>`;
    expect((await told(mine)).outcome).toBe('done');
    expect((await told(other)).outcome).toBe('not-sent');
    expect((await told('')).outcome).toBe('not-sent');
    // Another kind of id, or the one asked for further down, is the same person.
    expect((await told(kind + other)).outcome).toBe('done');
    expect((await told(other, `<UserOptionalFields><UserId>${mine}</UserId></UserOptionalFields>`)).outcome).toBe(
      'done',
    );
  });
});

describe('what goes out', () => {
  it('is one POST with the host’s content type, and nothing to recognise in the log', async () => {
    const http = scriptedHttp(() => ({ bytes: CHECKED_IN }));
    await plainClient(http, {}, { contentType: 'text/xml' }).change(checkInItem, item);
    expect(http.sent[0]).toMatchObject({
      method: 'POST',
      path: '/ncip',
      template: '(NCIP) CheckInItem',
      headers: { 'content-type': 'text/xml', accept: 'application/xml, text/xml' },
      headersTimeoutMs: 60_000,
    });
    expect(http.sent[0]?.template).not.toContain(ITEM);
    await plainClient(http).lookUp(lookupUser, { who });
    expect(http.sent[1]?.headersTimeoutMs).toBe(20_000);
  });

  it('puts secrets into the address and the header, or sends nothing', async () => {
    const settings = { address: 'https://folio.example.org/ncip?apikey={secret}', agencyPassword: true };
    const http = scriptedHttp(() => ({ bytes: CHECKED_IN }));
    const secrets = { address: 'a&b', agencyPassword: 'word' };
    await plainClient(http, { secrets: () => secrets }, settings).change(checkInItem, item);
    expect(http.sent[0]?.path).toBe('/ncip?apikey=a%26b');
    expect(http.sent[0]?.body).toContain('<ns1:FromAgencyAuthentication>word</ns1:FromAgencyAuthentication>');
    for (const lacking of [{ address: 'x' }, { agencyPassword: 'x' }]) {
      const end = await plainClient(http, { secrets: () => lacking }, settings).change(checkInItem, item);
      expect(end).toMatchObject({ outcome: 'not-sent', error: { code: 'configuration' } });
    }
    expect(http.sent).toHaveLength(1);
  });

  it('waits when the host asked for it, and says how long', async () => {
    const clock = { ms: 0 };
    const http = scriptedHttp((_, nth) =>
      nth === 1 ? { status: 429, text: '', headers: { 'retry-after': '90' } } : { bytes: CHECKED_IN },
    );
    const { createPacer } = await import('../../src-main/systems/http/pace.ts');
    const pacer = createPacer({
      concurrent: 1,
      perSecond: 9,
      mono: () => clock.ms,
      sleep: () => Promise.resolve(),
      random: () => 0,
    });
    const client = plainClient(http, { pacer });
    await client.change(checkInItem, item);
    expect(await client.change(checkInItem, item)).toMatchObject({
      outcome: 'not-sent',
      error: { retry: 'later', sentence: expect.stringContaining('90 seconds') },
    });
    clock.ms = 90_000;
    expect((await client.change(checkInItem, item)).outcome).toBe('done');
    expect(http.sent).toHaveLength(2);
  });

  it('acts for another agency when told to', async () => {
    const http = scriptedHttp(() => ({ bytes: CHECKED_IN }));
    await plainClient(http).change(checkInItem, item, { agency: { value: 'DESK2' } });
    expect(http.sent[0]?.body).toMatch(/FromAgencyId><ns1:AgencyId>DESK2<.*ToAgencyId><ns1:AgencyId>HOSTLMS</);
    await plainClient(http, {}, { kind: 'wms-staff', auth: 'none' }).change(checkInItem, item, {
      agency: { value: '900102' },
    });
    expect(http.sent[1]?.body).toMatch(/FromAgencyId><ns1:AgencyId>900102<.*ToAgencyId><ns1:AgencyId>900102</);
  });
});

describe('tokens', () => {
  /** Hands out `t1`, `t2`, … a new one after each refusal. */
  function authorizer(): Authorizer & { readonly refusals: string[] } {
    const refusals: string[] = [];
    return {
      refusals,
      authorize: () => Promise.resolve({ ok: true, value: `t${refusals.length + 1}` }),
      refused(header) {
        refusals.push(header);
        return true;
      },
    };
  }
  const expired = { status: 401, text: textOfFile('oclc/token-401.xml') };

  it('that ran out: a look-up gets a new one and is sent once more', async () => {
    const own = authorizer();
    const http = scriptedHttp((request) =>
      request.headers?.['authorization'] === 't1' ? expired : { bytes: bytesOf('ncip/gen-03-lookupuser-response.xml') },
    );
    expect((await plainClient(http, { authorizer: own }).lookUp(lookupUser, { who })).outcome).toBe('done');
    expect(own.refusals).toEqual(['t1']);
    expect(http.sent).toHaveLength(2);
  });

  it('that run out again: a look-up gives up after the second', async () => {
    const http = scriptedHttp(() => expired);
    expect(await plainClient(http, { authorizer: authorizer() }).lookUp(lookupUser, { who })).toMatchObject({
      outcome: 'refused',
      error: { code: 'credentials-refused' },
    });
    expect(http.sent).toHaveLength(2);
  });

  it('that ran out: a change is not sent again, and the next one has a new token', async () => {
    const own = authorizer();
    const http = scriptedHttp((request) =>
      request.headers?.['authorization'] === 't1' ? expired : { bytes: CHECKED_IN },
    );
    const client = plainClient(http, { authorizer: own });
    expect(await client.change(checkInItem, item)).toMatchObject({ outcome: 'refused', error: { retry: 'now' } });
    expect(http.sent).toHaveLength(1);
    expect((await client.change(checkInItem, item)).outcome).toBe('done');
    expect(http.sent.map((request) => request.headers?.['authorization'])).toEqual(['t1', 't2']);
  });

  it('that a host wants and nobody has: nothing is sent', async () => {
    const http = scriptedHttp(() => ({ bytes: CHECKED_IN }));
    expect(await plainClient(http, {}, { auth: 'oclc-token' }).change(checkInItem, item)).toMatchObject({
      outcome: 'not-sent',
      error: { code: 'configuration', mender: 'library-administrator' },
    });
    expect(http.sent).toHaveLength(0);
  });

  it('that could not be had: nothing is sent', async () => {
    const http = scriptedHttp(() => ({ bytes: CHECKED_IN }));
    const error = { code: 'not-sent', sentence: 'No sign-in.', mender: 'it', retry: 'later' } as const;
    const none: Authorizer = { authorize: () => Promise.resolve({ ok: false, error }), refused: () => false };
    expect(await plainClient(http, { authorizer: none }).change(checkInItem, item)).toEqual({
      outcome: 'not-sent',
      error,
    });
    expect(http.sent).toHaveLength(0);
  });
});

describe('reports', () => {
  it('say how the system is, not whether it agreed', async () => {
    const reports: CallReport[] = [];
    const script: Script = (_, nth) =>
      [
        { bytes: CHECKED_IN },
        { bytes: bytesOf('ncip/rs-16-checkinitem-response-unknown-item.xml') },
        { status: 403, text: '' },
        fault('unknown-outcome', 'headers-timeout'),
      ][nth - 1] ?? { text: '' };
    const client = plainClient(scriptedHttp(script), { onCall: (report) => reports.push(report), now: () => 1_000 });
    for (let i = 0; i < 4; i += 1) await client.change(checkInItem, item);
    expect(reports.map((report) => report.ok)).toEqual([true, true, false, false]);
    expect(reports[0]).toEqual({ at: '1970-01-01T00:00:01.000Z', ok: true, ms: 0 });
    expect(reports[3]?.error?.code).toBe('unknown-outcome');
  });

  it.each<[string, ReturnType<Script>, true | undefined]>([
    ['an error of WMS’s own', { status: 500, text: 'Internal error' }, true],
    ['a gateway that reached nobody', { status: 503, text: 'Service Unavailable' }, undefined],
    ['a proxy’s page', { status: 500, text: '<html><body>Error</body></html>' }, undefined],
    [
      'a problem under an error status',
      { status: 500, bytes: bytesOf('ncip/rs-16-checkinitem-response-unknown-item.xml') },
      undefined,
    ],
  ])('tell %s from an outage', async (_what, answer, stumbled) => {
    const reports: CallReport[] = [];
    const client = plainClient(
      scriptedHttp(() => answer),
      { onCall: (report) => reports.push(report) },
    );
    await client.change(checkInItem, item);
    expect(reports.map((report) => report.stumbled)).toEqual([stumbled]);
  });
});
