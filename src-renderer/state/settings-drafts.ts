import { DeskSettings, DeskStep, ReshareSettings } from './contract.ts';

/** The connection as it stands in the fields: everything is text, and empty means left out. */
export interface ConnectionDraft {
  okapiUrl: string;
  tenant: string;
  username: string;
  inventoryTenant: string;
  inventoryUsername: string;
  openUrlAddress: string;
  inventoryKind: NonNullable<ReshareSettings['inventoryKind']>;
  openUrlDoor: NonNullable<ReshareSettings['openUrlDoor']>;
  /** One `slug = name` a line. */
  pickupNames: string;
  /** Empty: the usual number. */
  parallel: string;
}

/** The desk as it stands in the fields. */
export interface DeskDraft {
  name: string;
  branch: string;
  steps: DeskSettings['steps'];
  sounds: DeskSettings['sounds'];
  slips: DeskSettings['slips'];
  offline: OfflineDraft;
  doubleScanSeconds: string;
  settleMinutes: string;
  returnMarginDays: string;
  holdShelfDays: string;
  itemPrefixes: string;
  patronPrefixes: string;
}

/** The rules for an outage as they stand in the fields. */
export interface OfflineDraft {
  actions: DeskSettings['offline']['actions'];
  replayByItself: boolean;
  staleHours: string;
}

/** What was read from the fields, or which of them are wrong. */
export type Reading<Value, Field extends string> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly mistakes: readonly Field[] };

export function connectionDraft(settings: ReshareSettings | undefined): ConnectionDraft {
  return {
    okapiUrl: settings?.okapiUrl ?? '',
    tenant: settings?.tenant ?? '',
    username: settings?.username ?? '',
    inventoryTenant: settings?.inventoryTenant ?? '',
    inventoryUsername: settings?.inventoryUsername ?? '',
    openUrlAddress: settings?.openUrlAddress ?? '',
    inventoryKind: settings?.inventoryKind ?? 'folio-graphql',
    openUrlDoor: settings?.openUrlDoor ?? 'resolver',
    pickupNames: settings?.pickupNames?.map(({ slug, name }) => `${slug} = ${name}`).join('\n') ?? '',
    parallel: settings?.parallel === undefined ? '' : String(settings.parallel),
  };
}

export function deskDraft(desk: DeskSettings): DeskDraft {
  return {
    name: desk.name,
    branch: desk.branch,
    steps: { ...desk.steps },
    sounds: { ...desk.sounds },
    slips: { ...desk.slips, modes: { ...desk.slips.modes } },
    offline: {
      ...desk.offline,
      actions: { ...desk.offline.actions },
      staleHours: String(desk.offline.staleHours),
    },
    doubleScanSeconds: String(desk.doubleScanSeconds),
    settleMinutes: String(desk.settleMinutes),
    returnMarginDays: String(desk.returnMarginDays),
    holdShelfDays: String(desk.holdShelfDays),
    itemPrefixes: desk.itemPrefixes.join(' '),
    patronPrefixes: desk.patronPrefixes.join(' '),
  };
}

export function readConnection(draft: ConnectionDraft): Reading<ReshareSettings, keyof ConnectionDraft> {
  const { inventoryKind, openUrlDoor, pickupNames, ...texts } = draft;
  const filled = Object.entries<string>(texts).flatMap(([name, value]) =>
    value.trim() === '' ? [] : [[name, name === 'parallel' ? wholeNumber(value) : value.trim()]],
  );
  const named = readLines(pickupNames);
  const reading: Reading<ReshareSettings, keyof ConnectionDraft> = read(
    ReshareSettings.safeParse({
      ...Object.fromEntries(filled),
      // What is the rule is left out, so that settings say only what a library chose.
      ...(inventoryKind === 'folio-graphql' ? {} : { inventoryKind }),
      ...(openUrlDoor === 'resolver' ? {} : { openUrlDoor }),
      ...(named === undefined || named.length === 0
        ? {}
        : { pickupNames: named.map(({ code, name }) => ({ slug: code, name })) }),
    }),
  );
  if (named !== undefined) return reading;
  return { ok: false, mistakes: [...(reading.ok ? [] : reading.mistakes), 'pickupNames'] };
}

/** Lines of `code = name`; undefined when one is none, or a code is named twice, in whatever case. */
export function readLines(text: string): { code: string; name: string }[] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map((line) => {
    const at = line.indexOf('=');
    return at < 0 ? { code: '', name: '' } : { code: line.slice(0, at).trim(), name: line.slice(at + 1).trim() };
  });
  const codes = new Set(read.map(({ code }) => code.toLowerCase()));
  const whole = read.every(({ code, name }) => code !== '' && name !== '');
  return whole && codes.size === read.length ? read : undefined;
}

export function readDesk(draft: DeskDraft): Reading<DeskSettings, keyof DeskDraft> {
  return read(
    DeskSettings.safeParse({
      ...draft,
      name: draft.name.trim(),
      branch: draft.branch.trim(),
      offline: { ...draft.offline, staleHours: wholeNumber(draft.offline.staleHours) },
      doubleScanSeconds: wholeNumber(draft.doubleScanSeconds),
      settleMinutes: wholeNumber(draft.settleMinutes),
      returnMarginDays: wholeNumber(draft.returnMarginDays),
      holdShelfDays: wholeNumber(draft.holdShelfDays),
      itemPrefixes: words(draft.itemPrefixes),
      patronPrefixes: words(draft.patronPrefixes),
    }),
  );
}

/** The steps in the order in which a borrowed and then a lent item meets them. */
export const STEPS: readonly DeskStep[] = DeskStep.options;

/** Whether a value, or something it is part of, was set by the administrator. */
export function isManaged(managed: readonly string[], path: string): boolean {
  return managed.some((one) => path === one || path.startsWith(`${one}.`));
}

function read<Value, Field extends string>(
  result:
    { success: true; data: Value } | { success: false; error: { issues: readonly { path: readonly PropertyKey[] }[] } },
): Reading<Value, Field> {
  if (result.success) return { ok: true, value: result.data };
  const fields = result.error.issues.map((issue) => String(issue.path[0]) as Field);
  return { ok: false, mistakes: [...new Set(fields)] };
}

export function wholeNumber(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
}

function words(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}
