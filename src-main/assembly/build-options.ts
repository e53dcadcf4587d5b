import type { FilePicker } from '../contract/keep.ts';
import type { SheetPrinter } from '../contract/sheet.ts';
import type { SlipPrinter } from '../contract/slip.ts';
import type { SecretCipher, SessionSecrets } from '../settings/vault.ts';
import type { EventStream } from '../shell/event-stream.ts';
import type { LogFile } from '../shell/log-file.ts';
import type { WmsTimeouts } from './circulation.ts';
import type { Patience } from './connection.ts';

/** What the parts are built from: the folder, the window's side and the computer's, given by whoever starts Carrel. */
export interface BuildOptions {
  /** This user's folder. */
  readonly userData: string;
  readonly version: string;
  /** Closes all parts and builds them anew. */
  rebuild(): Promise<void>;
  readonly events: EventStream;
  readonly log: LogFile;
  readonly cipher: SecretCipher;
  readonly printer: SlipPrinter;
  readonly sheetPrinter: SheetPrinter;
  readonly picker: FilePicker;
  /** Secrets that may only live in memory; kept over a rebuild. */
  readonly session: SessionSecrets;
  /** Folder of the built bundles: the workers lie there. */
  readonly programs: string;
  /** Other times than the usual ones, for programs that play a whole day in seconds. */
  readonly hurry?: Hurry;
  /** How many things of the offline list are done side by side; the usual number when left out. */
  readonly replayLanes?: number;
  /** The wall clock and the monotonic one, milliseconds; the computer's own when left out. */
  readonly clock?: { readonly now: () => Date; readonly mono: () => number };
}

/** How long is waited where a whole day is played in seconds. */
export interface Hurry {
  readonly patience: Patience;
  readonly wmsTimeouts: WmsTimeouts;
  /** Waits before the next look at an unanswered action; rejects when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}
