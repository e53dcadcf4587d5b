import { randomUUID } from 'node:crypto';
import type { NewRecord, RecordBody, ScanLine, StepBody } from '../contract/journal.ts';
import type { Handlers } from '../contract/methods.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { Choice, RequestOffice, RequestRecord, TenantChoices } from '../contract/request-record.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import { detailOf } from '../desk/request-detail.ts';
import { actionName, formOf } from '../desk/request-forms.ts';
import { EDITS, paramsOf } from '../desk/request-params.ts';
import { isAboutPatron } from '../desk/request-review.ts';
import { showsStep, type LendingStep } from '../desk/request-shown.ts';
import { RequestActs, type RequestActsOptions } from '../journal/request-act.ts';
import type { Settler } from '../journal/settler.ts';
import type { CachePort, JournalPort } from '../journal/ports.ts';
import type { RemoteJournal } from '../store/calls.ts';

export interface RequestDetailParts extends Pick<
  RequestActsOptions,
  'lanes' | 'doubts' | 'rules' | 'show' | 'justDone' | 'onActed' | 'onFault' | 'now'
> {
  /** Undefined while no ReShare is set up. */
  readonly system: RequestSystem | undefined;
  readonly office: RequestOffice | undefined;
  readonly settler: Settler | undefined;
  readonly journal: JournalPort;
  readonly steps: Pick<RemoteJournal, 'steps'>;
  readonly cache: Pick<CachePort, 'upsert'>;
  /** A record of this desk, now. */
  readonly newRecord: (scanId: string, body: RecordBody) => NewRecord;
  /** A line of the shift is on disk, for the first time. */
  readonly onRecorded: () => void;
  /** What staff call the circulation system; undefined where none is set up in Carrel. */
  readonly circulationName: string | undefined;
}

/** Reference data changes seldom; how long it is kept, milliseconds. */
const CHOICES_MS = 10 * 60_000;
/** How far back a loan's own due date is looked for, and among how many loans. */
const LOANS_DAYS = 200;
const LOANS = 5_000;
const DAY_MS = 86_400_000;

type RequestHandlers = Pick<Handlers, 'request.detail' | 'request.act'>;

/** The screen of one request: what it shows, and what staff do there. */
export class RequestDesk {
  readonly #p: RequestDetailParts;
  readonly #acts: RequestActs | undefined;
  #choices: { readonly choices: TenantChoices; readonly at: number } | undefined;

  constructor(parts: RequestDetailParts) {
    this.#p = parts;
    this.#acts = actsOf(parts);
  }

