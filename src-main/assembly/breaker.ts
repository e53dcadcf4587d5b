import type { ActOutcome, CallReport, RequestSystem } from '../contract/outcome.ts';
import { fail, type Failure } from '../contract/result.ts';
import type { CirculationPort } from '../journal/ports.ts';
import type { Slots } from '../journal/slots.ts';

export interface BreakerOptions {
  /** What staff call the system. */
  readonly name: string;
  /** One cheap call that changes nothing; how it went comes back through {@link Breaker.report}. */
  readonly probe: () => Promise<unknown>;
  /** Calls back once after so many milliseconds; returns what stops it. */
  readonly schedule: (ms: number, run: () => void) => () => void;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly now: () => Date;
  /** Calls are refused from now on: those that only wait for their turn should hear of it at once. */
  readonly onOpen: () => void;
  readonly onFault: (error: unknown) => void;
}

/** So many calls in a row without a usable answer, and no more are made but probes. */
const TRIPS = 3;
/** Between two probes, milliseconds: doubled each time, up to the longest. */
const FIRST_PROBE_MS = 5_000;
const LONGEST_PROBE_MS = 60_000;
/** Share by which each pause varies, so that the desks of a consortium do not all knock at once. */
const JITTER = 0.2;

/**
 * Whether a system is worth calling, by what really happened to calls. After three failures in a row calls end at once as
 * not sent; single probes go on until one is answered.
 */
export class Breaker {
  readonly #o: BreakerOptions;
  #failures = 0;
  #probes = 0;
  #lastGood: Date | undefined;
  #stopProbe: (() => void) | undefined;
  #probing = false;

  constructor(options: BreakerOptions) {
    this.#o = options;
  }

  get open(): boolean {
    return this.#failures >= TRIPS;
  }

  /** Told of every call, probes included. */
  report(call: CallReport): void {
    if (!isTrouble(call)) {
      this.#lastGood = new Date(call.at);
      this.#failures = 0;
      this.#probes = 0;
      this.stop();
      return;
    }
    this.#failures += 1;
    if (this.#failures === TRIPS) this.#o.onOpen();
    if (this.#stopProbe === undefined && !this.#probing) this.#wait();
  }

  /** Why a call is not made now; undefined when it may be. */
  refusal(): Failure | undefined {
    if (!this.open) return undefined;
    const { name } = this.#o;
    const good = this.#lastGood === undefined ? '' : `, last at ${clock(this.#lastGood)}`;
    return fail(
      'not-sent',
      `${name} is not reached${good}, so nothing was sent. Carrel tries again by itself and says when ${name} is back.`,
      { mender: 'it', retry: 'later' },
    );
  }

  /** The computer woke, or its network changed: what was counted before says nothing now. */
  wake(): void {
    const down = this.#failures > 0;
    this.#failures = 0;
    this.#probes = 0;
    this.stop();
    if (down) this.#probe();
  }

  /** Asks now, and not only at the next turn. */
  knock(): void {
    this.#probe();
  }

  stop(): void {
    this.#stopProbe?.();
    this.#stopProbe = undefined;
  }

  #wait(): void {
    const base = Math.min(FIRST_PROBE_MS * 2 ** this.#probes, LONGEST_PROBE_MS);
    const ms = Math.round(base * (1 - JITTER + 2 * JITTER * this.#o.random()));
    this.#stopProbe = this.#o.schedule(ms, () => {
      this.#stopProbe = undefined;
      this.#probe();
    });
  }

  #probe(): void {
    if (this.#probing) return;
    this.#probing = true;
    this.#probes += 1;
    this.#o
      .probe()
      .catch(this.#o.onFault)
      .finally(() => {
        this.#probing = false;
        if (this.#failures > 0 && this.#stopProbe === undefined) this.#wait();
      });
  }
}

interface Unsent {
  readonly outcome: 'not-sent';
  readonly error: Failure['error'];
}

/**
 * No usable answer came. A refusal, a missing permission or a wrong setting is an answer, and no reason to knock again; so
 * is an error of the system's own, which may be about one thing: it is reached, and asking it costs nobody a wait.
 */
function isTrouble({ ok, error, stumbled }: CallReport): boolean {
  if (ok || error === undefined || stumbled === true) return false;
  return error.code === 'not-sent' || error.code === 'unknown-outcome' || error.code === 'unreadable-answer';
}

function clock(at: Date): string {
  return at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** The same system, whose calls are not even tried while the breaker is open. */
export function guardedSystem(system: RequestSystem, breaker: Breaker): RequestSystem {
  const guard = async <T>(call: () => Promise<T>): Promise<T | Failure> => breaker.refusal() ?? call();
  return {
    findByScan: (candidates, signal) => guard(() => system.findByScan(candidates, signal)),
    get: (id, signal) => guard(() => system.get(id, signal)),
    listChanged: (since, signal) => guard(() => system.listChanged(since, signal)),
    listOpen: (signal) => guard(() => system.listOpen(signal)),
    tenantRules: (signal) => guard(() => system.tenantRules(signal)),
    act: async (id, action, params, signal): Promise<ActOutcome> => {
      const refusal = breaker.refusal();
      if (refusal !== undefined) return { outcome: 'not-sent', error: refusal.error };
      return system.act(id, action, params, signal);
    },
  };
}

/**
 * The same circulation system, whose calls are not even tried while the breaker is open. They wait for their slot here,
 * where the breaker is asked when their turn has come, and not behind it.
 */
export function guardedCirculation(port: CirculationPort, breaker: Breaker, slots: Slots): CirculationPort {
  const guard = <T>(call: () => Promise<T>): Promise<T | Unsent> =>
    slots.take(async () => {
      const refusal = breaker.refusal();
      return refusal === undefined ? call() : { outcome: 'not-sent', error: refusal.error };
    });
  const { lending } = port;
  const patron = lending?.patron;
  return {
    ...port,
    checkIn: (barcode) => guard(() => port.checkIn(barcode)),
    ...(lending === undefined
      ? {}
      : {
          lending: {
            ...lending,
            checkOut: (barcode, card) => guard(() => lending.checkOut(barcode, card)),
            ...(patron === undefined
              ? {}
              : { patron: (card: string) => slots.take(async () => breaker.refusal() ?? patron(card)) }),
          },
        }),
  };
}
