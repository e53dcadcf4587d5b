import { refdataKey } from '../random.ts';

interface Category {
  readonly desc: string;
  readonly internal: boolean;
  readonly values: Readonly<Record<string, string>>;
}

const CATEGORIES: readonly Category[] = [
  {
    desc: 'cancellationReasons',
    internal: false,
    values: {
      patron_requested: 'User requested cancellation',
      available_locally: 'Requested item is locally available',
      invalid_user: 'User account is invalid',
    },
  },
  {
    desc: 'cannotSupplyReasons',
    internal: false,
    values: { unavailable: 'Item unavailable', missing: 'Missing', incorrect: 'Incorrect', other: 'Other' },
  },
  {
    desc: 'loanConditions',
    internal: false,
    values: {
      libraryuseonly: 'Library use only',
      noreproduction: 'No reproduction',
      signaturerequired: 'Client signature required',
      speccollsupervreq: 'Special collections supervision required',
      watchlibraryuseonly: 'Watch library use only',
      other: 'Other',
    },
  },
  {
    desc: 'copyrightType',
    internal: false,
    values: { 'us-ccg': 'US Copyright: CCG', 'us-ccl': 'US Copyright: CCL', 'uk-copyright-fee': 'UK copyright fee' },
  },
  {
    desc: 'ServiceLevels',
    internal: false,
    values: {
      express: 'Express',
      normal: 'Normal',
      secondarymail: 'Secondary mail',
      standard: 'Standard',
      urgent: 'Urgent',
      rush: 'Rush',
    },
  },
  {
    desc: 'CurrencyCodes',
    internal: false,
    values: { aud: 'AUD', cad: 'CAD', eur: 'EUR', usd: 'USD', sek: 'SEK', dkk: 'DKK' },
  },
  { desc: 'request.serviceType', internal: false, values: { loan: 'Loan', copy: 'Copy', copyorloan: 'Copy or loan' } },
  {
    desc: 'LoanPolicy',
    internal: false,
    values: { lending_all_types: 'Lending all types', not_lending: 'Not lending' },
  },
  {
    desc: 'slnpCancelOrAbortSupplyReasons',
    internal: false,
    values: { true: 'With abort', false: 'Without abort' },
  },
  { desc: 'YesNo', internal: true, values: { yes: 'Yes', no: 'No' } },
  {
    desc: 'PatronRequest.PublicationType',
    internal: false,
    values: { book: 'Book', journal: 'Journal', article: 'Article' },
  },
  { desc: 'deliveryMethod', internal: false, values: { url: 'URL', courier: 'Courier' } },
  {
    desc: 'RequestVolume.Status',
    internal: true,
    values: {
      awaiting_lms_check_out: 'Awaiting LMS check out',
      lms_check_out_complete: 'LMS check out complete',
      'lms_check_out_(no_integration)': 'LMS check out (no integration)',
      awaiting_lms_check_in: 'Awaiting LMS check in',
      completed: 'Completed',
      'lms_check_in_(no_integration)': 'LMS check in (no integration)',
      awaiting_temporary_item_creation: 'Awaiting temporary item creation',
      temporary_item_created_in_host_lms: 'Temporary item created in host LMS',
      'temporary_item_creation_(no_integration)': 'Temporary item creation (no integration)',
    },
  },
];

export interface RefdataRecord {
  readonly id: string;
  readonly value: string;
  readonly label: string;
}

/** A reference value as the JSON views write it. An unknown code is its own label, as with values added by hand. */
export function refdata(desc: string, value: string): RefdataRecord {
  const label = CATEGORIES.find((one) => one.desc === desc)?.values[value] ?? value;
  return { id: refdataKey(desc, value), value, label };
}

export interface RefdataCategory {
  readonly id: string;
  readonly desc: string;
  readonly internal: boolean;
  readonly values: readonly RefdataRecord[];
}

/** All categories, as GET /rs/refdata lists them. */
export const REFDATA: readonly RefdataCategory[] = CATEGORIES.map((category) => ({
  id: refdataKey('category', category.desc),
  desc: category.desc,
  internal: category.internal,
  values: Object.keys(category.values).map((value) => refdata(category.desc, value)),
}));
