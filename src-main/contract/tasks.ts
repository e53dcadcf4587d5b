import { z } from 'zod';

/** Systems between which Carrel keeps work together. */
export const PeerId = z.enum(['reshare', 'wms', 'relais', 'alma', 'worldshare-ill']);
export type PeerId = z.infer<typeof PeerId>;

/**
 * How a capability of a system is carried out, fixed for the installation: `api` by a call; `api-unproven` a call exists
 * and what it brings about is not proven, so it is not used until the library says that it is; `guided` by staff, who
 * confirm it; `none` not at all.
 */
export const CapabilityMode = z.enum(['api', 'api-unproven', 'guided', 'none']);
export type CapabilityMode = z.infer<typeof CapabilityMode>;

/** What work in two systems needs of a system. */
export const TaskCapability = z.enum([
  'read-request',
  'ask-lender-to-renew',
  'record-renewal',
  'read-patron-date',
  'change-patron-date',
  'receive',
  'make-temporary-item',
  'check-in',
  'mark-returned',
  'cancel-quietly',
  'delete-temporary-item',
]);
export type TaskCapability = z.infer<typeof TaskCapability>;

/** What the work is about. */
export const TaskKind = z.enum([
  /** A loan is asked to be longer: the lender's date in one system, the patron's in the other. */
  'renewal',
  /** A request that Alma exported to WorldShare ILL, from then until it came, went back, or was cancelled. */
  'exported',
  /** A loan of Relais D2D, from its receipt until it is back: its web service lists no library's loans. */
  'loan',
  /** A borrowed item came back over the desk: the other system has to hear of it. */
  'return',
  /** The temporary item and its hold, which a system failed to make. */
  'temporary-item',
  /** A lent item was checked in at the desk before the interlibrary loan system knew. */
  'home-again',
  /** A temporary item that is left after its loan was closed. */
  'tidy',
]);
export type TaskKind = z.infer<typeof TaskKind>;

/** Between which two systems. */
export const TaskFlow = z.enum(['reshare-wms', 'alma-worldshare', 'relais-wms']);
export type TaskFlow = z.infer<typeof TaskFlow>;

/**
 * How a leg stands. It ends only as `done-by-api` (the system said yes), `verified` (a later look agrees),
 * `confirmed-by-staff`, `refused`, or `skipped` (it does not apply); none is ever shown as another. `unknown`: sent without
 * an answer, to be settled by looking.
 */
export const LegStanding = z.enum([
  'todo',
  'sending',
  'unknown',
  'done-by-api',
  'verified',
  'confirmed-by-staff',
  'refused',
  'skipped',
]);
export type LegStanding = z.infer<typeof LegStanding>;

export const TaskStep = z.enum([
  'ask-lender',
  'lender-answer',
  'record-renewal',
  'patron-date',
  'tell-patron',
  'see-exported',
  'receive',
  'mark-received',
  'check-in',
  'mark-returned',
  'look-up-status',
  'cancel-quietly',
  'continue-by-hand',
  'see-temporary-item',
  'make-temporary-item',
  'place-hold',
  'complete',
  'see-closed',
  'delete-temporary-item',
]);
export type TaskStep = z.infer<typeof TaskStep>;

export const TaskLeg = z.object({
  seq: z.number().int(),
  /** Legs of one part belong together: one closed and another open is half done. */
  part: z.string(),
  system: PeerId,
  step: TaskStep,
  mode: CapabilityMode,
  state: LegStanding,
  /** Who ended it, and when (ISO 8601 UTC). */
  by: z.string().optional(),
  at: z.string().optional(),
  /** What people are told of it. */
  sentence: z.string().optional(),
  /** What staff typed: never the word of a system. */
  typed: z.record(z.string(), z.string()).optional(),
  /** What a system said, as it came. */
  seen: z.array(z.string()).optional(),
});
export type TaskLeg = Readonly<z.infer<typeof TaskLeg>>;

/** A date with where it comes from and when that was. */
export const SeenDate = z.object({
  /** Calendar day `YYYY-MM-DD` as typed, or ISO 8601 UTC as a system gave it. */
  date: z.string(),
  source: z.string(),
  at: z.string(),
});
export type SeenDate = Readonly<z.infer<typeof SeenDate>>;

