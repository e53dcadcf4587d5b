import type { CallReport } from '../contract/outcome.ts';
import type { Light } from '../contract/shift.ts';

/** An answer that took longer than this is good but slow, milliseconds. */
const SLOW_MS = 3_000;
/** A light that only got newer is told at most this often, milliseconds. */
const TELL_EVERY_MS = 2_000;

/**
 * An error of the system's own (HTTP 5xx) shows that it is reached, and may be about a single thing: a screen that turned
 * amber for it would send everybody to the offline cart. So many without a good answer between them, over so many
 * milliseconds, are an outage all the same.
 */
const STUMBLES = 3;
const STUMBLING_MS = 5_000;

/** Turns what really happened to calls into one light; nothing else can (a network card knows nothing of a server). */
export class LightKeeper {
  readonly #tell: (light: Light) => void;
  readonly #mono: () => number;
  #light: Light;
  readonly #watchers: ((call: CallReport, light: Light) => void)[] = [];
  #toldAt = Number.NEGATIVE_INFINITY;
  /** Errors of the system's own since its last good answer, and when the first of them came, monotonic milliseconds. */
  #stumbles: { count: number; readonly since: number } | undefined;

  constructor(system: Light['system'], name: string, tell: (light: Light) => void, mono: () => number) {
    this.#tell = tell;
    this.#mono = mono;
    this.#light = { system, name, state: 'unknown' };
  }

  /** Told of every call, after the light has changed with it. */
  watch(watcher: (call: CallReport, light: Light) => void): void {
    this.#watchers.push(watcher);
  }

  /** It is needed and not to be had. */
  get isDown(): boolean {
    return this.#light.state === 'down' || this.#light.state === 'needs-login';
  }

  get light(): Light {
    return this.#light;
  }

  /** Something other than a call says how it stands, such as that nothing is configured. */
  set(state: Light['state'], sentence: string): void {
    this.#become({ ...this.#light, state, sentence });
  }

  /**
   * It was not reached when Carrel was last open, and nothing has been heard of it since.
   * @param since when a thing was first kept for it, ISO 8601 UTC
   */
  suspect(since: string): void {
    const { system, name, state } = this.#light;
    if (state !== 'unknown') return;
    const sentence = `${name} was not reached when Carrel was last open. Carrel is asking it now.`;
    this.#become({ system, name, state: 'down', downSince: since, sentence });
  }

  report(call: CallReport): void {
    this.#turn(call);
    for (const watcher of this.#watchers) watcher(call, this.#light);
  }

  #turn(call: CallReport): void {
    const { system, name, lastGoodAt, downSince } = this.#light;
    if (call.stumbled === true && !this.#hasStumbledEnough()) return;
    if (call.stumbled !== true) this.#stumbles = undefined;
    if (call.ok || (call.error !== undefined && call.stumbled !== true && answered(call.error.code))) {
      const slow = call.ms > SLOW_MS;
      this.#become({
        system,
        name,
        state: slow ? 'slow' : 'good',
        lastGoodAt: call.at,
        ...(slow
          ? { sentence: `${name} answers slowly: ${Math.round(call.ms / 1000)} seconds for the last call.` }
          : {}),
      });
      return;
    }
    const refusedLogin = call.error?.code === 'credentials-refused';
    this.#become({
      system,
      name,
      state: refusedLogin ? 'needs-login' : 'down',
      ...(lastGoodAt === undefined ? {} : { lastGoodAt }),
      downSince: downSince ?? call.at,
      ...(call.error === undefined ? {} : { sentence: call.error.sentence }),
    });
  }

  #hasStumbledEnough(): boolean {
    this.#stumbles ??= { count: 0, since: this.#mono() };
    this.#stumbles.count += 1;
    return this.#stumbles.count >= STUMBLES && this.#mono() - this.#stumbles.since >= STUMBLING_MS;
  }

  #become(light: Light): void {
    const changed = light.state !== this.#light.state || light.sentence !== this.#light.sentence;
    this.#light = light;
    if (!changed && this.#mono() - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldAt = this.#mono();
    this.#tell(light);
  }
}

/** The system answered, though not with what was wanted: it is up. */
function answered(code: string): boolean {
  return code === 'refused' || code === 'not-found';
}
