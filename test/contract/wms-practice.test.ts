import { afterEach, describe, expect, it } from 'vitest';
import { createWms, createWmsHttp } from '../../src-main/systems/wms/wms.ts';
import { WmsSettings, type WmsSettingsInput } from '../../src-main/systems/wms/wms-settings.ts';
import { startPracticeWms, type KeyPair, type PracticeWmsOptions } from '../../src-main/training/wms/practice-wms.ts';

// Two programs written from the same public documents and sharing no line of code: what one means the other must understand.

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function desk(
  options: PracticeWmsOptions = {},
  more: Partial<WmsSettingsInput> = {},
  chosen?: keyof PracticeKeys,
) {
  const practice = await startPracticeWms(options);
  closers.push(() => practice.stop());
  const { urls } = practice;
  const settings = WmsSettings.parse({
    registryId: practice.institution.registryId,
    branch: '900101',
    scopes: ['WMS_NCIP', 'WMS_Availability', 'SCIM:read_user'],
    tokenAddress: urls.token,
    availabilityAddress: urls.availability,
    identityAddress: urls.identity,
    // No pause between the many scans of a test.
    ncip: { address: urls.staff, pace: { perSecond: 50 } },
    ...more,
  });
  const http = createWmsHttp(settings);
  if (!http.ok) throw new Error(http.error.sentence);
  const { token, ncip, availability, identity } = http.value;
  closers.push(async () => {
    await Promise.all([token, ncip, availability, identity].map((client) => client.close()));
  });
  const pair: KeyPair = practice.keys[chosen ?? 'full'];
  const wms = createWms({ settings, http: http.value, key: () => pair, now: Date.now });
  if (!wms.ok) throw new Error(wms.error.sentence);
  return { practice, wms: wms.value, barcode: (key: string) => practice.thing(key).barcode };
}
type PracticeKeys = Awaited<ReturnType<typeof startPracticeWms>>['keys'];

