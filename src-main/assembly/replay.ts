import type { NewRecord, RecordBody, StoredRecord } from '../contract/journal.ts';
import type { OfflineChange, OfflineList, ReleasedBody } from '../contract/offline.ts';
import type { CallReport, RequestSystem } from '../contract/outcome.ts';
import { DEFAULT_PARALLEL } from '../contract/settings.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import type { Handlers } from '../contract/methods.ts';
import type { DownSystem } from '../desk/offline.ts';
import { releasedPrompt } from '../desk/offline-words.ts';
import type { DeskRules } from '../desk/types.ts';
import type { DeskFlow } from '../journal/desk-flow.ts';
import type { Doubts } from '../journal/doubts.ts';
import type { JustDone } from '../journal/just-done.ts';
import type { Lanes } from '../journal/lanes.ts';
import { ListChanges } from '../journal/list-changes.ts';
import { Offline, type HeldEntry } from '../journal/offline.ts';
import type { CachePort, CirculationPort, JournalPort } from '../journal/ports.ts';
import { Replay } from '../journal/replay.ts';
import type { Settler } from '../journal/settler.ts';
import { boundedSystem, createSlots } from '../journal/slots.ts';
import type { LogFile } from '../shell/log-file.ts';
import type { RemoteJournal } from '../store/calls.ts';
import { Breaker, guardedCirculation, guardedSystem, type BreakerOptions } from './breaker.ts';
import type { LightKeeper } from './lights.ts';

export interface OutageOptions {
  readonly system: RequestSystem | undefined;
  readonly circulation: CirculationPort | undefined;
  /** One harmless call to the circulation system. */
  readonly probeCirculation: () => Promise<unknown>;
  readonly light: LightKeeper;
  readonly wmsLight: LightKeeper;
  readonly stored: Pick<RemoteJournal, 'held' | 'heldNumber'>;
  readonly journal: JournalPort;
  readonly cache: CachePort;
  readonly record: (scanId: string, body: RecordBody) => NewRecord;
  readonly rules: () => DeskRules;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly log: LogFile;
  /** How many things of the offline list are done side by side. */
  readonly lanesAtOnce: number | undefined;
  /** How many calls of steps each system gets at once; the usual number when left out. */
  readonly atOnce: { readonly reshare: number | undefined; readonly wms: number | undefined };
  /** ReShare is not reached: calls that wait for their turn end at once. */
  readonly turnAway: () => void;
  readonly onList: (change: OfflineChange) => void;
}

/** What replay needs of the desk once that is built. */
export interface DeskParts {
  readonly flow: DeskFlow;
  readonly lanes: Lanes;
  readonly doubts: Doubts;
  readonly justDone: JustDone;
  readonly settler: Settler | undefined;
  readonly onActed: (requestId: string) => void;
}

/** Changes of the list are told at most this often, milliseconds. */
const TELL_EVERY_MS = 250;

/** Outages of this desk: breakers in front of the systems, the list of what waits, and its replay. */
export class Outage {
  readonly #o: OutageOptions;
  readonly #breakers: readonly { readonly breaker: Breaker; readonly light: LightKeeper }[];
  /** The lights that were down when they were last heard of. */
  readonly #dark = new Set<LightKeeper>();
  /** Undefined where no ReShare is set up: there is nothing to wait for. */
  readonly offline: Offline | undefined;
  /** As the steps use it: guarded and bounded. */
  readonly system: RequestSystem | undefined;
  readonly circulation: CirculationPort | undefined;
  #replay: Replay | undefined;
  #flow: DeskFlow | undefined;
  #telling: NodeJS.Timeout | undefined;
  readonly #told = new ListChanges();

