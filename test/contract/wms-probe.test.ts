import { afterEach, describe, expect, it } from 'vitest';
import type { CheckLine } from '../../src-main/contract/settings.ts';
import { testWms } from '../../src-main/systems/wms/probe.ts';
import { WmsSettings, type WmsSettingsInput } from '../../src-main/systems/wms/wms-settings.ts';
import {
  startPracticeWms,
  type KeyPair,
  type PracticeWms,
  type PracticeWmsOptions,
  type WmsEffect,
} from '../../src-main/training/wms/practice-wms.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

interface Bench {
  readonly practice: PracticeWms;
  readonly effects: WmsEffect[];
  readonly refused: number[];
  readonly run: (more?: Partial<WmsSettingsInput>, key?: KeyPair) => Promise<readonly CheckLine[]>;
}

async function bench(options: PracticeWmsOptions = {}): Promise<Bench> {
  const effects: WmsEffect[] = [];
  const practice = await startPracticeWms({ ...options, record: (effect) => effects.push(effect) });
  closers.push(() => practice.stop());
  effects.length = 0;
  const { urls } = practice;
  const refused: number[] = [];
  return {
    practice,
    effects,
    refused,
    run: (more = {}, key = practice.keys.full) =>
      testWms({
        settings: WmsSettings.parse({
          registryId: practice.institution.registryId,
          branch: '900102',
          scopes: ['WMS_NCIP', 'WMS_Availability', 'SCIM:read_user'],
          tokenAddress: urls.token,
          availabilityAddress: urls.availability,
          identityAddress: urls.identity,
          ncip: { address: urls.staff },
          ...more,
        }),
        key,
        onRejected: () => refused.push(1),
      }),
  };
}

const outcomes = (lines: readonly CheckLine[]) => Object.fromEntries(lines.map(({ what, outcome }) => [what, outcome]));
const said = (lines: readonly CheckLine[], what: string) => lines.find((line) => line.what === what)?.sentence ?? '';

describe('"Test WMS" with each of the practice library’s keys', () => {
  it('full: everything works, and no item, hold or patron was touched', async () => {
    const { practice, effects, run } = await bench();
    const before = structuredClone({ items: [...practice.store.items], holds: [...practice.store.holds] });
    const lines = await run();
    expect(outcomes(lines)).toEqual({
      WSKey: 'ok',
      Circulation: 'ok',
      'Check-in': 'skipped',
      Copies: 'ok',
      'Patron look-up': 'ok',
      Clock: 'ok',
    });
    expect(said(lines, 'Circulation')).toMatch(/institution 900001 and branch 900102/);
    expect({ items: [...practice.store.items], holds: [...practice.store.holds] }).toEqual(before);
    expect(effects.map(({ action, result }) => `${action} ${result}`)).toEqual([
      'token done',
      'CancelRequestItem refused',
      'token done',
      'token done',
    ]);
  });

  it('circulation only: the two missing services are named, and what to do until OCLC grants them', async () => {
    const { practice, run } = await bench();
    const lines = await run({}, practice.keys.ncipOnly);
    expect(outcomes(lines)).toMatchObject({ WSKey: 'ok', Circulation: 'ok', Copies: 'failed' });
    expect(said(lines, 'Copies')).toMatch(/WMS_Availability.*administrator.*switch “Copies of a title” off/);
    expect(said(lines, 'Patron look-up')).toMatch(/SCIM:read_user.*administrator/);
    const without = await run({ scopes: ['WMS_NCIP'] }, practice.keys.ncipOnly);
    expect(outcomes(without)).toMatchObject({ Copies: 'skipped', 'Patron look-up': 'skipped' });
  });

  it('older, without any service: the key is known, and each service is said to be missing', async () => {
    const { practice, refused, run } = await bench();
    const lines = await run({}, practice.keys.older);
    expect(outcomes(lines)).toEqual({
      WSKey: 'ok',
      Circulation: 'failed',
      Copies: 'failed',
      'Patron look-up': 'failed',
      Clock: 'ok',
    });
    expect(said(lines, 'Circulation')).toMatch(/WMS_NCIP.*institution 900001/);
    expect(refused).toEqual([]);
  });

  it('a service that the key has and the library does not use is said to be there', async () => {
    const { run } = await bench();
    const lines = await run({ scopes: ['WMS_NCIP'] });
    expect(said(lines, 'Patron look-up')).toMatch(/answers.*switch “Patrons by their card” on/);
  });
});

