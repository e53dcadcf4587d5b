import { tick } from 'svelte';
import type { PromptKind } from '../../src-main/contract/prompt.ts';
import { t } from '../i18n/index.ts';
import type {
  PatronCheck,
  PlacedRequest,
  PlacePage,
  PlaceResult,
  PlaceState,
  SearchBy,
  StepState,
} from './contract.ts';
import type { DeskClient } from './desk-client.svelte.ts';
import { bookNumberIn, cardIn } from './item-scans.ts';
import { PlaceBatchView } from './place-batch.svelte.ts';

export interface PlacePort {
  /** Something to be read out. */
  status(sentence: string): void;
  /** Something to be read out at once, with the sound of a refusal. */
  refused(sentence: string): void;
}

/** Id in the document of the button that opens a result. */
export function resultElementId(id: string): string {
  return `result-${id}`;
}

/** Id in the document of a placed request. */
export function placedElementId(id: string): string {
  return `placed-${id}`;
}

function newsKey({ id, changedAt }: PlacedRequest): string {
  return `${id} ${changedAt}`;
}

const WAITING: ReadonlySet<StepState> = new Set(['unknown', 'sending', 'recorded', 'not-done']);

/** Shape and colour of a placed request, as prompts have them. */
export function placedKind({ step, state, again, anew, sentences }: PlacedRequest): PromptKind {
  if (again || state?.needsAttention === true) return 'stop';
  if (WAITING.has(step)) return 'saved';
  if (state?.terminal !== true) return 'ill';
  // It ended without the book: where there is something to do about it, a sentence says so.
  if (anew !== undefined) return sentences.length > 0 ? 'stop' : 'saved';
  return 'shelve';
}

/** The screen where requests are placed: a search, the record chosen, the form, and what was placed. */
export class PlaceView {
  state = $state.raw<PlaceState | undefined>();
  by = $state<SearchBy>('anything');
  text = $state('');
  page = $state.raw<PlacePage | undefined>();
  /** Why the last search brought nothing. */
  trouble = $state<string | undefined>();
  searching = $state(false);
  openId = $state<string | undefined>();
  /** The chosen record with everything known of its holdings. */
  whole = $state.raw<PlaceResult | undefined>();
  wholeTrouble = $state<string | undefined>();

  patron = $state('');
  pickup = $state('');
  neededBy = $state('');
  note = $state('');
  check = $state.raw<PatronCheck | undefined>();
  sending = $state(false);
  /** What came of the last placing, or what is missing for it. */
  formNews = $state.raw<{ readonly bad: boolean; readonly sentence: string; readonly of?: string } | undefined>();
  /** The placed request in whose stead the form is filled in. */
  insteadOf = $state.raw<PlacedRequest | undefined>();

  placed = $state.raw<readonly PlacedRequest[]>([]);
  /** Ids of those that had changed when the screen was opened. */
  changed = $state.raw<readonly string[]>([]);
  /** News that stood on the screen long enough. */
  private faded = $state.raw<readonly string[]>([]);

  /** What is to be scrolled into view when the list is there. */
  inView: string | undefined;
  searchField: HTMLInputElement | undefined;
  patronField: HTMLInputElement | undefined;

  /** Requests from a file. */
  readonly batch: PlaceBatchView;
  private readonly client: DeskClient;
  private readonly port: PlacePort;

  constructor(client: DeskClient, port: PlacePort) {
    this.client = client;
    this.port = port;
    this.batch = new PlaceBatchView(client, (sentence) => port.status(sentence));
  }

  /** The record on the right, as far as it is known. */
  readonly chosen: PlaceResult | undefined = $derived.by(() => {
    const inList = this.page?.results.find(({ candidate }) => candidate.id === this.openId);
    const { whole } = this;
    if (inList === undefined || whole === undefined || whole.candidate.id !== this.openId) return inList;
    // How it compares with the others only the list knows.
    const { alike, place, tied, why } = inList;
    return alike > 1 ? { ...whole, alike, place, tied, why } : whole;
  });

  /** What changed, was not looked at and has not been on the screen for long; newest first. */
  readonly news: readonly PlacedRequest[] = $derived.by(() =>
    this.unseen.filter((one) => !this.faded.includes(newsKey(one))),
  );

  /** What changed and was not looked at yet. */
  get unseen(): readonly PlacedRequest[] {
    return this.client.state?.placedNews ?? [];
  }

