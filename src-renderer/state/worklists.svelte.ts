import { tick } from 'svelte';
import { f, t } from '../i18n/index.ts';
import type {
  RequestFilter,
  RequestSort,
  RowsAnswer,
  SavedFilter,
  WorklistChoices,
  WorklistId,
  WorklistRow,
} from './contract.ts';
import type { OutputOf } from '../../src-main/contract/methods.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import type { DeskClient } from './desk-client.svelte.ts';
import { Latest } from './latest.svelte.ts';

/** Rows asked for at a time; more than a screen shows. */
export const WINDOW = 100;
/** While somebody types: soon enough to feel at once, seldom enough to ask once a keystroke. */
const TYPING_MS = 20;

/** Id in the document of the box that selects a row. */
export function requestElementId(id: string): string {
  return `request-${id}`;
}

function windowOf(index: number): number {
  return Math.floor(index / WINDOW) * WINDOW;
}

type Windows = Readonly<Record<number, readonly WorklistRow[]>>;

interface Question {
  readonly filter: RequestFilter;
  readonly text: string;
  readonly sort: RequestSort;
}

/** The office's lists: which one is shown, what is in it, and where in it one is. */
export class WorklistsView {
  filter = $state.raw<RequestFilter>({});
  text = $state('');
  /** Chosen by hand; otherwise what suits the list. */
  private chosenSort = $state<RequestSort | undefined>();
  tiles = $state.raw<OutputOf<'worklist.tiles'> | undefined>();
  total = $state(0);
  /** Why the list cannot be shown. */
  trouble = $state<string | undefined>();
  /** The list has been answered at least once since it was changed. */
  answered = $state(false);
  /** Rises when another list is shown, which then begins at its top. */
  shownSince = $state(0);
  chosenId = $state<string | undefined>();
  /** The chosen request as kept here, until it has been read anew. */
  kept = $state.raw<RequestView | undefined>();

  readonly fresh: Latest<string, RequestView>;
  /** Rows fetched, by the place of the first of each window. */
  private windows = $state.raw<Windows>({});
  private asking: Readonly<Record<number, Promise<void>>> = {};
  choices = $state.raw<WorklistChoices>({ states: [], partners: [], locations: [] });
  saved = $state.raw<readonly SavedFilter[]>([]);
  /** What came of asking ReShare itself. */
  widened = $state<string | undefined>();
  filterOpen = $state(false);
  searchField: HTMLInputElement | undefined;
  /** Which list the answers under way belong to. */
  private version = 0;
  private typing: ReturnType<typeof setTimeout> | undefined;
  private readonly client: DeskClient;

  constructor(client: DeskClient) {
    this.client = client;
    this.fresh = new Latest((id: string) => client.call('request.get', { id }));
  }

  readonly sort: RequestSort = $derived.by(() => {
    if (this.chosenSort !== undefined) return this.chosenSort;
    if (this.text.trim() !== '') return 'best';
    const { worklist } = this.filter;
    if (worklist === 'due-soon' || worklist === 'overdue') return 'due';
    return worklist === 'to-print' || worklist === 'to-pull' ? 'shelf' : 'oldest';
  });

  /** The saved list that is on the screen, if it is one. */
  readonly shownSaved: SavedFilter | undefined = $derived.by(() =>
    this.saved.find(({ filter, text }) => text === this.text && JSON.stringify(filter) === JSON.stringify(this.filter)),
  );

  /** The screen is opened: what is kept at once, and ReShare asked for what changed. */
  open(): void {
    void this.again();
    void this.client.call('worklist.refresh', {});
    void this.client.call('worklist.saved', {}).then((answer) => {
      if (answer.ok) this.saved = answer.value;
    });
    void this.readChoices();
  }

  toSearch(): void {
    this.searchField?.focus();
    this.searchField?.select();
  }

  /** Empties the search, if there is anything in it or it has the focus. Answers whether there was. */
  clearSearch(): boolean {
    if (this.text === '') return false;
    this.show({ text: '' });
    return true;
  }

  /** Asks ReShare itself for what is typed; what it finds joins the list. */
  async widen(): Promise<void> {
    const text = this.text.trim();
    if (text === '') return;
    this.widened = t.worklists.widening;
    const answer = await this.client.call('worklist.widen', { text });
    if (text !== this.text.trim()) return;
    if (!answer.ok) {
      this.widened = answer.error.sentence;
      return;
    }
    const { found, more } = answer.value;
    const words = more ? t.worklists.widenedMore : t.worklists.widened;
    this.widened = found === 0 ? t.worklists.widenedNone : words(f.number(found));
    await this.again();
  }

  /** Shows a saved list again, as it was saved. */
  showSaved({ filter, text, sort }: SavedFilter): void {
    this.filterOpen = false;
    this.show({ filter, text, ...(sort === undefined ? {} : { sort }) });
  }

  /** Saves the list on the screen under a name; the same name again replaces it. */
  async saveAs(name: string, onTiles: boolean): Promise<void> {
    const { filter, text, chosenSort: sort } = this;
    const others = this.saved.filter((one) => one.name !== name);
    const one: SavedFilter = { id: crypto.randomUUID(), name, filter, text, onTiles, ...(sort && { sort }) };
    await this.keep([...others, one]);
  }

  forget(id: string): Promise<void> {
    return this.keep(this.saved.filter((one) => one.id !== id));
  }

