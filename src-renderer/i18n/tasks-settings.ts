import type { SecretState } from '../../src-main/contract/settings.ts';

const keyHint: Readonly<Record<SecretState, string>> = {
  kept: 'A key is kept, protected by this computer. Leave this empty to keep it.',
  session: 'A key is kept until Carrel closes. Leave this empty to keep it.',
  none: 'No key yet. Without it staff look in Relais D2D themselves.',
  rejected: 'The key that was kept was refused. Type it anew.',
};

const https = 'https, with {request} where the request’s number goes. Nothing of a patron.';

/** English words of the settings for work in two systems. */
export const tasksSettings = {
  title: 'Two systems',
  intro:
    'Only where the library also works with Relais D2D or with Alma and WorldShare ILL. Addresses open the systems’ own screens.',
  uses: 'Set it up',
  key: 'Key of Relais D2D',
  keyHint,
  fields: {
    relaisSymbol: { label: 'Library symbol in Relais D2D', hint: 'Empty where the library does not use it.' },
    relaisPartnership: { label: 'Partnership in Relais D2D', hint: undefined },
    relaisPortal: { label: 'Address of the Relais portal', hint: https },
    relaisService: {
      label: 'Address of Relais’ web service',
      hint: 'For a look at a request’s status, as its patron sees it. Empty: staff look themselves.',
    },
    worldshareUrl: { label: 'Address of WorldShare', hint: https },
    almaUrl: { label: 'Address of Alma', hint: https },
    wmsUrl: { label: 'Address of WMS', hint: https },
    holding: { label: 'Holding location of temporary items', hint: 'As in WMS’s ILL settings.' },
    shelving: { label: 'Shelving location of temporary items', hint: 'As in WMS’s ILL settings.' },
    cleanUpDays: { label: 'Days until an exported request may be cleaned up', hint: undefined },
  },
  mistake: 'Look at this again.',
  wrong: 'Not saved: look at the marked fields.',
  saved: 'Saved. It is used after a restart.',
  save: 'Save two systems',
};
