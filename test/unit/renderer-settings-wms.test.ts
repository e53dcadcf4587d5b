import { describe, expect, test } from 'vitest';
import { readWms, wmsDraft } from '../../src-renderer/state/settings-wms.ts';

const wms = {
  registryId: '900001',
  branch: '900101',
  hereCodes: ['RVRSTK', 'RVRREM'],
  branches: [
    { code: 'RVRSTK', name: 'Main Library' },
    { code: 'RVRSCI', name: 'Science = Engineering' },
  ],
  keyId: 'the-key',
  scopes: ['WMS_Availability' as const],
};

describe('the fields of WMS', () => {
  test('what is read is what was shown', () => {
    const full = {
      ...wms,
      illBranch: 'main library',
      tokenAddress: 'https://oauth.example.org/token',
      ncipAddress: 'https://circ.example.org/ncip',
      availabilityAddress: 'https://sru.example.org/service',
      identityAddress: 'https://share.example.org/search',
      scopes: ['WMS_Availability' as const, 'SCIM:read_user' as const],
    };
    expect(readWms(wmsDraft(full))).toEqual({ ok: true, value: full });
    expect(readWms(wmsDraft(wms))).toEqual({ ok: true, value: wms });
    expect(readWms(wmsDraft({ ...wms, scopes: [] }))).toEqual({ ok: true, value: { ...wms, scopes: [] } });
  });

  test('settings that do not name the uses of the key mean availability', () => {
    const { scopes: _, ...older } = wms;
    expect(wmsDraft(older)).toMatchObject({ availability: true, patrons: false });
  });

  test('spaces, empty lines and separators as people write them', () => {
    const draft = {
      ...wmsDraft(wms),
      registryId: ' 900001 ',
      hereCodes: ' RVRSTK,  RVRREM; ',
      branches: '\nRVRSTK=Main Library\n\n  RVRSCI =  Science = Engineering \n',
    };
    expect(readWms(draft)).toEqual({ ok: true, value: wms });
  });

  test('every wrong field of an empty form is named', () => {
    expect(readWms(wmsDraft(undefined))).toEqual({
      ok: false,
      mistakes: ['registryId', 'branch', 'keyId', 'hereCodes'],
    });
  });

  test.each([
    ['no name', 'RVRSTK ='],
    ['no code', '= Main Library'],
    ['no equals sign', 'RVRSTK Main Library'],
    ['a code twice', 'RVRSTK = Main Library\nrvrstk = Another'],
  ])('branches with %s', (_what, branches) => {
    expect(readWms({ ...wmsDraft(wms), branches })).toEqual({ ok: false, mistakes: ['branches'] });
  });

  test('pickup branches and the calls a day as people write them', () => {
    const draft = {
      ...wmsDraft(wms),
      pickups: '900101 = Main Library\nMAIN=Music',
      callsPerDay: ' 120,000 ',
      parallel: ' 3 ',
    };
    const pickups = [
      { id: '900101', name: 'Main Library' },
      { id: 'MAIN', name: 'Music' },
    ];
    const read = { ...wms, pickups, callsPerDay: 120_000, parallel: 3 };
    expect(readWms(draft)).toEqual({ ok: true, value: read });
    expect(readWms(wmsDraft(read))).toEqual({ ok: true, value: read });
  });

  test('what OCLC told a library otherwise than its documents', () => {
    const special = {
      ...wms,
      signIn: 'hmac' as const,
      context: true,
      principalId: '11111111-2222',
      principalNamespace: 'urn:oclc:wms:da',
      toAgency: '900001',
      agencyScheme: 'http://oclc.org/ncip/schemes/agencyid.scm',
      profile: 'Version 2017',
      profileScheme: 'http://oclc.org/ncip/schemes/application-profile/platform.scm',
      perSecond: 2.5,
      updateSeconds: 90,
      lookupSeconds: 10,
    };
    expect(readWms(wmsDraft(special))).toEqual({ ok: true, value: special });
    expect(readWms({ ...wmsDraft(wms), perSecond: ' 2,5 ' })).toEqual({ ok: true, value: { ...wms, perSecond: 2.5 } });
    expect(readWms({ ...wmsDraft(wms), principalId: 'somebody' })).toEqual({
      ok: false,
      mistakes: ['principalNamespace'],
    });
  });

  test.each([
    ['pickups', 'Main Library'],
    ['pickups', '1 = a\n1 = b'],
    ['callsPerDay', 'many'],
    ['callsPerDay', '0'],
    ['parallel', '0'],
    ['parallel', '9'],
    ['parallel', 'two'],
    ['perSecond', '0'],
    ['updateSeconds', '4'],
    ['lookupSeconds', 'long'],
  ] as const)('%s may not be %j', (field, text) => {
    expect(readWms({ ...wmsDraft(wms), [field]: text })).toEqual({ ok: false, mistakes: [field] });
  });

  test.each(['tokenAddress', 'ncipAddress', 'availabilityAddress', 'identityAddress'] as const)(
    '%s has to be an address',
    (field) => {
      expect(readWms({ ...wmsDraft(wms), [field]: 'circ.example.org' })).toEqual({ ok: false, mistakes: [field] });
    },
  );
});
