import type { ScanLine } from '../contract/journal.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { PatronSession } from '../contract/shift.ts';
import type { DeskRules } from '../desk/types.ts';
import type { Doubts } from './doubts.ts';
import type { JustDone } from './just-done.ts';
import type { Lanes } from './lanes.ts';
import type { CachePort, CirculationPort, JournalPort } from './ports.ts';
import type { Offline } from './offline.ts';
import type { ReceivedHere } from './received.ts';
import type { Settler } from './settler.ts';

/** Who and where, written into every record. */
export interface Identity {
  readonly workstation: string;
  readonly desk: string;
  readonly branch: string;
  readonly staff: string;
  /** The screen is locked: `staff` is who had it open before. */
  readonly locked?: true;
  readonly appVersion: string;
  /** Server clock minus ours, milliseconds, when last known. */
  readonly serverOffsetMs?: number;
}

export interface DeskFlowOptions {
  readonly journal: JournalPort;
  readonly cache: CachePort;
  /** Undefined while no system is configured. */
  readonly system: RequestSystem | undefined;
  /** Undefined where the library's own items do not go through Carrel. */
  readonly circulation: CirculationPort | undefined;
  readonly lanes: Lanes;
  readonly doubts: Doubts;
  readonly justDone: JustDone;
  /** Undefined while no system is configured. */
  readonly settler: Settler | undefined;
  /** Scans that wait for a system; without it a thing that cannot be dealt with is only scanned again. */
  readonly offline?: Offline;
  /** Left out where nobody lends through Carrel. */
  readonly received?: ReceivedHere;
  readonly rules: () => DeskRules;
  readonly identity: () => Identity;
  readonly now: () => Date;
  /** Monotonic milliseconds: for intervals, which a changed clock must not bend. */
  readonly mono: () => number;
  readonly newId: () => string;
  /** Protects text that names a patron; see {@link ScanInput}. */
  readonly protect: (text: string, row: string) => { readonly masked: string; readonly sealed?: string };
  /** Calls back once after so many milliseconds; returns what stops it. */
  readonly after: (ms: number, run: () => void) => () => void;
  /** A patron's session began, changed or ended, or there is nothing to show of it any more. */
  readonly onSession: (session: PatronSession | undefined) => void;
  /** A scan is on disk, for the first time. */
  readonly onRecorded: () => void;
  /** Called with every new or changed line, after it is on disk. */
  readonly onLine: (line: ScanLine) => void;
  /** A request was acted on: look at it again for a while, since the other library's side follows late. */
  readonly onActed: (requestId: string) => void;
  /** Staff said at the desk what became of a step; other lists may show it as open. */
  readonly onSaid?: () => void;
  readonly onFault: (error: unknown) => void;
}
