import { describe, expect, test } from 'vitest';
import type { ReadinessMender } from '../../src-main/contract/readiness.ts';
import { OTHER_ACCOUNTS } from '../../src-main/training/consortium.ts';
import { OKAPI } from './systems-desk.ts';
import { EVERY_WORD, idsOf, library, type Library } from './readiness-library.ts';

/** The readiness list through the real clients, against the practice library: all green, and broken one thing at a time. */

const RED = ['missing', 'not-permitted', 'unconfirmed'] as const;

test('the practice library is ready: every line is green', async () => {
  const lines = await (await library()).look();
  expect(lines.filter(({ outcome }) => !['found', 'confirmed'].includes(outcome))).toEqual([]);
  expect(lines.find(({ id }) => id === 'directory-branches')?.finding).toContain('Science Library');
});

const setting = (key: string, value: string) => (at: Library) => {
  at.practice('setting', { key, value });
};
const entry = (slug: string, lose: string) => (at: Library) => {
  at.practice('directoryEntry', { slug, lose });
};

interface Broken {
  readonly what: string;
  readonly line: string;
  readonly mender: ReadinessMender;
  readonly breakIt: (at: Library) => void;
}

const DIRECTORY: readonly Broken[] = [
  {
    what: 'the root entry has no symbol',
    line: 'directory-root',
    mender: 'reshare-support',
    breakIt: entry('riverside-university', 'symbols'),
  },
  {
    what: 'there is no root entry',
    line: 'directory-root',
    mender: 'reshare-support',
    breakIt: entry('riverside-university', 'all'),
  },
  {
    what: 'no branch is a pickup location',
    line: 'directory-branches',
    mender: 'reshare-support',
    breakIt: (at) => {
      for (const slug of ['riverside-main-desk', 'riverside-science', 'riverside-music']) entry(slug, 'tags')(at);
    },
  },
  {
    what: 'a pickup location has no slug',
    line: 'pickup-slugs',
    mender: 'reshare-support',
    breakIt: entry('riverside-science', 'slug'),
  },
];

const SETTINGS: readonly Broken[] = [
  {
    what: 'the shared index has no address',
    line: 'shared-index',
    mender: 'reshare-support',
    breakIt: setting('shared_index_base_url', ''),
  },
  {
    what: 'ReShare does not tell WMS what was received',
    line: 'lms-steps',
    mender: 'library-administrator',
    breakIt: setting('accept_item', 'none'),
  },
  {
    what: 'ReShare has no NCIP address',
    line: 'lms-address',
    mender: 'reshare-support',
    breakIt: setting('ncip_server_address', ''),
  },
  {
    what: 'the request id prefix has no dash',
    line: 'request-prefix',
    mender: 'library-administrator',
    breakIt: setting('request_id_prefix', 'RVR'),
  },
  {
    what: 'there is no request id prefix',
    line: 'request-prefix',
    mender: 'library-administrator',
    breakIt: setting('request_id_prefix', ''),
  },
  {
    what: 'there is no default institutional patron',
    line: 'default-patron',
    mender: 'library-administrator',
    breakIt: setting('default_institutional_patron_id', ''),
  },
  {
    what: 'the default institutional patron is a dash, and the library has WMS',
    line: 'default-patron',
    mender: 'library-administrator',
    breakIt: setting('default_institutional_patron_id', '-'),
  },
  {
    what: 'ReShare works without a circulation system',
    line: 'reshare-wms2',
    mender: 'reshare-support',
    breakIt: setting('host_lms_integration', 'manual'),
  },
];

const BESIDE: readonly Broken[] = [
  {
    what: 'the account may not act',
    line: 'permissions',
    mender: 'library-administrator',
    breakIt: (at) => {
      at.practice('permission', { username: 'administrator', revoke: 'rs.patronrequests.item.performaction' });
    },
  },
  {
    what: 'the OpenURL resolver is out of order',
    line: 'openurl',
    mender: 'reshare-support',
    breakIt: (at) => {
      at.at.consortium.faults.add({ where: 'resolver', kind: 'status-500' });
    },
  },
  {
    what: 'something else answers at the OpenURL address',
    line: 'openurl',
    mender: 'library-administrator',
    breakIt: (at) => {
      at.at.consortium.faults.add({ where: 'resolver', kind: 'html-200' });
    },
  },
];