  toggleFilter(): void {
    this.filterOpen = !this.filterOpen;
    if (this.filterOpen) void this.readChoices();
  }

  private async keep(saved: readonly SavedFilter[]): Promise<void> {
    const answer = await this.client.call('worklist.save', { saved: [...saved] });
    if (answer.ok) this.saved = answer.value;
    this.trouble = answer.ok ? undefined : answer.error.sentence;
    await this.again();
  }

  private async readChoices(): Promise<void> {
    const answer = await this.client.call('worklist.choices', {});
    if (answer.ok) this.choices = answer.value;
  }

  /** Something in the cache changed. What is shown stays until its successor is there. */
  async again(): Promise<void> {
    this.version += 1;
    this.asking = {};
    const { version } = this;
    const held = Object.keys(this.windows).map(Number);
    const offsets = held.length === 0 ? [0] : held;
    const [tiles, ...answers] = await Promise.all([
      this.client.call('worklist.tiles', {}),
      ...offsets.map((offset) => this.ask(offset)),
    ]);
    if (version !== this.version) return;
    if (tiles.ok) this.tiles = tiles.value;
    this.trouble = tiles.ok ? undefined : tiles.error.sentence;
    const read = answers.filter((answer) => answer !== undefined);
    const [first] = read;
    if (first !== undefined) this.total = first.total;
    this.windows = Object.fromEntries(read.map(({ offset, rows }) => [offset, rows]));
    this.answered = true;
  }

  /** Shows another list, from its top. */
  show(change: Partial<Question>): void {
    if (change.filter !== undefined) this.filter = change.filter;
    if (change.text !== undefined) this.text = change.text;
    if (change.sort !== undefined) this.chosenSort = change.sort;
    else if (change.filter !== undefined) this.chosenSort = undefined;
    this.restart();
  }

  /** A tile: its list, or all that is open when it is the one already shown. */
  toggle(worklist: WorklistId): void {
    const { worklist: shown, ...rest } = this.filter;
    this.show({ filter: shown === worklist ? rest : { ...rest, worklist } });
  }

  /** Words are being typed. */
  typed(): void {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.restart(), TYPING_MS);
  }

  /** The row at a place, if it has been fetched. */
  row(index: number): WorklistRow | undefined {
    const offset = windowOf(index);
    return this.windows[offset]?.[index - offset];
  }

  /** Fetches what is missing of the rows from one place to before another. */
  need(from: number, before: number): void {
    for (let offset = windowOf(from); offset < before; offset += WINDOW) {
      if (this.windows[offset] === undefined) void this.fetch(offset);
    }
  }

  readonly chosen: RequestView | undefined = $derived.by(() => {
    if (this.fresh.answer?.id === this.chosenId) return this.fresh.answer;
    return this.kept?.id === this.chosenId ? this.kept : undefined;
  });

  /** Opens a request beside the list: as kept, then as it is. */
  choose(id: string): void {
    this.chosenId = id;
    this.fresh.clear();
    this.fresh.ask(id);
    void this.client.call('request.kept', { id }).then((answer) => {
      if (answer.ok && this.chosenId === id) this.kept = answer.value.view;
    });
  }

  /** Where in the list the chosen request is, as far as it has been fetched; -1 where it is not. */
  get chosenIndex(): number {
    for (const [offset, rows] of Object.entries(this.windows)) {
      const at = rows.findIndex((row) => row.id === this.chosenId);
      if (at >= 0) return Number(offset) + at;
    }
    return -1;
  }

  /** Opens the row at a place and gives it the focus. */
  async goTo(index: number): Promise<void> {
    const place = Math.min(this.total - 1, Math.max(0, index));
    const offset = windowOf(place);
    // What was on its way is thrown away when the cache changes meanwhile; then it is asked for anew.
    for (let tries = 0; tries < 3 && this.windows[offset] === undefined; tries += 1) await this.fetch(offset);
    const row = this.row(place);
    if (row === undefined) return;
    this.choose(row.id);
    await tick();
    document.getElementById(requestElementId(row.id))?.focus();
  }

  private restart(): void {
    clearTimeout(this.typing);
    this.widened = undefined;
    this.version += 1;
    this.asking = {};
    this.answered = false;
    void this.first(this.version);
  }

  private async first(version: number): Promise<void> {
    const answer = await this.ask(0);
    if (version !== this.version || answer === undefined) return;
    this.total = answer.total;
    this.windows = { 0: answer.rows };
    this.shownSince = version;
    this.answered = true;
  }

  private fetch(offset: number): Promise<void> {
    const underWay = this.asking[offset] ?? this.fetchWindow(offset, this.version);
    this.asking = { ...this.asking, [offset]: underWay };
    return underWay;
  }

  private async fetchWindow(offset: number, version: number): Promise<void> {
    const answer = await this.ask(offset);
    if (version !== this.version) return;
    const { [offset]: _answered, ...others } = this.asking;
    this.asking = others;
    if (answer === undefined) return;
    this.total = answer.total;
    this.windows = { ...this.windows, [offset]: answer.rows };
  }

  private async ask(offset: number): Promise<RowsAnswer | undefined> {
    const { filter, text, sort } = this;
    const answer = await this.client.call('worklist.rows', { filter, text: text.trim(), sort, offset, limit: WINDOW });
    if (!answer.ok) {
      this.trouble = answer.error.sentence;
      return undefined;
    }
    this.trouble = undefined;
    return answer.value;
  }
}
