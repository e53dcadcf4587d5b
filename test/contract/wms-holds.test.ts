import { afterEach, describe, expect, it } from 'vitest';
import { holdsThrough, titleThrough } from '../../src-main/assembly/holds.ts';
import { titleCopies } from '../../src-main/desk/copy-words.ts';
import type { HoldsPort } from '../../src-main/journal/ports.ts';
import { createWms, createWmsHttp } from '../../src-main/systems/wms/wms.ts';
import { WmsSettings, type WmsSettingsInput } from '../../src-main/systems/wms/wms-settings.ts';
import { startPracticeWms, type PracticeWmsOptions } from '../../src-main/training/wms/practice-wms.ts';

/** Copies and holds as the item panel uses them, against the practice WMS. */

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function desk(options: PracticeWmsOptions = {}, more: Partial<WmsSettingsInput> = {}) {
  const practice = await startPracticeWms(options);
  closers.push(() => practice.stop());
  const { urls } = practice;
  const settings = WmsSettings.parse({
    registryId: practice.institution.registryId,
    branch: '900101',
    tokenAddress: urls.token,
    availabilityAddress: urls.availability,
    ncip: { address: urls.staff, pace: { perSecond: 50 } },
    ...more,
  });
  const http = createWmsHttp(settings);
  if (!http.ok) throw new Error(http.error.sentence);
  const { token, ncip, availability, identity } = http.value;
  closers.push(async () => {
    await Promise.all([token, ncip, availability, identity].map((client) => client.close()));
  });
  const wms = createWms({ settings, http: http.value, key: () => practice.keys.full, now: Date.now });
  if (!wms.ok) throw new Error(wms.error.sentence);
  const holds = holdsThrough(wms.value);
  if (holds === undefined) throw new Error('no holds');
  const barcode = (key: string): string => practice.thing(key).barcode;
  const ocn = (key: string): string => practice.store.items.get(barcode(key))?.ocn ?? '';
  const circulation = {
    name: 'WMS',
    branches: practice.branches.flatMap(({ holdings, name }) => holdings.map((code) => ({ code, name }))),
  };
  const look = async (number: string, inHand = '') => {
    const found = await titleThrough(wms.value, number);
    if (!found.ok) throw new Error(found.error.sentence);
    return titleCopies(found.value, { circulation, barcode: inHand, now: new Date().toISOString() });
  };
  return { practice, wms: wms.value, holds, barcode, ocn, look };
}

async function placed(holds: HoldsPort, ...[what, card, pickup]: Parameters<HoldsPort['place']>): Promise<string> {
  const end = await holds.place(what, card, pickup);
  if (end.outcome !== 'done') throw new Error(end.error.sentence);
  expect(end.value.request).toMatch(/^[0-9a-f-]{36}$/);
  return end.value.request ?? '';
}

/** How a hold was refused, with WMS's own words. */
async function refusal(end: ReturnType<HoldsPort['place']>) {
  const ended = await end;
  if (ended.outcome !== 'refused') throw new Error(ended.outcome);
  return ended.error;
}

