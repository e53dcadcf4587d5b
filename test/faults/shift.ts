import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import { offerId as offerIdOf, parseOfferId } from '../../src-main/desk/offers.ts';
import type { Consortium } from '../../src-main/training/consortium.ts';
import type { Random } from '../../src-main/training/random.ts';
import type { CarrelStart } from './carrel-messages.ts';
import type { Move } from './day.ts';
import { Desk, Gone } from './desk.ts';
import type { Moment, Passing } from './proxy.ts';
import type { Weather } from './weather.ts';

export interface ShiftOptions {
  readonly random: Random;
  readonly weather: Weather;
  readonly consortium: Consortium;
  readonly start: CarrelStart;
  readonly refuse: (system: 'reshare' | 'wms', ms: number) => Promise<void>;
  /** Sets who is told of each request on its way. */
  readonly watch: (watcher: (moment: Moment, passing: Passing) => void) => void;
  /** Somebody else does the next step with that label's request. */
  readonly colleague: (label: string) => Promise<void>;
  /** Whether the effect of that step stands in the system's own book, as its screen would show it. */
  readonly look: (stepId: string) => Promise<boolean>;
  /** How many steps and prompts of the journal have not come to their end. */
  readonly open: () => number;
}

export interface Tally {
  readonly scans: number;
  /** Ids of the scans for which Carrel said that they are saved. */
  readonly acknowledged: readonly string[];
  readonly kills: number;
  /** Ids of the scans of each errand, and of each label in it. */
  readonly errands: readonly (readonly string[])[];
  readonly labels: readonly (readonly string[])[];
}

interface Scanned {
  readonly label: string;
  readonly errand: number;
}

/** How long anything may take to come to rest, milliseconds. What has not by then is found unsettled. */
const REST_MS = 15_000;

/** The person at the desk, and whoever pulls the plug. */
export class Shift {
  readonly #o: ShiftOptions;
  readonly #acknowledged: string[] = [];
  readonly #errands = new Map<number, string[]>();
  /** By errand and label. */
  readonly #labels = new Map<string, string[]>();
  readonly #recent: Scanned[] = [];
  /** Calls under way that nobody waits for: submitted scans, outages. */
  readonly #loose = new Set<Promise<unknown>>();
  #desk: Desk;
  #killing: Promise<void> | undefined;
  #unsaid: Scanned[] = [];
  #offsetMs = 0;
  #scans = 0;
  #kills = 0;

  constructor(options: ShiftOptions) {
    this.#o = options;
    this.#desk = new Desk(options.start);
  }

