import type { SetupState } from '../../src-main/contract/setup.ts';
import { SetupStep } from '../../src-main/contract/setup.ts';
import type { AlmaField } from './settings-alma.ts';
import type { ConnectionDraft } from './settings-drafts.ts';
import type { WmsField } from './settings-wms.ts';

/** What the steps of the set-up guide consist of. */

/** The fields of the connection by the step that asks for them. */
const CONNECTION: Readonly<Partial<Record<SetupStep, readonly (keyof ConnectionDraft)[]>>> = {
  systems: ['okapiUrl', 'tenant', 'inventoryTenant', 'inventoryKind', 'openUrlAddress', 'openUrlDoor'],
  credentials: ['username', 'inventoryUsername'],
  locations: ['pickupNames'],
};

const WMS: Readonly<Partial<Record<SetupStep, readonly WmsField[]>>> = {
  systems: ['registryId', 'branch', 'tokenAddress', 'ncipAddress', 'availabilityAddress', 'identityAddress'],
  credentials: ['keyId'],
  locations: ['hereCodes'],
  branches: ['branches', 'illBranch', 'pickups'],
};

const ALMA: Readonly<Partial<Record<SetupStep, readonly AlmaField[]>>> = {
  systems: ['library', 'address'],
  locations: ['partner', 'cancelReason', 'scanLibrary', 'scanDesk'],
};

/** Lines of the readiness list that say how it stands with what a step asks for. */
export const STEP_LINES: Readonly<Partial<Record<SetupStep, readonly string[]>>> = {
  systems: ['directory-root', 'shared-index', 'openurl', 'openurl-tenant'],
  credentials: [
    'log-in',
    'permissions',
    'permissions-more',
    'wskey',
    'wskey-circulation',
    'wskey-availability',
    'wskey-patrons',
    'shared-inventory',
  ],
  locations: ['temporary-locations', 'pickup-slugs', 'pickup-names'],
  branches: ['directory-branches', 'lms-steps', 'institution-patron'],
};

const STEPS = SetupStep.options;

export function isFirst(step: SetupStep): boolean {
  return step === STEPS[0];
}

export function isLast(step: SetupStep): boolean {
  return step === STEPS.at(-1);
}

export function stepAfter(step: SetupStep): SetupStep {
  return STEPS[STEPS.indexOf(step) + 1] ?? step;
}

export function stepBefore(step: SetupStep): SetupStep {
  return STEPS[STEPS.indexOf(step) - 1] ?? step;
}

/** Where the guide goes on when it is opened again: at the first step that was never done, else at the beginning. */
export function reopened(state: SetupState): SetupState {
  if (!state.ended) return state;
  const at = STEPS.find((step) => state.steps[step] !== 'done') ?? 'systems';
  return { ...state, at, ended: false };
}

/** Of the fields that are wrong, those that were asked for up to this step. */
export function connectionMistakesAt(
  step: SetupStep,
  mistakes: readonly (keyof ConnectionDraft)[],
): readonly (keyof ConnectionDraft)[] {
  const later = fieldsAfter(step, CONNECTION);
  return mistakes.filter((field) => !later.includes(field));
}

/** Of the fields of Alma that are wrong, those that were asked for up to this step. */
export function almaMistakesAt(step: SetupStep, mistakes: readonly AlmaField[]): readonly AlmaField[] {
  const later = fieldsAfter(step, ALMA);
  return mistakes.filter((field) => !later.includes(field));
}

/** Fields of WMS that are asked for after this step. */
export function laterWmsFields(step: SetupStep): readonly WmsField[] {
  return fieldsAfter(step, WMS);
}

function fieldsAfter<Field>(
  step: SetupStep,
  fields: Readonly<Partial<Record<SetupStep, readonly Field[]>>>,
): readonly Field[] {
  return STEPS.slice(STEPS.indexOf(step) + 1).flatMap((one) => fields[one] ?? []);
}

/** What stands in fields by their names. */
type Draft = Readonly<Record<string, string | boolean>>;

/** What was typed and is not saved as settings. */
export function pendingOf<D extends object>(now: D, saved: D): Draft {
  const before = new Map<string, unknown>(Object.entries(saved));
  const changed = Object.entries(now).filter(([name, value]) => value !== before.get(name));
  return Object.fromEntries(changed);
}

/** Fields as they are saved, with what was typed since. Names and kinds of values that there are no more are left out. */
export function withPending<D extends object>(saved: D, pending: Draft): D {
  const kept = Object.entries(saved).map(([name, value]: [string, unknown]) => {
    const typed = pending[name];
    return [name, typeof typed === typeof value ? typed : value];
  });
  return Object.fromEntries(kept) as D;
}
