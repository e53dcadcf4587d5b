import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgreementItem, AgreementKind, AgreementList, HostSettings } from '../contract/agreement.ts';
import type { RecordBody, ScanLine, StoredRecord } from '../contract/journal.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { Prompt } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import { confirmedPrompt } from '../desk/agreement-legs.ts';
import { agreementOf, worthReading, type AgreementScene } from '../desk/agreement.ts';
import { agreementOfStep } from '../desk/agreement-steps.ts';
import { hasHappened } from '../journal/look.ts';
import type { RemoteCache, RemoteJournal } from '../store/calls.ts';
import { isOpenHoldStep } from '../desk/unanswered.ts';
import { tidyOf, worthTidying, type TidyScene } from '../desk/tidy.ts';
import { lentBarcodes, troubledScans, type TroubledScans } from './agreement-scans.ts';

export interface AgreementOptions {
  readonly journal: Pick<RemoteJournal, 'steps' | 'searchLines' | 'recordsOf' | 'lineOf'>;
  readonly cache: Pick<RemoteCache, 'current' | 'upsertMany'>;
  /** Undefined while no ReShare is set up. */
  readonly system: Pick<RequestSystem, 'get'> | undefined;
  readonly hostSettings: () => Promise<Result<HostSettings>>;
  /** What this library borrowed and is over, changed since a time: a cache that was filled anew knows only what is open. */
  readonly closedLoans: (since: string, signal: AbortSignal) => Promise<Result<readonly RequestView[]>>;
  /** What staff call the circulation system; undefined where none is set up in Carrel. */
  readonly systemName: string | undefined;
  /** How long a borrowed item waits on the hold shelf, in days. */
  readonly holdShelfDays: () => number;
  readonly record: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** Writes down what staff say became of an unanswered step, and frees what waits behind it. */
  readonly say: (stepId: string, happened: boolean) => Promise<Result<Pick<StoredRecord, 'at' | 'staff' | 'desk'>>>;
  /** Writes down that a hold without an answer stands as it should, says a person; its scan says so too. */
  readonly confirmHold: (scanId: string, stepId: string) => Promise<Result<unknown>>;
  /** Writes and shows a scan's new prompt. */
  readonly present: (line: ScanLine, prompt: Prompt) => Promise<void>;
  readonly onChanged: (list: AgreementList) => void;
  readonly onFault: (error: unknown) => void;
  readonly now: () => Date;
  /** Between two requests of one look, milliseconds. */
  readonly gapMs?: number;
}

/** Between two requests of one look: one at a time, with room between, so that scans never wait for it. */
const GAP_MS = 150;
/** The first look waits until the shift has begun. */
const FIRST_MS = 15_000;
const EVERY_MS = 10 * 60_000;
/** Scans that end badly together are looked at together. */
const SOON_MS = 4_000;
/** How far back closed requests and steps count. */
const DAYS = 30;
/** Most requests read in one look, and most looked through for reading. */
const READ = 120;
const LISTED = 5_000;
/** A confirmed item stays in sight for a day. */
const CONFIRMED_MS = 24 * 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

const MENDED = 'agreement-mended';

/**
 * The agreement list: what ReShare and the circulation system disagree about. Gathered from the requests of the cache that
 * may have trouble, each read anew in full, and from the journal's own steps. What a person confirmed is a journal record
 * of its own, so it outlives every restart.
 */
export class Agreement {
  readonly #o: AgreementOptions;
  readonly #stop = new AbortController();
  #host: HostSettings = { known: false };
  #list: AgreementList = { items: [], open: 0, tidy: [], toTidy: 0, looking: false, looked: 0, notes: [] };
  #running: Promise<void> | undefined;
  #soon: NodeJS.Timeout | undefined;
  #closedListed = false;
  /** Items of each request with the change they were read at; an unchanged request is not read again by itself. */
  #read = new Map<string, { readonly view: RequestView; readonly items: readonly AgreementItem[] }>();

  /** The unanswered steps of which staff can say what became of them, by the key of their item. */
  readonly #steps = new Map<string, string>();
  /** The holds without an answer, by the key of their item. */
  readonly #holds = new Map<string, { readonly scanId: string; readonly stepId: string }>();
  /** What people settled while Carrel runs, by key: a look that began before must not show it as open again. */
  readonly #settled = new Map<string, AgreementItem>();

