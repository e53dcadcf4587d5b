import { z } from 'zod';
import { HeldBody, ReleasedBody } from './offline.ts';
import { Prompt } from './prompt.ts';
import { ReadingKind, ScanSource } from './scan.ts';
import { Task } from './tasks.ts';

/**
 * The life of a step: `recorded` on disk, `sending` written before the first byte leaves, then one of `done`, `refused`,
 * `unknown`. `confirmed` is a step that a look showed to be done already, so nothing was sent; `not-sent` never left this
 * computer; `needs-person` is one that no look could settle or that is no longer valid; `not-done` was sent, and a later
 * look or a person says that it did not happen. Each is a new record.
 */
export const StepState = z.enum([
  'recorded',
  'sending',
  'done',
  'confirmed',
  'refused',
  'not-sent',
  'unknown',
  'needs-person',
  'not-done',
]);
export type StepState = z.infer<typeof StepState>;

/** States after which nothing more happens to a step by itself. */
export const SETTLED: ReadonlySet<StepState> = new Set<StepState>([
  'done',
  'confirmed',
  'refused',
  'not-sent',
  'needs-person',
  'not-done',
]);

const ScanBody = z.object({
  type: z.literal('scan'),
  /** As scanned; a library card is masked here and whole only in `sealed`. */
  raw: z.string(),
  barcode: z.string(),
  /** The raw input encrypted, when it names a patron and a key is to be had. */
  sealed: z.string().optional(),
  kind: ReadingKind,
  source: ScanSource,
  /** The details of this scan were removed by the retention rules. */
  reduced: z.literal(true).optional(),
});

/** One copy as the circulation system showed it at a moment (WMS Availability). Absent means "not said". */
export const CopySeen = z.object({
  /** ISO 8601 UTC. */
  at: z.string(),
  available: z.boolean().optional(),
  /** When a loan of it is due: ISO 8601 UTC, a calendar day, or the words as they came. */
  due: z.string().optional(),
  onHold: z.boolean().optional(),
  /** Why it is not available: an open list, as it came. */
  reason: z.string().optional(),
});
export type CopySeen = Readonly<z.infer<typeof CopySeen>>;

const StepBody = z.object({
  type: z.literal('step'),
  stepId: z.string(),
  state: StepState,
  /** Steps of one lane run in order; different lanes run side by side. `reshare:<request id>`. */
  lane: z.string(),
  /** Further lanes it holds while it is open: `item:<label>` of the things it is about, `reshare:<request id>`. */
  joins: z.array(z.string()).optional(),
  system: z.string(),
  action: z.string(),
  requestId: z.string(),
  params: z.record(z.string(), z.unknown()),
  /** What was seen that made this step right: state code and when it was seen. */
  evidence: z.object({
    state: z.string(),
    seenAt: z.string(),
    lastAuditNo: z.number().optional(),
    /** The item in the circulation system just before it was told, where that could be looked at. */
    copy: CopySeen.optional(),
  }),
  /** For people: what happened, in a sentence. */
  sentence: z.string().optional(),
  /** Of `needs-person`: it was sent, so its lanes wait until a look or a person says what became of it. */
  held: z.literal(true).optional(),
  /** What the newest look after a lost answer showed, where it settled nothing; `at` ISO 8601 UTC. */
  looked: z.object({ at: z.string(), showed: z.string() }).optional(),
  /** Whose word the outcome is, where it was not the system's own answer. */
  settledBy: z.enum(['look', 'staff']).optional(),
});

/** What a prompt was decided on. */
const DecisionEvidence = z.object({
  /** The rule that decided, with its source. */
  rule: z.string(),
  /** `live`: the systems were asked. `cache`: they did not answer. `none`: nothing needed asking. */
  source: z.enum(['live', 'cache', 'none']),
  /** Why a system could not be asked. */
  outage: z.string().optional(),
  /** The requests that were seen, each with its state and when it was read (ISO 8601 UTC). */
  requests: z.array(z.object({ id: z.string(), hrid: z.string().optional(), state: z.string(), seenAt: z.string() })),
  facts: z.array(z.object({ what: z.string(), source: z.string() })),
  /** What was to be done because of it, as `<system>:<action>`, in order. */
  planned: z.array(z.string()),
});
export type DecisionEvidence = Readonly<z.infer<typeof DecisionEvidence>>;

