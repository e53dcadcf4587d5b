import { z } from 'zod';
import { AgreementList } from './agreement.ts';
import { ScanLine } from './journal.ts';
import { LockState } from './lock.ts';
import { KeepingNotice } from './keeping.ts';
import { OfflineChange } from './offline.ts';
import { PlacedRequest } from './place.ts';
import { Pile } from './pile.ts';
import { DeskSettings } from './settings.ts';
import { JournalHealth, Light, PatronSession } from './shift.ts';
import { TaskCounts } from './tasks.ts';

/** What main tells the renderer. One stream; `revision` rises by one with each, so a gap shows and asks for a snapshot. */
export const AppEvent = z.discriminatedUnion('type', [
  /** A line is new or changed. */
  z.object({ type: z.literal('line'), line: ScanLine }),
  /** Scans that are in no list any more. */
  z.object({ type: z.literal('gone'), scanIds: z.array(z.string()) }),
  z.object({ type: z.literal('light'), light: Light }),
  z.object({ type: z.literal('journal'), journal: JournalHealth }),
  z.object({ type: z.literal('desk'), desk: DeskSettings }),
  z.object({ type: z.literal('cache'), cachedRequests: z.number().int() }),
  z.object({ type: z.literal('agreement'), agreement: AgreementList }),
  /** The screen was locked or opened; what is shown is fetched anew. */
  z.object({ type: z.literal('lock'), lock: LockState }),
  z.object({ type: z.literal('keeping'), notices: z.array(KeepingNotice) }),
  z.object({ type: z.literal('offline'), change: OfflineChange }),
  /** A request placed from here is new, or tells something new; a locked screen is told only that. */
  z.object({ type: z.literal('placed'), placed: PlacedRequest.optional() }),
  /** Placed requests that changed and were not looked at yet, newest first; none on a locked screen. */
  z.object({ type: z.literal('placed-news'), news: z.array(PlacedRequest) }),
  /** A pile began, went on, ended or was forgotten. */
  z.object({ type: z.literal('pile'), pile: Pile.optional() }),
  /** Work in two systems changed; the screen that shows it asks anew. */
  z.object({ type: z.literal('tasks'), tasks: TaskCounts }),
  /** A patron's session began, changed or ended; without one, there is nothing to show of it any more. */
  z.object({ type: z.literal('session'), session: PatronSession.optional() }),
]);
export type AppEvent = Readonly<z.infer<typeof AppEvent>>;

export const Envelope = z.object({ revision: z.number().int(), event: AppEvent });
export type Envelope = Readonly<z.infer<typeof Envelope>>;
