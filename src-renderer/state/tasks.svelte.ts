import { tick } from 'svelte';
import type { LegState } from '../../src-main/contract/prompt.ts';
import type {
  CancelRow,
  LegStanding,
  LoanDates,
  TaskFlow,
  TaskKind,
  TaskList,
  TaskView,
} from '../../src-main/contract/tasks.ts';
import { f, t } from '../i18n/index.ts';
import { AlmaListsView } from './alma-lists.svelte.ts';
import type { DeskClient } from './desk-client.svelte.ts';
import type { Result } from './contract.ts';

const NOTHING: TaskList = { halfDone: 0, open: 0, tasks: [], flows: [], modes: [], cleanUpDays: 30 };

/** What is asked for when a piece of work is begun. */
const EMPTY = {
  label: '',
  title: '',
  lender: '',
  relaisRequest: '',
  almaRequest: '',
  almaExternal: '',
  worldshareRequest: '',
  patron: '',
};
export type TaskDraft = typeof EMPTY;

/** A kind of work that can be begun between two systems. */
export interface TaskChoice {
  readonly kind: TaskKind;
  readonly flow: TaskFlow;
}

const CHOICES: readonly TaskChoice[] = [
  { kind: 'renewal', flow: 'reshare-wms' },
  { kind: 'exported', flow: 'alma-worldshare' },
  { kind: 'loan', flow: 'relais-wms' },
  { kind: 'return', flow: 'relais-wms' },
  { kind: 'temporary-item', flow: 'relais-wms' },
  { kind: 'home-again', flow: 'relais-wms' },
  { kind: 'tidy', flow: 'relais-wms' },
  { kind: 'renewal', flow: 'relais-wms' },
];

export interface TasksPort {
  status(sentence: string): void;
  refused(sentence: string): void;
  /** The label of the scan on the screen. */
  scanned(): string | undefined;
}

/** Id in the document of the button that opens a task or a loan. */
export function taskElementId(id: string): string {
  return `task-${id}`;
}

/** How a task is marked in the list. */
export function kindOf({ overall }: TaskView): 'stop' | 'route' | 'saved' | 'shelve' {
  if (overall === 'half-done') return 'stop';
  if (overall === 'open') return 'route';
  return overall === 'done' || overall === 'abandoned' ? 'shelve' : 'saved';
}

const MARKS: Readonly<Record<LegStanding, LegState>> = {
  todo: 'by-hand',
  sending: 'waiting',
  unknown: 'unknown',
  'done-by-api': 'done',
  verified: 'seen',
  'confirmed-by-staff': 'confirmed',
  refused: 'not-done',
  skipped: 'none',
};

/** How a leg is marked: a system's answer, a later look and a person's word each have a mark of their own. */
export function markOf(standing: LegStanding): LegState {
  return MARKS[standing];
}

/** Work in two systems as the window shows it: main's list, what is chosen of it, and what is being typed. */
export class TasksView {
  list = $state.raw<TaskList>(NOTHING);
  loans = $state.raw<readonly LoanDates[]>([]);
  /** What the left pane shows. */
  showing = $state<'tasks' | 'loans' | 'alma'>('tasks');
  /** The form stands on the right. */
  beginning = $state(false);
  choice = $state(0);
  draft = $state<TaskDraft>({ ...EMPTY });
  openId = $state<string | undefined>();
  loanKey = $state<string | undefined>();
  /** Answers to the fields of the leg that is next, by name. */
  typed = $state<Record<string, string>>({});
  /** The field for a reason is open. */
  asking = $state(false);
  reason = $state('');
  busy = $state(false);
  trouble = $state<string | undefined>();
  report = $state('');
  reportNews = $state.raw<readonly string[]>([]);
  /** Who the open task is for, once asked for. */
  requester = $state.raw<{ readonly id: string; readonly name: string } | undefined>();
  /** Chosen for all of them; until then it is the library's usual one. */
  private chosenReason = $state<string | undefined>();
  batchRows = $state.raw<readonly CancelRow[]>([]);

  /** Alma's own lists. */
  readonly alma: AlmaListsView;

  private readonly client: DeskClient;
  private readonly port: TasksPort;

  constructor(client: DeskClient, port: TasksPort) {
    this.client = client;
    this.port = port;
    this.alma = new AlmaListsView(client, (sentence) => port.status(sentence));
  }

  /** Carrel may look into the library's Alma. */
  readonly hasAlma: boolean = $derived.by(() =>
    this.list.modes.some(
      ({ system, capability, mode }) => system === 'alma' && capability === 'read-request' && mode === 'api',
    ),
  );

