import { SvelteSet } from 'svelte/reactivity';
import { f, t } from '../i18n/index.ts';
import type { Pile, PullSlipsDone, RowsInput, WorklistRow } from './contract.ts';
import type { DeskClient } from './desk-client.svelte.ts';
import { linesOf, sortPile, type PileGroup } from './pile-groups.ts';

/** Numbers named one by one; of many, the first, and how many more. */
const NAMED = 4;

function named(numbers: readonly string[]): string {
  const more = numbers.length - NAMED;
  const first = numbers.slice(0, NAMED).join(', ');
  return more > 0 ? t.piles.slips.andMore(first, f.number(more)) : first;
}

/** What became of marking what was printed. */
function marked({ marking, unmarked }: Pick<PullSlipsDone, 'marking' | 'unmarked'>): readonly string[] {
  const words = t.piles.slips;
  return [
    ...(marking === 0 ? [] : [words.marking(f.number(marking))]),
    ...(unmarked === undefined ? [] : [words.unmarked(unmarked)]),
  ];
}

function without(leftOut: number): readonly string[] {
  return leftOut === 0 ? [] : [f.plural(leftOut, t.piles.slips.leftOut)(f.number(leftOut))];
}

/** No more is done together at once. */
const TOGETHER = 200;

/** What is selected in the lists, and the pile that is being scanned or worked through. */
export class PileView {
  pile = $state.raw<Pile | undefined>();
  /** What was said when the last wish was not granted. */
  trouble = $state<string | undefined>();
  /** The selected rows are about to be acted on: what each gets is said, and the key pressed again does it. */
  asking = $state(false);
  /** What came of printing. */
  said = $state.raw<readonly string[]>([]);
  readonly selected = new SvelteSet<string>();
  /** Rows as they were when they were selected. */
  private rows = $state.raw<readonly WorklistRow[]>([]);
  private readonly client: DeskClient;
  private readonly alert: (sentence: string) => void;

  constructor(client: DeskClient, alert: (sentence: string) => void) {
    this.client = client;
    this.alert = alert;
  }

  /** A pile of scans is open: what is scanned belongs to it. */
  readonly scanning: boolean = $derived.by(() => this.pile?.kind === 'scans' && this.pile.endedAt === undefined);

  /** Orders that nobody has sent, while none are being sent. */
  readonly notSent: number = $derived.by(() =>
    this.pile?.kind === 'orders' && !this.pile.running ? this.pile.orders.filter((order) => !order.sent).length : 0,
  );

  readonly chosen: readonly WorklistRow[] = $derived.by(() => this.rows.filter((row) => this.selected.has(row.id)));

  /** What would be ordered, by step, and how many of the selected have no step of their own. */
  readonly steps: readonly { readonly label: string; readonly count: number }[] = $derived.by(() => {
    const all = this.chosen.flatMap((row) => row.step ?? []);
    const labels = all.filter((label, at) => all.indexOf(label) === at);
    return labels.map((label) => ({ label, count: this.chosen.filter((row) => row.step === label).length }));
  });
  readonly withoutStep: number = $derived.by(() => this.chosen.filter((row) => row.step === undefined).length);

  /** The lines of the shift that belong to the pile, sorted into what each needs. */
  readonly groups: readonly PileGroup[] = $derived.by(() =>
    this.pile === undefined ? [] : sortPile(linesOf(this.pile, this.client.state?.lines ?? [])),
  );

  async open(): Promise<void> {
    const answer = await this.client.call('pile.get', {});
    if (answer.ok) this.pile = answer.value.pile;
  }

  changed(pile: Pile | undefined): void {
    this.pile = pile;
  }

  toggle(row: WorklistRow): void {
    this.asking = false;
    if (this.selected.delete(row.id)) return;
    this.selected.add(row.id);
    this.rows = [...this.rows.filter((one) => one.id !== row.id), row];
  }

  /** Nothing is selected, or asked about, any more. Answers whether anything was. */
  deselect(): boolean {
    const any = this.selected.size > 0;
    this.asking = false;
    this.selected.clear();
    this.rows = [];
    this.said = [];
    return any;
  }

  /** Selects everything the list shows, as far as is done together at once. */
  async selectAll(list: Pick<RowsInput, 'filter' | 'text' | 'sort'>): Promise<void> {
    const answer = await this.client.call('worklist.rows', { ...list, offset: 0, limit: TOGETHER });
    if (!answer.ok) {
      this.refused(answer.error.sentence);
      return;
    }
    for (const row of answer.value.rows) if (!this.selected.has(row.id)) this.toggle(row);
  }

  /** Prints the pull slips of what is selected and marks those printed that came out. */
  async printSlips(): Promise<void> {
    if (this.selected.size === 0) return;
    const words = t.piles.slips;
    this.said = [words.printing];
    const answer = await this.client.call('pullslips.print', { requestIds: this.chosen.map((row) => row.id) });
    if (!answer.ok) {
      this.said = [answer.error.sentence];
      return;
    }
    const { printed, leftOut, notPrinted, trouble } = answer.value;
    this.said = [
      ...(printed === 0 && notPrinted.length === 0 ? [words.none] : [f.plural(printed, words.done)(f.number(printed))]),
      ...marked(answer.value),
      ...(notPrinted.length === 0 ? [] : [words.notPrinted(named(notPrinted), trouble ?? '')]),
      ...(printed === 0 ? [] : without(leftOut)),
    ];
  }

  /** Has ReShare make the library's own slips of what is selected, and marks those printed that are in the file. */
  async report(): Promise<void> {
    if (this.selected.size === 0) return;
    const words = t.piles.slips;
    this.said = [words.making];
    const answer = await this.client.call('pullslips.report', { requestIds: this.chosen.map((row) => row.id) });
    if (!answer.ok) {
      const { sentence, theirWords } = answer.error;
      this.said = [theirWords === undefined ? sentence : `${sentence} “${theirWords}”`];
      return;
    }
    const { path, opened, slips, leftOut } = answer.value;
    if (slips === 0 || path === undefined) {
      this.said = [slips === 0 ? words.none : words.notSaved];
      return;
    }
    const saved = f.plural(slips, words.saved)(f.number(slips), path);
    this.said = [saved, opened ? words.opened : words.notOpened, ...marked(answer.value), ...without(leftOut)];
  }

  /** Begins a pile of scans, or ends the one that is open. */
  toggleScanning(): Promise<void> {
    return this.ask(this.scanning ? 'pile.end' : 'pile.start');
  }

  /** Says first what will be done with what is selected; the second time it is done. */
  async order(): Promise<void> {
    if (!this.asking) {
      this.asking = true;
      return;
    }
    const requestIds = this.chosen.flatMap((row) => (row.step === undefined ? [] : [row.id]));
    this.asking = false;
    if (requestIds.length === 0) return;
    const answer = await this.client.call('pile.order', { requestIds });
    if (answer.ok) {
      this.pile = answer.value.pile;
      this.deselect();
    } else this.refused(answer.error.sentence);
  }

  async ask(method: 'pile.start' | 'pile.end' | 'pile.resume' | 'pile.clear'): Promise<void> {
    const answer = await this.client.call(method, {});
    if (answer.ok) this.pile = answer.value.pile;
    else this.refused(answer.error.sentence);
  }

  private refused(sentence: string): void {
    this.trouble = sentence;
    this.alert(sentence);
  }

  /** What the key that ends or goes on with the pile would do now. */
  get keyLabel(): string {
    if (this.scanning) return t.piles.end;
    return t.piles.start;
  }
}
