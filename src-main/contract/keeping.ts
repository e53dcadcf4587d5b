import { z } from 'zod';

/** What became of a journal that was damaged: told on screen until someone says that it was read. */
export const RescueReport = z.object({
  /** When, ISO 8601 UTC. */
  at: z.iso.datetime(),
  /** Where the damaged files lie now, whole, relative to the journal's folder. */
  aside: z.string(),
  /** When the backup was made that was put in its place, ISO 8601 UTC; undefined when none was sound. */
  backupAt: z.string().optional(),
  /** Records that came from the backup. */
  restored: z.number().int(),
  /** Records read from the damaged files beyond those. */
  salvaged: z.number().int(),
  /** Records that must have been there and could not be read. */
  unreadable: z.number().int(),
});
export type RescueReport = Readonly<z.infer<typeof RescueReport>>;

/** Something about the journal that stays on screen until it is dismissed. */
export const KeepingNotice = z.object({ id: z.string(), sentence: z.string() });
export type KeepingNotice = Readonly<z.infer<typeof KeepingNotice>>;

/**
 * How long the journal keeps what, in days; what is still open is kept whatever its age. After the first, a scan is
 * reduced to request or item, action, time and staff; after the second it is dropped. Whole numbers of library cards go
 * after a day.
 */
export const Retention = z
  .object({ reduceAfterDays: z.number().int().min(1).max(365), dropAfterDays: z.number().int().min(1).max(3650) })
  .refine(({ reduceAfterDays, dropAfterDays }) => dropAfterDays >= reduceAfterDays, {
    message: 'Nothing can be dropped before it is reduced',
  });
export type Retention = Readonly<z.infer<typeof Retention>>;

export const DEFAULT_RETENTION: Retention = { reduceAfterDays: 7, dropAfterDays: 90 };

export const KEEPING_METHODS = {
  /** Somebody read a notice; it does not come again. Answers with the notices that are left. */
  'keeping.dismiss': { input: z.object({ id: z.string().max(100) }), output: z.array(KeepingNotice) },
  /** Sets how long the journal keeps what; refused where an administrator has set it. Answers with what holds now. */
  'keeping.saveRetention': { input: z.object({ retention: Retention }), output: Retention },
} as const;
