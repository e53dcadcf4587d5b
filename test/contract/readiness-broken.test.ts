import { describe, expect, test } from 'vitest';
import type { ReadinessLine, ReadinessMender, ReadinessOutcome } from '../../src-main/contract/readiness.ts';
import { readinessPorts } from '../../src-main/assembly/readiness-ports.ts';
import { gather, NOTHING } from '../../src-main/readiness/facts.ts';
import { DESK_PERMISSIONS, MORE_PERMISSIONS } from '../../src-main/readiness/lines-access.ts';
import { isGreen, linesFor, readinessLines } from '../../src-main/readiness/list.ts';
import { OTHER_ACCOUNTS } from '../../src-main/training/consortium.ts';
import { EVERY_WORD, idsOf, library, type Library } from './readiness-library.ts';
import { desk } from './systems-desk.ts';

/** Each line of the readiness list by itself: its thing is broken in the practice library, and it alone turns red. */

/** Steers the practice library as anybody may from outside: over HTTP at its control address. */
async function steer(url: string, name: string, args: Readonly<Record<string, string>>): Promise<void> {
  const answer = await fetch(`${url}/_practice/${name}`, { method: 'POST', body: JSON.stringify(args) });
  if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
}

type Break = (at: Library) => Promise<void>;

const practice =
  (name: string, args: Readonly<Record<string, string>>): Break =>
  ({ at }) =>
    steer(at.consortium.url, name, { tenant: 'riverside', ...args });
const setting = (key: string, value: string): Break => practice('setting', { key, value });
const entry = (slug: string, lose: string): Break => practice('directoryEntry', { slug, lose });
const all =
  (...steps: readonly Break[]): Break =>
  async (at) => {
    for (const step of steps) await step(at);
  };

interface Broken {
  readonly what: string;
  readonly line: string;
  readonly breakIt: Break;
  readonly mender: ReadinessMender;
  /** Lines that cannot be looked at before this one is mended: they say so, and are not red. */
  readonly waiting?: readonly string[];
}

const ADMINISTRATOR = OTHER_ACCOUNTS.administrator.username;
const FULL_KEY = { key: 'practice-wskey' };
const ADMIN = 'library-administrator';
const SUPPORT = 'reshare-support';

/** What is looked at through ReShare. */
const THROUGH_RESHARE = [
  'backend',
  'permissions',
  'permissions-more',
  'directory-root',
  'directory-branches',
  'shared-index',
  'lms-steps',
  'lms-address',
  'request-prefix',
  'default-patron',
  'reshare-wms2',
  'institution-patron',
  'openurl',
  'openurl-tenant',
  'pickup-slugs',
  'pickup-names',
];

