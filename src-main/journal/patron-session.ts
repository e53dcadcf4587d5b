import type { PatronSession } from '../contract/shift.ts';
import type { PatronStanding, SetDue } from '../desk/check-out-types.ts';

/** A session without a scan ends after this long, in milliseconds. */
export const SESSION_IDLE_MS = 5 * 60_000;

export interface PatronSessionsOptions {
  readonly now: () => Date;
  /** Monotonic milliseconds. */
  readonly mono: () => number;
  /** Calls back once after so many milliseconds; returns what stops it. */
  readonly after: (ms: number, run: () => void) => () => void;
  /** The session began, changed or ended, or there is nothing to show of it any more. */
  readonly onChange: (session: PatronSession | undefined) => void;
}

/** A patron's session while it is open, or while something scanned in it is still on its way. */
export interface OpenSession {
  /** Id of the scan of the card. */
  readonly id: string;
  /** The whole number of the card. */
  readonly card: string;
  /** Whether the account may borrow; answers when the look-up has. */
  readonly standing: Promise<PatronStanding>;
  /** The date staff set for everything lent from now on. */
  readonly due?: SetDue;
}

/**
 * The one patron to whom this desk lends now. In memory only: a session that has ended leaves nothing of the patron behind.
 * It ends by a key, by another card, or when nothing was scanned for a while by either clock, so that a computer that slept
 * does not wake up lending.
 */
export class PatronSessions {
  readonly #o: PatronSessionsOptions;
  #open: (OpenSession & { readonly shown: string }) | undefined;
  #view: PatronSession | undefined;
  #touched = { mono: 0, at: 0 };
  #stopTimer: () => void = () => undefined;

  constructor(options: PatronSessionsOptions) {
    this.#o = options;
  }

  /** The open session; undefined when there is none or its time is over. */
  get current(): OpenSession | undefined {
    if (this.#open !== undefined && this.#left() <= 0) this.end('time');
    return this.#open;
  }

  /** What the screen shows. */
  get view(): PatronSession | undefined {
    return this.#view;
  }

  /** Begins a session; the one there was is over. */
  start(id: string, card: string, lookUp: () => Promise<PatronStanding>): OpenSession {
    const standing = lookUp();
    const open = { id, card, standing, shown: card.slice(-4) };
    this.#open = open;
    this.#touch();
    this.#tell({ state: 'open', id, card: open.shown, standing: 'asking', items: 0, endsAt: this.#endsAt() });
    void standing.then(({ state, name, sentence }) => {
      this.#change(id, {
        standing: state,
        ...(name === undefined ? {} : { name }),
        ...(sentence === undefined ? {} : { sentence }),
      });
    });
    return open;
  }

  /** Something was scanned in the session, so it goes on. */
  touch(id: string): void {
    if (this.#open?.id !== id) return;
    this.#touch();
    this.#change(id, { endsAt: this.#endsAt() });
  }

  /**
   * Staff set a date for everything that is lent from now on.
   * @returns false when that session is over
   */
  setDue(id: string, due: SetDue): boolean {
    const open = this.current === undefined ? undefined : this.#open;
    if (open?.id !== id) return false;
    this.#open = { ...open, due };
    this.#change(id, { due: due.day });
    return true;
  }

  /** One more item was lent in the session. */
  lent(id: string): void {
    const items = this.#view?.state === 'open' ? this.#view.items : 0;
    this.#change(id, { items: items + 1 });
  }

  end(by: 'staff' | 'time' | 'card'): void {
    if (this.#open === undefined) return;
    this.#stopTimer();
    this.#open = undefined;
    const items = this.#view?.state === 'open' ? this.#view.items : 0;
    this.#tell({ state: 'ended', by, items, at: this.#o.now().toISOString() });
  }

  /** How the last session ended was seen; the next scan takes it off the screen. */
  forgetEnd(): void {
    if (this.#view?.state === 'ended') this.#tell(undefined);
  }

  /** Carrel closes: nothing is told any more, and nothing of the patron stays. */
  close(): void {
    this.#stopTimer();
    this.#open = undefined;
    this.#view = undefined;
  }

  #left(): number {
    const byMono = this.#o.mono() - this.#touched.mono;
    const byWall = this.#o.now().getTime() - this.#touched.at;
    return SESSION_IDLE_MS - Math.max(byMono, byWall);
  }

  #endsAt(): string {
    return new Date(this.#touched.at + SESSION_IDLE_MS).toISOString();
  }

  #touch(): void {
    this.#touched = { mono: this.#o.mono(), at: this.#o.now().getTime() };
    this.#stopTimer();
    this.#stopTimer = this.#o.after(SESSION_IDLE_MS, () => {
      this.end('time');
    });
  }

  #change(id: string, change: Partial<Extract<PatronSession, { state: 'open' }>>): void {
    if (this.#view?.state === 'open' && this.#view.id === id) this.#tell({ ...this.#view, ...change });
  }

  #tell(view: PatronSession | undefined): void {
    this.#view = view;
    this.#o.onChange(view);
  }
}
