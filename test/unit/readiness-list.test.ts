import { describe, expect, test } from 'vitest';
import type { ReadinessLine, ReadinessWord } from '../../src-main/contract/readiness.ts';
import { fail, ok } from '../../src-main/contract/result.ts';
import { gather, NOTHING, type Facts } from '../../src-main/readiness/facts.ts';
import { linesFor, readinessLines } from '../../src-main/readiness/list.ts';
import { inForce } from '../../src-main/readiness/words.ts';

/** The readiness list as rules: what was seen, what people said, and which counts. */

const WMS = { wms: true };

function word(line: string, more: Partial<ReadinessWord> = {}): ReadinessWord {
  return {
    line,
    said: 'confirmed',
    by: 'R. Osei',
    account: 'desk',
    desk: 'Main desk',
    at: '2026-11-20T09:00:00Z',
    ...more,
  };
}

function line(id: string, facts: Facts | undefined, words: readonly ReadinessWord[] = []): ReadinessLine {
  const found = readinessLines(facts, words, WMS).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no line ${id}`);
  return found;
}

const requests = (values: Readonly<Record<string, string>>): Facts => ({
  logIn: ok({}),
  settings: { requests: ok(new Map(Object.entries(values))) },
});

test('OCLC’s page has its lines in the page’s order, each policy one, and the switch last', () => {
  const ids = linesFor(NOTHING, WMS)
    .filter(({ source }) => source.startsWith('OCLC help'))
    .map(({ id }) => id);
  expect(ids).toEqual([
    'authorization-form',
    'reshare-version',
    'reshare-wms2',
    'temporary-locations',
    'borrowing-notices',
    'borrowing-loans',
    'borrowing-hold-number',
    'borrowing-hold-time',
    'borrowing-hold-map',
    'borrowing-collection',
    'institution-patron',
    'lending-notices',
    'lending-limits',
    'lending-loans',
    'enabled',
  ]);
});

test('no line stands there twice, and each says who can mend it and how', () => {
  for (const wms of [true, false]) {
    const lines = readinessLines(undefined, [], { wms });
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    for (const one of lines) {
      for (const sentence of [one.asks, one.finding, one.mend]) expect(sentence).toMatch(/^\S.*[.!?]$/);
    }
  }
});

test('without WMS, OCLC’s page is not asked about; a ReShare that is set to WMS brings it back', () => {
  const ids = (facts: Facts): readonly string[] => linesFor(facts, { wms: false }).map(({ id }) => id);
  expect(ids(NOTHING)).toContain('lms-adapter');
  expect(ids(NOTHING)).not.toContain('authorization-form');
  const withWms: Facts = { settings: { hostLMSIntegration: ok(new Map([['host_lms_integration', 'wms2']])) } };
  expect(ids(withWms)).toContain('authorization-form');
  expect(ids(withWms)).not.toContain('wskey');
});

describe('a person’s word', () => {
  test('only a person’s word settles what no system tells, and it can be taken back', () => {
    expect(line('authorization-form', NOTHING)).toMatchObject({ outcome: 'unconfirmed', confirmable: true });
    const said = word('authorization-form', { note: 'sent on the 3rd' });
    const confirmed = line('authorization-form', NOTHING, [said]);
    expect(confirmed).toMatchObject({ outcome: 'confirmed', confirmable: false, word: said });
    const back = word('authorization-form', { said: 'withdrawn', at: '2026-11-21T09:00:00Z' });
    expect(line('authorization-form', NOTHING, [said, back])).toMatchObject({ outcome: 'unconfirmed' });
    expect(inForce([said, back, said], 'authorization-form')).toBe(said);
  });

  test('stands in where nobody may look, and never against what was seen', () => {
    const said = [word('request-prefix')];
    const refused: Facts = {
      logIn: ok({}),
      settings: { requests: fail('no-permission', 'It needs rs.settings.getsection.requests.') },
    };
    expect(line('request-prefix', refused)).toMatchObject({ outcome: 'not-permitted', confirmable: true });
    expect(line('request-prefix', refused, said)).toMatchObject({ outcome: 'confirmed', word: { by: 'R. Osei' } });
    const wrong = requests({ request_id_prefix: 'RVR' });
    expect(line('request-prefix', wrong, said)).toMatchObject({ outcome: 'missing', confirmable: false });
    expect(line('request-prefix', wrong, said).word).toBeUndefined();
    expect(line('request-prefix', requests({ request_id_prefix: 'RVR-' }), said)).toMatchObject({ outcome: 'found' });
  });
});

describe('the last step', () => {
  test('is warned about while anything before it is open, and not before it is confirmed', () => {
    expect(line('enabled', NOTHING).warning).toBeUndefined();
    const early = line('enabled', NOTHING, [word('enabled')]);
    expect(early.warning).toMatch(/lines before it are open/);
  });
});

describe('the default institutional patron', () => {
  const withSystem = (id: string, adapter: string): Facts => ({
    logIn: ok({}),
    settings: {
      requests: ok(new Map([['default_institutional_patron_id', id]])),
      hostLMSIntegration: ok(new Map([['host_lms_integration', adapter]])),
    },
  });
  test('a dash stands for no institutional patron with Alma alone', () => {
    const outcome = (id: string, adapter: string) => line('default-patron', withSystem(id, adapter)).outcome;
    expect(outcome('-', 'alma')).toBe('found');
    expect(outcome('90000001', 'alma')).toBe('found');
    expect(outcome('90000001', 'wms2')).toBe('found');
    expect(outcome('-', 'wms2')).toBe('missing');
    expect(outcome('-', 'koha')).toBe('missing');
  });
  test('is missing where nothing is set', () => {
    expect(line('default-patron', requests({ request_id_prefix: 'RVR-' })).outcome).toBe('missing');
  });
});

test('without a ReShare, the first line says so and the others wait for it', async () => {
  const lines = readinessLines(await gather({}), [], { wms: false });
  expect(lines[0]).toMatchObject({ id: 'log-in', outcome: 'missing', mender: 'library-administrator' });
  expect(lines[0]?.finding).toContain('Settings');
  expect(lines.find(({ id }) => id === 'request-prefix')?.finding).toContain('could not log in');
});

test('a system in trouble is not a missing set-up: its line says what came of the look', () => {
  const down: Facts = {
    logIn: ok({}),
    settings: {},
    entries: fail('not-sent', 'ReShare does not answer.', { mender: 'host' }),
    keyUses: { key: { outcome: 'unreached', sentence: 'OCLC does not answer.' } },
  };
  expect(line('directory-root', down)).toMatchObject({
    outcome: 'not-looked',
    finding: 'ReShare does not answer.',
    mender: 'reshare-support',
  });
  expect(line('wskey', down)).toMatchObject({ outcome: 'not-looked', finding: 'OCLC does not answer.' });
  const noLogIn: Facts = { logIn: fail('not-sent', 'The network is down.', { mender: 'it' }), settings: {} };
  expect(line('log-in', noLogIn)).toMatchObject({ outcome: 'not-looked', mender: 'it' });
  const noInventory: Facts = { inventory: fail('not-sent', 'It does not answer.', { mender: 'host' }), settings: {} };
  expect(line('shared-inventory', noInventory)).toMatchObject({ outcome: 'not-looked', mender: 'reshare-support' });
});

test('the account that is lent to needs a patron type and a home branch', () => {
  const whole = { blocked: false, patronType: 'ILL', homeBranch: '900101' };
  const seen = (account: Facts['account']) =>
    line('institution-patron', {
      logIn: ok({}),
      settings: { requests: ok(new Map([['default_institutional_patron_id', '90000001']])) },
      ...(account === undefined ? {} : { account }),
    });
  expect(seen(ok(whole)).outcome).toBe('found');
  const { patronType: _type, ...typeless } = whole;
  expect(seen(ok(typeless))).toMatchObject({ outcome: 'missing', finding: expect.stringContaining('patron type') });
  const { homeBranch: _branch, ...homeless } = whole;
  expect(seen(ok(homeless))).toMatchObject({ outcome: 'missing', finding: expect.stringContaining('home branch') });
});
