import type { ReadinessGroup, ReadinessMender, ReadinessOutcome } from './readiness.ts';

/** English words of the readiness list, the same in the window and in a terminal. */

export const READINESS_GROUP_WORDS: Readonly<Record<ReadinessGroup, string>> = {
  access: 'Carrel’s own access',
  reshare: 'ReShare’s configuration',
  before: 'WMS: before you begin',
  borrowing: 'WMS: borrowing',
  lending: 'WMS: lending',
  enable: 'WMS: enable it last',
  services: 'Requests from outside',
};

export const READINESS_OUTCOME_WORDS: Readonly<Record<ReadinessOutcome, string>> = {
  found: 'Found',
  'not-needed': 'Not needed',
  confirmed: 'Confirmed by a person',
  missing: 'Missing',
  'not-permitted': 'Not permitted to look',
  unconfirmed: 'Not confirmed yet',
  'not-looked': 'Not looked at',
};

export const READINESS_MENDER_WORDS: Readonly<Record<ReadinessMender, string>> = {
  'library-administrator': 'The library administrator',
  'reshare-support': 'Your ReShare support desk',
  oclc: 'OCLC',
  it: 'IT',
};
