import { z } from 'zod';
import { Settings } from './settings.ts';
import { TwoSystems } from './two-systems.ts';

export const TWO_SYSTEMS_METHODS = {
  /** Saves what is set for work in two systems; a key left out stays as it is. Used after `app.restart`. */
  'settings.saveTwoSystems': {
    input: z.object({ twoSystems: TwoSystems.optional(), relaisKey: z.string().max(500).optional() }),
    output: z.object({ settings: Settings, restartNeeded: z.boolean() }),
  },
} as const;