  readonly choices: readonly TaskChoice[] = $derived.by(() =>
    CHOICES.filter(({ flow }) => this.list.flows.includes(flow)),
  );
  readonly chosen: TaskView | undefined = $derived.by(
    () => this.list.tasks.find(({ id }) => id === this.openId) ?? this.list.tasks[0],
  );
  readonly loan: LoanDates | undefined = $derived.by(
    () => this.loans.find(({ key }) => key === this.loanKey) ?? this.loans[0],
  );
  /** Looked up and closed in WorldShare ILL: they may be cancelled together. */
  readonly closable: readonly TaskView[] = $derived.by(() =>
    this.list.tasks.filter(({ guide, legs }) =>
      legs.some(({ seq, step }) => seq === guide?.seq && step === 'cancel-quietly' && guide.action === 'send'),
    ),
  );

  /** The screen was opened: what is half done stands there, not what ended while it was last looked at. */
  async enter(): Promise<void> {
    const { overall } = this.chosen ?? {};
    if (overall === 'done' || overall === 'abandoned') {
      this.openId = undefined;
      this.forget();
    }
    this.batchRows = [];
    this.requester = undefined;
    await this.load();
  }

  /** Somebody comes for what is half done: it stands open, the one they were at if it is one. */
  toHalfDone(): void {
    this.showing = 'tasks';
    this.beginning = false;
    if (this.chosen?.overall === 'half-done') return;
    this.forget();
    // The half-done ones stand first, so where the list has not come yet its first will be one.
    this.openId = this.list.tasks.find(({ overall }) => overall === 'half-done')?.id;
  }

  /** Main says that something changed. */
  async load(): Promise<void> {
    const answer = await this.client.call('tasks.list', {});
    if (answer.ok) this.list = answer.value;
    else this.trouble = answer.error.sentence;
    if (this.showing === 'loans') await this.readLoans();
  }

  open(id: string): void {
    if (this.openId !== id) this.forget();
    this.openId = id;
    this.beginning = false;
  }

  openLoan(key: string): void {
    this.loanKey = key;
    this.beginning = false;
  }

  /** Opens the row so many places further down the list and gives it the focus. */
  move(step: number): void {
    if (this.showing === 'alma') {
      this.alma.move(step, taskElementId);
      return;
    }
    const loans = this.showing === 'loans';
    const keys = loans ? this.loans.map(({ key }) => key) : this.list.tasks.map(({ id }) => id);
    const at = keys.indexOf((loans ? this.loan?.key : this.chosen?.id) ?? '');
    const key = keys[Math.min(keys.length - 1, Math.max(0, at + step))];
    if (key === undefined) return;
    if (loans) this.openLoan(key);
    else this.open(key);
    void tick().then(() => document.getElementById(taskElementId(key))?.focus());
  }

  toggleAlma(): void {
    this.showing = this.showing === 'alma' ? 'tasks' : 'alma';
    this.beginning = false;
  }

  async toggleLoans(): Promise<void> {
    this.showing = this.showing === 'loans' ? 'tasks' : 'loans';
    this.beginning = false;
    if (this.showing === 'loans') await this.readLoans();
  }

  /** Opens the form, with the last scan in it. */
  begin(): void {
    this.beginning = !this.beginning;
    this.trouble = undefined;
    if (!this.beginning) return;
    this.reportNews = [];
    this.draft = { ...EMPTY, label: this.port.scanned() ?? '' };
    void tick().then(() => document.querySelector<HTMLSelectElement>('#task-kind')?.focus());
  }

  async start(): Promise<void> {
    const choice = this.choices[this.choice];
    if (choice === undefined) return;
    const { label, title, lender, patron, ...refs } = this.draft;
    const given = Object.fromEntries(Object.entries(refs).filter(([, text]) => text.trim() !== ''));
    await this.begun({
      ...choice,
      label: label.trim(),
      refs: given,
      ...(title.trim() === '' ? {} : { title: title.trim() }),
      ...(lender.trim() === '' ? {} : { lender: lender.trim() }),
      ...(patron.trim() === '' ? {} : { patron: patron.trim() }),
    });
  }

  /** Tracks every request of the pasted report. */
  async importReport(): Promise<void> {
    if (this.busy || this.report.trim() === '') return;
    this.busy = true;
    const answer = await this.client.call('tasks.import', { text: this.report });
    this.busy = false;
    if (!answer.ok) {
      this.trouble = answer.error.sentence;
      return;
    }
    const { tracked, left } = answer.value;
    this.report = '';
    this.reportNews = [f.plural(tracked, t.tasks.reportDone)(f.number(tracked)), ...left];
    await this.load();
  }

  /** Begins, or goes to, the renewal of the loan that is open. */
  async renew(): Promise<void> {
    const { loan } = this;
    if (loan === undefined) return;
    if (loan.taskId !== undefined) {
      this.open(loan.taskId);
      this.showing = 'tasks';
      return;
    }
    const { flow, label, requestId, key } = loan;
    const refs = requestId === undefined ? {} : { reshareRequest: requestId };
    const from = flow === 'reshare-wms' ? {} : { from: key };
    await this.begun({ kind: 'renewal', flow, label, refs, ...from });
  }