  /** The newest that may be tried again. */
  readonly waiting: PlacedRequest | undefined = $derived.by(() => this.placed.find(({ again }) => again));

  /** The newest that can be placed anew with changes. */
  readonly replaceable: PlacedRequest | undefined = $derived.by(() =>
    this.placed.find(({ anew }) => anew !== undefined),
  );

  /** The screen was opened. */
  async begin(): Promise<void> {
    this.changed = this.unseen.map(({ id }) => id);
    this.looked();
    void this.batch.begin();
    const answer = await this.client.call('place.get', {});
    if (!answer.ok) {
      this.trouble = answer.error.sentence;
      return;
    }
    this.state = answer.value;
    this.placed = answer.value.placed;
    const usable = answer.value.pickups.flatMap(({ slug }) => slug ?? []);
    if (!usable.includes(this.pickup)) this.pickup = usable.length === 1 ? (usable[0] ?? '') : '';
    if (this.inView === undefined) return;
    const shown = placedElementId(this.inView);
    this.inView = undefined;
    void tick().then(() => document.getElementById(shown)?.scrollIntoView({ block: 'center' }));
  }

  toSearch(): void {
    this.searchField?.focus();
    this.searchField?.select();
  }

  toPatron(): void {
    this.patronField?.focus();
    this.patronField?.select();
  }

  /** A scan on this screen: a publisher's label is searched for, a card goes into the patron field while the cursor is there. */
  takes(raw: string): boolean {
    const desk = this.client.state?.desk;
    if (desk === undefined) return false;
    const card = document.activeElement === this.patronField ? cardIn(raw, desk) : undefined;
    if (card !== undefined) {
      this.patron = card;
      this.port.status(t.place.patronTaken(card.slice(-4)));
      void this.checkPatron();
      return true;
    }
    const number = bookNumberIn(raw);
    if (number === undefined) return false;
    this.by = 'anything';
    this.text = number;
    this.port.status(t.place.taken(number));
    void this.search(0);
    return true;
  }

  async search(page: number): Promise<void> {
    if (this.searching || page < 0) return;
    this.searching = true;
    const answer = await this.client.call('place.search', { by: this.by, text: this.text, page });
    this.searching = false;
    this.trouble = answer.ok ? undefined : answer.error.sentence;
    this.page = answer.ok ? answer.value : undefined;
    this.formNews = undefined;
    this.insteadOf = undefined;
    const first = this.page?.results[0]?.candidate.id;
    if (first === undefined) this.openId = undefined;
    else {
      this.open(first);
      void tick().then(() => document.getElementById(resultElementId(first))?.focus());
    }
    this.port.status(this.trouble ?? (first === undefined ? t.place.none : (this.page?.readAs ?? '')));
  }

  turn(step: number): void {
    const { page } = this;
    if (page === undefined) return;
    const next = page.page + step;
    if (next >= 0 && next * page.pageSize < page.total) void this.search(next);
  }

  open(id: string): void {
    if (id !== this.insteadOf?.anew?.instance) this.insteadOf = undefined;
    this.openId = id;
    this.wholeTrouble = undefined;
    this.formNews = undefined;
    if (this.whole?.candidate.id !== id) void this.read(id);
  }

  /** Opens the record so many places further down and gives it the focus. */
  move(step: number): void {
    const ids = this.page?.results.map(({ candidate }) => candidate.id) ?? [];
    const at = ids.indexOf(this.openId ?? '');
    const id = ids[Math.min(ids.length - 1, Math.max(0, at + step))];
    if (id === undefined) return;
    this.open(id);
    document.getElementById(resultElementId(id))?.focus();
  }

  async checkPatron(): Promise<void> {
    const patron = this.patron.trim();
    this.check = undefined;
    if (patron === '') return;
    const answer = await this.client.call('place.checkPatron', { patron });
    if (answer.ok && this.patron.trim() === patron) this.check = answer.value;
  }

  async send(): Promise<void> {
    const { chosen } = this;
    if (chosen === undefined || this.sending) return;
    const patron = this.patron.trim();
    if (patron === '') {
      this.missing(t.place.patronMissing);
      this.toPatron();
      return;
    }
    if (this.pickup === '') {
      this.missing(t.place.pickupMissing);
      return;
    }
    this.sending = true;
    this.formNews = undefined;
    const answer = await this.client.call('place.send', {
      instance: chosen.candidate.id,
      patron,
      pickup: this.pickup,
      ...(this.insteadOf === undefined ? {} : { insteadOf: this.insteadOf.id }),
      ...(this.neededBy === '' ? {} : { neededBy: this.neededBy }),
      ...(this.note.trim() === '' ? {} : { note: this.note.trim() }),
    });
    this.sending = false;
    if (!answer.ok) {
      this.missing(answer.error.sentence);
      return;
    }
    this.take(answer.value);
    this.told(answer.value);
  }