  readonly handlers: RequestHandlers = {
    'request.detail': async ({ id }) => {
      const { office, now, rules, doubts } = this.#p;
      if (office === undefined) return notConnected();
      const [read, choices] = await Promise.all([office.record(id), this.#readChoices(office)]);
      if (!read.ok) return read;
      const record = read.value;
      await this.#p.cache.upsert([record.view]);
      const closing = record.view.validActions?.some(({ code }) => code === 'manualClose') === true;
      const states = closing ? await office.closeStates(id) : undefined;
      const others = isAboutPatron(record.view.state.code) ? await office.samePatron(id) : undefined;
      const doubt = doubts.all().find(({ body }) => body.requestId === id);
      const loan = await this.#loanOf(record);
      return ok(
        detailOf(record, {
          choices,
          ...closeStatesOf(states),
          ...(others?.ok === true ? { samePatron: others.value } : {}),
          notes: notesOf([
            ['How it may be closed', states],
            ['The patron’s other requests', others],
          ]),
          ours: rules().desk.branch,
          marginDays: rules().desk.returnMarginDays,
          now: now().toISOString(),
          ...zoneOf(rules().timeZone),
          ...(loan === undefined ? {} : { circulation: loan }),
          ...(doubt === undefined
            ? {}
            : { doubt: doubt.body.sentence ?? actionName(doubt.body.action, record.view.side) }),
        }),
      );
    },

    'request.act': async ({ scanId, id, action, values }) => {
      const { office } = this.#p;
      if (office === undefined || this.#acts === undefined) return notConnected();
      const read = await office.record(id);
      if (!read.ok) return read;
      const { view } = read.value;
      const marks = markParams(action, values);
      const states = action === 'manualClose' ? closeStatesOf(await office.closeStates(id)) : {};
      const form = formOf(action, { record: read.value, choices: await this.#readChoices(office), ...states });
      if (marks === undefined && form.obstacle !== undefined) {
        return fail('refused', form.obstacle, { mender: 'ill-office' });
      }
      const params = marks ?? paramsOf(form, values, view);
      if (!params.ok) return params;
      const label = marks === undefined ? form.label : 'Mark as read';
      const acted = await this.#acts.act({ scanId, action, label, params: params.value, seen: view });
      if (!acted.ok) return acted;
      const { line, state } = acted.value;
      return ok({ line, state, sentences: [...(line.prompt?.why ?? [])] });
    },
  };

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    await this.#acts?.idle();
  }

  async #readChoices(office: RequestOffice): Promise<TenantChoices> {
    const now = this.#p.now().getTime();
    const known = this.#choices;
    if (known !== undefined && now - known.at < CHOICES_MS && known.choices.notes.length === 0) return known.choices;
    const choices = await office.choices();
    this.#choices = { choices, at: now };
    return choices;
  }

  /** The circulation system's own due date, where the item was lent through Carrel on this computer. */
  async #loanOf({ view }: RequestRecord): Promise<{ readonly name: string; readonly at: string } | undefined> {
    const { circulationName, steps, now } = this.#p;
    if (circulationName === undefined || view.side !== 'borrowing' || view.volumes.length === 0) return undefined;
    const since = new Date(now().getTime() - LOANS_DAYS * DAY_MS).toISOString();
    const done = await steps.steps({ states: ['done'], since, limit: LOANS });
    const barcodes = new Set(view.volumes.map(({ temporaryItemBarcode }) => temporaryItemBarcode?.toUpperCase()));
    for (const { body } of done) {
      const { barcode, due } = body.params as LendingStep;
      if (body.action !== 'CheckOutItem' || typeof barcode !== 'string' || typeof due !== 'string') continue;
      if (barcodes.has(barcode.toUpperCase())) return { name: circulationName, at: due };
    }
    return undefined;
  }
}

function actsOf(parts: RequestDetailParts): RequestActs | undefined {
  const { system, office, settler, journal } = parts;
  if (system === undefined || office === undefined || settler === undefined) return undefined;
  const { lanes, doubts, rules, show, justDone, onActed, onFault, now } = parts;
  return new RequestActs({
    lanes,
    doubts,
    rules,
    show,
    justDone,
    onActed,
    onFault,
    now,
    settler,
    system: editing(system, office),
    begin: async (scanId, label) => {
      const earlier = await journal.line(scanId);
      if (earlier !== undefined) return ok({ line: earlier, fresh: false });
      const record = parts.newRecord(scanId, {
        type: 'scan',
        raw: label,
        barcode: label,
        kind: 'request',
        source: 'screen',
      });
      // The line's own id is its record's: the same action handed over twice is one.
      const stored = await journal.append({ ...record, id: scanId });
      if (!stored.ok) return stored;
      parts.onRecorded();
      return ok({ line: lineOf(scanId, label, record, stored.value.seq), fresh: true });
    },
    record: (scanId, body) => journal.append(parts.newRecord(scanId, body)),
    cache: (view) => parts.cache.upsert([view]),
    shown: async (step: StepBody) => {
      const read = await office.record(step.requestId);
      return read.ok && showsStep(read.value, step);
    },
    newId: randomUUID,
  });
}

function lineOf(scanId: string, label: string, { at, desk, staff }: NewRecord, seq: number): ScanLine {
  return {
    scanId,
    seq,
    at,
    barcode: label,
    raw: label,
    kind: 'request',
    source: 'screen',
    desk,
    staff,
    cancelled: false,
  };
}

/** The same system, with what needs the complete record sent as such. */
function editing(system: RequestSystem, office: RequestOffice): RequestSystem {
  return {
    findByScan: (candidates, signal) => system.findByScan(candidates, signal),
    listChanged: (since, signal) => system.listChanged(since, signal),
    listOpen: (signal) => system.listOpen(signal),
    tenantRules: (signal) => system.tenantRules(signal),
    get: (id, signal) => system.get(id, signal),
    act: (id, action, params, signal) => {
      if (!EDITS.has(action)) return system.act(id, action, params, signal);
      const code = action === 'rerequest' || action === 'requesterRetryValidation' ? action : undefined;
      return office.sendEdited(id, code, params as Readonly<Record<string, string>>);
    },
  };
}

/** Parameters of the read marks, which have no form. */
function markParams(
  action: string,
  values: Readonly<Record<string, string>>,
): Result<Record<string, unknown>> | undefined {
  if (action === 'messagesAllSeen') return ok({ seenStatus: true, excludes: false });
  return action === 'messageSeen' ? ok({ id: values['id'] ?? '', seenStatus: true }) : undefined;
}

function closeStatesOf(states: Result<readonly Choice[]> | undefined): {
  readonly closeStates?: readonly Choice[];
} {
  return states?.ok === true ? { closeStates: states.value } : {};
}

/** What could not be read beside the record, in sentences. */
function notesOf(reads: readonly (readonly [what: string, read: Result<unknown> | undefined])[]): readonly string[] {
  return reads.flatMap(([what, read]) =>
    read === undefined || read.ok ? [] : [`${what} could not be read. ${read.error.sentence}`],
  );
}

function zoneOf(timeZone: string | undefined): { readonly timeZone?: string } {
  return timeZone === undefined ? {} : { timeZone };
}

function notConnected(): Result<never> {
  return fail('configuration', 'No ReShare is set up on this computer yet. Enter the connection in Settings.', {
    mender: 'library-administrator',
  });
}