describe('the practice WMS and ours', () => {
  it('agree about every item of the pile that is checked in', async () => {
    const { practice, wms } = await desk();
    const branches = new Map(practice.branches.flatMap((b) => b.holdings.map((code) => [code, b] as const)));
    const forDesk = /wms-(shelf|pickup|reference|loan-fee|out-to)/;
    const things = practice.pile.filter((thing) => thing.what === 'own item' && !forDesk.test(thing.key));
    expect(things.length).toBeGreaterThan(40);
    for (const thing of things) {
      const end = await wms.checkIn({ barcode: thing.barcode, branch: thing.branch });
      if (end.outcome !== 'done') throw new Error(`${thing.key}: ${end.error.sentence}`);
      const { routing, bill } = end.value;
      const there = branches.get(routing?.destination?.holdingCode ?? '')?.name;
      const said = thing.expects;
      const expected = /[Ww]ithdrawn/.test(said)
        ? 'withdrawn'
        : /Staff handling/.test(said)
          ? 'process'
          : /patron|Hold shelf/.test(said)
            ? 'request'
            : undefined;
      if (expected !== undefined) expect(routing?.kind, thing.key).toBe(expected);
      if (/back to the shelf/.test(said)) expect(routing?.kind, thing.key).toBe('reshelve');
      if (/a bill arises/.test(said)) expect(bill?.amount?.minorUnits, thing.key).toBeGreaterThan(0);
      const sent = /(?:Send it to|Belongs to) ([^:.]+)/.exec(said)?.[1];
      if (sent !== undefined) expect(there, thing.key).toBe(sent);
      if (/Hold shelf here/.test(said))
        expect(there, thing.key).toBe(practice.branches.find((b) => b.id === thing.branch)?.name);
    }
    const unknown = practice.thing('wms-unknown-item');
    expect(await wms.checkIn({ barcode: unknown.barcode })).toMatchObject({
      outcome: 'refused',
      problems: [{ meaning: 'item-unknown' }],
    });
  });

  it('agree about loans, and why not', async () => {
    const { wms, barcode } = await desk();
    const out = (item: string, card: string) => wms.checkOut({ barcode: barcode(item), patron: barcode(card) });
    expect(await out('wms-shelf-main-1', 'wms-card-1')).toMatchObject({
      outcome: 'done',
      value: { due: { kind: 'instant' } },
    });
    const meanings: Record<string, unknown> = {};
    for (const card of ['lapsed', 'blocked', 'bills', 'full'])
      meanings[card] = await out('wms-shelf-main-2', `wms-card-${card}`);
    expect(meanings).toMatchObject({
      lapsed: { outcome: 'refused', problems: [{ meaning: 'membership-lapsed' }] },
      blocked: { outcome: 'refused', problems: [{ meaning: 'user-blocked' }] },
      bills: { outcome: 'refused', problems: [{ meaning: 'user-blocked' }] },
      full: { outcome: 'refused', problems: [{ meaning: 'too-many-loans' }] },
    });
    expect(await out('wms-reference', 'wms-card-1')).toMatchObject({
      problems: [{ meaning: 'terms-required' }],
      terms: { restrictions: [expect.any(String)] },
    });
    expect(await out('wms-loan-fee', 'wms-card-1')).toMatchObject({
      problems: [{ meaning: 'terms-required' }],
      terms: { fee: { minorUnits: 1500 } },
    });
  });

  it('agree about holds: placed, found at check-in, cancelled', async () => {
    const { wms, barcode } = await desk();
    const item = barcode('wms-shelf-main-3');
    const patron = barcode('wms-card-1');
    const placed = await wms.placeHold({ patron, what: { barcode: item }, pickup: '900101' });
    const requestId = placed.outcome === 'done' ? placed.value.requestId : undefined;
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    const back = await wms.checkIn({ barcode: item });
    expect(back).toMatchObject({ value: { routing: { kind: 'request', requestId, requester: { value: patron } } } });
    const title = { patron: barcode('wms-card-2'), what: { barcode: barcode('wms-shelf-main-4') }, pickup: '900102' };
    const second = await wms.placeHold(title);
    const id = second.outcome === 'done' ? (second.value.requestId ?? '') : '';
    expect(await wms.cancelHold({ patron: title.patron, requestId: id })).toMatchObject({ outcome: 'done' });
    expect(await wms.cancelHold({ patron: title.patron, requestId: id })).toMatchObject({ outcome: 'refused' });
  });

  it('agree about copies and patrons', async () => {
    const { practice, wms, barcode } = await desk();
    const item = practice.store.items.get(barcode('wms-shelf-main-1'));
    const found = await wms.titleAvailability(String(item?.ocn));
    expect(found).toMatchObject({ ok: true, value: { copies: [{ barcode: item?.barcode, available: true }] } });
    expect(await wms.lookUpPatron(barcode('wms-card-1'))).toMatchObject({
      ok: true,
      value: { barcode: barcode('wms-card-1'), blocked: false, homeBranch: expect.stringMatching(/^9001/) },
    });
    expect(await wms.lookUpPatron(barcode('wms-card-blocked'))).toMatchObject({ value: { blocked: true } });
    expect(await wms.lookUpPatron(barcode('wms-card-ill-blocked'))).toMatchObject({
      value: { blocked: false, illBlocked: true },
    });
    expect(await wms.lookUpPatron('24101999999999')).toEqual({ ok: true, value: undefined });
  });

  it('agree about signatures', async () => {
    const { wms, barcode } = await desk({}, { auth: 'hmac', principal: { id: 'p-1', namespace: 'urn:oclc:wms:da' } });
    expect((await wms.checkIn({ barcode: barcode('wms-return-main-1') })).outcome).toBe('done');
    expect((await wms.titleAvailability('42')).ok).toBe(true);
    const late = await desk({ now: () => Date.now() + 3_600_000 }, { auth: 'hmac' });
    expect(await late.wms.checkIn({ barcode: late.barcode('wms-return-main-1') })).toMatchObject({
      outcome: 'refused',
      error: { code: 'credentials-refused', mender: 'it', sentence: expect.stringContaining('clock') },
    });
  });

  it('agree about keys that may do less', async () => {
    const ncipOnly = await desk({}, { scopes: ['WMS_NCIP'] }, 'ncipOnly');
    expect((await ncipOnly.wms.checkIn({ barcode: ncipOnly.barcode('wms-return-main-1') })).outcome).toBe('done');
    for (const chosen of ['ncipOnly', 'older'] as const) {
      const { wms, barcode } = await desk({}, {}, chosen);
      expect(await wms.checkIn({ barcode: barcode('wms-return-main-1') })).toMatchObject({
        outcome: 'not-sent',
        error: { code: 'no-permission', mender: 'library-administrator' },
      });
    }
  });

  it('tokens revoked in the middle of a day: one check-in is refused, the next works, look-ups notice nothing', async () => {
    const { practice, wms, barcode } = await desk();
    await wms.checkIn({ barcode: barcode('wms-return-main-1') });
    practice.revokeTokens();
    expect((await wms.lookUpPatron(barcode('wms-card-1'))).ok).toBe(true);
    practice.revokeTokens();
    expect(await wms.checkIn({ barcode: barcode('wms-return-main-2') })).toMatchObject({
      outcome: 'refused',
      error: { retry: 'now' },
    });
    expect((await wms.checkIn({ barcode: barcode('wms-return-main-2') })).outcome).toBe('done');
  });
});

describe('whatever goes wrong on the way', () => {
  it.each([
    ['drop-before', 'unknown', 0],
    ['drop-after', 'unknown', 1],
    ['half-close', 'unknown', 1],
    ['status-500', 'unknown', 0],
    ['status-500-after', 'unknown', 1],
    ['status-401', 'refused', 0],
    ['html-200', 'unknown', 0],
    ['gateway-html', 'unknown', 0],
    ['problem-200', 'refused', 0],
    ['truncated', 'unknown', 1],
    ['empty', 'unknown', 1],
    ['other-item', 'unknown', 1],
    ['wrong-types', 'done', 1],
  ] as const)('%s: a check-in is %s, and happened %i times', async (kind, outcome, happened) => {
    const effects: string[] = [];
    const { practice, wms, barcode } = await desk({ record: (effect) => effects.push(effect.action) });
    effects.length = 0;
    practice.faults.add({ where: 'CheckInItem', kind, times: 1 });
    const end = await wms.checkIn({ barcode: barcode('wms-return-main-1') });
    expect(end.outcome).toBe(outcome);
    expect(practice.faults.struck).toBe(1);
    expect(effects.filter((action) => /check-?in/i.test(action))).toHaveLength(happened);
  });

  it('a quota used up is told as one', async () => {
    const { wms } = await desk({ availabilityPerDay: 1 });
    expect((await wms.titleAvailability('42')).ok).toBe(true);
    expect(await wms.titleAvailability('42')).toMatchObject({ ok: false, error: { code: 'refused', retry: 'later' } });
    const older = await desk({ availabilityPerDay: 0, quotaRefusal: 403 });
    expect(await older.wms.titleAvailability('42')).toMatchObject({
      ok: false,
      error: { code: 'refused', retry: 'later' },
    });
  });
});
