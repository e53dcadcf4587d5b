import { describe, expect, test } from 'vitest';
import { OTHER_ACCOUNTS } from '../../src-main/training/consortium.ts';
import { OKAPI } from './systems-desk.ts';
import { EVERY_WORD, idsOf, library } from './readiness-library.ts';

/** The readiness list through the real clients, against the practice library: all green, and what wrong secrets and small accounts do. */

test('the practice library is ready: every line is green', async () => {
  const lines = await (await library()).look();
  expect(lines.filter(({ outcome }) => !['found', 'confirmed'].includes(outcome))).toEqual([]);
  expect(lines.find(({ id }) => id === 'directory-branches')?.finding).toContain('Science Library');
});

describe('what is wrong in Settings, or with a secret', () => {
  test('an account of the Shared Inventory that is refused', async () => {
    const at = await library(OTHER_ACCOUNTS.administrator, EVERY_WORD, 'wrong');
    const lines = await at.look();
    expect(idsOf(lines, 'missing', 'not-permitted', 'unconfirmed')).toEqual(['shared-inventory']);
    expect(lines.find(({ id }) => id === 'shared-inventory')).toMatchObject({ mender: 'library-administrator' });
  });

  test('a resolver that does not know the library’s symbol', async () => {
    const at = await library();
    at.practice('directoryEntry', { slug: 'riverside-university', lose: 'symbols' });
    at.practice('setting', { key: 'default_request_symbol', value: 'RESHARE:NOBODY' });
    const lines = await at.look();
    expect(idsOf(lines, 'missing')).toEqual(['directory-root', 'openurl-tenant']);
    expect(lines.find(({ id }) => id === 'openurl-tenant')?.finding).toContain('does not know');
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
    expect(account).toMatchObject({ outcome: 'not-looked', confirmable: true });
    expect(account?.finding).toContain('SCIM:read_user');
  });

  test('a WSKey secret that OCLC refuses: the uses are not looked at', async () => {
    const at = await library();
    const lines = await at.look({ key: at.wms.keys.full.key, secret: 'not the secret' });
    expect(idsOf(lines, 'missing')).toEqual(['wskey']);
    expect(idsOf(lines, 'not-looked')).toEqual([
      'wskey-circulation',
      'wskey-availability',
      'wskey-patrons',
      'institution-patron',
    ]);
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
    expect(finding('permissions-more')).toContain('rs.report.execute (to fetch pull slips)');
    expect(idsOf(lines, 'missing')).toEqual(['permissions', 'permissions-more']);
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
