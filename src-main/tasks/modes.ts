import type { CapabilityMode, PeerId, TaskCapability } from '../contract/tasks.ts';
import type { TaskSystems } from './ports.ts';

/** How each system does what work in two systems needs of it; what is left out it has nothing to do with. */
export type Modes = Readonly<Partial<Record<PeerId, Partial<Record<TaskCapability, CapabilityMode>>>>>;

export const SYSTEM_NAMES: Readonly<Record<PeerId, string>> = {
  reshare: 'ReShare',
  wms: 'WMS',
  relais: 'Relais D2D',
  alma: 'Alma',
  'worldshare-ill': 'WorldShare ILL',
};

/**
 * The modes of an installation. Sources: mod-rs (no renew action; `message` carries the wish), OCLC's NCIP staff profile (no
 * look-up of a loan and no other date), Alma's public REST API (no receive, no renewal of a request), OCLC's help on
 * WorldShare ILL and Relais D2D (no public interface for what staff do).
 */
export function modesOf({ reshare, wms, alma, relais }: TaskSystems): Modes {
  return {
    reshare: {
      'read-request': reshare === undefined ? 'none' : 'api',
      'ask-lender-to-renew': reshare === undefined ? 'guided' : 'api',
      'record-renewal': 'guided',
    },
    wms: {
      'read-patron-date': wms?.dueOf === undefined ? 'guided' : 'api',
      'change-patron-date': 'guided',
      'check-in': 'guided',
      'make-temporary-item': 'guided',
      'delete-temporary-item': 'guided',
    },
    relais: {
      'read-request': relais === undefined ? 'guided' : 'api',
      'ask-lender-to-renew': 'guided',
      'record-renewal': 'guided',
      receive: 'guided',
      'mark-returned': 'guided',
    },
    alma: {
      'read-request': alma === undefined ? 'guided' : 'api',
      'read-patron-date': alma === undefined ? 'guided' : 'api',
      'change-patron-date': alma === undefined ? 'guided' : 'api',
      receive: 'guided',
      'record-renewal': 'guided',
      'check-in': alma?.modes.scanIn ?? 'guided',
      'cancel-quietly': alma === undefined ? 'guided' : 'api',
    },
    'worldshare-ill': {
      'read-request': 'guided',
      'ask-lender-to-renew': 'guided',
      'record-renewal': 'guided',
      receive: 'guided',
      'mark-returned': 'guided',
    },
  };
}
