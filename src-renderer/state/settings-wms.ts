import { WmsConnection } from './contract.ts';
import { readLines, wholeNumber, type Reading } from './settings-drafts.ts';

/** The library's WMS as it stands in the fields: everything is text, and empty means left out. */
export interface WmsDraft {
  registryId: string;
  branch: string;
  hereCodes: string;
  /** One `code = name` a line. */
  branches: string;
  /** Code or name of one of the branches; empty where nobody minds. */
  illBranch: string;
  /** One `id = name` a line. */
  pickups: string;
  /** Empty: OCLC's general rule. */
  callsPerDay: string;
  /** Empty: the usual number. */
  parallel: string;
  keyId: string;
  tokenAddress: string;
  ncipAddress: string;
  availabilityAddress: string;
  identityAddress: string;
  /** What the WSKey is used for besides circulation. */
  availability: boolean;
  patrons: boolean;
  signIn: 'token' | 'hmac';
  /** The key serves several institutions. */
  context: boolean;
  principalId: string;
  principalNamespace: string;
  toAgency: string;
  agencyScheme: string;
  profile: string;
  profileScheme: string;
  perSecond: string;
  updateSeconds: string;
  lookupSeconds: string;
}

export type WmsField = keyof WmsDraft;

/** The addresses that are OCLC's unless a library was given others. */
export const WMS_ADDRESSES = ['tokenAddress', 'ncipAddress', 'availabilityAddress', 'identityAddress'] as const;

/** What only a library writes that OCLC told otherwise than its documents: words, and numbers. */
const WMS_WORDS = [
  'principalId',
  'principalNamespace',
  'toAgency',
  'agencyScheme',
  'profile',
  'profileScheme',
] as const;
const WMS_NUMBERS = ['perSecond', 'updateSeconds', 'lookupSeconds'] as const;
export const WMS_SPECIAL = [...WMS_WORDS, ...WMS_NUMBERS] as const;

export function wmsDraft(wms: WmsConnection | undefined): WmsDraft {
  return {
    registryId: wms?.registryId ?? '',
    branch: wms?.branch ?? '',
    hereCodes: wms?.hereCodes.join(' ') ?? '',
    branches: wms?.branches.map(({ code, name }) => `${code} = ${name}`).join('\n') ?? '',
    illBranch: wms?.illBranch ?? '',
    pickups: wms?.pickups?.map(({ id, name }) => `${id} = ${name}`).join('\n') ?? '',
    callsPerDay: wms?.callsPerDay === undefined ? '' : String(wms.callsPerDay),
    parallel: wms?.parallel === undefined ? '' : String(wms.parallel),
    keyId: wms?.keyId ?? '',
    tokenAddress: wms?.tokenAddress ?? '',
    ncipAddress: wms?.ncipAddress ?? '',
    availabilityAddress: wms?.availabilityAddress ?? '',
    identityAddress: wms?.identityAddress ?? '',
    availability: wms?.scopes?.includes('WMS_Availability') ?? true,
    patrons: wms?.scopes?.includes('SCIM:read_user') ?? false,
    signIn: wms?.signIn ?? 'token',
    context: wms?.context ?? false,
    ...textsOf(wms),
  };
}

function textsOf(wms: WmsConnection | undefined): Record<(typeof WMS_SPECIAL)[number], string> {
  const text = (name: (typeof WMS_SPECIAL)[number]): string => (wms?.[name] === undefined ? '' : String(wms[name]));
  return {
    principalId: text('principalId'),
    principalNamespace: text('principalNamespace'),
    toAgency: text('toAgency'),
    agencyScheme: text('agencyScheme'),
    profile: text('profile'),
    profileScheme: text('profileScheme'),
    perSecond: text('perSecond'),
    updateSeconds: text('updateSeconds'),
    lookupSeconds: text('lookupSeconds'),
  };
}

/**
 * What the fields say, or which of them are wrong. A code that means "here" is wanted, since without one every item would
 * be sent away.
 * @param later fields that are filled in afterwards, so that nothing is said of them yet
 */
export function readWms(draft: WmsDraft, later: readonly WmsField[] = []): Reading<WmsConnection, WmsField> {
  const branches = readLines(draft.branches);
  const pickups = readLines(draft.pickups);
  const calls = draft.callsPerDay.trim();
  const hereCodes = draft.hereCodes.split(/[\s,;]+/).filter((code) => code !== '');
  const illBranch = draft.illBranch.trim();
  const written = (names: readonly (typeof WMS_ADDRESSES | typeof WMS_SPECIAL)[number][]) =>
    names.flatMap((name) => {
      const text = draft[name].trim();
      return text === '' ? [] : [[name, text] as const];
    });
  const addresses = written(WMS_ADDRESSES);
  const result = WmsConnection.safeParse({
    registryId: draft.registryId.trim(),
    branch: draft.branch.trim(),
    hereCodes,
    branches: branches ?? [],
    ...(illBranch === '' ? {} : { illBranch }),
    ...(pickups === undefined || pickups.length === 0
      ? {}
      : { pickups: pickups.map(({ code, name }) => ({ id: code, name })) }),
    ...(calls === '' ? {} : { callsPerDay: Number(calls.replaceAll(/[\s,.']/g, '')) }),
    ...(draft.parallel.trim() === '' ? {} : { parallel: wholeNumber(draft.parallel) }),
    keyId: draft.keyId.trim(),
    ...Object.fromEntries(addresses),
    ...Object.fromEntries(written(WMS_WORDS)),
    ...Object.fromEntries(written(WMS_NUMBERS).map(([name, text]) => [name, Number(text.replace(',', '.'))])),
    ...(draft.signIn === 'token' ? {} : { signIn: draft.signIn }),
    ...(draft.context ? { context: true } : {}),
    scopes: [
      ...(draft.availability ? (['WMS_Availability'] as const) : []),
      ...(draft.patrons ? (['SCIM:read_user'] as const) : []),
    ],
  });
  const mistakes = new Set<WmsField>(
    result.success ? [] : result.error.issues.map((issue) => String(issue.path[0]) as WmsField),
  );
  if (hereCodes.length === 0) mistakes.add('hereCodes');
  if (branches === undefined) mistakes.add('branches');
  const known = [...hereCodes, ...(branches ?? []).flatMap(({ code, name }) => [code, name])];
  if (illBranch !== '' && !known.some((one) => one.toLowerCase() === illBranch.toLowerCase()))
    mistakes.add('illBranch');
  if (pickups === undefined) mistakes.add('pickups');
  // OCLC knows a user by both together.
  if ((draft.principalId.trim() === '') !== (draft.principalNamespace.trim() === '')) {
    mistakes.add(draft.principalId.trim() === '' ? 'principalId' : 'principalNamespace');
  }
  for (const field of later) mistakes.delete(field);
  return result.success && mistakes.size === 0
    ? { ok: true, value: result.data }
    : { ok: false, mistakes: [...mistakes] };
}
