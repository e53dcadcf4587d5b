import { expect, test } from 'vitest';
import { readinessPorts } from '../../src-main/assembly/readiness-ports.ts';
import { gather } from '../../src-main/readiness/facts.ts';
import { CROSSLINK_PERMISSIONS, MORE_IN_CROSSLINK } from '../../src-main/readiness/lines-access.ts';
import { readinessLines } from '../../src-main/readiness/list.ts';
import { testConnection } from '../../src-main/systems/reshare/probe.ts';
import { OTHER_ACCOUNTS } from '../../src-main/training/consortium.ts';
import { crosslinkDesk } from './crosslink-desk.ts';
import { HTTP, OKAPI } from './systems-desk.ts';

/** What the connection test and the readiness list say of a library with CrossLink. */

async function tested(username: string, password: string): Promise<readonly string[]> {
  const { at } = await crosslinkDesk();
  const lines = await testConnection({
    settings: { okapiUrl: at.consortium.url, tenant: OKAPI.tenant, username },
    password: () => Promise.resolve(password),
    http: HTTP,
  });
  return lines.map(({ what, outcome }) => `${what}: ${outcome}`);
}

test('everything in order', async () => {
  expect(await tested(OKAPI.username, OKAPI.password)).toEqual([
    'Address: ok',
    'Tenant: ok',
    'Log-in: ok',
    'ReShare: ok',
    'Listing requests: ok',
    'Reading a request: ok',
    'Acting on requests: ok',
    'News of changes: ok',
  ]);
});

test('accounts that may less', async () => {
  const { lookOnly, noPermissions } = OTHER_ACCOUNTS;
  expect(await tested(lookOnly.username, lookOnly.password)).toContain('Acting on requests: warning');
  expect((await tested(noPermissions.username, noPermissions.password)).slice(-2)).toEqual([
    'Listing requests: failed',
    'Reading a request: skipped',
  ]);
});

async function readiness(...revoked: readonly string[]) {
  const { at, practice } = await crosslinkDesk();
  for (const revoke of revoked) practice('permission', { tenant: OKAPI.tenant, username: OKAPI.username, revoke });
  const lines = readinessLines(await gather(readinessPorts({ reshare: at.session })), [], { wms: false });
  return (id: string) => lines.find((line) => line.id === id);
}

test('the list says that it is CrossLink, looks at its permissions, and asks a person about what it cannot see', async () => {
  const line = await readiness();
  expect(line('backend')).toMatchObject({ outcome: 'found', finding: expect.stringContaining('CrossLink') });
  expect(line('permissions')).toMatchObject({ outcome: 'found' });
  expect(line('permissions-more')).toMatchObject({ outcome: 'found' });
  for (const id of ['directory-root', 'shared-index', 'lms-steps', 'request-prefix']) {
    expect(line(id)).toMatchObject({ outcome: 'not-permitted', confirmable: true });
    expect(line(id)?.finding).toContain('CrossLink keeps this in its own directory');
  }
});

test('it needs no OpenURL resolver, because requests go into it by its own interface', async () => {
  const line = await readiness();
  for (const id of ['openurl', 'openurl-tenant']) {
    expect(line(id)).toMatchObject({ outcome: 'not-needed', finding: expect.stringContaining('interface of its own') });
  }
});

const NEEDED: readonly (readonly [line: string, permission: string])[] = [
  ...CROSSLINK_PERMISSIONS.map((name) => ['permissions', name] as const),
  ...Object.keys(MORE_IN_CROSSLINK).map((name) => ['permissions-more', name] as const),
];

test.each(NEEDED)(
  'a permission that is missing turns its own line red, and is named: %s, %s',
  async (id, permission) => {
    const line = await readiness(permission);
    expect(line(id)).toMatchObject({
      outcome: 'missing',
      mender: 'library-administrator',
      finding: expect.stringContaining(permission),
    });
    const other = id === 'permissions' ? 'permissions-more' : 'permissions';
    expect(line(other)?.outcome).toBe('found');
  },
);