  constructor(options: OutageOptions) {
    this.#o = options;
    const { system, circulation, light, wmsLight } = options;
    const { atOnce } = options;
    const slots = createSlots(atOnce.reshare);
    const wmsSlots = createSlots(atOnce.wms ?? DEFAULT_PARALLEL.wms);
    const reshare =
      system === undefined
        ? undefined
        : this.#breaker('ReShare', light, {
            probe: () => system.tenantRules(),
            onOpen: () => {
              slots.letThrough();
              options.turnAway();
            },
          });
    const wms =
      circulation === undefined
        ? undefined
        : this.#breaker('WMS', wmsLight, {
            probe: () => options.probeCirculation(),
            onOpen: () => {
              wmsSlots.letThrough();
            },
          });
    this.#breakers = [
      ...(reshare === undefined ? [] : [{ breaker: reshare, light }]),
      ...(wms === undefined ? [] : [{ breaker: wms, light: wmsLight }]),
    ];
    this.system =
      system === undefined || reshare === undefined ? undefined : boundedSystem(guardedSystem(system, reshare), slots);
    this.circulation =
      circulation === undefined || wms === undefined ? undefined : guardedCirculation(circulation, wms, wmsSlots);
    const append = (scanId: string, body: RecordBody): Promise<Result<StoredRecord>> =>
      options.journal.append(options.record(scanId, body));
    this.offline =
      system === undefined
        ? undefined
        : new Offline({
            rules: options.rules,
            now: options.now,
            down: () => this.#down(),
            append,
            lastNumber: (day, desk) => options.stored.heldNumber({ day, desk }),
            onChanged: () => {
              this.#changed();
            },
            onReleased: (line, how, staff) => this.#released(line.scanId, how, staff),
          });
  }

  /** The list for a window that knows nothing yet; what is told next is whole, so that it fits any window. */
  whole(): OfflineList {
    const { list } = this;
    this.#told.given(list);
    return list;
  }

  /** The list as it stands. */
  get list(): OfflineList {
    return this.#replay?.list ?? { lines: [], down: this.#down().map(({ name }) => name) };
  }

  /** The desk is there: what earlier runs left is taken over. Nothing is sent by this. */
  async connect({ flow, lanes, doubts, justDone, settler, onActed }: DeskParts): Promise<void> {
    const { offline, system } = this;
    if (offline === undefined || system === undefined) return;
    this.#flow = flow;
    await offline.load(await this.#o.stored.held());
    this.#replay = new Replay({
      offline,
      system,
      circulation: this.circulation,
      lanes,
      doubts,
      justDone,
      settler,
      cache: this.#o.cache,
      rules: this.#o.rules,
      now: this.#o.now,
      newId: this.#o.newId,
      lanesAtOnce: this.#o.lanesAtOnce,
      append: (scanId, body) => this.#o.journal.append(this.#o.record(scanId, body)),
      show: (line, prompt) => flow.present(line, prompt),
      onCheckedIn: (barcode, prompt) => {
        flow.checkedIn(barcode, prompt);
      },
      onAsks: (doubt) => {
        flow.hold(doubt);
      },
      onActed,
      onChanged: () => {
        this.#changed();
      },
      onFault: (error) => {
        this.#o.log.fault('replay', error);
      },
    });
    this.#suspect(offline.entries);
  }

  /** What earlier runs kept for a system says that it was not reached: shown as such until it has been asked, at once. */
  #suspect(entries: readonly HeldEntry[]): void {
    for (const { breaker, light } of this.#breakers) {
      const first = entries.find(({ held, step }) => {
        const waits = step === undefined || step.state === 'not-sent';
        return waits && held.plan.kind !== 'look' && held.system === light.light.system;
      });
      if (first === undefined) continue;
      light.suspect(first.line.at);
      if (!light.isDown) continue;
      this.#dark.add(light);
      breaker.knock();
    }
  }

  /** The computer woke, or a person asks to try again: calls are made as if nothing had happened. */
  woke(): void {
    for (const { breaker } of this.#breakers) breaker.wake();
  }

  /** Begins nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    for (const { breaker } of this.#breakers) breaker.stop();
    this.#replay?.stop();
    await this.#replay?.idle();
    clearTimeout(this.#telling);
  }

  handlers(): Pick<Handlers, 'offline.preview' | 'offline.run' | 'offline.stop' | 'offline.dismiss'> {
    const answer = (work: (replay: Replay) => void) => (): Promise<Result<OfflineList>> => {
      if (this.#replay !== undefined) work(this.#replay);
      return Promise.resolve(ok(this.list));
    };
    return {
      'offline.preview': answer((replay) => {
        replay.preview();
      }),
      'offline.run': answer((replay) => {
        replay.run();
      }),
      'offline.stop': answer((replay) => {
        replay.stop();
      }),
      'offline.dismiss': async ({ scanId, reason }) =>
        (await this.#replay?.dismiss(scanId, reason)) ??
        fail('refused', 'That line is not on the list any more.', { mender: 'desk' }),
    };
  }

  /** The line of a thing that left the list says so; what stood there was for the time of the outage. */
  async #released(scanId: string, how: ReleasedBody['how'], staff: string): Promise<void> {
    const line = await this.#o.journal.line(scanId);
    if (line?.prompt === undefined || line.cancelled) return;
    await this.#flow?.present(line, releasedPrompt(line.prompt, how, staff));
  }

  #breaker(name: string, light: LightKeeper, parts: Pick<BreakerOptions, 'probe' | 'onOpen'>): Breaker {
    const { now, log } = this.#o;
    const breaker = new Breaker({
      name,
      ...parts,
      schedule: (ms, run) => {
        const timer = setTimeout(run, ms).unref();
        return () => {
          clearTimeout(timer);
        };
      },
      random: Math.random,
      now,
      onFault: (error) => {
        log.fault('probe', error);
      },
    });
    light.watch((call: CallReport) => {
      breaker.report(call);
      if (light.isDown === this.#dark.has(light)) return;
      if (light.isDown) this.#dark.add(light);
      else this.#dark.delete(light);
      this.#changed();
      if (!light.isDown && this.#o.rules().desk.offline.replayByItself) this.#replay?.run();
    });
    return breaker;
  }

  #down(): readonly DownSystem[] {
    const { system, circulation, light, wmsLight } = this.#o;
    const reshare = system === undefined ? [] : [{ system: 'reshare' as const, keeper: light }];
    const wms = circulation === undefined ? [] : [{ system: 'wms' as const, keeper: wmsLight }];
    return [...reshare, ...wms].flatMap(({ system: id, keeper }) => {
      const { name, downSince } = keeper.light;
      return keeper.isDown ? [{ system: id, name, ...(downSince === undefined ? {} : { since: downSince }) }] : [];
    });
  }

  #changed(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.#o.onList(this.#told.since(this.list));
    }, TELL_EVERY_MS).unref();
  }
}
