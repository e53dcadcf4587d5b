import { z } from 'zod';
import { ScanLine, StepState } from './journal.ts';
import { RequestView } from './request.ts';

/** Which library a mark of the timeline stands at. */
const Lane = z.enum(['ours', 'theirs']);

/** One step of a request as it is drawn: filled when it happened, hollow when it is what comes next. */
export const TimelineMark = z.object({
  lane: Lane,
  label: z.string(),
  /** ISO 8601 UTC; undefined for what is still to come, and where the history does not reach back. */
  at: z.string().optional(),
  state: z.enum(['done', 'trouble', 'next']),
});
export type TimelineMark = Readonly<z.infer<typeof TimelineMark>>;

/** A day that stands in the way: when the item is due somewhere. */
const TimelinePost = z.object({ label: z.string(), short: z.string(), at: z.string(), past: z.boolean() });

/** A request's way between the two libraries, to be drawn from left to right and to be read out. */
export const Timeline = z.object({
  ours: z.string(),
  theirs: z.string(),
  /** Oldest first; what comes next is last. */
  marks: z.array(TimelineMark),
  posts: z.array(TimelinePost),
  /** Messages, each after so many marks. */
  messages: z.array(z.object({ after: z.number().int(), lane: Lane, at: z.string() })),
  /** What the network has not answered yet; nothing can be done meanwhile. */
  waiting: z.string().optional(),
  /** The same in sentences. */
  text: z.array(z.string()),
});
export type Timeline = Readonly<z.infer<typeof Timeline>>;

/** A due date with whose it is and what it rests on. */
export const DueDate = z.object({
  /** "At the lender by". */
  what: z.string(),
  /** One word for the drawing: "lender". */
  short: z.string(),
  /** A moment, ISO 8601 UTC, or a calendar day `YYYY-MM-DD`. */
  at: z.string(),
  source: z.string(),
});
export type DueDate = Readonly<z.infer<typeof DueDate>>;

export const RequestMessage = z.object({
  id: z.string(),
  at: z.string(),
  /** Sent by this library. */
  mine: z.boolean(),
  from: z.string(),
  seen: z.boolean(),
  /** Without the machine's own marks; undefined where there are no words. */
  text: z.string().optional(),
  /** The step it came with, in words. */
  about: z.string().optional(),
  /** It was sent, and the network did not take it (`messageStatus` other than `OK`). */
  failed: z.boolean(),
});
export type RequestMessage = Readonly<z.infer<typeof RequestMessage>>;

const RotaEntry = z.object({
  position: z.number().int(),
  library: z.string(),
  /** What became of asking it. */
  answer: z.string(),
  availability: z.string().optional(),
  current: z.boolean(),
});

/** A line of the request's history in plain words. */
const HistoryEntry = z.object({
  no: z.number().int(),
  at: z.string(),
  said: z.string(),
  /** The circulation system's own words. */
  host: z.string().optional(),
  trouble: z.boolean(),
});

export const FormField = z.object({
  name: z.string(),
  label: z.string(),
  /** `items`: barcodes, one a line, each with a name after a space if there is one. */
  kind: z.enum(['text', 'note', 'choice', 'items', 'number', 'day']),
  required: z.boolean(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  /** What it holds to begin with. */
  value: z.string(),
  hint: z.string().optional(),
});
export type FormField = Readonly<z.infer<typeof FormField>>;

/** One action with what it needs, what it does, and what cannot be taken back of it. */
export const ActionForm = z.object({
  action: z.string(),
  label: z.string(),
  /** The system's own main action. */
  main: z.boolean(),
  /** False: an action of the tenant's own that Carrel has no table for. */
  known: z.boolean(),
  /** What it does and whether it can be taken back; said before. */
  caution: z.string(),
  fields: z.array(FormField),
  /** Why it cannot be sent from here now, such as reference data that could not be read. */
  obstacle: z.string().optional(),
});
export type ActionForm = Readonly<z.infer<typeof ActionForm>>;

/** A decision ReShare waits for: what it is about, what it is judged by, and what can be done. */
const RequestReview = z.object({
  heading: z.string(),
  sentences: z.array(z.string()),
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Requests it has to be compared with. */
  others: z.array(z.object({ id: z.string(), said: z.string() })),
  /** Codes of the forms that decide it, of those that ReShare allows now. */
  actions: z.array(z.string()),
});

/** Everything about one request, ready to be shown. Names no patron beyond the last four characters where staff must decide. */
export const RequestDetail = z.object({
  request: RequestView,
  byline: z.string(),
  timeline: Timeline,
  due: z.array(DueDate),
  /** What ReShare wants a person to decide. */
  review: RequestReview.optional(),
  actions: z.array(ActionForm),
  messages: z.array(RequestMessage),
  unread: z.number().int(),
  rota: z.array(RotaEntry),
  volumes: z.array(z.object({ id: z.string(), name: z.string(), barcodes: z.array(z.string()), status: z.string() })),
  conditions: z.array(z.object({ said: z.string(), cost: z.string().optional(), accepted: z.boolean() })),
  cost: z.string().optional(),
  localNote: z.string().optional(),
  /** Newest first. */
  history: z.array(HistoryEntry),
  precededBy: z.string().optional(),
  succeededBy: z.string().optional(),
  /** What could not be read, in sentences. */
  notes: z.array(z.string()),
  /** A step of this request that was sent without an answer and that nobody has settled. */
  doubt: z.string().optional(),
});
export type RequestDetail = Readonly<z.infer<typeof RequestDetail>>;

/** How an action from the screen ended, and the line of the shift that keeps it. */
export const ActedOn = z.object({
  line: ScanLine,
  state: StepState,
  /** For people: what happened. */
  sentences: z.array(z.string()),
});
export type ActedOn = Readonly<z.infer<typeof ActedOn>>;

const Id = z.string().min(1).max(100);

/** What the request screen asks for. */
export const REQUEST_METHODS = {
  /** One request in full, read anew, with its forms. */
  'request.detail': { input: z.object({ id: Id }), output: RequestDetail },
  /**
   * Performs one action of the request's forms, at most once: recorded as a line of the shift before anything is sent. The
   * same `scanId` twice is one action. Beside the forms: `messagesAllSeen` and `messageSeen` (`id`).
   */
  'request.act': {
    input: z.object({
      scanId: z.uuid(),
      id: Id,
      action: z.string().min(1).max(100),
      /** By the names of the form's fields, as typed. */
      values: z.record(z.string().max(100), z.string().max(10_000)),
    }),
    output: ActedOn,
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
