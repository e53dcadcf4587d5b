import type { Light, Snapshot } from '../../src-main/contract/shift.ts';

/** What the amber bar says: the systems that are not to be had, and which sentence tells what still works. */
export interface OutageShown {
  readonly lights: readonly Light[];
  readonly goesOn: 'bothDown' | 'wmsDown' | 'reshareDown' | 'onlyReshare';
}

/** Undefined while everything that is needed answers, or has not been asked yet. */
export function outageShown(state: Snapshot | undefined): OutageShown | undefined {
  const all = state?.lights ?? [];
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
