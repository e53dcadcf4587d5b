import type { AlmaCalls, AlmaRegion } from '../../src-main/contract/alma-connection.ts';
import type { SecretState } from '../../src-main/contract/settings.ts';

const regions: Readonly<Record<AlmaRegion, string>> = {
  na: 'North America',
  eu: 'Europe',
  ap: 'Asia Pacific',
  aps: 'Asia Pacific South',
  ca: 'Canada',
  cn: 'China',
};

/** The settings of Alma. */
export const alma = {
  title: 'Alma',
  intro: 'Only for libraries whose interlibrary loans go from Alma on to OCLC WorldShare ILL or Tipasa.',
  uses: 'This library uses Alma',
  codesIntro: 'Codes as Alma’s configuration shows them. The test says which ones Alma has.',
  region: 'Region',
  regions,
  key: 'API key',
  keyHint: {
    kept: 'A key is kept, protected by this computer. Leave this empty to keep it.',
    session: 'A key is kept until Carrel closes. Leave this empty to keep it.',
    none: 'From Ex Libris’ Developer Network. Areas: Users and Task lists read/write, Bibs, Partners and Configuration read.',
    rejected: 'The key that was kept was refused. Type it anew.',
  } satisfies Record<SecretState, string>,
  library: 'Resource sharing library',
  libraryHint: 'Its code, for example RSLIB.',
  partner: 'Partner for WorldShare ILL',
  partnerHint: 'The partner’s code. It is how Carrel knows an exported request. Empty: not looked at.',
  cancelReason: 'Usual reason for cancelling',
  cancelReasonHint: 'A code of RequestCancellationReasons. It is offered first. Empty: none is.',
  scanLibrary: 'Scan-in library',
  scanDesk: 'Scan-in desk',
  scanHint: 'Both codes or neither. Empty: items are scanned in on Alma’s own screen.',
  lender: 'Where the lender’s half is done',
  lenders: { '': 'Not said', 'worldshare-ill': 'WorldShare ILL', tipasa: 'Tipasa' },
  tipasaNcip: 'Tipasa’s NCIP integration with Alma is on: receiving and returning are done in Tipasa',
  travels: 'Does the patron’s name reach WorldShare with an exported request?',
  travelsChoices: { '': 'Not known', yes: 'Yes', no: 'No' },
  proved: 'Scanning in through Alma’s interface was tried in our sandbox, and it closes a borrowing request',
  provedHint:
    'Ex Libris does not say what this call does to a borrowing request. While this is off, Carrel never makes it, and staff scan in Alma.',
  proxy: 'Through a proxy',
  address: 'Another address than the region’s',
  addressHint: 'Leave empty unless IT gave you one.',
  test: 'Test Alma',
  save: 'Save Alma',
  isSaved: 'Alma is saved.',
  remove: 'Remove Alma',
  isRemoved: 'Alma is removed.',
  mistakes: {
    library: 'Write the library’s code, without blanks.',
    partner: 'A code has no blanks and at most 50 characters.',
    cancelReason: 'A code has no blanks and at most 50 characters.',
    scanLibrary: 'Write both codes, or neither.',
    scanDesk: 'Write both codes, or neither.',
    address: 'Write an address that begins with https://.',
  },
  calls: (made: string) => `Carrel made ${made} calls to Alma today.`,
  left: (count: string, clock: string) =>
    `At ${clock} Alma had ${count} left for the whole institution until midnight.`,
  leftUnknown: 'Alma has not said yet how many are left.',
  callStates: {
    fine: '',
    low: 'Few are left: Carrel asks nothing that nobody waits for.',
    'used-up':
      'They are used up: do this on Alma’s own screen until midnight. The library administrator can ask Ex Libris for more.',
  } satisfies Record<AlmaCalls['state'], string>,
};
