import type { HostSettings } from '../contract/agreement.ts';
import type { DeskSettings, DeskStep } from '../contract/settings.ts';
import type { AuditLine, RequestView, Side } from '../contract/request.ts';
import type { Prompt } from '../contract/prompt.ts';
import type { ReadingKind } from '../contract/scan.ts';
import type { StepState } from '../contract/journal.ts';
import type { CheckOutPlan, Lending, LentBefore } from './check-out-types.ts';
import type { CheckedInBefore, CheckInPlan, CirculationRules } from './circulation-types.ts';

/** What was noticed while cleaning a label; each becomes words on the prompt only where it helps. */
export type ReadingNote =
  | 'control-characters'
  | 'code39-delimiters'
  | 'aim-identifier'
  | 'codabar-delimiters'
  | 'clsi-spaces'
  | 'caps-lock'
  | 'check-digit-wrong'
  | 'cut-short'
  /** The same label came twice in one burst and is taken once. */
  | 'read-twice';

/** A label as read: cleaned, classified, not yet looked up anywhere. */
export interface Reading {
  readonly raw: string;
  /** The cleaned form; empty when nothing readable is left. */
  readonly barcode: string;
  readonly kind: ReadingKind;
  /** Forms to look up, best first: the barcode itself, then e.g. the request number inside a temporary label. */
  readonly candidates: readonly string[];
  readonly notes: readonly ReadingNote[];
  /** Symbology from an AIM identifier, in words. */
  readonly symbology?: string;
  /** The two labels of a burst that ran together, when it is clear where the second begins. */
  readonly halves?: readonly [string, string];
  /** Both halves prove themselves (check digit, or a request number beside such a label): read them as two scans. */
  readonly sureSplit?: boolean;
}

/** Settings the rules need beside the desk's own: the tenant's. */
export interface DeskRules {
  readonly desk: DeskSettings;
  /** mod-rs setting `combine_fill_and_ship`. */
  readonly combineFillAndShip: boolean;
  /** mod-rs setting `combine_returned_by_patron_and_return_ship`. */
  readonly combineReturnedAndShipped: boolean;
  /** What ReShare does in the circulation system by itself; undefined or `known: false` where nobody could say. */
  readonly host?: HostSettings;
  /** Undefined where the library's own items are not checked in through Carrel. */
  readonly circulation?: CirculationRules;
  /** IANA name of the zone in which due dates are calendar days; UTC where it is not known. */
  readonly timeZone?: string;
}

/** The desk is in the middle of something that the next scan completes. */
export interface Expectation {
  readonly kind: 'item-for-fill';
  readonly requestId: string;
  readonly hrid: string;
  readonly title: string;
  /** Item barcodes collected so far; more than one only in the several-volumes mode. */
  readonly collected: readonly string[];
  /** Staff said that several volumes go out on this request. */
  readonly several: boolean;
  /** The scan that asked for it. */
  readonly scanId: string;
}

/** What a thing on the offline list waits for, or waited for. */
export interface Rescan {
  readonly no: number;
  readonly requestId: string;
  /** By its ReShare code. */
  readonly action: string;
}

/** What this desk did to a request last. */
export interface StepBefore {
  readonly requestId: string;
  readonly action: string;
  readonly minutesAgo: number;
}

/** What is known about a scan when deciding. Gathered by the flow; the rules read nothing themselves. */
export interface Evidence {
  readonly reading: Reading;
  /** The scan being decided, so that an expectation can name it. */
  readonly scanId?: string;
  /** Requests one of whose identifiers equals the scan. Compared, not trusted: a server may drop a filter in silence. */
  readonly hits: readonly RequestView[];
  /** `live`: asked now. `cache`: the system did not answer. `none`: nothing needed asking, or nothing is known. */
  readonly source: 'live' | 'cache' | 'none';
  /** Why the system could not be asked, in a sentence, when it could not. */
  readonly outage?: string;
  readonly expectation?: Expectation;
  /** The same label scanned before within the double-scan window. */
  readonly doubleOf?: { readonly scanId: string; readonly secondsAgo: number };
  /** Requests the scan may be about that wait on the offline list with a step, in the order they were scanned. */
  readonly rescans?: readonly Rescan[];
  /** Steps this desk settled a short while ago, the last one of each request the scan may be about. */
  readonly justDone?: readonly StepBefore[];
  /**
   * Requests read by their id because the expectation or the choice names them (`namedRequests`); unlike hits, they need
   * not carry the scanned label.
   */
  readonly named?: readonly RequestView[];
  /** Requests the scan may be about that this computer marked received; and whether it lent the item to somebody since. */
  readonly received?: readonly { readonly requestId: string; readonly lent: boolean }[];
  /** The same own item was checked in at this desk a short while ago. */
  readonly checkedIn?: CheckedInBefore;
  /** The patron's session in which it was scanned, while that session is open. */
  readonly lending?: Lending;
  /** It was scanned in a session that has ended since, so what staff choose now is not for that patron. */
  readonly lendingOver?: true;
  /** The same item was lent at this desk a short while ago, or is being lent. */
  readonly lentBefore?: LentBefore;
  /** Staff chose this offer on the earlier prompt of the same scan (ids: offers.ts). */
  readonly choice?: string;
  /** ISO 8601 UTC. */
  readonly now: string;
}

/** A fact the decision rests on, for the journal and for "why?". */
export interface Fact {
  readonly what: string;
  readonly source: string;
}

/** One action to perform in one system. */
export interface StepPlan {
  readonly system: 'reshare';
  /** `other`: an action ReShare offers that is no regular desk step; only ever done because staff pressed its key. */
  readonly step: DeskStep | 'undo' | 'other';
  /** The system's own action code. */
  readonly action: string;
  readonly requestId: string;
  readonly side: Side;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The outcome of looking at a scan: what is known, what to do, what to show meanwhile. */
export interface Decision {
  readonly facts: readonly Fact[];
  readonly steps: readonly StepPlan[];
  /** Shown at once; its legs say `waiting` for steps still to run. */
  readonly prompt: Prompt;
  /** Replaces the desk's expectation; undefined clears it, 'keep' leaves it as it is. */
  readonly expectation: Expectation | undefined | 'keep';
  /** The request it is about, when there is exactly one. */
  readonly request?: RequestView;
  /** Sentences that stay on the prompt once the steps have run. */
  readonly remarks?: readonly string[];
  /** The label it is about, where the item itself was scanned: for what staff may do when the steps have run. */
  readonly reading?: Reading;
  /** The item is ours and on no request: check it in in the circulation system, once. */
  readonly checkIn?: CheckInPlan;
  /** Lend the item to the patron of the session, once. */
  readonly checkOut?: CheckOutPlan;
  /** A card was scanned: a session begins with it, or the one there was ends. */
  readonly session?: 'start' | 'end';
  /** The scan was two labels in one burst: record each as a scan of its own. */
  readonly split?: readonly [string, string];
}

/** How a step ended, with what was seen afterwards. */
export interface StepResult {
  readonly plan: StepPlan;
  readonly state: StepState;
  /** Id of an earlier or of this step that was sent, and of which only staff can say whether it happened. */
  readonly asks?: string;
  /** Carrel's sentence for anything but `done`. */
  readonly sentence?: string;
  /** The request read again after acting, when that succeeded. */
  readonly after?: RequestView;
  /** Audit lines newer than those known before acting: the only place a host-LMS failure is explained. */
  readonly newAudit: readonly AuditLine[];
  /** ISO 8601 UTC. */
  readonly at: string;
}