const LOOKED_AT: readonly Broken[] = [
  {
    what: 'ReShare has locked the account',
    line: 'log-in',
    breakIt: all(practice('lock', { username: ADMINISTRATOR }), ({ at }) => at.session.logout()),
    mender: ADMIN,
    waiting: THROUGH_RESHARE,
  },
  {
    what: 'the tenant has neither mod-rs nor CrossLink',
    line: 'backend',
    breakIt: practice('loseModule', { module: 'mod-rs-' }),
    mender: SUPPORT,
    waiting: THROUGH_RESHARE.filter((id) => !id.startsWith('permissions') && id !== 'backend'),
  },
  ...DESK_PERMISSIONS.map((name): Broken => ({
    what: `the account lacks ${name}`,
    line: 'permissions',
    breakIt: practice('permission', { username: ADMINISTRATOR, revoke: name }),
    mender: ADMIN,
  })),
  ...Object.keys(MORE_PERMISSIONS).map((name): Broken => ({
    what: `the account lacks ${name}`,
    line: 'permissions-more',
    breakIt: practice('permission', { username: ADMINISTRATOR, revoke: name }),
    mender: ADMIN,
  })),
  {
    what: 'OCLC knows the key no more',
    line: 'wskey',
    breakIt: practice('wmsKey', FULL_KEY),
    mender: ADMIN,
    waiting: ['wskey-circulation', 'wskey-availability', 'wskey-patrons', 'institution-patron'],
  },
  {
    what: 'the key may not use WMS_NCIP',
    line: 'wskey-circulation',
    breakIt: practice('wmsKey', { ...FULL_KEY, revoke: 'WMS_NCIP' }),
    mender: 'oclc',
  },
  {
    what: 'the key may not use WMS_Availability',
    line: 'wskey-availability',
    breakIt: practice('wmsKey', { ...FULL_KEY, revoke: 'WMS_Availability' }),
    mender: 'oclc',
  },
  {
    what: 'the key may not use SCIM:read_user',
    line: 'wskey-patrons',
    breakIt: practice('wmsKey', { ...FULL_KEY, revoke: 'SCIM:read_user' }),
    mender: 'oclc',
    waiting: ['institution-patron'],
  },
  {
    what: 'the root entry has no symbol',
    line: 'directory-root',
    breakIt: entry('riverside-university', 'symbols'),
    mender: SUPPORT,
  },
  {
    what: 'there is no root entry',
    line: 'directory-root',
    breakIt: entry('riverside-university', 'all'),
    mender: SUPPORT,
  },
  {
    what: 'no symbol is set anywhere',
    line: 'directory-root',
    breakIt: all(entry('riverside-university', 'symbols'), setting('default_request_symbol', '')),
    mender: SUPPORT,
    waiting: ['openurl', 'openurl-tenant'],
  },
  {
    what: 'no branch is a pickup location',
    line: 'directory-branches',
    breakIt: all(...['riverside-main-desk', 'riverside-science', 'riverside-music'].map((slug) => entry(slug, 'tags'))),
    mender: SUPPORT,
    waiting: ['pickup-slugs', 'pickup-names'],
  },
  ...['base_url', 'tenant', 'user'].map((key): Broken => ({
    what: `shared_index_${key} is empty`,
    line: 'shared-index',
    breakIt: setting(`shared_index_${key}`, ''),
    mender: SUPPORT,
  })),
  ...['borrower_check', 'accept_item', 'check_out_item', 'check_in_item'].map((key): Broken => ({
    what: `${key} is switched off`,
    line: 'lms-steps',
    breakIt: setting(key, 'none'),
    mender: ADMIN,
  })),
  ...['server_address', 'from_agency', 'to_agency'].map((key): Broken => ({
    what: `ncip_${key} is empty`,
    line: 'lms-address',
    breakIt: setting(`ncip_${key}`, ''),
    mender: SUPPORT,
  })),
  {
    what: 'the request id prefix has no dash',
    line: 'request-prefix',
    breakIt: setting('request_id_prefix', 'RVR'),
    mender: ADMIN,
  },
  { what: 'there is no prefix', line: 'request-prefix', breakIt: setting('request_id_prefix', ''), mender: ADMIN },
  {
    what: 'it is empty',
    line: 'default-patron',
    breakIt: setting('default_institutional_patron_id', ''),
    mender: ADMIN,
    waiting: ['institution-patron'],
  },
  {
    what: 'it is a dash, and the library has WMS',
    line: 'default-patron',
    breakIt: setting('default_institutional_patron_id', '-'),
    mender: ADMIN,
    waiting: ['institution-patron'],
  },
  {
    what: 'ReShare works without a circulation system',
    line: 'reshare-wms2',
    breakIt: setting('host_lms_integration', 'manual'),
    mender: SUPPORT,
  },
  {
    what: 'WMS has blocked it',
    line: 'institution-patron',
    breakIt: practice('wmsPatron', { barcode: '90000001', blocked: 'true' }),
    mender: ADMIN,
  },
  {
    what: 'WMS has none',
    line: 'institution-patron',
    breakIt: practice('wmsPatron', { barcode: '90000001', remove: 'yes' }),
    mender: ADMIN,
  },
  {
    what: 'it is out of order',
    line: 'openurl',
    breakIt: ({ at }) => steer(at.consortium.url, 'addFault', { where: 'resolver', kind: 'status-500' }),
    mender: SUPPORT,
    waiting: ['openurl-tenant'],
  },
  {
    what: 'something else answers at its address',
    line: 'openurl',
    breakIt: ({ at }) => steer(at.consortium.url, 'addFault', { where: 'resolver', kind: 'html-200' }),
    mender: ADMIN,
    waiting: ['openurl-tenant'],
  },
  {
    what: 'it does not know the library',
    line: 'openurl-tenant',
    breakIt: practice('resolverForgets', { symbol: 'RESHARE:RVR' }),
    mender: SUPPORT,
  },
  {
    what: 'its account is locked',
    line: 'shared-inventory',
    breakIt: practice('lock', { tenant: 'consortium', username: 'inventory' }),
    mender: ADMIN,
  },
  { what: 'one has no slug', line: 'pickup-slugs', breakIt: entry('riverside-science', 'slug'), mender: SUPPORT },
  {
    what: 'one has left the directory',
    line: 'pickup-names',
    breakIt: entry('riverside-main-desk', 'all'),
    mender: ADMIN,
  },
];

/** What only a person can tell is red as soon as nobody says so any more. */
const SAID = linesFor(NOTHING, { wms: true }).flatMap((line): readonly Broken[] => {
  if ('look' in line) return [];
  const { id, mender } = line;
  const breakIt: Break = (at) => {
    at.withdraw(id);
    return Promise.resolve();
  };
  return [{ what: 'its confirmation is taken back', line: id, breakIt, mender }];
});

const RED: ReadonlySet<ReadinessOutcome> = new Set(['missing', 'not-permitted', 'unconfirmed']);

/** What must not change of a line beside the broken one. */
const standing = (lines: readonly ReadinessLine[], except: ReadonlySet<string>) =>
  lines.filter(({ id }) => !except.has(id)).map(({ id, outcome, mender, mend }) => ({ id, outcome, mender, mend }));

