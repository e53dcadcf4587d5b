import type { CapabilityMode, PeerId, Task, TaskCapability, TaskFlow, TaskView } from '../contract/tasks.ts';
import { guideOf, type GuideScene } from './guide.ts';
import type { Modes } from './modes.ts';
import type { TaskSettings } from './ports.ts';
import { isClosed, isDone, isOver, nextLeg } from './standing.ts';
import { flowName, kindName, stepName, systemName, taskSentence } from './words.ts';

const DAY_MS = 86_400_000;

/** A task for the screen. Nothing of the patron goes with it but the last characters. */
export function viewOf(task: Task, scene: GuideScene): TaskView {
  const next = nextLeg(task);
  const { patron, ...subject } = task.subject;
  return {
    ...task,
    subject: { ...subject, ...(patron === undefined ? {} : { patron: { masked: patron.masked } }) },
    name: `${kindName(task.kind)}: ${flowName(task.flow)}`,
    sentence: taskSentence(task, scene.settings),
    legs: task.legs.map((leg) => ({
      ...leg,
      name: stepName(leg),
      systemName: systemName(leg.system, scene.settings),
    })),
    stale: isStale(task, scene),
    ...(next === undefined ? {} : { guide: guideOf(task, next, scene) }),
  };
}

/** Exported longer ago than the days of the settings, and nothing came. */
function isStale(task: Task, { now, settings }: GuideScene): boolean {
  if (task.kind !== 'exported' || isOver(task)) return false;
  if (task.legs.some((leg) => leg.part === 'receive' && isDone(leg))) return false;
  if (task.legs.some((leg) => leg.step === 'cancel-quietly' && !isClosed(leg))) return false;
  return Date.parse(now) - Date.parse(task.subject.since ?? task.openedAt) > settings.cleanUpDays * DAY_MS;
}

/** The modes as a list for people: what each system of the flows in use does by itself. */
export function modeRows(
  modes: Modes,
  flows: readonly TaskFlow[],
  settings: TaskSettings,
): readonly { system: PeerId; name: string; capability: TaskCapability; mode: CapabilityMode }[] {
  const used = new Set<PeerId>(flows.flatMap((flow) => SYSTEMS[flow]));
  return (Object.entries(modes) as [PeerId, Modes[PeerId]][])
    .filter(([system]) => used.has(system))
    .flatMap(([system, of]) =>
      (Object.entries(of ?? {}) as [TaskCapability, CapabilityMode][]).map(([capability, mode]) => ({
        system,
        name: systemName(system, settings),
        capability,
        mode,
      })),
    );
}

const SYSTEMS: Readonly<Record<TaskFlow, readonly PeerId[]>> = {
  'reshare-wms': ['reshare', 'wms'],
  'alma-worldshare': ['alma', 'worldshare-ill'],
  'relais-wms': ['relais', 'wms'],
};