  /** Fills the form with the record of one that came to nothing, for another patron, place or day. */
  async anew(one: PlacedRequest | undefined): Promise<void> {
    const from = one?.anew;
    if (one === undefined || from === undefined || this.searching) return;
    this.searching = true;
    const answer = await this.client.call('place.detail', { id: from.instance });
    this.searching = false;
    this.trouble = answer.ok ? undefined : answer.error.sentence;
    if (!answer.ok) {
      this.missing(answer.error.sentence);
      return;
    }
    const readAs = t.place.anewOf(one.number ?? one.title);
    this.page = { readAs, page: 0, pageSize: 1, total: 1, results: [answer.value], notes: [] };
    this.whole = answer.value;
    this.insteadOf = one;
    this.open(from.instance);
    if (this.state?.pickups.some(({ slug }) => slug === from.pickup) === true) this.pickup = from.pickup;
    this.neededBy = from.neededBy ?? '';
    this.port.status(readAs);
    await tick();
    this.toPatron();
  }

  /** The newest that was not created is looked for once more, and sent only if it is not there. */
  async again(): Promise<void> {
    const { waiting } = this;
    if (waiting === undefined || this.sending) return;
    this.sending = true;
    const answer = await this.client.call('place.again', { id: waiting.id });
    this.sending = false;
    if (answer.ok) {
      this.take(answer.value);
      this.told(answer.value);
    } else this.missing(answer.error.sentence);
  }

  /** Main tells of a placed request. @param seen the list is on the screen */
  heard(placed: PlacedRequest, seen: boolean): void {
    const before = this.placed.find(({ id }) => id === placed.id);
    this.take(placed);
    const { formNews } = this;
    if (formNews?.of === placed.id && placed.number !== undefined) {
      this.formNews = { ...formNews, sentence: t.place.placedNow(placed.number) };
    }
    const state = placed.state?.label;
    if (state === undefined || (before?.state?.label === state && before.number === placed.number)) return;
    if (seen) this.port.status(t.place.said(placed.title, state, placed.number));
  }

  /** Main tells what changed and was not looked at. @param seen the list is on the screen */
  heardNews(news: readonly PlacedRequest[], before: readonly PlacedRequest[], seen: boolean): void {
    if (seen && news.length > 0) {
      const more = news.map(({ id }) => id).filter((id) => !this.changed.includes(id));
      this.changed = [...this.changed, ...more];
      this.looked();
      return;
    }
    const known = before.map(newsKey);
    const first = news.find((one) => !known.includes(newsKey(one)));
    if (first?.state !== undefined) this.port.status(t.place.said(first.title, first.state.label, first.number));
  }

  /** These were on the screen long enough. */
  fade(told: readonly PlacedRequest[]): void {
    this.faded = told.map(newsKey);
  }

  private looked(): void {
    if (this.unseen.length > 0) void this.client.call('place.looked', {});
  }

  private take(placed: PlacedRequest): void {
    const at = this.placed.findIndex(({ id }) => id === placed.id);
    this.placed = at < 0 ? [placed, ...this.placed] : this.placed.with(at, placed);
  }

  private told(placed: PlacedRequest): void {
    const good = placed.request !== undefined;
    if (!good) {
      this.missing(placed.sentences.join(' '));
      return;
    }
    // The patron's number leaves the screen with the request.
    this.patron = '';
    this.check = undefined;
    this.note = '';
    this.insteadOf = undefined;
    this.formNews = { bad: false, sentence: t.place.placedNow(placed.number), of: placed.id };
    this.port.status(t.place.placedNow(placed.number));
  }

  private missing(sentence: string): void {
    this.formNews = { bad: true, sentence };
    this.port.refused(sentence);
  }

  private async read(id: string): Promise<void> {
    const answer = await this.client.call('place.detail', { id });
    if (this.openId !== id) return;
    if (answer.ok) this.whole = answer.value;
    else this.wholeTrouble = answer.error.sentence;
  }
}
