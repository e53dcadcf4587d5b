import type { ErrorCode, Mender, Retry } from '../base.ts';

/** What a problem means for the desk. Types of ANSI/NISO Z39.83-2 and OCLC's additions; `unrecognised` is the rest. */
export type ProblemMeaning = keyof typeof MEANINGS | 'unrecognised';

export interface MeaningRow {
  /** Types by which hosts call it. */
  readonly types?: readonly string[];
  /** Details that say it whatever the type; OCLC writes them as codes. */
  readonly details?: readonly string[];
  /** 1 nothing lost … 5 nothing works until it is set up right. Of several problems the highest decides. */
  readonly severity: 1 | 2 | 3 | 4 | 5;
  readonly code: ErrorCode;
  readonly mender: Mender;
  readonly retry: Retry;
  /** `system` is the host's name, e.g. "WMS". */
  readonly say: (system: string) => string;
}

const setup = { severity: 5, code: 'configuration', mender: 'library-administrator', retry: 'never' } as const;
const refusal = { severity: 3, code: 'refused', mender: 'desk', retry: 'never' } as const;

const MEANINGS = {
  'agency-refused': {
    ...setup,
    types: [
      'Agency Authentication Failed',
      'System Authentication Failed',
      'Unauthorized Service For Agency',
      'Unauthorized Service For System',
      'Unauthorized Combination Of Element Values For Agency',
      'Unauthorized Combination Of Element Values For System',
    ],
    say: (s) =>
      `${s} does not let this library’s agency do this through Carrel. A library administrator must check the agency and its password in Settings.`,
  },
  'agency-unknown': {
    ...setup,
    types: ['Unknown Agency', 'Unknown System', 'Unknown Partner'],
    say: (s) =>
      `${s} does not know the agency or system Carrel names. A library administrator must check both in Settings.`,
  },
  'needed-data-missing': {
    ...setup,
    types: ['Needed Data Missing'],
    say: (s) =>
      `${s} misses something in what Carrel sent. A library administrator must complete the settings for ${s}.`,
  },
  'service-unsupported': {
    ...setup,
    types: ['Unsupported Service', 'Unknown Service'],
    say: (s) => `${s} does not offer this to Carrel. Do it on ${s}'s own screen.`,
  },
  'message-refused': {
    ...setup,
    mender: 'it',
    types: [
      'Invalid Message Syntax Error',
      'Protocol Error',
      'Unknown Element',
      'Unknown Scheme',
      'Unknown Value From Known Scheme',
      'Invalid Amount',
      'Invalid Date',
    ],
    say: (s) => `${s} could not read what Carrel sent. Do it on ${s}'s own screen, and tell IT.`,
  },
  'temporary-failure': {
    severity: 4,
    code: 'refused',
    mender: 'host',
    retry: 'later',
    types: ['Temporary Processing Failure', 'Patron Record is Busy'],
    say: (s) => `${s} could not do it just now. Wait a minute, look at the item on ${s}'s screen, then try again.`,
  },
  'item-unknown': {
    ...refusal,
    types: ['Unknown Item'],
    details: ['UNKNOWN_ITEM'],
    say: (s) => `${s} does not know this item’s barcode. Check that the right label was scanned.`,
  },
  'item-not-unique': {
    ...refusal,
    types: ['Non-Unique Item'],
    say: (s) => `${s} has more than one item with this barcode. Find the right one on ${s}'s screen.`,
  },
  'item-denied': {
    ...refusal,
    types: ['Item Access Denied'],
    say: (s) => `${s} does not show this item to Carrel. Look on ${s}'s own screen.`,
  },
  'item-not-checked-out': {
    ...refusal,
    severity: 1,
    mender: 'nobody',
    types: ['Item Not Checked Out', '9022', 'Not On Loan'],
    details: ['ITEM_NOT_CHECKED_OUT'],
    say: (s) => `${s} has this item as not on loan: it is already in.`,
  },
  'item-already-checked-out': {
    ...refusal,
    types: ['Item Already Checked Out', 'Check Out Not Allowed - Item Is Already Checked Out'],
    details: ['ITEM_ALREADY_CHECKED_OUT'],
    say: (s) => `${s} has this item as on loan already. Keep it at the desk and look at it on ${s}'s screen.`,
  },
  'item-does-not-circulate': {
    ...refusal,
    types: ['Item Does Not Circulate'],
    say: () => 'This item may not be lent. Keep it at the desk.',
  },
  'terms-required': {
    ...refusal,
    types: ['Resource Cannot Be Provided'],
    details: ['RESOURCE_CANNOT_BE_PROVIDED'],
    say: (s) => `${s} does not lend this item unless the patron accepts its terms. Keep it and see the terms below.`,
  },
  'cannot-accept-item': {
    ...refusal,
    mender: 'ill-office',
    types: ['Cannot Accept Item', 'Cannot Guarantee Restrictions On Use'],
    say: (s) =>
      `${s} did not take the item in, perhaps because its barcode is there already. The ILL office must look.`,
  },
  'no-holdable-items': {
    ...refusal,
    details: ['NO_HOLDABLE_ITEMS'],
    say: (s) => `${s} has no item that could fill this hold, so none was placed.`,
  },
  'not-available-in-time': {
    ...refusal,
    types: ['Item Not Available By Need Before Date'],
    say: (s) => `${s} cannot have the item there in time, so no hold was placed.`,
  },
  'maximum-renewals': {
    ...refusal,
    types: ['Maximum Renewals Exceeded'],
    details: ['MAXIMUM_RENEWALS_EXCEEDED'],
    say: () => 'This loan cannot be renewed again: it has had all its renewals. The due date stays.',
  },
  'renewal-has-requests': {
    ...refusal,
    types: ['Renewal Not Allowed - Item Has Outstanding Requests', 'Recalled Items Not Renewable'],
    say: () => 'Someone else waits for this item, so it was not renewed. The due date stays.',
  },
  'item-not-renewable': {
    ...refusal,
    types: ['Item Not Renewable'],
    say: () => 'This item may not be renewed. The due date stays.',
  },
  'nothing-checked-out': {
    ...refusal,
    severity: 1,
    types: ['No Items Checked Out'],
    say: () => 'This patron has nothing on loan.',
  },
  'user-unknown': {
    ...refusal,
    types: ['Unknown User'],
    details: ['UNKNOWN_USER'],
    say: (s) => `${s} does not know this patron’s barcode. Check the card.`,
  },
  'user-not-unique': {
    ...refusal,
    types: ['Non-Unique User'],
    say: (s) => `${s} has more than one patron with this barcode. Find the right one on ${s}'s screen.`,
  },
  'user-blocked': {
    ...refusal,
    types: ['User Blocked'],
    details: ['USER_BLOCKED'],
    say: (s) => `The patron’s account is blocked in ${s}. Keep the item and look at the account.`,
  },
  'membership-lapsed': {
    ...refusal,
    details: ['PATRON_REQUIRES_MEMBERSHIP'],
    say: (s) => `The patron’s membership has run out. Keep the item until the account is renewed in ${s}.`,
  },
  'user-ineligible': {
    ...refusal,
    types: [
      'User Ineligible To Check Out This Item',
      'User Ineligible To Renew This Item',
      'User Ineligible To Request This Item',
    ],
    say: () => 'This patron may not have this item. Keep it at the desk.',
  },
  'too-many-loans': {
    ...refusal,
    types: ['Maximum Check Outs Exceeded'],
    say: () => 'The patron has as many loans as are allowed. Keep the item.',
  },
  'too-many-claims': {
    ...refusal,
    types: [
      'Maximum Lost Item Claims Exceeded',
      'Maximum Never Had Item Claims Exceeded',
      'Maximum Returned Item Claims Exceeded',
    ],
    say: (s) => `The patron has too many claimed items. Look at the account in ${s}.`,
  },
  'user-not-authenticated': {
    ...refusal,
    types: ['User Authentication Failed'],
    say: (s) => `${s} did not accept the patron’s card or PIN. Ask the patron to try again.`,
  },
  'user-denied': {
    ...refusal,
    types: ['User Access Denied', 'Account Access Denied'],
    say: (s) => `${s} does not show this patron to Carrel. Look on ${s}'s own screen.`,
  },
  'request-unknown': {
    ...refusal,
    types: ['Unknown Request'],
    details: ['UNKNOWN_REQUEST'],
    say: (s) => `${s} does not know this request. It may have been filled or cancelled; look on its screen.`,
  },
  'request-not-unique': {
    ...refusal,
    types: ['Non-Unique Request'],
    say: (s) => `${s} has more than one such request. Find the right one on its screen.`,
  },
  'request-duplicate': {
    ...refusal,
    severity: 2,
    types: ['Duplicate Request'],
    details: ['DUPLICATE_REQUEST'],
    say: () => 'This patron has this on hold already; nothing new was placed.',
  },
  'request-processed': {
    ...refusal,
    severity: 2,
    types: ['Request Already Processed'],
    say: (s) => `The request has been dealt with already in ${s}; nothing was changed.`,
  },
  'pickup-refused': {
    ...refusal,
    code: 'configuration',
    mender: 'library-administrator',
    types: ['Pickup Library Invalid'],
    say: (s) => `${s} does not know the pickup place. A library administrator must check the branch codes in Settings.`,
  },
  'shipping-address-refused': {
    ...refusal,
    types: ['Unsupported Shipping Address Type'],
    say: (s) => `${s} does not take this kind of address.`,
  },
  'cannot-change': {
    ...refusal,
    types: ['Unable To Add Element', 'Unable To Delete Element'],
    say: (s) => `${s} did not make the change. Make it on ${s}'s own screen.`,
  },
  'fee-duplicate': {
    ...refusal,
    severity: 2,
    types: ['Duplicate Fiscal Transaction'],
    say: () => 'This fee is on the account already; nothing was added.',
  },
  'rule-violated': {
    ...refusal,
    types: ['Element Rule Violated'],
    say: (s) => `A rule in ${s} does not allow this. See its own words below.`,
  },
} as const satisfies Record<string, MeaningRow>;

