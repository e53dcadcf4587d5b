import { z } from 'zod';

/** What a desk may go on with while a system is not reached. `complete` is a lent item that comes home. */
export const OfflineAction = z.enum([
  'check-in',
  'receive',
  'returned',
  'return-shipped',
  'complete',
  'pull-slip',
  'fill',
  'ship',
  'check-out',
]);
export type OfflineAction = z.infer<typeof OfflineAction>;

/**
 * `record`: written down, and done from the list when the system is back; the thing waits on the offline cart. `intent`:
 * written down as something to do again, never sent by itself; the thing stays at the desk. `off`: nothing is written down
 * but the scan, and the thing is scanned again.
 */
export const OfflineMode = z.enum(['record', 'intent', 'off']);
export type OfflineMode = z.infer<typeof OfflineMode>;

/** What each action may be set to. A check-out is never sent without its patron there. Nothing takes money. */
export function modesOf(action: OfflineAction): readonly OfflineMode[] {
  return action === 'check-out' ? ['intent', 'off'] : OfflineMode.options;
}

export const OfflineSettings = z.object({
  actions: z
    .record(OfflineAction, OfflineMode)
    .refine((actions) => actions['check-out'] !== 'record', { message: 'A check-out cannot be recorded' }),
  /** What is safe is done by itself as soon as the system is back. */
  replayByItself: z.boolean(),
  /** What is known from memory and is older than this says so on the prompt, hours. */
  staleHours: z.number().int().min(1).max(168),
});
export type OfflineSettings = Readonly<z.infer<typeof OfflineSettings>>;

/**
 * What can be done later without harm is recorded: ReShare's own list of valid actions guards each step. What sends
 * something to another library or to a patron is only noted, because it cannot be taken back.
 */
export const DEFAULT_OFFLINE: OfflineSettings = {
  actions: {
    'check-in': 'record',
    receive: 'record',
    returned: 'record',
    'return-shipped': 'record',
    complete: 'record',
    'pull-slip': 'record',
    fill: 'intent',
    ship: 'intent',
    'check-out': 'intent',
  },
  replayByItself: false,
  staleHours: 12,
};

/** Systems a scan may wait for. */
export const HeldSystem = z.enum(['reshare', 'wms']);
export type HeldSystem = z.infer<typeof HeldSystem>;

/** What is to be done when the system is back. `look`: nothing is known, so the thing is only scanned again. */
export const HeldPlan = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('step'),
    step: OfflineAction,
    /** The system's own action code. */
    action: z.string(),
    requestId: z.string(),
    side: z.enum(['borrowing', 'lending']),
    params: z.record(z.string(), z.unknown()),
  }),
  z.object({ kind: z.literal('check-in'), barcode: z.string() }),
  /** The patron's card is sealed in the record of its own scan, which `session` names; it is not here. */
  z.object({ kind: z.literal('check-out'), barcode: z.string(), session: z.string() }),
  z.object({ kind: z.literal('look') }),
]);
export type HeldPlan = Readonly<z.infer<typeof HeldPlan>>;

/** What the plan rests on: the request as it was last seen, and when. */
export const HeldBasis = z.object({
  requestId: z.string().optional(),
  hrid: z.string().optional(),
  title: z.string().optional(),
  /** The other library. */
  partner: z.string().optional(),
  state: z.string().optional(),
  stateLabel: z.string().optional(),
  /** ISO 8601 UTC. */
  seenAt: z.string().optional(),
});
export type HeldBasis = Readonly<z.infer<typeof HeldBasis>>;

/** A scan that waits for a system. Its number is the desk's own, from 1 each day, and stands on its slip. */
export const HeldBody = z.object({
  type: z.literal('held'),
  no: z.number().int().min(1),
  /** Local calendar day, `YYYY-MM-DD`. */
  day: z.string(),
  mode: z.enum(['record', 'intent', 'look']),
  /** The system whose absence made it wait. */
  system: HeldSystem,
  plan: HeldPlan,
  basis: HeldBasis,
});
export type HeldBody = Readonly<z.infer<typeof HeldBody>>;

