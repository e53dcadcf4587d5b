import type { Light, Snapshot } from '../../src-main/contract/shift.ts';

/** What the amber bar says: the systems that are not to be had, and which sentence tells what still works. */
export interface OutageShown {
  readonly lights: readonly Light[];
  readonly goesOn: 'bothDown' | 'wmsDown' | 'reshareDown' | 'onlyReshare';
}

/** Systems without which a desk cannot go on as usual; the office's others have their lights where they are worked with. */
const DESK: ReadonlySet<Light['system']> = new Set<Light['system']>(['reshare', 'wms']);

/** Whether a light stands beside the screens' names: a desk's systems always, another only while something is wrong with it. */
export function isBesideNames({ system, state }: Light): boolean {
  return DESK.has(system) || (state !== 'good' && state !== 'unknown');
}

/** The lights of systems that are worked with on the screen for two systems alone. */
export function officeLights(state: Snapshot | undefined): readonly Light[] {
  return (state?.lights ?? []).filter(({ system }) => !DESK.has(system));
}

/** Undefined while everything that is needed answers, or has not been asked yet. */
export function outageShown(state: Snapshot | undefined): OutageShown | undefined {
  const all = (state?.lights ?? []).filter(({ system }) => DESK.has(system));
  const lights = all.filter((light) => light.state === 'down' || light.state === 'needs-login');
  if (lights.length === 0) return undefined;
  const down = (system: Light['system']): boolean => lights.some((light) => light.system === system);
  if (all.length === 1) return { lights, goesOn: 'onlyReshare' };
  if (down('reshare') && down('wms')) return { lights, goesOn: 'bothDown' };
  return { lights, goesOn: down('wms') ? 'wmsDown' : 'reshareDown' };
}

/** How many things wait although every system is back. */
export function waitingAfterOutage(state: Snapshot | undefined): number {
  if (state === undefined || outageShown(state) !== undefined) return 0;
  return state.offline?.lines.length ?? 0;
}