const UNRECOGNISED: MeaningRow = {
  ...refusal,
  say: (s) => `${s} said no, in words Carrel does not know. Read them below and look at the item on ${s}'s screen.`,
};

/** Details that say more than their type: the type is right and too general. */
const NARROWING: ReadonlySet<string> = new Set(['noholdableitems', 'patronrequiresmembership']);

const BY_TYPE = new Map<string, ProblemMeaning>();
const BY_DETAIL = new Map<string, ProblemMeaning>();
for (const [meaning, row] of Object.entries<MeaningRow>(MEANINGS)) {
  for (const type of row.types ?? []) BY_TYPE.set(normalised(type), meaning as ProblemMeaning);
  for (const detail of row.details ?? []) BY_DETAIL.set(normalised(detail), meaning as ProblemMeaning);
}

/** A host's own names for problems, as {@link normalised} writes them, with what they mean. */
export type ProblemAliases = Readonly<Record<string, ProblemMeaning>>;

/** As types and codes are compared: lower case, without spaces and underscores (`User Blocked` is `UserBlocked`). */
export function normalised(text: string): string {
  return text.toLowerCase().replace(/[\s_]+/g, '');
}

/**
 * What a problem means: by its type, then, when the type is not known or too general, by its detail. The scheme does not
 * count.
 */
export function meaningOf(
  type: string | undefined,
  detail: string | undefined,
  aliases: ProblemAliases = {},
): ProblemMeaning {
  const typeKey = normalised(type ?? '');
  const detailKey = normalised(detail ?? '');
  if (NARROWING.has(detailKey)) return BY_DETAIL.get(detailKey) ?? 'unrecognised';
  return (
    own(aliases, typeKey) ??
    BY_TYPE.get(typeKey) ??
    own(aliases, detailKey) ??
    BY_DETAIL.get(detailKey) ??
    'unrecognised'
  );
}

function own(aliases: ProblemAliases, key: string): ProblemMeaning | undefined {
  return key !== '' && Object.hasOwn(aliases, key) ? aliases[key] : undefined;
}

export function rowOf(meaning: ProblemMeaning): MeaningRow {
  return meaning === 'unrecognised' ? UNRECOGNISED : MEANINGS[meaning];
}

export function severityOf(meaning: ProblemMeaning): number {
  return rowOf(meaning).severity;
}

/** Whether a text names a meaning; for settings that do. */
export function isProblemMeaning(text: unknown): text is ProblemMeaning {
  return text === 'unrecognised' || (typeof text === 'string' && Object.hasOwn(MEANINGS, text));
}
