import type {
  CapabilityMode,
  PeerId,
  TaskCapability,
  TaskFlow,
  TaskKind,
  TaskLeg,
  TaskStep,
} from '../contract/tasks.ts';
import type { Modes } from './modes.ts';
import type { TaskSettings } from './ports.ts';

interface Planned {
  readonly part: string;
  readonly system: PeerId;
  readonly step: TaskStep;
  readonly capability: TaskCapability;
}

const leg = (part: string, system: PeerId, step: TaskStep, capability: TaskCapability): Planned => ({
  part,
  system,
  step,
  capability,
});

/** What each kind of work consists of, by the two systems. The order is the order in which it is done. */
const PLANS: Readonly<Record<TaskFlow, Partial<Record<TaskKind, readonly Planned[]>>>> = {
  // mod-rs has no renew action (ISO 18626 Renew is "not yet implemented"): the lender is written to, and WMS's date changed.
  'reshare-wms': {
    renewal: [
      leg('renewal', 'reshare', 'ask-lender', 'ask-lender-to-renew'),
      leg('renewal', 'reshare', 'lender-answer', 'record-renewal'),
      leg('renewal', 'wms', 'patron-date', 'change-patron-date'),
    ],
  },
  // FLVC, "Alma/WorldShare integration": renewals are processed separately in both systems, WorldShare first.
  'alma-worldshare': {
    renewal: [
      leg('renewal', 'worldshare-ill', 'ask-lender', 'ask-lender-to-renew'),
      leg('renewal', 'worldshare-ill', 'lender-answer', 'record-renewal'),
      leg('renewal', 'alma', 'record-renewal', 'record-renewal'),
      leg('renewal', 'alma', 'patron-date', 'change-patron-date'),
    ],
    exported: [
      leg('export', 'alma', 'see-exported', 'read-request'),
      leg('receive', 'alma', 'receive', 'receive'),
      leg('receive', 'worldshare-ill', 'mark-received', 'receive'),
      leg('return', 'alma', 'check-in', 'check-in'),
      leg('return', 'worldshare-ill', 'mark-returned', 'mark-returned'),
    ],
  },
  // OCLC help, "Relais D2D integration: Integration workflow".
  'relais-wms': {
    renewal: [
      leg('renewal', 'relais', 'ask-lender', 'ask-lender-to-renew'),
      leg('renewal', 'relais', 'lender-answer', 'record-renewal'),
      leg('renewal', 'wms', 'patron-date', 'change-patron-date'),
    ],
    loan: [
      leg('receive', 'relais', 'mark-received', 'receive'),
      leg('receive', 'wms', 'see-temporary-item', 'make-temporary-item'),
      leg('return', 'wms', 'check-in', 'check-in'),
      leg('return', 'relais', 'mark-returned', 'mark-returned'),
    ],
    return: [leg('return', 'wms', 'check-in', 'check-in'), leg('return', 'relais', 'mark-returned', 'mark-returned')],
    'temporary-item': [
      leg('receive', 'relais', 'continue-by-hand', 'receive'),
      leg('receive', 'wms', 'make-temporary-item', 'make-temporary-item'),
      leg('receive', 'wms', 'place-hold', 'make-temporary-item'),
    ],
    'home-again': [leg('return', 'wms', 'check-in', 'check-in'), leg('return', 'relais', 'complete', 'mark-returned')],
    tidy: [
      leg('tidy', 'relais', 'see-closed', 'read-request'),
      leg('tidy', 'wms', 'delete-temporary-item', 'delete-temporary-item'),
    ],
  },
};

/**
 * Where Tipasa's NCIP integration with Alma is on, Tipasa makes and checks in the item there: what is done in Tipasa comes
 * first, and Alma is looked at (OCLC help, "Tipasa third-party circulation integration").
 */
const EXPORTED_TIPASA: readonly Planned[] = [
  leg('export', 'alma', 'see-exported', 'read-request'),
  leg('receive', 'worldshare-ill', 'mark-received', 'receive'),
  leg('receive', 'alma', 'receive', 'receive'),
  leg('return', 'worldshare-ill', 'mark-returned', 'mark-returned'),
  leg('return', 'alma', 'check-in', 'mark-returned'),
];

const CLEAN_UP: readonly Planned[] = [
  leg('clean-up', 'worldshare-ill', 'look-up-status', 'read-request'),
  leg('clean-up', 'alma', 'cancel-quietly', 'cancel-quietly'),
];

/** Kinds of work that two systems have between them. */
export function kindsOf(flow: TaskFlow): readonly TaskKind[] {
  return Object.keys(PLANS[flow]) as TaskKind[];
}

/** The legs of a new task; undefined where the two systems have no such work between them. */
export function legsOf(
  kind: TaskKind,
  flow: TaskFlow,
  modes: Modes,
  { tipasa }: Pick<TaskSettings, 'tipasa'> = {},
): readonly TaskLeg[] | undefined {
  const circulates = kind === 'exported' && flow === 'alma-worldshare' && tipasa?.circulates === true;
  const plan = circulates ? EXPORTED_TIPASA : PLANS[flow][kind];
  return plan?.map((planned, index) => legOf(planned, index + 1, modes));
}

/** The legs of one more try to clean an exported request up; each try is a part of its own. */
export function cleanUpLegs(legs: readonly TaskLeg[], modes: Modes): readonly TaskLeg[] {
  const tries = legs.filter(({ step }) => step === 'look-up-status').length;
  return CLEAN_UP.map((planned, index) => {
    const part = tries === 0 ? planned.part : `${planned.part}-${String(tries + 1)}`;
    return legOf({ ...planned, part }, legs.length + index + 1, modes);
  });
}

/** After a refusal the old date stands, and the patron is told. */
export function tellPatronLeg({ flow, legs }: { readonly flow: TaskFlow; readonly legs: readonly TaskLeg[] }): TaskLeg {
  const system = flow === 'alma-worldshare' ? 'alma' : 'wms';
  return { seq: legs.length + 1, part: 'told', system, step: 'tell-patron', mode: 'guided', state: 'todo' };
}

function legOf({ part, system, step, capability }: Planned, seq: number, modes: Modes): TaskLeg {
  return { seq, part, system, step, mode: modeOf(modes, system, capability, step), state: 'todo' };
}

/** What a person answers or only looks up is guided, whatever a call could do besides. */
const BY_STAFF: ReadonlySet<TaskStep> = new Set<TaskStep>(['lender-answer', 'look-up-status', 'tell-patron']);

function modeOf(modes: Modes, system: PeerId, capability: TaskCapability, step: TaskStep): CapabilityMode {
  return BY_STAFF.has(step) ? 'guided' : (modes[system]?.[capability] ?? 'guided');
}