describe('one thing broken on purpose turns its own line red, and no other', () => {
  async function turnsRed({ line, mender, breakIt }: Broken): Promise<void> {
    const at = await library();
    breakIt(at);
    const lines = await at.look();
    expect(idsOf(lines, ...RED)).toEqual([line]);
    const red = lines.find(({ id }) => id === line);
    expect(red).toMatchObject({ outcome: 'missing', mender });
    expect(red?.mend).not.toBe('');
  }

  test.each(DIRECTORY)('the directory: $what', turnsRed);
  test.each(SETTINGS)('ReShare’s settings: $what', turnsRed);
  test.each(BESIDE)('beside them: $what', turnsRed);

  test('one thing broken on purpose turns its own line red, and no other: an account to lend to', async () => {
    for (const change of [{ blocked: 'true' }, { remove: 'yes' }]) {
      const at = await library();
      at.practice('wmsPatron', { barcode: '90000001', ...change });
      const lines = await at.look();
      expect(idsOf(lines, ...RED)).toEqual(['institution-patron']);
      expect(lines.find(({ id }) => id === 'institution-patron')).toMatchObject({ mender: 'library-administrator' });
    }
  });

  test('an account of the Shared Inventory that is refused', async () => {
    const at = await library(OTHER_ACCOUNTS.administrator, EVERY_WORD, 'wrong');
    const lines = await at.look();
    expect(idsOf(lines, ...RED)).toEqual(['shared-inventory']);
    expect(lines.find(({ id }) => id === 'shared-inventory')).toMatchObject({ mender: 'library-administrator' });
  });

  test('a resolver that does not know the library’s symbol', async () => {
    const at = await library();
    at.practice('directoryEntry', { slug: 'riverside-university', lose: 'symbols' });
    at.practice('setting', { key: 'default_request_symbol', value: 'RESHARE:NOBODY' });
    const lines = await at.look();
    expect(idsOf(lines, 'missing')).toEqual(['directory-root', 'openurl']);
    expect(lines.find(({ id }) => id === 'openurl')?.finding).toContain('does not know');
  });

  test('looking at the OpenURL resolver places no request', async () => {
    const at = await library();
    const before = at.at.consortium.counts();
    await at.look();
    expect(at.at.consortium.counts()).toEqual(before);
  });

  test('a key that OCLC grants circulation alone', async () => {
    const at = await library();
    const lines = await at.look(at.wms.keys.ncipOnly);
    expect(idsOf(lines, 'missing')).toEqual(['wskey-availability', 'wskey-patrons']);
    const account = lines.find(({ id }) => id === 'institution-patron');
    expect(account).toMatchObject({ outcome: 'not-permitted', confirmable: true });
    expect(account?.finding).toContain('SCIM:read_user');
  });

  test('a WSKey secret that OCLC refuses: the uses are not looked at', async () => {
    const at = await library();
    const lines = await at.look({ key: at.wms.keys.full.key, secret: 'not the secret' });
    expect(idsOf(lines, 'missing')).toEqual(['wskey']);
    expect(idsOf(lines, 'not-looked')).toEqual(['wskey-circulation', 'wskey-availability', 'wskey-patrons']);
  });

  test('a password that ReShare refuses: it is sent once, and nothing more is asked', async () => {
    const at = await library({ username: 'administrator', password: 'wrong' });
    const lines = await at.look();
    expect(idsOf(lines, 'missing')).toEqual(['log-in']);
    expect(lines.find(({ id }) => id === 'request-prefix')).toMatchObject({ outcome: 'not-looked' });
    await at.look();
    expect(at.at.consortium.ledger().filter((one) => one.kind === 'session' && one.result === 'refused')).toHaveLength(
      1,
    );
  });
});

describe('what an account may not look at', () => {
  test('the desk’s account: the sections without a permission of their own, by name; a person may confirm them', async () => {
    const lines = await (await library(OKAPI)).look();
    expect(idsOf(lines, 'not-permitted')).toEqual(['shared-index', 'lms-address']);
    for (const line of lines.filter(({ outcome }) => outcome === 'not-permitted')) {
      expect(line.finding).toContain('rs.settings.getsection.all');
      expect(line.confirmable).toBe(true);
    }
  });

  test('an account that may only look: each missing permission is named', async () => {
    const lines = await (await library(OTHER_ACCOUNTS.lookOnly)).look();
    const finding = (id: string) => lines.find((line) => line.id === id)?.finding;
    expect(finding('permissions')).toContain('rs.patronrequests.item.performaction');
    expect(finding('request-prefix')).toContain('rs.settings.getsection.requests');
    expect(finding('lms-steps')).toContain('rs.settings.getsection.hostlmsintegration');
    expect(idsOf(lines, 'missing')).toEqual(['permissions']);
  });

  test('an account without permissions: the gateway’s own words name them', async () => {
    const lines = await (await library(OTHER_ACCOUNTS.noPermissions)).look();
    expect(lines.find(({ id }) => id === 'directory-root')).toMatchObject({ outcome: 'not-permitted' });
    expect(lines.find(({ id }) => id === 'directory-root')?.finding).toContain('directory.entry.collection.get');
    expect(lines.find(({ id }) => id === 'request-prefix')?.finding).toContain('rs.settings.get');
  });

  test('no password of ReShare’s settings travels', async () => {
    const at = await library();
    const lines = await at.look();
    expect(JSON.stringify(lines)).not.toContain('practice-inventory');
  });
});