  /** The key of the next leg. */
  async act(): Promise<void> {
    const task = this.chosen;
    const guide = task?.guide;
    if (task === undefined || guide === undefined) return;
    const typed = Object.fromEntries(guide.fields.map((field) => [field.name, this.answer(field)]));
    if (guide.action === 'settle') await this.settle(true);
    else await this.changed(this.client.call('tasks.act', { id: task.id, seq: guide.seq, typed }));
  }

  /** What stands in a field: what was typed, else what a system says. */
  answer({ name, suggested = '' }: { readonly name: string; readonly suggested?: string | undefined }): string {
    return this.typed[name] ?? suggested;
  }

  type(name: string, value: string): void {
    this.typed[name] = value;
  }

  chooseReason(code: string): void {
    this.chosenReason = code;
  }

  /** The question for a reason, as the first of those that may be cancelled together asks it. */
  readonly reasonField = $derived.by(() => this.closable[0]?.guide?.fields.find(({ name }) => name === 'reason'));

  get batchReason(): string {
    return this.chosenReason ?? this.reasonField?.suggested ?? '';
  }

  async settle(happened: boolean): Promise<void> {
    const task = this.chosen;
    if (task?.guide === undefined) return;
    await this.changed(this.client.call('tasks.settle', { id: task.id, seq: task.guide.seq, happened }));
  }

  async look(): Promise<void> {
    const task = this.chosen;
    if (this.showing === 'loans') return this.readLoans();
    if (task !== undefined) await this.changed(this.client.call('tasks.look', { id: task.id }));
  }

  /** First asks why; then says that the leg does not apply, or ends a task of which nothing was done. */
  async dismiss(): Promise<void> {
    const task = this.chosen;
    if (task?.guide === undefined || task.guide.action === 'settle') return;
    if (!this.asking) {
      this.asking = true;
      void tick().then(() => document.querySelector<HTMLInputElement>('#task-reason input')?.focus());
      return;
    }
    const { id, guide } = task;
    const reason = this.reason;
    await this.changed(
      task.overall === 'half-done'
        ? this.client.call('tasks.skip', { id, seq: guide.seq, reason })
        : this.client.call('tasks.abandon', { id, reason }),
    );
  }

  async cleanUp(): Promise<void> {
    const task = this.chosen;
    if (task?.stale === true) await this.changed(this.client.call('tasks.cleanUp', { id: task.id }));
  }

  /** Cancels everything that is closed in WorldShare ILL, one after the other. */
  async cancelAll(): Promise<void> {
    const ids = this.closable.map(({ id }) => id);
    if (ids.length === 0 || this.busy) return;
    this.busy = true;
    const answer = await this.client.call('tasks.cancelQuietly', { ids, reason: this.batchReason });
    this.busy = false;
    if (answer.ok) this.batchRows = answer.value;
    this.trouble = answer.ok ? undefined : answer.error.sentence;
    await this.load();
  }

  /** An exported request of Alma, of whose patron Carrel has the id. */
  readonly asksWho: boolean = $derived.by(
    () =>
      this.chosen?.flow === 'alma-worldshare' &&
      this.chosen.subject.patron !== undefined &&
      this.chosen.guide !== undefined,
  );

  /** Asks Alma who the open task is for. */
  async who(): Promise<void> {
    const task = this.chosen;
    if (task === undefined) return;
    const answer = await this.client.call('tasks.requester', { id: task.id });
    this.requester = answer.ok ? { id: task.id, name: `${answer.value.name} (${answer.value.user})` } : undefined;
    this.trouble = answer.ok ? undefined : answer.error.sentence;
    this.port.status(answer.ok ? answer.value.name : answer.error.sentence);
  }

  openLink(): void {
    const url = this.chosen?.guide?.link?.url;
    if (url !== undefined) window.open(url);
  }

  private async readLoans(): Promise<void> {
    const answer = await this.client.call('tasks.loans', {});
    if (answer.ok) this.loans = answer.value;
    else this.trouble = answer.error.sentence;
  }

  private async begun(order: Parameters<typeof this.client.call<'tasks.start'>>[1]): Promise<void> {
    const task = await this.changed(this.client.call('tasks.start', order));
    if (task === undefined) return;
    this.showing = 'tasks';
    this.beginning = false;
    this.openId = task.id;
    this.port.status(t.tasks.begun(task.name));
  }

  private async changed(call: Promise<Result<TaskView>>): Promise<TaskView | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    const answer = await call;
    this.busy = false;
    if (!answer.ok) {
      this.trouble = answer.error.sentence;
      this.port.refused(answer.error.sentence);
      return undefined;
    }
    const task = answer.value;
    this.forget();
    this.openId = task.id;
    await this.load();
    this.port.status(task.sentence);
    return task;
  }

  private forget(): void {
    this.requester = undefined;
    this.typed = {};
    this.asking = false;
    this.reason = '';
    this.trouble = undefined;
  }
}
