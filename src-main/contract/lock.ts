import { z } from 'zod';

/** After how many idle minutes the screen locks by itself. */
export const LockSettings = z.object({
  /** 0: never by itself, only by its key. */
  afterMinutes: z.number().int().min(0).max(240),
});
export type LockSettings = Readonly<z.infer<typeof LockSettings>>;

/**
 * Whether the screen is locked, and what opens it. While it is, main tells nothing that names a person, a title or an item,
 * and takes scans all the same.
 */
export const LockState = z.object({
  locked: z.boolean(),
  /** Who is at the desk, as said when it was opened; it goes into every record. Left out while locked. */
  staff: z.string().optional(),
  afterMinutes: z.number().int(),
  /** What opens it now; nothing at all where neither a PIN nor a ReShare password is kept. */
  opens: z.array(z.enum(['pin', 'password'])),
  /** A PIN is set on this computer. */
  pinSet: z.boolean(),
  /** A ReShare password that its server accepted is kept on this computer. */
  passwordKept: z.boolean(),
  /** After wrong tries: nothing is tried before then, ISO 8601 UTC. */
  waitUntil: z.string().optional(),
});
export type LockState = Readonly<z.infer<typeof LockState>>;

/** Digits, so that a PIN can be typed with one hand; a scanner's labels never get into its field. */
export const Pin = z.string().regex(/^\d{4,12}$/, '4 to 12 digits');

export const LOCK_METHODS = {
  /** Locks the screen now; the patron's session ends. */
  'lock.now': { input: z.object({}), output: LockState },
  /** Opens it for somebody. The secret is the PIN or the ReShare password, and may be empty where neither is kept. */
  'lock.open': { input: z.object({ staff: z.string().max(60), secret: z.string().max(500) }), output: LockState },
  /** Somebody is at the screen. Told now and then, not with each key. */
  'lock.active': { input: z.object({}), output: z.object({}) },
  /** Sets when it locks, and the PIN when one is given; an empty PIN forgets the one there is. */
  'lock.configure': {
    input: LockSettings.extend({ pin: z.union([Pin, z.literal('')]).optional() }),
    output: LockState,
  },
} as const;
