import { createHash, timingSafeEqual } from 'node:crypto';
import type { AppEvent } from '../contract/events.ts';
import type { ScanLine } from '../contract/journal.ts';
import type { LockSettings, LockState } from '../contract/lock.ts';
import type { Handlers, MethodName } from '../contract/methods.ts';
import type { Prompt } from '../contract/prompt.ts';
import { fail, ok, type Failure, type Result } from '../contract/result.ts';
import { hashPin, isPin } from '../settings/pin.ts';

export interface ScreenLockOptions {
  readonly settings: () => LockSettings;
  readonly save: (settings: LockSettings) => Promise<void>;
  /** The PIN's hash; an empty text when there is none. */
  readonly pin: { get(): Promise<string>; set(hash: string): Promise<void> };
  /** The ReShare password that its server accepted; undefined where there is none or it was refused. */
  readonly password: () => Promise<string | undefined>;
  /** ReShare answers now, so the password it accepted still counts. */
  readonly online: () => boolean;
  /** In training everybody is invited: it locks by its key alone. */
  readonly training: boolean;
  readonly now: () => Date;
  /** Calls back once after so many milliseconds; returns what stops it. */
  readonly after: (ms: number, run: () => void) => () => void;
  readonly onChanged: (state: LockState) => void;
  readonly onLocked: () => void;
}

/** Wrong tries before the first wait, and the waits after that, seconds: each twice the one before, at most 5 minutes. */
const FREE_TRIES = 3;
const FIRST_WAIT_S = 5;
const LONGEST_WAIT_S = 300;

/** Methods that go on while the screen is locked. */
const WHILE_LOCKED: ReadonlySet<MethodName> = new Set<MethodName>([
  'app.snapshot',
  'scan.submit',
  'lock.now',
  'lock.open',
  'lock.active',
]);

/** Locks the screen after idle time or by key; opens it for somebody who says who they are and knows PIN or password. */
export class ScreenLock {
  readonly #o: ScreenLockOptions;
  #locked = false;
  #staff: string | undefined;
  #hash = '';
  #hasPassword = false;
  #wrong = 0;
  #waitUntil: number | undefined;
  #trying = false;
  #stopTimer: () => void = () => undefined;

  constructor(options: ScreenLockOptions) {
    this.#o = options;
  }