const PromptBody = z.object({
  type: z.literal('prompt'),
  prompt: Prompt,
  /** With the first prompt after a decision; what follows rests on the steps' own records. */
  decision: DecisionEvidence.optional(),
});

/** Staff pressed a function key on a prompt. */
const ChoiceBody = z.object({ type: z.literal('choice'), offerId: z.string() });

/** Staff said "not this one": nothing further is done for the scan, and the line stays. */
const CancelledBody = z.object({ type: z.literal('cancelled'), reason: z.string() });

/** The retention rules removed something of a day (UTC); stays when everything else of that day is gone. */
const ErasedBody = z.object({
  type: z.literal('erased'),
  rule: z.enum(['dropped', 'reduced']),
  day: z.string(),
  scans: z.number().int(),
  records: z.number().int(),
});

/** Staff put the scan away, or took it out again: the lists do not show what is archived. */
const ArchivedBody = z.object({ type: z.literal('archived'), archived: z.boolean() });

/** A person deleted scans; who and when is told by the record itself. Stays when everything else of them is gone. */
const DeletedBody = z.object({
  type: z.literal('deleted'),
  reason: z.string(),
  scans: z.number().int(),
  records: z.number().int(),
  /** So that an import does not bring them back. */
  scanIds: z.array(z.uuid()),
});

/** Work in two systems as it stands after a change; the id of the record's scan is the task's. */
const TaskBody = z.object({ type: z.literal('task'), task: Task });

export const RecordBody = z.discriminatedUnion('type', [
  ScanBody,
  StepBody,
  PromptBody,
  ChoiceBody,
  CancelledBody,
  ErasedBody,
  HeldBody,
  ReleasedBody,
  TaskBody,
  ArchivedBody,
  DeletedBody,
]);
export type RecordBody = Readonly<z.infer<typeof RecordBody>>;
export type StepBody = Readonly<z.infer<typeof StepBody>>;
export type ScanBody = Readonly<z.infer<typeof ScanBody>>;

/** A record that did not come into this journal by being appended when it happened. */
const Origin = z.object({
  /**
   * `rescued`: read from a damaged file, where a letter may have gone bad unseen. `imported`: taken in from an export;
   * nothing is done because of it.
   */
  how: z.enum(['rescued', 'imported']),
  /** Its number where it was first. */
  seq: z.number().int(),
});

/** A record to be appended. The store adds `seq`. */
export const NewRecord = z.object({
  id: z.uuid(),
  scanId: z.uuid(),
  /** Wall clock, ISO 8601 UTC; for people. Order is by `seq`. */
  at: z.string(),
  /** Monotonic clock of this run, milliseconds. */
  mono: z.number(),
  /** Server clock minus ours, milliseconds, when last known. */
  serverOffsetMs: z.number().optional(),
  workstation: z.string(),
  desk: z.string(),
  branch: z.string(),
  /** Who is at the desk; while the screen is locked, whoever had it open before. */
  staff: z.string(),
  /** The screen was locked when it was written, so nobody said that it was they who did it. */
  locked: z.literal(true).optional(),
  appVersion: z.string(),
  origin: Origin.optional(),
  body: RecordBody,
});
export type NewRecord = Readonly<z.infer<typeof NewRecord>>;

export type StoredRecord = NewRecord & { readonly seq: number };

/** One scan as the list shows it, folded from its records. */
export const ScanLine = z.object({
  scanId: z.string(),
  seq: z.number().int(),
  at: z.string(),
  barcode: z.string(),
  raw: z.string(),
  kind: ReadingKind,
  source: ScanSource,
  desk: z.string(),
  staff: z.string(),
  /** Scanned while the screen was locked: `staff` is who had it open before. */
  locked: z.literal(true).optional(),
  cancelled: z.boolean(),
  /** The workstation where it was scanned, of a scan that was imported here. */
  importedFrom: z.string().optional(),
  archived: z.literal(true).optional(),
  /** Undefined until the first prompt is written. */
  prompt: Prompt.optional(),
});
export type ScanLine = Readonly<z.infer<typeof ScanLine>>;