describe('holds from the item panel', () => {
  it('on this copy: WMS has it for the pickup branch, and it is gone when cancelled', async () => {
    const { practice, holds, barcode } = await desk();
    const item = barcode('wms-shelf-main-1');
    const request = await placed(holds, { barcode: item }, barcode('wms-card-1'), '900102');
    expect(practice.store.holds.get(request)).toMatchObject({ barcode: item, pickup: '900102', status: 'waiting' });
    expect(await holds.cancel(request, barcode('wms-card-1'))).toMatchObject({ outcome: 'done' });
    expect(practice.store.holds.get(request)?.status).toBe('cancelled');
  });

  it('on any copy of a title', async () => {
    const { practice, holds, barcode, ocn } = await desk();
    const number = ocn('wms-shelf-main-1');
    const request = await placed(holds, { oclcNumber: number }, barcode('wms-card-1'), '900101');
    expect(practice.store.holds.get(request)).toMatchObject({ ocn: number, scope: 'Bibliographic Item' });
  });

  it('a check-in that goes to a hold names the id by which it is cancelled', async () => {
    const { wms, holds, barcode } = await desk();
    const item = barcode('wms-shelf-main-1');
    const request = await placed(holds, { barcode: item }, barcode('wms-card-1'), '900101');
    const end = await wms.checkIn({ barcode: item });
    expect(end).toMatchObject({ outcome: 'done', value: { routing: { kind: 'request', requestId: request } } });
  });

  it('refusals come in words, with WMS’s own', async () => {
    const { holds, barcode } = await desk();
    const item = { barcode: barcode('wms-shelf-main-1') };
    const place = (card: string, pickup = '900101', what = item) => refusal(holds.place(what, barcode(card), pickup));
    expect((await place('wms-card-lapsed')).sentence).toContain('membership has run out');
    expect((await place('wms-card-blocked')).sentence).toContain('blocked');
    expect((await place('wms-card-1', '900101', { barcode: barcode('wms-reference') })).sentence).toContain(
      'no item that could fill this hold',
    );
    expect(await place('wms-card-1', '999999')).toMatchObject({
      theirWords: expect.stringContaining('INVALID_PICKUP_LOCATION') as string,
    });
    await placed(holds, item, barcode('wms-card-1'), '900101');
    expect((await place('wms-card-1')).sentence).toContain('on hold already');
  });

  it('cancelling twice, or for another’s card, is refused and changes nothing', async () => {
    const { practice, holds, barcode } = await desk();
    const request = await placed(holds, { barcode: barcode('wms-shelf-main-1') }, barcode('wms-card-1'), '900101');
    expect((await holds.cancel(request, barcode('wms-card-2'))).outcome).toBe('refused');
    expect(practice.store.holds.get(request)?.status).toBe('waiting');
    expect((await holds.cancel(request, barcode('wms-card-1'))).outcome).toBe('done');
    expect((await holds.cancel(request, barcode('wms-card-1'))).outcome).toBe('refused');
  });

  it.each([
    ['drop-after', 1],
    ['truncated', 1],
    ['drop-before', 0],
  ] as const)(
    'an answer lost by %s leaves it unknown: %i placed, and nothing is sent again',
    async (kind, happened) => {
      const { practice, holds, barcode } = await desk();
      const before = practice.store.holds.size;
      practice.faults.add({ where: 'RequestItem', kind });
      const end = await holds.place({ barcode: barcode('wms-shelf-main-1') }, barcode('wms-card-1'), '900101');
      expect(end.outcome).toBe('unknown');
      expect(practice.faults.struck).toBe(1);
      expect(practice.store.holds.size - before).toBe(happened);
    },
  );
});

describe('copies in the item panel', () => {
  it('tells every copy of a title where and how it is', async () => {
    const { barcode, ocn, look } = await desk();
    const told = await look(ocn('wms-title-copy-1'), barcode('wms-title-copy-2'));
    expect(told.summary).toBe('None of 2 copies is available now.');
    expect(told.copies.map(({ inHand, state }) => [inHand, state])).toEqual([
      [true, 'out'],
      [false, 'out'],
    ]);
    expect(told.copies[0]).toMatchObject({
      barcode: barcode('wms-title-copy-2'),
      place: expect.stringMatching(/^Science Library/) as string,
    });
    expect(told.copies[1]?.says).toMatch(/^Out, due \d+ \w+/);
    expect(told.copies[1]?.details).toContain('On hold: somebody waits for it.');
  });

  it('a copy on its shelf is available until somebody wants it', async () => {
    const { holds, barcode, ocn, look } = await desk();
    const number = ocn('wms-shelf-main-1');
    expect((await look(`(OCoLC)ocm${number}`)).copies[0]).toMatchObject({ says: 'Available now' });
    await placed(holds, { barcode: barcode('wms-shelf-main-1') }, barcode('wms-card-1'), '900101');
    expect((await look(number)).copies[0]).toMatchObject({ says: 'Wanted by somebody', state: 'wanted' });
  });

  it('a title nobody has is no error', async () => {
    const { look } = await desk();
    expect(await look('42')).toMatchObject({ copies: [], summary: 'WMS has no copy of OCLC 42 in this library.' });
  });

  it('at the limit nothing is asked any more, and holds are still sent', async () => {
    const { practice, wms, holds, barcode } = await desk({}, { callsPerDay: 3 });
    expect((await titleThrough(wms, '42')).ok).toBe(true);
    expect((await titleThrough(wms, '43')).ok).toBe(true);
    // The sign-in was a call as well.
    expect(wms.quota()).toEqual({ used: 3, limit: 3 });
    const asked = practice.quota.used();
    expect(await titleThrough(wms, '44')).toMatchObject({
      ok: false,
      error: { code: 'not-sent', sentence: expect.stringContaining('3 calls a day') as string },
    });
    expect(practice.quota.used()).toBe(asked);
    await placed(holds, { barcode: barcode('wms-shelf-main-1') }, barcode('wms-card-1'), '900101');
    expect(wms.quota()).toEqual({ used: 4, limit: 3 });
  });

  it('a limit that OCLC counts is told as one', async () => {
    const { wms } = await desk({ availabilityPerDay: 0 });
    expect(await titleThrough(wms, '42')).toMatchObject({ ok: false, error: { retry: 'later' } });
  });
});
