import { z } from 'zod';
import { PromptKind } from './prompt.ts';
import { RequestView, Side } from './request.ts';

/** What waits in an ILL office, by what has to be done with it. A request can be in several. */
export const WorklistId = z.enum([
  'arriving',
  'to-answer',
  'to-print',
  'to-pull',
  'to-ship',
  'came-back',
  'due-soon',
  'overdue',
  'attention',
  'trouble',
  'unread',
  'cancel',
  'conditions',
  'other',
]);
export type WorklistId = z.infer<typeof WorklistId>;

/** What a row says to do. `as-it-came`: the tenant has a state Carrel does not know. */
export const Todo = z.enum([
  'receive',
  'answer',
  'print',
  'pull',
  'copy',
  'ship',
  'ship-back',
  'complete',
  'agree',
  'cancel',
  'decide',
  'mend',
  'read',
  'on-loan',
  'late',
  'wait',
  'closed',
  'as-it-came',
]);
export type Todo = z.infer<typeof Todo>;

/** What of a request a list shows. Names no patron. */
export const WorklistRow = z.object({
  id: z.string(),
  hrid: z.string().optional(),
  side: Side,
  title: z.string().optional(),
  partner: z.string().optional(),
  state: z.object({ code: z.string(), label: z.string(), terminal: z.boolean() }),
  todo: Todo,
  kind: PromptKind,
  /** The plain step that can be ordered for it from a list, as a key would say it. */
  step: z.string().optional(),
  /** When it came into its state as far as Carrel saw, ISO 8601 UTC; of a state first seen, its last change. */
  since: z.string(),
  /** When the item is due at the lender, ISO 8601 UTC. */
  due: z.string().optional(),
  trouble: z.boolean(),
  unread: z.boolean(),
  /** Where the item stands: pick location, shelving location and call number. */
  place: z.string().optional(),
  volumes: z.number().int(),
  /** When Carrel read it, ISO 8601 UTC. */
  seenAt: z.string(),
});
export type WorklistRow = Readonly<z.infer<typeof WorklistRow>>;

/** A count and, where there are any, the oldest: since when it waits, or for due dates the first of them. ISO 8601 UTC. */
export const WorklistCount = z.object({ count: z.number().int(), first: z.string().optional() });
export type WorklistCount = Readonly<z.infer<typeof WorklistCount>>;

export const WorklistTile = WorklistCount.extend({ id: WorklistId });
export type WorklistTile = Readonly<z.infer<typeof WorklistTile>>;

/** Which requests are listed; everything given must hold. */
export const RequestFilter = z.object({
  worklist: WorklistId.optional(),
  side: Side.optional(),
  /** Name of the other library as the requests have it. */
  partner: z.string().max(300).optional(),
  /** State by its own code. */
  state: z.string().max(100).optional(),
  /** Pick location by name. */
  location: z.string().max(300).optional(),
  /** In its state for more than this many days. */
  olderThanDays: z.number().int().min(1).max(3650).optional(),
  /** Due at the lender before this day, `YYYY-MM-DD`. */
  dueBefore: z.iso.date().optional(),
  /** Also requests that are over. A search by words always finds them. */
  closed: z.boolean().optional(),
});
export type RequestFilter = Readonly<z.infer<typeof RequestFilter>>;

/** `best`: what fits the typed words best. `shelf`: by pick location, shelving location and call number. */
export const RequestSort = z.enum(['best', 'oldest', 'newest', 'due', 'title', 'partner', 'shelf']);
export type RequestSort = z.infer<typeof RequestSort>;

/** A filter somebody named, to be had again; on the tiles where that was asked for. */
export const SavedFilter = z.object({
  id: z.string().min(1).max(60),
  name: z.string().trim().min(1).max(40),
  filter: RequestFilter,
  text: z.string().max(200),
  sort: RequestSort.optional(),
  onTiles: z.boolean(),
});
export type SavedFilter = Readonly<z.infer<typeof SavedFilter>>;

/** More would be no help to anybody. */
export const SavedFilters = z.array(SavedFilter).max(40);

/** What lists can be narrowed to. */
export const WorklistChoices = z.object({
  states: z.array(z.object({ code: z.string(), label: z.string() })),
  partners: z.array(z.string()),
  locations: z.array(z.string()),
});
export type WorklistChoices = Readonly<z.infer<typeof WorklistChoices>>;

/** One window of a list, which may have any length. */
export const RowsInput = z.object({
  filter: RequestFilter,
  text: z.string().max(200),
  sort: RequestSort,
  offset: z.number().int().min(0),
  limit: z.number().int().min(1).max(200),
});
export type RowsInput = Readonly<z.infer<typeof RowsInput>>;

export const RowsAnswer = z.object({ total: z.number().int(), offset: z.number().int(), rows: z.array(WorklistRow) });
export type RowsAnswer = Readonly<z.infer<typeof RowsAnswer>>;

/**
 * Requests chosen by what the cache knows of them; everything given must hold. A worklist is one of these, or several
 * together. All but `unread` are of requests that are not over.
 */
export interface WorklistPart {
  readonly states?: readonly string[];
  /** Every state but these. */
  readonly exceptStates?: readonly string[];
  readonly flag?: 'attention' | 'trouble' | 'unread' | 'overdue';
  /** ISO 8601 UTC; what is counted as oldest is then the due date. */
  readonly dueFrom?: string;
  readonly dueBefore?: string;
}

/** What the cache is asked for: the filter with its times and its worklist spelled out. */
export interface CacheQuery {
  readonly parts?: readonly WorklistPart[];
  readonly side?: Side;
  readonly partner?: string;
  readonly state?: string;
  readonly location?: string;
  readonly sinceBefore?: string;
  readonly dueBefore?: string;
  readonly closed?: boolean;
  readonly text: string;
  readonly sort: RequestSort;
}

/** A request out of the cache, with since when it is in its state. */
export interface KeptRequest {
  readonly view: RequestView;
  readonly since: string;
}

const Nothing = z.object({});

export const WORKLIST_METHODS = {
  /** What waits, by worklist, from the cache. */
  'worklist.tiles': {
    input: Nothing,
    output: z.object({
      tiles: z.array(WorklistTile),
      /** Filters put on the tiles, by their ids. */
      saved: z.array(WorklistCount.extend({ id: z.string() })),
      /** All requests that are not over. */
      open: z.number().int(),
    }),
  },
  /** One window of a list. */
  'worklist.rows': { input: RowsInput, output: RowsAnswer },
  /** Asks ReShare for what changed, now; what it says comes as a change of the cache. */
  'worklist.refresh': { input: Nothing, output: Nothing },
  'worklist.choices': { input: Nothing, output: WorklistChoices },
  /** Searches ReShare itself, also for what is not kept here; what it finds is kept from then on. */
  'worklist.widen': {
    input: z.object({ text: z.string().trim().min(1).max(200) }),
    output: z.object({
      found: z.number().int(),
      /** There is more than ReShare gives at once. */
      more: z.boolean(),
    }),
  },
  'worklist.saved': { input: Nothing, output: SavedFilters },
  /** Replaces the saved filters; kept over restarts. */
  'worklist.save': { input: z.object({ saved: SavedFilters }), output: SavedFilters },
  /** One request as the cache has it, at once; nothing where it has none. */
  'request.kept': { input: z.object({ id: z.string().max(100) }), output: z.object({ view: RequestView.optional() }) },
} as const;
