import type { LibraryPlan } from '../directory.ts';

/** Everything the story knows about one library beyond its directory entry. All invented. */
export interface StoryLibrary extends LibraryPlan {
  readonly prefix: string;
  /** The four digits its item and patron barcodes carry after the type digit. */
  readonly barcodeCode: string;
  readonly username: string;
  readonly password: string;
  readonly hostLms: string;
  readonly pickLocations: readonly (readonly [code: string, name: string, preference: number])[];
  readonly shelving: readonly (readonly [code: string, name: string])[];
}

export const LIBRARIES: readonly StoryLibrary[] = [
  {
    tenant: 'riverside',
    name: 'Riverside University Library',
    slug: 'riverside-university',
    symbol: 'RVR',
    town: 'Riverside Falls',
    institutionalPatronId: 'RVR-ILL',
    prefix: 'RVR-',
    barcodeCode: '4101',
    username: 'desk',
    password: 'practice-riverside',
    hostLms: 'wms2',
    branches: [
      {
        name: 'Main Library Desk',
        slug: 'riverside-main-desk',
        code: 'RVRMAIN',
        symbol: 'RVRMAIN',
        street: '1 Weir Street',
      },
      { name: 'Science Library', slug: 'riverside-science', code: 'RVRSCI', symbol: 'RVRSCI', street: '40 Mill Race' },
      {
        name: 'Music and Arts Library',
        slug: 'riverside-music',
        code: 'RVRMUS',
        symbol: 'RVRMUS',
        street: '7 Ferry Lane',
      },
    ],
    pickLocations: [
      ['RVRSTK', 'Main Stacks', 10],
      ['RVRSCI', 'Science Library Stacks', 5],
      ['RVRREM', 'Remote Storage', 1],
    ],
    shelving: [
      ['GENERAL', 'General collection'],
      ['OVERSIZE', 'Oversize'],
      ['SCORES', 'Scores'],
    ],
  },
  {
    tenant: 'northfield',
    name: 'Northfield College Library',
    slug: 'northfield-college',
    symbol: 'NFD',
    town: 'Northfield',
    institutionalPatronId: 'NFD-ILL',
    prefix: 'NFD-',
    barcodeCode: '5202',
    username: 'desk',
    password: 'practice-northfield',
    hostLms: 'folio',
    branches: [
      {
        name: 'College Library',
        slug: 'northfield-college-library',
        code: 'NFDCOL',
        symbol: 'NFDCOL',
        street: '12 Chapel Hill',
      },
      {
        name: 'Teaching Centre',
        slug: 'northfield-teaching',
        code: 'NFDTCH',
        symbol: 'NFDTCH',
        street: '3 Orchard Row',
      },
    ],
    pickLocations: [['NFDSTK', 'College Stacks', 10]],
    shelving: [['GENERAL', 'General collection']],
  },
  {
    tenant: 'eastport',
    name: 'Eastport City Libraries',
    slug: 'eastport-city',
    symbol: 'EPT',
    town: 'Eastport',
    institutionalPatronId: 'EPT-ILL',
    prefix: 'EPT-',
    barcodeCode: '6303',
    username: 'desk',
    password: 'practice-eastport',
    hostLms: 'alma',
    branches: [
      { name: 'Harbour Library', slug: 'eastport-harbour', code: 'EPTHAR', symbol: 'EPTHAR', street: '88 Quay Road' },
      { name: 'Hill Street Library', slug: 'eastport-hill', code: 'EPTHIL', symbol: 'EPTHIL', street: '5 Hill Street' },
    ],
    pickLocations: [['EPTMAG', 'Harbour Magazine', 10]],
    shelving: [['GENERAL', 'General collection']],
  },
];

export function library(tenant: string): StoryLibrary {
  const found = LIBRARIES.find((one) => one.tenant === tenant);
  if (found === undefined) throw new RangeError(`No library ${tenant}`);
  return found;
}
