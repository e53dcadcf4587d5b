import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AlmaConnection } from '../contract/alma-connection.ts';
import type { AlmaCode, AlmaPort } from '../contract/alma.ts';
import type { RecordBody, StoredRecord } from '../contract/journal.ts';
import type { Handlers } from '../contract/methods.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { RequestOffice } from '../contract/request-record.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import type { TASK_METHODS, Task, TaskCounts, TaskFlow, TaskList, TaskView } from '../contract/tasks.ts';
import type { TwoSystems } from '../contract/two-systems.ts';
import type { Lanes } from '../journal/lanes.ts';
import { maskCard, type Sealer } from '../settings/seal.ts';
import type { EventStream } from '../shell/event-stream.ts';
import type { LogFile } from '../shell/log-file.ts';
import type { Store } from '../store/client.ts';
import type { Doer } from '../tasks/change.ts';
import { TaskEngine } from '../tasks/engine.ts';
import type { TaskOrder } from '../tasks/order.ts';
import type { GuideScene } from '../tasks/guide.ts';
import { readReport } from '../tasks/report.ts';
import { labelOf, loanDates } from '../tasks/loans.ts';
import { modesOf } from '../tasks/modes.ts';
import type { RelaisPort, TaskSettings, TaskSystems } from '../tasks/ports.ts';
import { halfDoneSince, isOver, nextLeg } from '../tasks/standing.ts';
import { modeRows, viewOf } from '../tasks/view.ts';
import type { Circulation } from './circulation.ts';
import { AlmaDates, dueThrough, lentDates } from './tasks-dates.ts';
import { taskSettings } from './tasks-settings.ts';

export interface TasksOptions {
  readonly system: RequestSystem | undefined;
  /** Reads whole records of ReShare, with their messages. */
  readonly office: Pick<RequestOffice, 'record'> | undefined;
  readonly circulation: Circulation;
  readonly alma: AlmaPort | undefined;
  readonly almaSettings: AlmaConnection | undefined;
  readonly relais: RelaisPort | undefined;
  readonly settings: () => TwoSystems | undefined;
  /** In training every kind of work can be begun. */
  readonly training: boolean;
  readonly returnMarginDays: () => number;
  readonly store: Pick<Store, 'journal' | 'cache'>;
  readonly lanes: Lanes;
  readonly record: (taskId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  readonly staff: () => string;
  readonly sealer: Sealer | undefined;
  readonly events: Pick<EventStream, 'publish'>;
  readonly log: LogFile;
  readonly now: () => Date;
  readonly timeZone: () => string | undefined;
  readonly sleep: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
}

/** What is over stays in sight for a week. */
const ENDED_MS = 7 * 24 * 60 * 60_000;

/** Requests looked through for loans, and how far back they may have changed. */
const LISTED = 5_000;

/** Work in two systems: its systems, its part of the journal, and what the window is told. */
export class Tasks {
  readonly engine: TaskEngine;
  readonly #o: TasksOptions;
  readonly #systems: TaskSystems;
  readonly #almaDates = new AlmaDates();
  #reasons: readonly AlmaCode[] = [];

  constructor(options: TasksOptions) {
    this.#o = options;
    const { store, sealer, log, lanes, system, alma, relais } = options;
    this.#systems = {
      ...(system === undefined ? {} : { reshare: reshareOf(system, options.office) }),
      wms: dueThrough(options.circulation),
      ...(alma === undefined ? {} : { alma }),
      ...(relais === undefined ? {} : { relais }),
    };
    const onFault = (error: unknown): void => {
      log.fault('tasks', error);
    };
    this.engine = new TaskEngine({
      systems: this.#systems,
      settings: () => this.#settings(),
      record: options.record,
      rows: () => store.journal.tasks(new Date(options.now().getTime() - ENDED_MS).toISOString()),
      recordsOf: (id) => store.journal.recordsOf(id),
      run: (lane, work) => lanes.run(lane, work),
      doer: () => this.#doer(),
      clock: () => this.#clock(),
      newId: randomUUID,
      seal: (text, row) => sealer?.seal(text, row),
      open: (sealed, row) => sealer?.open(sealed, row),
      mask: maskCard,
      sleep: options.sleep ?? ((ms, signal) => sleep(ms, undefined, { signal, ref: false })),
      onChange: () => {
        options.events.publish({ type: 'tasks', tasks: this.counts });
      },
      onFault,
    });
  }

  get counts(): TaskCounts {
    const { list } = this.engine;
    const since = halfDoneSince(list);
    return {
      halfDone: list.filter(({ overall }) => overall === 'half-done').length,
      ...(since === undefined ? {} : { halfDoneSince: since }),
      open: list.filter((task) => !isOver(task)).length,
    };
  }

