import { z } from 'zod';
import { AgreementList } from './agreement.ts';
import { ALMA_LIST_METHODS } from './alma-lists.ts';
import { ALMA_METHODS } from './alma-methods.ts';
import { ITEM_METHODS } from './item.ts';
import { ScanLine } from './journal.ts';
import { LOCK_METHODS } from './lock.ts';
import { KEEP_METHODS } from './keep.ts';
import { KEEPING_METHODS } from './keeping.ts';
import { PROFILE_METHODS } from './library-profile.ts';
import { PLACE_METHODS } from './place.ts';
import { READINESS_METHODS } from './readiness.ts';
import { OFFLINE_METHODS } from './offline.ts';
import { REQUEST_METHODS } from './request-detail.ts';
import { RequestView } from './request.ts';
import { ScanInput } from './scan.ts';
import {
  CheckLine,
  ReshareSettings,
  DeskSettings,
  SecretName,
  SecretState,
  Settings,
  WmsConnection,
} from './settings.ts';
import { SETUP_METHODS } from './setup.ts';
import { Snapshot } from './shift.ts';
import { PULL_SLIP_METHODS } from './pull-slips.ts';
import { PILE_METHODS } from './pile.ts';
import { TASK_METHODS } from './tasks.ts';
import { TWO_SYSTEMS_METHODS } from './two-systems-methods.ts';
import { WORKLIST_METHODS } from './worklists.ts';
import type { Result } from './result.ts';

const Nothing = z.object({});
const Password = z.string().max(500);

/**
 * The whole of what the renderer can ask. Both sides derive from this map: main parses the input and the value of every
 * answer (so that nothing unlisted can leave), the renderer gets typed functions. Every answer is a `Result`.
 */
export const METHODS = {
  /** Everything needed to draw the screen from nothing. */
  'app.snapshot': { input: Nothing, output: Snapshot },
  /** Records a scan. Answers after it is on disk, before anything else is done with it. */
  'scan.submit': { input: ScanInput, output: ScanLine },
  /** Staff pressed the function key of an offer on a prompt. */
  'scan.choose': { input: z.object({ scanId: z.uuid(), offerId: z.string().max(200) }), output: ScanLine },
  /**
   * Sets another due date for a lent item, or on a card's scan for all of its session: a day as staff type it, such as
   * `2026-12-04`, `4 December` or `+14`. Nothing is sent; the prompt says what to type in the circulation system.
   */
  'due.set': { input: z.object({ scanId: z.uuid(), date: z.string().max(60) }), output: ScanLine },
  /** Prints the slip of a scan's prompt, again if need be. Answers when the printer has, with the line that says so. */
  'slip.print': { input: z.object({ scanId: z.uuid() }), output: ScanLine },
  /** The same slip as a PDF, for desks that print by other means and for a look without paper. */
  'slip.pdf': { input: z.object({ scanId: z.uuid() }), output: z.object({ base64: z.base64() }) },
  /** Ends the patron's session of that id, if it is the open one; nothing more is lent to that card. */
  'session.end': { input: z.object({ id: z.string().max(100) }), output: Nothing },
  /** "Did I scan this?": any day, newest first, cancelled and refused ones too. */
  'scan.search': {
    input: z.object({
      text: z.string().max(200),
      /** Local calendar day as `YYYY-MM-DD`, with the offset of local midnight from UTC in minutes. */
      day: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).optional(),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.array(ScanLine),
  },
  /** Requests in the offline cache by id, title, author or barcode. */
  'request.search': {
    input: z.object({ text: z.string().max(200), limit: z.number().int().min(1).max(200) }),
    output: z.array(RequestView),
  },
  /** One request, read anew from its system. */
  'request.get': { input: z.object({ id: z.string().max(100) }), output: RequestView },
  /** Looks at what may disagree between ReShare and the circulation system; answers with what is known so far. */
  'agreement.look': {
    /** `whole`: also what has not changed since it was last read. */
    input: z.object({ whole: z.boolean() }),
    output: AgreementList,
  },
  /** A person says that an item of the agreement list is mended. */
  'agreement.confirm': { input: z.object({ key: z.string().max(500) }), output: AgreementList },
  /** A person looked and says what became of an unanswered step; what waits behind it goes on. */
  'agreement.say': { input: z.object({ key: z.string().max(500), happened: z.boolean() }), output: AgreementList },
  ...ITEM_METHODS,
  ...OFFLINE_METHODS,
  'settings.get': {
    input: Nothing,
    output: z.object({
      settings: Settings,
      secrets: z.record(SecretName, SecretState),
      /** Set by the administrator and therefore not editable, by dotted path. */
      managed: z.array(z.string()),
      /** Why secrets cannot be kept on this computer, when they cannot. */
      secretsSentence: z.string().optional(),
    }),
  },
  'settings.saveDesk': { input: z.object({ desk: DeskSettings }), output: Settings },
  /** Saves the connection; a password left out stays as it is. It is used after `app.restart`. */
  'settings.saveReshare': {
    input: z.object({
      reshare: ReshareSettings.optional(),
      passwords: z.partialRecord(SecretName, Password),
    }),
    output: z.object({ settings: Settings, restartNeeded: z.boolean() }),
  },
  /** Tries the given connection without saving it and says in words what failed and whose job it is. */
  'settings.test': {
    input: z.object({ reshare: ReshareSettings, passwords: z.partialRecord(SecretName, Password) }),
    output: z.array(CheckLine),
  },
  /** Saves the library's WMS, or forgets it when left out; a secret left out stays as it is. Used after `app.restart`. */
  'settings.saveWms': {
    input: z.object({ wms: WmsConnection.optional(), secret: Password.optional() }),
    output: z.object({ settings: Settings, restartNeeded: z.boolean() }),
  },
  /** Tries the given WMS without saving it or changing anything in it. */
  'settings.testWms': {
    input: z.object({ wms: WmsConnection, secret: Password.optional() }),
    output: z.array(CheckLine),
  },
  ...KEEP_METHODS,
  ...ALMA_METHODS,
  ...ALMA_LIST_METHODS,
  ...REQUEST_METHODS,
  ...KEEPING_METHODS,
  ...LOCK_METHODS,
  ...PROFILE_METHODS,
  ...READINESS_METHODS,
  ...SETUP_METHODS,
  ...WORKLIST_METHODS,
  ...PLACE_METHODS,
  ...PILE_METHODS,
  ...PULL_SLIP_METHODS,
  ...TASK_METHODS,
  ...TWO_SYSTEMS_METHODS,
  /** Closes journal, cache and connections and opens them again with the settings as saved; the window reloads. */
  'app.restart': { input: Nothing, output: Nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type Methods = typeof METHODS;
export type MethodName = keyof Methods;
export type InputOf<M extends MethodName> = z.input<Methods[M]['input']>;
export type OutputOf<M extends MethodName> = z.output<Methods[M]['output']>;

/** What main provides: one function per method. It may throw; the wrapper turns that into an `internal` failure. */
export type Handlers = {
  readonly [M in MethodName]: (input: z.output<Methods[M]['input']>) => Promise<Result<OutputOf<M>>>;
};

/** What the preload exposes as `window.carrel`. */
export interface Bridge {
  /** Never rejects: a refused or unreachable call is a failed `Result`. */
  call<M extends MethodName>(method: M, input: InputOf<M>): Promise<Result<OutputOf<M>>>;
  /** Calls back with every envelope from now on; returns the function that stops it. */
  onEvent(listener: (envelope: unknown) => void): () => void;
}