  constructor(options: AgreementOptions) {
    this.#o = options;
  }

  get list(): AgreementList {
    return this.#list;
  }

  /** What ReShare does in the circulation system by itself, as last read. */
  get host(): HostSettings {
    return this.#host;
  }

  start(): void {
    this.#readHost().catch(this.#o.onFault);
    void this.#tick().catch((error: unknown) => {
      if (!this.#stop.signal.aborted) this.#o.onFault(error);
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#soon);
    await this.#running;
  }

  /**
   * Looks at what changed, or at everything anew; a look that is under way is the answer to a second asking. Answers at
   * once, with what is known so far.
   */
  look(whole: boolean): AgreementList {
    this.#run(whole);
    return this.#list;
  }

  /** A scan ended with something for the list: looks when the desk has had a moment to go on. */
  soon(): void {
    if (this.#soon !== undefined) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      this.#run(false);
    }, SOON_MS).unref();
  }

  /** A person says that an item is mended. Journaled with who and where; the prompts of its scans say so too. */
  async confirm(key: string): Promise<Result<AgreementList>> {
    const item = [...this.#list.items, ...this.#list.tidy].find((one) => one.key === key);
    if (item === undefined) {
      return fail('not-found', 'This is no longer on the list.', { mender: 'nobody' });
    }
    if (item.confirmed !== undefined) return ok(this.#list);
    if (item.action === 'say') {
      return fail('refused', 'Say whether it happened: until then nothing more is sent for it.', { mender: 'desk' });
    }
    const hold = this.#holds.get(key);
    const settled = hold === undefined ? undefined : await this.#o.confirmHold(hold.scanId, hold.stepId);
    if (settled?.ok === false && settled.error.code !== 'not-found') return settled;
    const stored = await this.#o.record(recordIdOf(key), { type: 'choice', offerId: MENDED });
    if (!stored.ok) return stored;
    const { at, staff: by, desk } = stored.value;
    this.#settled.set(key, { ...item, confirmed: { by, desk, at } });
    this.#tell(this.#list);
    // A line of a prompt stands for all items of a request: it is confirmed with the last of them.
    const more = this.#list.items.some(
      (one) => one.requestId === item.requestId && one.kind === item.kind && one.confirmed === undefined,
    );
    if (item.requestId !== undefined && !more) await this.#confirmPrompts(item.requestId, item.kind, by, at);
    return ok(this.#list);
  }

  /** A person says what became of an unanswered step, as they could at the prompt of its scan. */
  async say(key: string, happened: boolean): Promise<Result<AgreementList>> {
    const item = this.#list.items.find((one) => one.key === key);
    const stepId = this.#steps.get(key);
    if (item === undefined || stepId === undefined) {
      return fail('not-found', 'This is no longer on the list.', { mender: 'nobody' });
    }
    if (item.confirmed !== undefined) return ok(this.#list);
    const said = await this.#o.say(stepId, happened);
    if (!said.ok) return said;
    const { at, staff: by, desk } = said.value;
    this.#settled.set(key, { ...item, confirmed: { by, desk, at } });
    this.#tell(this.#list);
    return ok(this.#list);
  }

  async #tick(): Promise<void> {
    for (let wait = FIRST_MS; !this.#stop.signal.aborted; wait = EVERY_MS) {
      await sleep(wait, undefined, { signal: this.#stop.signal, ref: false });
      this.#run(false);
      await this.#running;
    }
  }

  #run(whole: boolean): void {
    if (this.#running !== undefined || this.#stop.signal.aborted) return;
    this.#tell({ ...this.#list, looking: true });
    this.#running = this.#lookAt(whole)
      .catch((error: unknown) => {
        if (this.#stop.signal.aborted) return;
        this.#tell({ ...this.#list, looking: false });
        this.#o.onFault(error);
      })
      .finally(() => {
        this.#running = undefined;
      });
  }

  async #lookAt(whole: boolean): Promise<void> {
    const notes: string[] = [];
    const trouble = await this.#readHost();
    if (trouble !== undefined) notes.push(trouble);
    else if (!this.#host.known && this.#host.elsewhere !== true) notes.push(NOT_PERMITTED);
    const since = new Date(this.#o.now().getTime() - DAYS * DAY_MS).toISOString();
    const scans = await troubledScans(this.#o.journal, since, this.#o.now());
    const { looked, sentence } = await this.#readRequests(since, scans, whole);
    const closed = await this.#listClosed(since, whole);
    notes.push(...[sentence, sentence === undefined ? closed : undefined].filter((note) => note !== undefined));
    const found = [...this.#requestItems(), ...this.#stepItems(scans), ...this.#said()];
    const items = await this.#withConfirmations([...new Map(found.map((item) => [item.key, item])).values()]);
    const tidy = await this.#withConfirmations(await this.#tidyItems(since));
    if (this.#stop.signal.aborted) return;
    this.#tell({
      items,
      tidy,
      open: 0,
      toTidy: 0,
      lookedAt: this.#o.now().toISOString(),
      looking: false,
      looked,
      notes,
    });
  }

  async #readHost(): Promise<string | undefined> {
    const host = await this.#o.hostSettings();
    if (!host.ok) return `ReShare’s settings could not be read. ${host.error.sentence}`;
    if (JSON.stringify(host.value) !== JSON.stringify(this.#host)) this.#read.clear();
    this.#host = host.value;
    return undefined;
  }

  /** Reads what may have trouble, one after the other; the first that cannot be reached ends the look. */
  async #readRequests(
    since: string,
    scans: TroubledScans,
    whole: boolean,
  ): Promise<{ readonly looked: number; readonly sentence?: string }> {
    const cached = await this.#o.cache.current(since, LISTED);
    const shelf = { holdShelfDays: this.#o.holdShelfDays(), now: this.#o.now().toISOString() };
    const worth = cached.filter((view) => worthReading(view) || worthTidying(view, shelf));
    const changed = new Map(cached.map((view) => [view.id, view.lastUpdated]));
    const ids = [...new Set([...scans.requestIds, ...worth.map((view) => view.id)])].slice(0, READ);
    for (const id of this.#read.keys()) if (!ids.includes(id)) this.#read.delete(id);
    if (this.#o.system === undefined) return { looked: 0, sentence: NOT_SET_UP };
    let looked = 0;
    for (const id of ids) {
      const known = this.#read.get(id);
      const same = known !== undefined && known.view.lastUpdated === (changed.get(id) ?? known.view.lastUpdated);
      if (same && !whole) continue;
      if (looked > 0) await sleep(this.#o.gapMs ?? GAP_MS, undefined, { signal: this.#stop.signal, ref: false });
      const got = await this.#o.system.get(id, this.#stop.signal);
      this.#stop.signal.throwIfAborted();
      looked += 1;
      if (got.ok) {
        this.#read.set(id, { view: got.value, items: agreementOf(got.value, this.#scene()) });
        await this.#o.cache.upsertMany([got.value]);
      } else if (got.error.code === 'not-found') this.#read.delete(id);
      else return { looked, sentence: `Not everything could be looked at. ${got.error.sentence}` };
    }
    return { looked };
  }

  #scene(): AgreementScene {
    const { systemName } = this.#o;
    return { host: this.#host, ...(systemName === undefined ? {} : { systemName }) };
  }

  /** Asked once, and again by a person: between, the sync hears of every loan that is closed. */
  async #listClosed(since: string, whole: boolean): Promise<string | undefined> {
    if (this.#closedListed && !whole) return undefined;
    const closed = await this.#o.closedLoans(since, this.#stop.signal);
    this.#stop.signal.throwIfAborted();
    if (!closed.ok) return `Closed loans could not be listed. ${closed.error.sentence}`;
    this.#closedListed = true;
    await this.#o.cache.upsertMany(closed.value);
    return undefined;
  }

  /** Closed loans as the cache knows them; what is here still only where its history was read. */
  async #tidyItems(since: string): Promise<readonly AgreementItem[]> {
    const scene: TidyScene = {
      holdShelfDays: this.#o.holdShelfDays(),
      lent: await lentBarcodes(this.#o.journal, since),
      now: this.#o.now().toISOString(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(this.#o.systemName === undefined ? {} : { systemName: this.#o.systemName }),
    };
    const cached = await this.#o.cache.current(since, LISTED);
    return cached.flatMap((view) => tidyOf(this.#read.get(view.id)?.view ?? view, scene));
  }

  #requestItems(): readonly AgreementItem[] {
    return [...this.#read.values()].flatMap(({ items }) => items);
  }

  /** Steps that nothing has settled since: the request does not show them done, and has no item of its own that says more. */
  #stepItems(scans: TroubledScans): readonly AgreementItem[] {
    this.#steps.clear();
    this.#holds.clear();
    return scans.steps.flatMap((step) => {
      const read = this.#read.get(step.body.requestId);
      if (read !== undefined && hasHappened(read.view, step.body)) return [];
      if (read?.view.state.terminal === true && step.body.state === 'refused') return [];
      const item = agreementOfStep(step, this.#o.systemName);
      if (item === undefined) return [];
      // What a step holds back waits for this very answer, whatever else is the matter with the request.
      if (isOpenHoldStep(step.body)) this.#holds.set(item.key, { scanId: step.scanId, stepId: step.body.stepId });
      if (item.action === 'say') this.#steps.set(item.key, step.body.stepId);
      else if (read !== undefined && read.items.length > 0) return [];
      return item;
    });
  }

  /** Steps that staff spoke about: nothing of them is open any more, but who said it stays to be seen for a while. */
  #said(): readonly AgreementItem[] {
    return [...this.#settled.values()].filter(({ action, kind }) => action === 'say' || kind === 'step-needs-person');
  }

  async #withConfirmations(items: readonly AgreementItem[]): Promise<AgreementItem[]> {
    const recently = new Date(this.#o.now().getTime() - CONFIRMED_MS).toISOString();
    const known = await Promise.all(
      items.map(async (item): Promise<AgreementItem> => {
        const records = await this.#o.journal.recordsOf(recordIdOf(item.key));
        const said = records.find(({ body }) => body.type === 'choice' && body.offerId === MENDED);
        return said === undefined ? item : { ...item, confirmed: { by: said.staff, desk: said.desk, at: said.at } };
      }),
    );
    return known.filter(({ confirmed }) => confirmed === undefined || confirmed.at >= recently);
  }

  async #confirmPrompts(requestId: string, kind: AgreementKind, by: string, at: string): Promise<void> {
    const since = new Date(this.#o.now().getTime() - DAYS * DAY_MS).toISOString();
    const { scansOf } = await troubledScans(this.#o.journal, since, this.#o.now());
    for (const scanId of scansOf.get(requestId) ?? []) {
      const line = await this.#o.journal.lineOf(scanId);
      if (line?.prompt === undefined) continue;
      const prompt = confirmedPrompt(line.prompt, kind, by, at);
      if (JSON.stringify(prompt) !== JSON.stringify(line.prompt)) await this.#o.present(line, prompt);
    }
  }

  #tell(list: AgreementList): void {
    const settled = (item: AgreementItem): AgreementItem => this.#settled.get(item.key) ?? item;
    const items = inOrder(list.items.map(settled));
    const tidy = inOrder(list.tidy.map(settled));
    this.#list = { ...list, items, tidy, open: openOf(items), toTidy: openOf(tidy) };
    this.#o.onChanged(this.#list);
  }
}

/** Open ones first, newest first. */
function inOrder(items: readonly AgreementItem[]): AgreementItem[] {
  return items.toSorted(
    (a, b) => Number(a.confirmed !== undefined) - Number(b.confirmed !== undefined) || (a.since < b.since ? 1 : -1),
  );
}

function openOf(items: readonly AgreementItem[]): number {
  return items.filter(({ confirmed }) => confirmed === undefined).length;
}

const NOT_PERMITTED =
  'This account may not read ReShare’s settings about the circulation system (rs.settings.getsection.hostlmsintegration), so returns that ReShare does not pass on cannot be told. A ReShare administrator can allow it.';
const NOT_SET_UP = 'No ReShare is set up on this computer, so only what Carrel recorded itself is listed.';

/** The journal's records of one item are found by an id made from its key (RFC 9562, version 8). */
function recordIdOf(key: string): string {
  const hex = createHash('sha256').update(`agreement ${key}`).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
