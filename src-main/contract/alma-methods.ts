import { z } from 'zod';
import { AlmaCalls, AlmaConnection } from './alma-connection.ts';
import { CheckLine, Settings } from './settings.ts';

const Key = z.string().max(500);

export const ALMA_METHODS = {
  /** Saves the library's Alma, or forgets it when left out; a key left out stays as it is. Used after `app.restart`. */
  'settings.saveAlma': {
    input: z.object({ alma: AlmaConnection.optional(), key: Key.optional() }),
    output: z.object({ settings: Settings, restartNeeded: z.boolean() }),
  },
  /** Tries the given Alma without saving it or changing anything in it. */
  'settings.testAlma': {
    input: z.object({ alma: AlmaConnection, key: Key.optional() }),
    output: z.array(CheckLine),
  },
  /** How many calls of the day are used and left; nothing while no Alma is in use. */
  'alma.calls': { input: z.object({}), output: z.object({ calls: AlmaCalls.optional() }) },
} as const;