export const TaskRefs = z.object({
  reshareRequest: z.string().max(100).optional(),
  /** The number staff know a ReShare request by. */
  reshareNumber: z.string().max(100).optional(),
  relaisRequest: z.string().max(100).optional(),
  almaRequest: z.string().max(100).optional(),
  almaExternal: z.string().max(100).optional(),
  worldshareRequest: z.string().max(100).optional(),
  oclcNumber: z.string().max(40).optional(),
});
export type TaskRefs = Readonly<z.infer<typeof TaskRefs>>;

/** `half-done`: of one part, something is done in one system and not in the other. It never ends by itself. */
export const TaskStanding = z.enum([
  'half-done',
  'open',
  'waiting-on-lender',
  'waiting-on-patron',
  'done',
  'abandoned',
]);
export type TaskStanding = z.infer<typeof TaskStanding>;

/** A piece of work in two systems, as the journal keeps it: each change is a new record with the whole of it. */
export const Task = z.object({
  id: z.uuid(),
  kind: TaskKind,
  flow: TaskFlow,
  subject: z.object({
    /** The item's barcode; empty while it is not known. */
    label: z.string(),
    title: z.string().optional(),
    /** The other library, as staff know it. */
    lender: z.string().optional(),
    refs: TaskRefs,
    /** Since when the request exists, as its system says: `YYYY-MM-DD` or ISO 8601. */
    since: z.string().optional(),
    /** The last characters of the patron's id, and the whole of it encrypted where a key is to be had. */
    patron: z.object({ masked: z.string(), sealed: z.string().optional() }).optional(),
  }),
  /** When the lender wants it back, and when the patron has to bring it. */
  lenderDate: SeenDate.optional(),
  patronDate: SeenDate.optional(),
  legs: z.array(TaskLeg),
  overall: TaskStanding,
  openedAt: z.string(),
  openedBy: z.string(),
  changedAt: z.string(),
  /** Why a person ended it before anything was done. */
  abandoned: z.object({ by: z.string(), at: z.string(), reason: z.string() }).optional(),
});
export type Task = Readonly<z.infer<typeof Task>>;

/** Something a person answers while confirming a leg. */
export const TaskField = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.enum(['choice', 'day', 'text']),
  /** Of a choice. */
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  /** Only asked for when another field has that value. */
  when: z.object({ name: z.string(), value: z.string() }).optional(),
  optional: z.boolean().optional(),
  hint: z.string().optional(),
  /** What a system says it should be. */
  suggested: z.string().optional(),
});
export type TaskField = Readonly<z.infer<typeof TaskField>>;

/** What to do for the next leg: in the words of the system's own screen. */
export const TaskGuide = z.object({
  seq: z.number().int(),
  /** Whether the key sends something or says that a person did it. */
  action: z.enum(['send', 'confirm', 'settle']),
  button: z.string(),
  steps: z.array(z.string()),
  /** To be pasted into a box of the other system. */
  copy: z.object({ label: z.string(), text: z.string() }).optional(),
  /** https, on a host of the settings; it names no patron. */
  link: z.object({ label: z.string(), url: z.string() }).optional(),
  fields: z.array(TaskField),
  /** What this cannot do, or will do that one should know. */
  notes: z.array(z.string()),
});
export type TaskGuide = Readonly<z.infer<typeof TaskGuide>>;

/** A task as the screen shows it. It names no patron but the last characters. */
export const TaskView = Task.extend({
  name: z.string(),
  /** What is the matter, in one sentence. */
  sentence: z.string(),
  legs: z.array(TaskLeg.extend({ name: z.string(), systemName: z.string() })),
  guide: TaskGuide.optional(),
  /** A clean-up can be begun: it was exported longer ago than the days of the settings. */
  stale: z.boolean(),
});
export type TaskView = Readonly<z.infer<typeof TaskView>>;