/** A held scan is done with: the thing was scanned again, or a person said why it need not be. */
export const ReleasedBody = z.object({
  type: z.literal('released'),
  how: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('rescanned'), by: z.string() }),
    z.object({ kind: z.literal('dismissed'), reason: z.string().min(3).max(300) }),
  ]),
});
export type ReleasedBody = Readonly<z.infer<typeof ReleasedBody>>;

/**
 * How a line of the offline list stands. `waiting`: not looked at since the system came back. By a fresh look: `would-do`,
 * `already` done, `conflict`, or `unknown` where nothing can tell. `running`, then `done`, `refused` or `in-doubt` (sent,
 * no answer). `again`: not for Carrel to do; the thing is scanned again.
 */
export const OfflineState = z.enum([
  'waiting',
  'would-do',
  'already',
  'conflict',
  'unknown',
  'running',
  'done',
  'refused',
  'in-doubt',
  'again',
]);
export type OfflineState = z.infer<typeof OfflineState>;

/** What a person has to do with a thing. */
export const OfflineTodo = z.enum(['wait', 'rescan', 'card', 'slip', 'call', 'look']);
export type OfflineTodo = z.infer<typeof OfflineTodo>;

export const OfflineLine = z.object({
  scanId: z.string(),
  no: z.number().int(),
  day: z.string(),
  /** When it was scanned, ISO 8601 UTC. */
  at: z.string(),
  staff: z.string(),
  /** Scanned while the screen was locked. */
  locked: z.literal(true).optional(),
  /** What to scan again. */
  barcode: z.string(),
  title: z.string(),
  hrid: z.string().optional(),
  /** The other library. */
  partner: z.string().optional(),
  mode: HeldBody.shape.mode,
  /** "Mark received". */
  what: z.string(),
  /** Where the thing waits: "Offline cart" or "At the desk". */
  place: z.string(),
  state: OfflineState,
  /** What the look found or how it ended, in words. */
  sentence: z.string().optional(),
  /** When that was found, ISO 8601 UTC. */
  seenAt: z.string().optional(),
  todo: OfflineTodo,
  todoSentence: z.string(),
});
export type OfflineLine = Readonly<z.infer<typeof OfflineLine>>;

export const OfflineList = z.object({
  /** In the order in which they were scanned. */
  lines: z.array(OfflineLine),
  /** What Carrel is doing with the list. */
  busy: z.enum(['looking', 'running']).optional(),
  /** Lines gone through so far, while busy. */
  through: z.number().int().optional(),
  /** A system that lines wait for is still not reached. */
  down: z.array(z.string()),
});
export type OfflineList = Readonly<z.infer<typeof OfflineList>>;

/** How the list differs from what was told before: a thousand lines are not sent anew for each that changes. */
export const OfflineChange = OfflineList.extend({
  /** New lines, and those that changed. */
  lines: z.array(OfflineLine),
  /** Scan ids of lines that left the list. */
  gone: z.array(z.string()),
});
export type OfflineChange = Readonly<z.infer<typeof OfflineChange>>;

export const OFFLINE_METHODS = {
  /** Looks at every line; answers at once, and what is found comes as events. */
  'offline.preview': { input: z.object({}), output: OfflineList },
  /** Does what may be done, in order for each thing; answers at once. */
  'offline.run': { input: z.object({}), output: OfflineList },
  /** What is under way is waited for, and nothing more is begun. */
  'offline.stop': { input: z.object({}), output: OfflineList },
  /** A person says why a line is done with although its thing was not scanned again. */
  'offline.dismiss': {
    input: z.object({ scanId: z.uuid(), reason: z.string().trim().min(3).max(300) }),
    output: OfflineList,
  },
} as const;