  /** Reads what opens it. Where a PIN is set Carrel starts locked, so that starting it anew opens nothing. */
  async start(): Promise<void> {
    this.#hash = await this.#o.pin.get();
    this.#hasPassword = (await this.#o.password()) !== undefined;
    if (this.#hash !== '') this.#locked = true;
    this.active();
  }

  stop(): void {
    this.#stopTimer();
  }

  get locked(): boolean {
    return this.#locked;
  }

  /** Who is at the desk; undefined until somebody has said so. */
  get staff(): string | undefined {
    return this.#staff;
  }

  get state(): LockState {
    const { afterMinutes } = this.#o.settings();
    return {
      locked: this.#locked,
      ...(this.#staff === undefined || this.#locked ? {} : { staff: this.#staff }),
      afterMinutes,
      opens: this.#opens(),
      pinSet: this.#hash !== '',
      passwordKept: this.#hasPassword,
      ...(this.#waitUntil === undefined ? {} : { waitUntil: new Date(this.#waitUntil).toISOString() }),
    };
  }

  /** Somebody is at the screen: the idle time begins anew. */
  active(): void {
    this.#stopTimer();
    const { afterMinutes } = this.#o.settings();
    if (this.#locked || this.#o.training || afterMinutes === 0) return;
    this.#stopTimer = this.#o.after(afterMinutes * 60_000, () => {
      // Nobody is shut out by the clock: it locks by itself only where something opens it again.
      if (this.#opens().length > 0) this.lock();
      else this.active();
    });
  }

  lock(): LockState {
    if (!this.#locked) {
      this.#stopTimer();
      this.#locked = true;
      this.#o.onLocked();
      this.#o.onChanged(this.state);
    }
    return this.state;
  }

  async open(staff: string, secret: string): Promise<Result<LockState>> {
    if (!this.#locked) return ok(this.state);
    const name = staff.trim();
    if (name === '') return refused('Type who is at the desk: it goes into every record.');
    const waiting = this.#waits();
    if (waiting !== undefined) return waiting;
    if (this.#trying) return refused('One try at a time.');
    this.#trying = true;
    try {
      const wrong = await this.#wrongWith(secret);
      if (wrong !== undefined) return wrong;
    } finally {
      this.#trying = false;
    }
    this.#wrong = 0;
    this.#waitUntil = undefined;
    this.#locked = false;
    this.#staff = name;
    this.active();
    this.#o.onChanged(this.state);
    return ok(this.state);
  }

  async configure({ afterMinutes, pin }: LockSettings & { readonly pin?: string | undefined }): Promise<LockState> {
    await this.#o.save({ afterMinutes });
    if (pin !== undefined) {
      this.#hash = pin === '' ? '' : await hashPin(pin);
      await this.#o.pin.set(this.#hash);
    }
    this.active();
    this.#o.onChanged(this.state);
    return this.state;
  }

  #opens(): LockState['opens'] {
    return [
      ...(this.#hash === '' ? [] : (['pin'] as const)),
      ...(this.#hasPassword && this.#o.online() ? (['password'] as const) : []),
    ];
  }

  /**
   * Undefined when the secret opens. A password is compared with the one ReShare has accepted and is never sent: tries at
   * the screen must not lock an account that a whole desk shares.
   */
  async #wrongWith(secret: string): Promise<Failure | undefined> {
    if (this.#hash === '' && !this.#hasPassword) return undefined;
    if (this.#hash !== '' && (await isPin(secret, this.#hash))) return undefined;
    const password = await this.#o.password();
    const matches = password !== undefined && same(secret, password);
    if (matches && this.#o.online()) return undefined;
    if (matches) return refused('ReShare does not answer, so its password does not open the screen now. Use the PIN.');
    this.#wrong += 1;
    if (this.#wrong >= FREE_TRIES) {
      const seconds = Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** (this.#wrong - FREE_TRIES));
      this.#waitUntil = this.#o.now().getTime() + seconds * 1000;
      this.#o.onChanged(this.state);
    }
    return this.#waits() ?? refused('That is not right. Scans go on being saved meanwhile.');
  }

  #waits(): Failure | undefined {
    if (this.#waitUntil === undefined) return undefined;
    const seconds = Math.ceil((this.#waitUntil - this.#o.now().getTime()) / 1000);
    if (seconds <= 0) return undefined;
    return refused(`That was wrong too often. Wait ${String(seconds)} seconds; scans go on being saved.`);
  }
}

function refused(sentence: string): Failure {
  return fail('refused', sentence, { mender: 'desk' });
}

/** Compares without telling by its time how much was right. */
function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** A line as a locked screen may know it: that it is saved and what kind of place it goes to. */
export function veiledLine(line: ScanLine): ScanLine {
  const { prompt: _prompt, ...rest } = line;
  const veiled: ScanLine = { ...rest, barcode: '', raw: '', staff: '' };
  return line.prompt === undefined ? veiled : { ...veiled, prompt: veiledPrompt(line.prompt) };
}

function veiledPrompt({ kind, destination, sound, working }: Prompt): Prompt {
  return {
    kind,
    kindText: '',
    destination: { verb: destination.verb },
    why: [],
    legs: [],
    offers: [],
    tag: '',
    rowTitle: destination.verb,
    rowId: '',
    sound,
    rule: '',
    working,
  };
}

/** An event as a locked screen may know it. */
export function veiledEvent(event: AppEvent): AppEvent {
  switch (event.type) {
    case 'line':
      return { type: 'line', line: veiledLine(event.line) };
    case 'session':
      return { type: 'session' };
    case 'agreement':
      return { type: 'agreement', agreement: { ...event.agreement, items: [], notes: [] } };
    case 'offline':
      return { type: 'offline', change: { ...event.change, lines: [] } };
    case 'placed':
      return { type: 'placed' };
    case 'placed-news':
      return { type: 'placed-news', news: [] };
    case 'pile':
      return { type: 'pile' };
    case 'light':
    case 'journal':
    case 'desk':
    case 'cache':
    case 'keeping':
    case 'lock':
    case 'gone':
    case 'tasks':
      return event;
  }
}

/** The handlers behind the lock: while it is locked only scans are taken, and nothing that names anything leaves. */
export function behindLock(handlers: Handlers, lock: Pick<ScreenLock, 'locked' | 'active' | 'state'>): Handlers {
  const guarded = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (input: never) => {
        if (lock.locked && !WHILE_LOCKED.has(name as MethodName)) {
          return Promise.resolve(refused('The screen is locked. Open it first; scans are taken all the same.'));
        }
        return (handler as (input: never) => Promise<Result<unknown>>)(input);
      },
    ]),
  ) as unknown as Handlers;
  return {
    ...guarded,
    'app.snapshot': async (input) => {
      const answer = await handlers['app.snapshot'](input);
      if (!lock.locked || !answer.ok) return answer;
      const { session: _session, agreement: _agreement, offline: _offline, placedNews: _news, ...shown } = answer.value;
      return ok({ ...shown, lines: shown.lines.map(veiledLine), pile: [] });
    },
    'scan.submit': async (input) => {
      const answer = await handlers['scan.submit'](input);
      if (!lock.locked) lock.active();
      return lock.locked && answer.ok ? ok(veiledLine(answer.value)) : answer;
    },
  };
}

/** The lock's own methods. */
export function lockHandlers(
  lock: ScreenLock,
): Pick<Handlers, 'lock.now' | 'lock.open' | 'lock.active' | 'lock.configure'> {
  return {
    'lock.now': () => Promise.resolve(ok(lock.lock())),
    'lock.open': ({ staff, secret }) => lock.open(staff, secret),
    'lock.active': () => {
      lock.active();
      return Promise.resolve(ok({}));
    },
    'lock.configure': async (settings) => ok(await lock.configure(settings)),
  };
}