/** A loan with both its dates side by side. */
export const LoanDates = z.object({
  key: z.string(),
  label: z.string(),
  title: z.string().optional(),
  lender: SeenDate.optional(),
  patron: SeenDate.optional(),
  flow: TaskFlow,
  requestId: z.string().optional(),
  /** The open renewal of this loan. */
  taskId: z.string().optional(),
  /** What does not fit: the patron's date is later than the lender's. */
  warning: z.string().optional(),
});
export type LoanDates = Readonly<z.infer<typeof LoanDates>>;

export const TaskCounts = z.object({
  halfDone: z.number().int(),
  /** Since when the oldest of them is, ISO 8601 UTC. */
  halfDoneSince: z.string().optional(),
  open: z.number().int(),
});
export type TaskCounts = Readonly<z.infer<typeof TaskCounts>>;

export const TaskList = TaskCounts.extend({
  /** Half-done first, then open ones, those that wait, and what ended a short while ago. */
  tasks: z.array(TaskView),
  /** Between which systems work can be begun here. */
  flows: z.array(TaskFlow),
  /** What each system does by itself, for people to see. */
  modes: z.array(z.object({ system: PeerId, name: z.string(), capability: TaskCapability, mode: CapabilityMode })),
  /** Exported requests older than this many days may be cleaned up. */
  cleanUpDays: z.number().int(),
});
export type TaskList = Readonly<z.infer<typeof TaskList>>;

/** How one row of a batch ended. */
export const CancelRow = z.object({ id: z.string(), title: z.string(), done: z.boolean(), sentence: z.string() });
export type CancelRow = Readonly<z.infer<typeof CancelRow>>;

const Id = z.object({ id: z.uuid() });
const Leg = Id.extend({ seq: z.number().int().min(1).max(100) });
const Text = z.string().max(300);

export const TASK_METHODS = {
  'tasks.list': { input: z.object({}), output: TaskList },
  /** Every loan that is out to a patron, soonest date first. */
  'tasks.loans': { input: z.object({}), output: z.array(LoanDates) },
  /** Begins a task; one that is open already for the same thing is answered instead. Nothing is sent. */
  'tasks.start': {
    input: z.object({
      kind: TaskKind,
      flow: TaskFlow,
      label: Text,
      title: Text.optional(),
      lender: Text.optional(),
      refs: TaskRefs,
      /** The patron's id in the circulation system: kept encrypted, or not at all. */
      patron: Text.optional(),
      lenderDate: Text.optional(),
      /** A task about the same thing, whose patron, titles and dates hold for this one. */
      from: z.uuid().optional(),
    }),
    output: TaskView,
  },
  /**
   * Tracks exported requests from lines of text, such as a report of Alma Analytics: request id, patron's primary id and, where
   * given, WorldShare's number and the title, separated by comma, semicolon or tab. What is tracked already stays as it is.
   */
  'tasks.import': {
    input: z.object({ text: z.string().max(200_000) }),
    output: z.object({ tracked: z.number().int(), left: z.array(z.string()) }),
  },
  /** Does the next leg: sends what it sends, or writes down what staff did and typed, and looks whether it shows. */
  'tasks.act': { input: Leg.extend({ typed: z.record(z.string().max(40), Text) }), output: TaskView },
  /** Says how a leg ended that was sent without an answer. */
  'tasks.settle': { input: Leg.extend({ happened: z.boolean() }), output: TaskView },
  /** Says that a leg does not apply, with a reason. */
  'tasks.skip': { input: Leg.extend({ reason: Text }), output: TaskView },
  /** Ends a task of which nothing was done, with a reason. */
  'tasks.abandon': { input: Id.extend({ reason: Text }), output: TaskView },
  /** Who an exported request is for, asked of Alma when somebody wants to know; it is shown and not kept. */
  'tasks.requester': { input: Id, output: z.object({ name: z.string(), user: z.string() }) },
  /** Looks in the systems how the open legs stand. */
  'tasks.look': { input: Id, output: TaskView },
  /** Begins the clean-up of an exported request. */
  'tasks.cleanUp': { input: Id, output: TaskView },
  /** Cancels requests whose clean-up was looked up and that are closed there, one after the other. */
  'tasks.cancelQuietly': {
    input: z.object({ ids: z.array(z.uuid()).min(1).max(50), reason: Text }),
    output: z.array(CancelRow),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
