import { fail, type Failure } from './base.ts';
import type { Capability, CapabilityModes } from './circulation-system.ts';

/** What each capability is called in a sentence: "Carrel does not … in WMS". */
const DOES: Readonly<Record<Capability, string>> = {
  'check-in': 'check items in',
  'check-out': 'check items out',
  hold: 'place holds',
  'cancel-hold': 'cancel holds',
  renew: 'renew loans',
  item: 'look up single items',
  title: 'look up the copies of a title',
  patron: 'look up patrons',
};

/** The refusal of a capability that is not carried out by Carrel; undefined when it is. */
export function notByApi(system: string, modes: CapabilityModes, capability: Capability): Failure | undefined {
  const mode = modes[capability];
  return mode === 'api' ? undefined : notOffered(system, mode, capability);
}

export function notOffered(system: string, mode: 'guided' | 'none', capability: Capability): Failure {
  const what = `Carrel does not ${DOES[capability]} in ${system}`;
  return fail(
    'configuration',
    mode === 'guided'
      ? `${what} by itself. Do it on ${system}'s own screen, then confirm it here.`
      : `${what}. Look on ${system}'s own screen.`,
    { mender: 'desk' },
  );
}
