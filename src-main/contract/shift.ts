import { z } from 'zod';
import { AgreementList } from './agreement.ts';
import { ScanLine } from './journal.ts';
import { LockState } from './lock.ts';
import { KeepingNotice } from './keeping.ts';
import { OfflineList } from './offline.ts';
import { PlacedRequest } from './place.ts';
import { DeskSettings } from './settings.ts';
import { TaskCounts } from './tasks.ts';

/** One light per outside system. Without ReShare or WMS a desk is in an outage; without the others the office waits. */
export const Light = z.object({
  system: z.enum(['reshare', 'wms', 'alma', 'relais']),
  name: z.string(),
  state: z.enum(['good', 'slow', 'down', 'unknown', 'needs-login']),
  /** When it last gave a good answer, ISO 8601 UTC. */
  lastGoodAt: z.string().optional(),
  /** Since when it is not reached, ISO 8601 UTC. */
  downSince: z.string().optional(),
  /** A sentence when the state is not `good`. */
  sentence: z.string().optional(),
});
export type Light = Readonly<z.infer<typeof Light>>;

export const JournalHealth = z.object({
  writable: z.boolean(),
  sentence: z.string().optional(),
  /** Scans of this shift on disk. */
  saved: z.number().int(),
});
export type JournalHealth = Readonly<z.infer<typeof JournalHealth>>;

/**
 * The patron to whom items are lent at this desk now. Kept in memory alone: it is in no record, and with its end the name
 * and the card are gone.
 */
export const PatronSession = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('open'),
    /** Id of the scan of the card. */
    id: z.string(),
    /** The last characters of the card. */
    card: z.string(),
    /** First name and initial, where a look-up is allowed. */
    name: z.string().optional(),
    /** `stopped`: the account may not borrow; the sentence says why. `asking`: the look-up has not answered yet. */
    standing: z.enum(['asking', 'good', 'stopped', 'not-asked']),
    sentence: z.string().optional(),
    /** Items lent so far. */
    items: z.number().int(),
    /** The date staff set for everything lent in it, `YYYY-MM-DD`. */
    due: z.string().optional(),
    /** When it ends by itself unless something is scanned, ISO 8601 UTC. */
    endsAt: z.string(),
  }),
  z.object({
    state: z.literal('ended'),
    by: z.enum(['staff', 'time', 'card']),
    items: z.number().int(),
    at: z.string(),
  }),
]);
export type PatronSession = Readonly<z.infer<typeof PatronSession>>;

/** A thing of the practice pile that can be scanned in training. */
export const PileEntry = z.object({
  key: z.string(),
  barcode: z.string(),
  what: z.string(),
  title: z.string(),
  expects: z.string(),
});
export type PileEntry = Readonly<z.infer<typeof PileEntry>>;

/** Everything the renderer needs to rebuild itself after a reload. */
export const Snapshot = z.object({
  revision: z.number().int(),
  version: z.string(),
  training: z.boolean(),
  desk: DeskSettings,
  lights: z.array(Light),
  journal: JournalHealth,
  /** This shift, newest first. */
  lines: z.array(ScanLine),
  /** The patron's session, or how the last one ended until the next scan. */
  session: PatronSession.optional(),
  /** How many requests the cache holds. */
  cachedRequests: z.number().int(),
  /** What ReShare and the circulation system disagree about, as last looked at. */
  agreement: AgreementList.optional(),
  /** Scans that wait for a system, or whose things wait to be scanned again. */
  offline: OfflineList.optional(),
  /** Placed requests that changed and were not looked at yet, newest first. */
  placedNews: z.array(PlacedRequest).optional(),
  /** How much work in two systems is half done, and how much is open. */
  tasks: TaskCounts.optional(),
  /** Empty outside training. */
  pile: z.array(PileEntry),
  /** Address of the practice consortium, in training only; it has controls of its own under `/_practice/`. */
  practiceUrl: z.string().optional(),
  /** Something about settings or storage that staff should know, in sentences. */
  notices: z.array(z.string()),
  /** What happened to the journal and must be read by someone: stays until it is dismissed. */
  keeping: z.array(KeepingNotice).optional(),
  /** While it is locked the rest of the picture names nobody and nothing. */
  lock: LockState.optional(),
});
export type Snapshot = Readonly<z.infer<typeof Snapshot>>;
