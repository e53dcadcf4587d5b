import type { RecordBody, StepBody, StoredRecord } from '../contract/journal.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { PlacedRequest } from '../contract/place.ts';
import type { RequestView } from '../contract/request.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import {
  canBeReplaced,
  isOver,
  isPlaced,
  isTurnedAway,
  mayGoAgain,
  paramsOf,
  placedOf,
  placingLane,
  PLACING_SYSTEM,
  tellsNews,
  withSeen,
  type PlacingParams,
} from '../desk/placing.ts';
import type { Lanes } from './lanes.ts';
import { PlacingNews } from './placing-news.ts';
import { lookForPlaced, runPlacingStep, type DoorPort, type PlacingKeys } from './placing-step.ts';
import { LOOK_AFTER_SECONDS, neverSent } from './settle.ts';

/** What is sent, all of it chosen beforehand. */
export interface PlacingOrder {
  readonly id: string;
  readonly identifier: string;
  readonly instance: string;
  readonly title: string;
  readonly author?: string;
  readonly isbn?: string;
  readonly patron: string;
  readonly pickup: string;
  readonly neededBy?: string;
  readonly note?: string;
}

/** A placing by its newest record. */
export interface PlacingRow {
  readonly id: string;
  readonly body: StepBody;
  readonly changedAt: string;
}

export interface PlacingFlowOptions {
  /** Undefined where no front door is set up. */
  readonly door: DoorPort<PlacingOrder> | undefined;
  readonly system: Pick<RequestSystem, 'get' | 'findByScan'> | undefined;
  readonly lanes: Lanes;
  readonly record: (id: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** Placings of this journal, oldest first. */
  readonly rows: () => Promise<readonly PlacingRow[]>;
  /** One placing, however long ago. */
  readonly earlier: (id: string) => Promise<PlacingRow | undefined>;
  readonly newId: () => string;
  readonly now: () => Date;
  /** Encrypts patron and note for the row; undefined without a key. */
  readonly seal: (text: string, row: string) => string | undefined;
  readonly open: (sealed: string, row: string) => string | undefined;
  readonly mask: (patron: string) => string;
  /** Waits; rejects when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onChange: (placed: PlacedRequest) => void;
  /** What changed and was not looked at yet, newest first: told whenever it is different. */
  readonly onNews: (news: readonly PlacedRequest[]) => void;
  readonly onFault: (error: unknown) => void;
}

/** When a new request is read for its number, seconds after it was placed: it is given by a job of its own (mod-rs). */
export const NUMBER_AFTER_SECONDS = [3, 6, 15, 45, 90] as const;

const NOT_SET_UP = 'No way to place requests is set up on this computer.';
const SEEN_LATER = 'The answer was lost, but a look shows that ReShare has the request.';
const NOT_FOUND_LATER =
  'The answer was lost, and 90 seconds later ReShare has no such request: it was most likely not created. Try again, and Carrel looks once more before it sends.';
const NOT_LOOKED =
  'The answer was lost, and ReShare could not be asked whether it has the request. Try again later: Carrel looks before it sends.';

const NOT_TO_REPLACE = 'This request goes on as it is, so nothing was placed in its stead. Look at the list.';
const NOT_REPLACED =
  'Nothing was sent, because ReShare cannot be asked whether it has the request that this one is to replace:';
const THERE_AFTER_ALL = 'A look shows that ReShare has this request after all.';
const GIVEN_UP = 'It was not in ReShare and was given up for another one with changes.';

/**
 * Requests placed from this computer: each sent once, looked for after a lost answer, and followed to its end. All of it is in
 * the journal, so a restart goes on where this run stopped.
 */
export class PlacingFlow {
  readonly #o: PlacingFlowOptions;
  readonly #rows = new Map<string, PlacingRow>();
  readonly #busy = new Set<string>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #stopped = new AbortController();
  readonly #news: PlacingNews;
  /** Readings are taken over one after the other: two that say the same are one change. */
  #taking: Promise<void> = Promise.resolve();