  /** An item that WMS says belongs to a Relais request was checked in at the desk (OCLC help: "Update Relais D2D request"). */
  checkedIn(label: string, words: string | undefined): void {
    const request = /Relais(?:\s*D2D)?\s+request\s+\[?\s*([A-Za-z0-9-]+)/i.exec(words ?? '')?.[1];
    if (request === undefined) return;
    const kind = /complete/i.test(words ?? '') ? 'home-again' : 'return';
    void this.#seenCheckedIn({ kind, flow: 'relais-wms', label, refs: { relaisRequest: request } }).catch(
      (error: unknown) => {
        this.#o.log.fault('tasks', error);
      },
    );
  }

  handlers(): Pick<Handlers, keyof typeof TASK_METHODS> {
    const { engine } = this;
    const told = async (done: Promise<Result<Task>>): Promise<Result<TaskView>> => {
      const task = await done;
      return task.ok ? ok(await this.#view(task.value)) : task;
    };
    return {
      'tasks.list': async () => ok(await this.#list()),
      'tasks.loans': async () => ok([...(await this.#loans())]),
      'tasks.start': async (order) => {
        const whole = await this.#known(order);
        return whole.ok ? told(engine.start(whole.value)) : whole;
      },
      'tasks.import': async ({ text }) => ok(await this.#import(text)),
      'tasks.act': ({ id, seq, typed }) => told(engine.act(id, seq, typed)),
      'tasks.settle': ({ id, seq, happened }) => told(engine.settle(id, seq, happened)),
      'tasks.skip': ({ id, seq, reason }) => told(engine.skip(id, seq, reason)),
      'tasks.abandon': ({ id, reason }) => told(engine.abandon(id, reason)),
      'tasks.requester': ({ id }) => this.#requester(id),
      'tasks.look': ({ id }) => told(engine.look(id)),
      'tasks.cleanUp': ({ id }) => told(engine.cleanUp(id)),
      'tasks.cancelQuietly': async ({ ids, reason }) => ok([...(await engine.cancelQuietly(ids, reason))]),
    };
  }

  /** The export carries the citation and not the patron (FLVC): who it is for stands in Alma alone. */
  async #requester(id: string): Promise<Result<{ name: string; user: string }>> {
    const { alma } = this.#o;
    const patron = this.engine.patronOf(id);
    if (alma === undefined || patron === undefined) {
      return fail('not-found', 'Carrel has no patron’s id for this. Look at the borrowing request in Alma.', {
        mender: 'desk',
      });
    }
    const found = await alma.requester(patron);
    if (!found.ok) return found;
    if (found.value !== undefined) return ok({ ...found.value });
    return fail('not-found', 'Alma knows no patron of that id.', { mender: 'ill-office' });
  }

  #doer(): Doer {
    return { by: this.#o.staff(), at: this.#o.now().toISOString() };
  }

  #clock(): { now: string; timeZone: string | undefined } {
    return { now: this.#o.now().toISOString(), timeZone: this.#o.timeZone() };
  }

  #settings(): TaskSettings {
    return taskSettings(this.#o.settings(), this.#o.almaSettings, this.#o.returnMarginDays());
  }

  #flows(): readonly TaskFlow[] {
    const { training, system, alma, settings } = this.#o;
    if (training) return ['reshare-wms', 'alma-worldshare', 'relais-wms'];
    const set = settings();
    return [
      ...(system === undefined ? [] : (['reshare-wms'] as const)),
      ...(alma === undefined && set?.worldshareUrl === undefined ? [] : (['alma-worldshare'] as const)),
      ...(set?.relais === undefined ? [] : (['relais-wms'] as const)),
    ];
  }

  async #list(): Promise<TaskList> {
    await this.#readReasons();
    const flows = this.#flows();
    return {
      ...this.counts,
      tasks: await Promise.all(this.engine.list.map((task) => this.#view(task))),
      flows: [...flows],
      modes: [...modeRows(modesOf(this.#systems), flows, this.#settings())],
      cleanUpDays: this.#settings().cleanUpDays,
    };
  }

  async #view(task: Task): Promise<TaskView> {
    const { reshareRequest } = task.subject.refs;
    const asksForDate = nextLeg(task)?.step === 'lender-answer' && reshareRequest !== undefined;
    const request = asksForDate ? await this.#o.store.cache.get(reshareRequest) : undefined;
    const scene: GuideScene = {
      ...this.#clock(),
      settings: this.#settings(),
      reasons: this.#reasons,
      lenderDate: request?.dueDate,
    };
    return viewOf(task, scene);
  }

  async #readReasons(): Promise<void> {
    const { alma } = this.#o;
    const wanted = this.engine.list.some((task) => nextLeg(task)?.step === 'cancel-quietly');
    if (alma === undefined || !wanted || this.#reasons.length > 0) return;
    const read = await alma.cancellationReasons();
    if (read.ok) this.#reasons = read.value;
  }

  async #import(text: string): Promise<{ tracked: number; left: string[] }> {
    const { orders, left } = readReport(text);
    const unread = [...left];
    for (const order of orders) {
      const whole = await this.#known(order);
      const begun = whole.ok ? await this.engine.start(whole.value) : whole;
      if (!begun.ok) unread.push(`${order.refs.almaRequest ?? ''}: ${begun.error.sentence}`);
    }
    return { tracked: orders.length + left.length - unread.length, left: unread };
  }

  /** What the systems know of the thing goes with it: title, dates, the item's label. */
  async #known(order: TaskOrder): Promise<Result<TaskOrder>> {
    if (order.flow === 'reshare-wms') return this.#knownInReshare(order);
    const { alma } = this.#o;
    const { almaRequest } = order.refs;
    if (order.flow !== 'alma-worldshare' || alma === undefined || almaRequest === undefined) return ok(order);
    if (order.patron === undefined) return ok(order);
    const read = await alma.borrowingRequest(order.patron, almaRequest);
    if (!read.ok || read.value === undefined) return ok(order);
    const { title, externalId, barcode, createdDate } = read.value;
    const since = createdDate === undefined ? undefined : /^\d{4}-\d{2}-\d{2}/.exec(createdDate)?.[0];
    return ok({
      ...order,
      label: order.label === '' ? (barcode ?? '') : order.label,
      title: order.title ?? title,
      since,
      refs: { ...(externalId === undefined ? {} : { almaExternal: externalId }), ...order.refs },
    });
  }

  async #knownInReshare(order: TaskOrder): Promise<Result<TaskOrder>> {
    const { cache } = this.#o.store;
    const { reshareRequest } = order.refs;
    const found =
      reshareRequest === undefined ? await cache.findByIdentifier([order.label]) : [await cache.get(reshareRequest)];
    const request = found.find((one) => one?.side === 'borrowing');
    if (request === undefined) {
      return fail(
        'not-found',
        'ReShare has no borrowed item of that number. Type its request number or scan its label.',
        {
          mender: 'desk',
          retry: 'now',
        },
      );
    }
    const { id, hrid, title, partner, oclcNumber, dueDate } = request;
    const lender = partner.name ?? partner.symbol;
    return ok({
      ...order,
      label: labelOf(request),
      ...(title === undefined ? {} : { title }),
      ...(lender === undefined ? {} : { lender }),
      ...(dueDate === undefined ? {} : { lenderDate: dueDate }),
      refs: {
        reshareRequest: id,
        ...(hrid === undefined ? {} : { reshareNumber: hrid }),
        ...(oclcNumber === undefined ? {} : { oclcNumber }),
      },
    });
  }

  async #seenCheckedIn(order: TaskOrder): Promise<void> {
    const { relaisRequest } = order.refs;
    const loan = this.engine.list.find(
      (task) => task.kind === 'loan' && !isOver(task) && task.subject.refs.relaisRequest === relaisRequest,
    );
    const back = loan === undefined ? undefined : nextLeg(loan);
    if (loan !== undefined && back?.step === 'check-in' && order.kind === 'return') {
      await this.engine.seenDone(loan.id, back.seq, 'Checked in by Carrel.');
      return;
    }
    const begun = await this.engine.start(order);
    if (!begun.ok) return;
    const leg = nextLeg(begun.value);
    if (leg?.step === 'check-in') await this.engine.seenDone(begun.value.id, leg.seq, 'Checked in by Carrel.');
  }

  async #loans(): Promise<ReturnType<typeof loanDates>> {
    const { store, alma } = this.#o;
    const requests = await store.cache.current(new Date(0).toISOString(), LISTED);
    const tasks = this.engine.list;
    const labels = [...requests.map(labelOf), ...tasks.map(({ subject }) => subject.label)];
    const lent = await lentDates(store.journal, new Set(labels.map((label) => label.toUpperCase())));
    return loanDates({
      ...this.#clock(),
      requests,
      lent,
      tasks,
      alma: await this.#almaDates.of(tasks, alma, this.#o.now()),
    });
  }
}

function reshareOf(
  system: RequestSystem,
  office: Pick<RequestOffice, 'record'> | undefined,
): NonNullable<TaskSystems['reshare']> {
  return {
    get: (id, signal) => system.get(id, signal),
    act: (id, action, params, signal) => system.act(id, action, params, signal),
    ...(office === undefined ? {} : { record: (id, signal) => office.record(id, signal) }),
  };
}