  tally(): Tally {
    return {
      scans: this.#scans,
      acknowledged: this.#acknowledged,
      kills: this.#kills,
      errands: [...this.#errands.values()],
      labels: [...this.#labels.values()],
    };
  }

  /** Plays the moves, then lets everything come to rest in good weather and closes Carrel. */
  async play(moves: readonly Move[]): Promise<void> {
    try {
      await this.#desk.ready;
      for (const move of moves) {
        if (this.#desk.gone || this.#killing !== undefined) await this.#comeBack();
        await this.#make(move);
      }
      this.#o.watch(() => undefined);
      do {
        if (this.#desk.gone || this.#killing !== undefined) await this.#comeBack();
        await Promise.all(this.#loose);
      } while (this.#desk.gone);
      this.#o.weather.clear();
      await this.#end();
    } finally {
      await this.#desk.close();
    }
  }

  async #make(move: Move): Promise<void> {
    switch (move.do) {
      case 'scan':
        this.#scan(move);
        return;
      case 'choose':
        await this.#choose(move.which);
        return;
      case 'end-session':
        await this.#endSession();
        return;
      case 'colleague':
        this.#loosely(this.#o.colleague(move.label));
        return;
      case 'wait':
        await wait(move.ms);
        return;
      case 'rest':
        await this.#rest();
        return;
      case 'clock':
        this.#offsetMs = move.offMs;
        this.#desk.jump(move.offMs);
        return;
      case 'outage':
        this.#loosely(this.#o.refuse(move.system, move.ms));
        return;
      case 'expire':
        this.#o.consortium.controls.expireTokens();
        this.#o.consortium.wms?.revokeTokens();
        return;
      case 'kill':
        this.#loosely(wait(move.afterMs).then(() => this.#kill()));
        return;
      case 'kill-at':
        this.#o.watch((moment, { method, path }) => {
          if (moment !== move.moment || method !== 'POST' || !/performAction|\/action$|ncip/.test(path)) return;
          this.#o.watch(() => undefined);
          this.#loosely(this.#kill());
        });
        return;
    }
  }

  /** Nobody waits for the answer before scanning the next thing. */
  #scan(scanned: Scanned): void {
    const id = randomUUID();
    this.#scans += 1;
    const { errand, label } = scanned;
    this.#errands.set(errand, [...(this.#errands.get(errand) ?? []), id]);
    this.#labels.set(`${errand} ${label}`, [...(this.#labels.get(`${errand} ${label}`) ?? []), id]);
    this.#recent.push(scanned);
    const said = this.#desk.call('scan.submit', { id, raw: scanned.label, source: 'wedge' }).then(
      (result) => {
        if (result.ok) this.#acknowledged.push(id);
      },
      (error: unknown) => {
        if (!(error instanceof Gone)) throw error;
        this.#unsaid.push(scanned);
      },
    );
    this.#loosely(said);
  }

  async #choose(which: number): Promise<void> {
    await this.#orGone(async () => {
      const open = (await this.#lines()).find((line) => (line.prompt?.offers.length ?? 0) > 0);
      const offers = open?.prompt?.offers ?? [];
      const offer = offers[which % Math.max(1, offers.length)];
      if (open === undefined || offer === undefined) return;
      await this.#desk.call('scan.choose', { scanId: open.scanId, offerId: await this.#honest(offer.id) });
    });
  }

  /** Whoever is asked what became of a step goes and looks, and says what is so. */
  async #honest(offerId: string): Promise<string> {
    const asked = parseOfferId(offerId);
    if (asked?.kind !== 'happened' && asked?.kind !== 'not-happened') return offerId;
    const { stepId } = asked;
    return offerIdOf({ kind: (await this.#o.look(stepId)) ? 'happened' : 'not-happened', stepId });
  }

  async #endSession(): Promise<void> {
    await this.#orGone(async () => {
      const snapshot = await this.#desk.call('app.snapshot', {});
      const session = snapshot.ok ? snapshot.value.session : undefined;
      if (session?.state === 'open') await this.#desk.call('session.end', { id: session.id });
    });
  }

  async #lines(): Promise<readonly ScanLine[]> {
    const snapshot = await this.#desk.call('app.snapshot', {});
    return snapshot.ok ? snapshot.value.lines : [];
  }

  /** Waits until no prompt will change by itself and no look is to come. */
  async #rest(): Promise<void> {
    const until = performance.now() + REST_MS;
    await this.#orGone(async () => {
      for (let quiet = 0; quiet < 2 && performance.now() < until;) {
        const [lines, looks] = await Promise.all([this.#lines(), this.#desk.looksToCome()]);
        const busy = looks > 0 || lines.some((line) => line.prompt?.working ?? !line.cancelled);
        quiet = busy ? 0 : quiet + 1;
        await wait(20);
      }
    });
  }

  /** A look may be under way when no further one waits: the journal says when the last is over. */
  async #end(): Promise<void> {
    const until = performance.now() + REST_MS;
    do await this.#rest();
    while (this.#o.open() > 0 && performance.now() < until);
  }

  #kill(): Promise<void> {
    if (this.#desk.gone) return Promise.resolve();
    this.#kills += 1;
    this.#killing = this.#desk.kill();
    return this.#killing;
  }

  /** Starts Carrel again, perhaps only to lose it once more, and reads again what seems not to have been taken. */
  async #comeBack(): Promise<void> {
    const { random, start } = this.#o;
    let again = random.chance(0.2);
    while (this.#desk.gone || this.#killing !== undefined) {
      await this.#killing;
      this.#killing = undefined;
      this.#desk = new Desk({ ...start, clockOffsetMs: this.#offsetMs });
      if (again) this.#loosely(wait(random.between(100, 500)).then(() => this.#kill()));
      again = false;
      await this.#orGone(() => this.#desk.ready);
    }
    const unsaid = this.#unsaid;
    this.#unsaid = [];
    for (const scanned of unsaid) if (random.chance(0.8)) this.#scan(scanned);
    // "Did it take that one?"
    for (const scanned of new Set(this.#recent.slice(-3))) {
      if (!unsaid.includes(scanned) && random.chance(0.3)) this.#scan(scanned);
    }
  }

  #loosely(work: Promise<unknown>): void {
    this.#loose.add(work);
    const gone = (): void => {
      this.#loose.delete(work);
    };
    work.then(gone, gone);
  }

  /** What a person does at the screen ends when Carrel does. */
  async #orGone(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
    }
  }
}