describe('"Test WMS" where calls are signed', () => {
  it('asks for no token: each service says whether it takes the signature', async () => {
    const { effects, run } = await bench();
    const lines = await run({ auth: 'hmac' });
    expect(outcomes(lines)).toMatchObject({
      WSKey: 'skipped',
      Circulation: 'ok',
      Copies: 'ok',
      'Patron look-up': 'ok',
      Clock: 'ok',
    });
    expect(effects.map(({ action }) => action)).toEqual(['CancelRequestItem']);
  });

  it('a wrong secret: the clock and the key are both named', async () => {
    const { practice, run } = await bench();
    const lines = await run({ auth: 'hmac' }, { ...practice.keys.full, secret: 'wrong' });
    expect(outcomes(lines)).toMatchObject({ Circulation: 'failed', Copies: 'failed' });
    expect(said(lines, 'Circulation')).toMatch(/signature.*clock first.*WSKey/s);
  });
});

describe('"Test WMS" where something is wrong', () => {
  it('a wrong secret is sent once', async () => {
    const { practice, effects, refused, run } = await bench();
    const lines = await run({}, { ...practice.keys.full, secret: 'not the secret' });
    expect(lines[0]).toMatchObject({ what: 'WSKey', outcome: 'failed' });
    expect(said(lines, 'WSKey')).toMatch(/WSKey or its secret.*library administrator/);
    expect(outcomes(lines)).toEqual({ WSKey: 'failed', Clock: 'ok' });
    expect(effects.map(({ action, result }) => `${action} ${result}`)).toEqual(['token refused']);
    expect(refused).toEqual([1]);
  });

  it.each([
    ['the branch', { branch: '900999' }],
    ['the institution', { registryId: '900002' }],
  ])('WMS does not know %s', async (_what, more) => {
    const { run } = await bench();
    const lines = await run(more);
    expect(lines.find(({ what }) => what === 'Circulation')).toMatchObject({ outcome: 'failed' });
    expect(said(lines, 'Circulation')).toMatch(/institution 90000[12] with branch 900\d+.*administrator/);
    expect(lines.some(({ what }) => what === 'Check-in')).toBe(false);
  });

  it('the daily number of calls is used up', async () => {
    const { run } = await bench({ availabilityPerDay: 0 });
    expect(said(await run(), 'Copies')).toMatch(/daily number is used up/);
  });

  it.each([
    ['drop-after', /broke before it answered/],
    ['gateway-html', /Something other than WMS answered/],
    ['status-401', /no longer accepts/],
  ] as const)('circulation %s: said, and nothing to be afraid of', async (kind, words) => {
    const { practice, run } = await bench();
    practice.faults.add({ where: 'staff', kind });
    const lines = await run();
    expect(lines.find(({ what }) => what === 'Circulation')).toMatchObject({ outcome: 'failed' });
    expect(said(lines, 'Circulation')).toMatch(words);
    expect(said(lines, 'Circulation')).not.toMatch(/may or may not/);
    expect(outcomes(lines)).toMatchObject({ Copies: 'ok', 'Patron look-up': 'ok' });
  });

  it('circulation works and says no to the test in other words: a warning', async () => {
    const { practice, run } = await bench();
    practice.faults.add({ where: 'staff', kind: 'problem-200' });
    expect((await run()).find(({ what }) => what === 'Circulation')).toMatchObject({ outcome: 'warning' });
  });

  it('a sign-in that is not there', async () => {
    const { run } = await bench();
    const lines = await run({ tokenAddress: 'http://127.0.0.1:9/token' });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.sentence).toMatch(/OCLC’s sign-in was not reached/);
  });
});