describe('broken on purpose, exactly its own line turns red', () => {
  test('every line of a library with WMS is in this table', () => {
    const ids = linesFor(NOTHING, { wms: true }).map(({ id }) => id);
    expect([...new Set([...LOOKED_AT, ...SAID].map(({ line }) => line))].toSorted()).toEqual(ids.toSorted());
  });

  test('every line of a library without WMS is in it too, or has its test below', () => {
    const ids = linesFor(NOTHING, { wms: false }).map(({ id }) => id);
    const tested = new Set([...[...LOOKED_AT, ...SAID].map(({ line }) => line), 'lms-adapter']);
    expect(ids.filter((id) => !tested.has(id))).toEqual([]);
  });

  test.each([...LOOKED_AT, ...SAID])('$line: $what', async ({ line, breakIt, mender, waiting = [] }) => {
    const at = await library();
    const before = await at.look();
    expect(before.filter((one) => !isGreen(one))).toEqual([]);
    await breakIt(at);
    const after = await at.look();
    expect(after.filter(({ outcome }) => RED.has(outcome)).map(({ id }) => id)).toEqual([line]);
    expect(idsOf(after, 'not-looked').toSorted()).toEqual([...waiting].toSorted());
    const own = after.find(({ id }) => id === line);
    expect(own?.mender).toBe(mender);
    expect(own?.mend).not.toBe('');
    const touched = new Set([line, ...waiting]);
    expect(standing(after, touched)).toEqual(standing(before, touched));
  });

  test('lms-adapter, of a library without WMS: ReShare has no circulation system', async () => {
    const { username, password } = ADMIN_ELSEWHERE;
    const at = await desk({}, { tenant: 'northfield', username, password: () => Promise.resolve(password) });
    const look = async () => readinessLines(await gather(readinessPorts({ reshare: at.session })), [], { wms: false });
    const before = await look();
    expect(before.find(({ id }) => id === 'lms-adapter')).toMatchObject({ outcome: 'found' });
    await steer(at.consortium.url, 'setting', { tenant: 'northfield', key: 'host_lms_integration', value: 'manual' });
    const after = await look();
    expect(idsOf(after, 'missing')).toEqual(['lms-adapter']);
    expect(after.find(({ id }) => id === 'lms-adapter')?.mender).toBe(SUPPORT);
    const touched = new Set(['lms-adapter']);
    expect(standing(after, touched)).toEqual(standing(before, touched));
  });
});

const ADMIN_ELSEWHERE = OTHER_ACCOUNTS.administrator;

describe('where the account may not look, the permission is named', () => {
  interface Hidden {
    readonly permission: string;
    /** Lines that say so. */
    readonly lines: readonly string[];
  }
  const SECTIONS = [
    [
      'rs.settings.get',
      ['shared-index', 'lms-steps', 'lms-address', 'request-prefix', 'default-patron', 'reshare-wms2'],
    ],
    [
      'directory.entry.collection.get',
      ['directory-root', 'directory-branches', 'openurl-tenant', 'pickup-slugs', 'pickup-names'],
    ],
    ['users-bl.collection.get', ['permissions', 'permissions-more']],
  ] as const;
  const HIDDEN: readonly Hidden[] = SECTIONS.map(([permission, lines]) => ({ permission, lines }));

  test.each(HIDDEN)('$permission', async ({ permission, lines }) => {
    const at = await library();
    await practice('permission', { username: ADMINISTRATOR, revoke: permission })(at);
    const seen = await at.look();
    for (const id of lines) {
      const line = seen.find((one) => one.id === id);
      expect(line).toMatchObject({ outcome: 'not-permitted', mender: ADMIN, confirmable: true });
      expect(line?.finding).toContain(permission);
    }
    expect(idsOf(seen, 'missing')).toEqual([]);
  });

  test('a section of the settings that only the administrator’s permission shows', async () => {
    const at = await library();
    await practice('permission', { username: ADMINISTRATOR, revoke: 'rs.settings.getsection.all' })(at);
    await practice('permission', { username: ADMINISTRATOR, revoke: 'rs.settings.getsection.requests' })(at);
    const seen = await at.look();
    const finding = (id: string) => seen.find((one) => one.id === id)?.finding;
    expect(idsOf(seen, 'missing')).toEqual([]);
    expect(finding('shared-index')).toContain('rs.settings.getsection.all');
    expect(finding('lms-address')).toContain('rs.settings.getsection.all');
    expect(finding('request-prefix')).toContain('rs.settings.getsection.requests');
  });

  test('a library that does without a permission says so, and the line is settled', async () => {
    const word = EVERY_WORD.slice(0, 1).map((one) => ({ ...one, line: 'permissions-more' }));
    const at = await library(OTHER_ACCOUNTS.administrator, [...EVERY_WORD, ...word]);
    await practice('permission', { username: ADMINISTRATOR, revoke: 'rs.report.execute' })(at);
    const line = (await at.look()).find(({ id }) => id === 'permissions-more');
    expect(line).toMatchObject({ outcome: 'confirmed', word: { by: 'R. Osei' } });
    expect(line?.finding).toContain('rs.report.execute');
  });
});