  constructor(options: PlacingFlowOptions) {
    this.#o = options;
    this.#news = new PlacingNews(() => {
      options.onNews(this.news);
    });
  }

  /** Everything placed, newest first. */
  get list(): readonly PlacedRequest[] {
    return [...this.#rows.values()].map((row) => this.#view(row)).reverse();
  }

  /** What changed and was not looked at yet, newest first. */
  get news(): readonly PlacedRequest[] {
    return this.#news.ids.flatMap((id) => {
      const row = this.#rows.get(id);
      return row === undefined ? [] : [this.#view(row)];
    });
  }

  /** The list of what was placed has been looked at. */
  looked(): void {
    this.#news.looked();
  }

  /** Whether requests can be placed at all. */
  get ready(): boolean {
    return this.#o.door !== undefined && this.#o.system !== undefined;
  }

  /** What became of an id, of this run or any before. */
  async known(id: string): Promise<PlacedRequest | undefined> {
    const row = this.#rows.get(id) ?? (await this.#o.earlier(id));
    return row === undefined ? undefined : this.#view(row);
  }

  /** Places a request. One whose id the journal has already is not sent again. */
  place(order: PlacingOrder, pickupName: string): Promise<Result<PlacedRequest>> {
    return this.#track(this.#place(order, pickupName));
  }

  /** Tries one again that was not created, after one more look. */
  async again(id: string): Promise<Result<PlacedRequest>> {
    const row = this.#rows.get(id);
    if (row === undefined) return fail('not-found', 'This request is not on the list any more.', { mender: 'desk' });
    if (!mayGoAgain(row.body)) return ok(this.#view(row));
    const params = paramsOf(row.body);
    const opened = params.sealed === undefined ? undefined : this.#o.open(params.sealed, id);
    if (opened === undefined) {
      return fail(
        'refused',
        'Carrel has not got the patron’s number any more: it is kept for a day, and only where this computer has a protected place for it. Search for the title and place it anew; nothing of this one is in ReShare.',
        { mender: 'desk' },
      );
    }
    const { patron, note } = JSON.parse(opened) as { readonly patron: string; readonly note?: string };
    const { title, author, instance, pickup, neededBy, identifier } = params;
    const order: PlacingOrder = {
      id,
      identifier,
      instance,
      title,
      patron,
      pickup,
      ...(author === undefined ? {} : { author }),
      ...(neededBy === undefined ? {} : { neededBy }),
      ...(note === undefined ? {} : { note }),
    };
    return this.place(order, params.pickupName);
  }

  /**
   * Makes way for a new request in place of this one. What ReShare did not take is looked for once more, and given up only when it
   * is not there; what ended needs nothing.
   */
  async giveUp(id: string): Promise<Result<undefined>> {
    const row = this.#rows.get(id) ?? (await this.#o.earlier(id));
    const { system, lanes } = this.#o;
    if (row === undefined || system === undefined || !canBeReplaced(row.body)) {
      return fail('refused', NOT_TO_REPLACE, { mender: 'desk' });
    }
    if (!isTurnedAway(row.body)) return ok(undefined);
    return lanes.run(placingLane(id), async () => {
      const look = await lookForPlaced(system, keysOf(id, paramsOf(row.body)));
      if (look.look === 'failed') return fail('not-sent', `${NOT_REPLACED} ${look.error.sentence}`, { mender: 'it' });
      if (look.look === 'there') {
        await this.#put(id, { ...withSeen({ ...row.body, state: 'confirmed' }, look.view), sentence: THERE_AFTER_ALL });
        return fail('refused', `${THERE_AFTER_ALL} Nothing was sent.`, { mender: 'desk' });
      }
      await this.#put(id, { ...row.body, state: 'not-done', sentence: GIVEN_UP });
      return ok(undefined);
    });
  }

  /** Reads the journal and goes on: lost answers are looked after, open requests are read again. Sends nothing. */
  async recover(): Promise<void> {
    for (const row of await this.#o.rows()) this.#rows.set(row.id, row);
    for (const { id, body } of [...this.#rows.values()]) {
      if (body.state === 'recorded') await this.#put(id, neverSent(body));
      else if (body.state === 'unknown' || body.state === 'sending') this.#inBackground(this.#lookAfter(id));
      else if (isPlaced(body) && !isOver(body)) this.#inBackground(this.#read(id));
    }
  }

  /** The cache learned something: what it says of open placings is taken over. */
  async learn(get: (request: string) => Promise<RequestView | undefined>): Promise<void> {
    for (const { id, body } of [...this.#rows.values()]) {
      if (!isPlaced(body) || isOver(body)) continue;
      const view = await get(body.requestId);
      if (view !== undefined) await this.#seen(id, view);
    }
  }

  /** Somebody at this computer has just read these requests: what they say is taken over, and is no news to them. */
  read(views: readonly RequestView[]): void {
    const read = new Map(views.map((view) => [view.id, view]));
    for (const { id, body } of this.#rows.values()) {
      const view = isPlaced(body) ? read.get(body.requestId) : undefined;
      if (view === undefined) continue;
      this.#news.looked(id);
      if (!isOver(body)) this.#inBackground(this.#seen(id, view, 'by-staff'));
    }
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #place(order: PlacingOrder, pickupName: string): Promise<Result<PlacedRequest>> {
    const { door, system, lanes } = this.#o;
    if (door === undefined || system === undefined) {
      return fail('configuration', NOT_SET_UP, { mender: 'library-administrator' });
    }
    const { id } = order;
    const before = this.#rows.get(id) ?? (await this.#o.earlier(id));
    if (before !== undefined && !mayGoAgain(before.body)) return ok(this.#view(before));
    if (this.#busy.has(id)) return fail('refused', 'This request is on its way already.', { mender: 'nobody' });
    this.#busy.add(id);
    try {
      const error = await lanes.run(placingLane(id), (signal) =>
        runPlacingStep({
          body: this.#bodyOf(order, pickupName, door),
          order,
          keys: keysOf(id, { identifier: order.identifier, ...keptBy(door, id) }),
          door,
          system,
          record: (body) => this.#o.record(id, body),
          onRecorded: (body, at) => this.#took(id, body, at),
          signal,
        }),
      );
      if (error !== undefined) {
        return fail('journal-closed', `${error.sentence} Nothing was sent.`, { mender: 'it', retry: 'later' });
      }
    } finally {
      this.#busy.delete(id);
    }
    const row = this.#rows.get(id);
    if (row === undefined) throw new Error('a placing left no record');
    if (row.body.state === 'unknown') this.#inBackground(this.#lookAfter(id));
    if (isPlaced(row.body)) this.#inBackground(this.#watchNumber(id));
    return ok(this.#view(row));
  }

  #bodyOf(order: PlacingOrder, pickupName: string, door: DoorPort<PlacingOrder>): Omit<StepBody, 'state'> {
    const { id, identifier, instance, title, author, patron, pickup, neededBy, note } = order;
    const secret = JSON.stringify({ patron, ...(note === undefined ? {} : { note }) });
    const sealed = this.#o.seal(secret, id);
    const params: PlacingParams = {
      title,
      instance,
      pickup,
      pickupName,
      identifier,
      door: door.kind,
      ...keptBy(door, id),
      placedAt: this.#o.now().toISOString(),
      card: this.#o.mask(patron),
      ...(author === undefined ? {} : { author }),
      ...(neededBy === undefined ? {} : { neededBy }),
      ...(sealed === undefined ? {} : { sealed }),
    };
    return {
      type: 'step',
      stepId: this.#o.newId(),
      lane: placingLane(id),
      system: PLACING_SYSTEM,
      action: 'place',
      requestId: id,
      params: { ...params },
      evidence: { state: '', seenAt: this.#o.now().toISOString() },
    };
  }

  /** Looks at the times stripes-reshare looks after an action, until one shows the request or the last does not. */
  async #lookAfter(id: string): Promise<void> {
    const { system } = this.#o;
    const row = this.#rows.get(id);
    if (system === undefined || row === undefined) return;
    const keys = keysOf(id, paramsOf(row.body));
    for await (const last of this.#moments(LOOK_AFTER_SECONDS)) {
      const look = await lookForPlaced(system, keys);
      if (look.look === 'there') {
        await this.#put(id, { ...withSeen({ ...row.body, state: 'done' }, look.view), sentence: SEEN_LATER });
        return this.#watchNumber(id);
      }
      if (!last) continue;
      const sentence = look.look === 'failed' ? NOT_LOOKED : NOT_FOUND_LATER;
      await this.#put(id, { ...row.body, state: 'needs-person', sentence });
    }
  }

  async #watchNumber(id: string): Promise<void> {
    for await (const last of this.#moments(NUMBER_AFTER_SECONDS)) {
      await this.#read(id);
      const row = this.#rows.get(id);
      if (row?.body.params['number'] !== undefined) return;
      // The row now says that the number is late.
      if (last && row !== undefined) this.#o.onChange(this.#view(row));
    }
  }

  async *#moments(seconds: readonly number[]): AsyncGenerator<boolean> {
    let waited = 0;
    for (const after of seconds) {
      try {
        await this.#o.sleep((after - waited) * 1000, this.#stopped.signal);
      } catch {
        // Aborted: only stop() does that.
        return;
      }
      waited = after;
      yield after === seconds.at(-1);
    }
  }

  async #read(id: string): Promise<void> {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    const got = await this.#o.system?.get(row.body.requestId, this.#stopped.signal);
    if (got?.ok === true) await this.#seen(id, got.value);
  }

  #seen(id: string, view: RequestView, read?: 'by-staff'): Promise<void> {
    const turn = this.#taking.then(async () => {
      const row = this.#rows.get(id);
      if (row === undefined || !tellsNews(row.body, view)) return;
      const before = row.body.evidence.state;
      await this.#put(id, withSeen(row.body, view));
      if (read === undefined && before !== view.state.code) this.#news.changed(id, view);
    });
    this.#taking = turn.catch(() => undefined);
    return turn;
  }

  async #put(id: string, body: StepBody): Promise<void> {
    const stored = await this.#o.record(id, body);
    if (stored.ok) this.#took(id, body, stored.value.at);
  }

  #took(id: string, body: StepBody, at: string): void {
    const row: PlacingRow = { id, body, changedAt: at };
    this.#rows.set(id, row);
    this.#o.onChange(this.#view(row));
  }

  #view({ id, body, changedAt }: PlacingRow): PlacedRequest {
    return placedOf(id, body, changedAt, this.#o.now());
  }

  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#o.onFault(error);
    });
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }
}

function keysOf(
  id: string,
  { identifier, keepsId, asked }: Pick<PlacingParams, 'identifier' | 'keepsId' | 'asked'>,
): PlacingKeys {
  return { request: keepsId ? (asked ?? id) : undefined, identifier };
}

/** Under which id the door has the request kept. */
function keptBy({ keepsId, idOf }: DoorPort<PlacingOrder>, id: string): Pick<PlacingParams, 'keepsId' | 'asked'> {
  return idOf === undefined ? { keepsId } : { keepsId, asked: idOf(id) };
}
