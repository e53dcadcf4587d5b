import { describe, expect, it } from 'vitest';
import { HostKind, NcipHostSettings } from '../../src-main/systems/wms/ncip/host-settings.ts';
import { resolveHost } from '../../src-main/systems/wms/ncip/hosts.ts';
import { wmsHost } from '../../src-main/systems/wms/wms.ts';
import { WmsSettings } from '../../src-main/systems/wms/wms-settings.ts';

const agencies = { fromAgency: { value: 'DESK1' }, toAgency: { value: 'HOSTLMS' } };
const resolve = (settings: unknown) => resolveHost(NcipHostSettings.parse(settings));

describe('the table of hosts', () => {
  it('WMS staff has OCLC’s address, profile and version, and asks the branch that acts', () => {
    expect(resolve({ kind: 'wms-staff', fromAgency: { value: '900101' } })).toMatchObject({
      ok: true,
      value: {
        address: 'https://circ.sd00.worldcat.org/ncip',
        auth: 'oclc-token',
        version: 'http://www.niso.org/schemas/ncip/v2_01/ncip_v2_01.xsd',
        fromAgency: { value: '900101', scheme: 'http://oclc.org/ncip/schemes/agencyid.scm' },
        toAgency: { value: '900101', scheme: 'http://oclc.org/ncip/schemes/agencyid.scm' },
        profile: { value: 'Version 2011' },
        connectMs: 10_000,
        updateMs: 60_000,
        lookupMs: 20_000,
      },
    });
  });

  it('WMS resource sharing has no address, and says so', () => {
    const settings = { kind: 'wms-resource-sharing', fromAgency: { value: '900001' }, fromSystem: { value: 'X' } };
    expect(resolve(settings)).toMatchObject({
      ok: false,
      error: {
        code: 'configuration',
        mender: 'library-administrator',
        sentence: expect.stringContaining('OCLC does not publish it'),
      },
    });
    expect(resolve({ ...settings, address: 'https://x.example/ncip' })).toMatchObject({
      ok: true,
      value: {
        profile: { value: '2.00' },
        toSystem: { value: 'WMS Circ' },
        requestId: { type: { value: 'ILL Request Id' } },
      },
    });
    expect(resolve({ ...settings, fromSystem: undefined, address: 'https://x.example/ncip' })).toMatchObject({
      ok: false,
      error: { sentence: expect.stringContaining('system id') },
    });
  });

  it('every other host needs an address and both agencies, and has everything else', () => {
    for (const kind of HostKind.options.filter((name) => !name.startsWith('wms-'))) {
      expect(resolve({ kind, ...agencies }), kind).toMatchObject({ ok: false, error: { code: 'configuration' } });
      const address = 'https://lms.example.org/ncip';
      expect(resolve({ kind, address, toAgency: agencies.toAgency }).ok, kind).toBe(false);
      expect(resolve({ kind, address, fromAgency: agencies.fromAgency }).ok, kind).toBe(false);
      const host = resolve({ kind, address, ...agencies });
      if (!host.ok) throw new Error(host.error.sentence);
      expect(host.value, kind).toMatchObject({ address, maxBytes: 1024 * 1024, ...agencies });
      expect(Object.values(host.value), kind).not.toContain(undefined);
    }
  });

  it('what a library sets wins, value by value', () => {
    const host = resolve({
      kind: 'koha',
      ...agencies,
      address: 'https://koha.example.org/ncip/{secret}',
      xml: { prefix: 'n' },
      pace: { perSecond: 9 },
      timeouts: { lookupMs: 5_000 },
      problemAliases: { strange: 'item-unknown' },
      titleId: { agency: { value: 'KOHA' } },
    });
    expect(host).toMatchObject({
      value: {
        style: { prefix: 'n', namespaced: true, qualifiedAttributes: false },
        concurrent: 1,
        perSecond: 9,
        updateMs: 60_000,
        lookupMs: 5_000,
        titleId: { agency: { value: 'KOHA' } },
        aliases: { strange: 'item-unknown', itemwiththisbarcodealreadyexists: 'cannot-accept-item' },
      },
    });
  });

  it.each([
    [{ kind: 'none' }],
    [{ kind: 'other', address: 'file:///etc/passwd' }],
    [{ kind: 'other', timeZone: 'Mars/Olympus' }],
    [{ kind: 'other', problemAliases: { x: 'toString' } }],
    [{ kind: 'other', xml: { prefix: 'a:b' } }],
    [{ kind: 'other', pace: { concurrent: 0 } }],
    [{ kind: 'other', password: 'in the settings' }],
  ])('%j is not a setting', (settings) => {
    expect(NcipHostSettings.safeParse(settings).success).toBe(false);
  });
});

describe('a library’s WMS', () => {
  it('needs a registry id and a branch, and has the rest', () => {
    expect(WmsSettings.safeParse({ registryId: '900001' }).success).toBe(false);
    expect(WmsSettings.safeParse({ registryId: 'ZZBRW', branch: '900101' }).success).toBe(false);
    expect(WmsSettings.parse({ registryId: '900001', branch: '900101' })).toMatchObject({
      auth: 'token',
      scopes: ['WMS_NCIP', 'WMS_Availability'],
      callsPerDay: 50_000,
      tokenAddress: 'https://oauth.oclc.org/token',
    });
  });

  it('puts items and patrons under the institution and acts for the branch', () => {
    const host = wmsHost(WmsSettings.parse({ registryId: '900001', branch: '900101' }));
    const institution = { value: '900001', scheme: 'http://oclc.org/ncip/schemes/agencyid.scm' };
    expect(host).toMatchObject({
      value: {
        fromAgency: { value: '900101' },
        toAgency: { value: '900101' },
        itemId: { agency: institution },
        userId: { agency: institution },
      },
    });
  });

  it('carries a principal in the query with a token, and not with a signature', () => {
    const principal = { id: '11111111-2222-3333-4444-555555555555', namespace: 'urn:oclc:wms:da' };
    const settings = { registryId: '900001', branch: '900101', principal };
    const byToken = wmsHost(WmsSettings.parse(settings));
    expect(byToken.ok && byToken.value.address).toBe(
      'https://circ.sd00.worldcat.org/ncip?principalID=11111111-2222-3333-4444-555555555555&principalIDNS=urn%3Aoclc%3Awms%3Ada',
    );
    const signed = wmsHost(WmsSettings.parse({ ...settings, auth: 'hmac' }));
    expect(signed).toMatchObject({ value: { address: 'https://circ.sd00.worldcat.org/ncip', auth: 'oclc-hmac' } });
  });
});
