import type { StepBody } from '../contract/journal.ts';
import type { AuditLine, RequestView } from '../contract/request.ts';
import { actionLabel, isCalledOff, wantedStates } from './actions.ts';

/** What a look before sending says about a step. */
export type Verdict =
  | { readonly verdict: 'send' }
  | { readonly verdict: 'confirmed' | 'not-sent' | 'needs-person'; readonly sentence: string };

/** mod-rs takes no action while the request's own message to the other library is under way. */
const BUSY: ReadonlySet<string> = new Set(['Waiting', 'Retry']);

/** States a request gets into from several others by time alone (mod-rs `overdueState` of its models). */
const OVERDUE: ReadonlySet<string> = new Set(['REQ_OVERDUE', 'RES_OVERDUE']);

/**
 * Whether an action may be sent, judged by the request as just read. What is there already is not sent again, even where
 * the system still lists the action: a state model may let it be repeated (an overdue item is received once more, `undo`
 * takes back the step before), and an intent is one effect. Otherwise the system's own list of valid actions is the
 * authority (mod-rs `validActions`), and the state table only explains.
 */
export function judge(view: RequestView, action: string, params: StepBody['params'] = {}): Verdict {
  const label = actionLabel(action);
  const name = nameOf(view);
  if (view.validActions === undefined) {
    return {
      verdict: 'not-sent',
      sentence: `ReShare did not say what may be done with ${name}, so “${label}” was not sent. Scan it again.`,
    };
  }
  const listed = view.validActions.some((valid) => valid.code === action);
  if (listed && mayRepeat(view, action, params)) return { verdict: 'send' };
  if (isThere(view, action)) {
    return { verdict: 'confirmed', sentence: `Already done: ${name} is “${view.state.label}”. Nothing was sent.` };
  }
  if (listed) return { verdict: 'send' };
  if (BUSY.has(view.networkStatus ?? '')) {
    return {
      verdict: 'needs-person',
      sentence:
        `ReShare is still passing a message about ${name} to the other library and takes no action until that is ` +
        `through. Keep the item and scan it again in a minute; if it stays so, tell the ILL office.`,
    };
  }
  if (isCalledOff(view.state.code)) {
    return {
      verdict: 'needs-person',
      sentence: `${name} was called off meanwhile (“${view.state.label}”), so “${label}” was not sent. Give the item to the ILL office.`,
    };
  }
  return {
    verdict: 'needs-person',
    sentence:
      `${name} is now “${view.state.label}”, where ReShare does not allow “${label}”: someone may have changed it ` +
      `meanwhile. Nothing was sent. Scan the item again to see what is next.`,
  };
}

/**
 * Whether the request stands where the action leads. An overdue request may have become so before or after it: there its
 * history tells.
 */
function isThere(view: RequestView, action: string): boolean {
  const wanted = wantedStates(action);
  if (wanted.includes(view.state.code)) return true;
  return OVERDUE.has(view.state.code) && view.audit.some(({ to }) => to !== undefined && wanted.includes(to));
}

/** What may be sent in a state it leads to; all of it only while the system lists it. */
function mayRepeat(view: RequestView, action: string, params: StepBody['params']): boolean {
  // SLNP has no state before the slip is printed, so the state cannot tell whether it was; printing leaves it as it is.
  if (action === 'supplierPrintPullSlip') return view.state.code === 'SLNP_RES_AWAIT_PICKING';
  // A further volume is an effect of its own.
  const items: unknown = params['itemBarcodes'];
  return Array.isArray(items) && items.some((item) => isNewVolume(view, item));
}

function isNewVolume(view: RequestView, item: unknown): boolean {
  const itemId = itemIdOf(item);
  if (itemId === undefined) return false;
  const takenOff = typeof item === 'object' && item !== null && '_delete' in item && item._delete === true;
  return !takenOff && !view.volumes.some((volume) => volume.itemId.toLowerCase() === itemId.toLowerCase());
}

/**
 * Whether a look shows that a step happened which was sent without an answer: the request has moved to a state the
 * action leads to, or its history since then tells of such a move even if it has moved on.
 */
export function hasHappened(view: RequestView, step: Pick<StepBody, 'action' | 'evidence'>): boolean {
  const wanted = wantedStates(step.action);
  const moved = view.state.code !== step.evidence.state && wanted.includes(view.state.code);
  const told = newerAudit(view, step.evidence.lastAuditNo).some(
    ({ from, to, ran }) =>
      (to !== undefined && from !== to && wanted.includes(to)) ||
      (ran?.ended === 'done' && ran.action === step.action && !ANSWERED.has(ran.action)),
  );
  return moved || told;
}

/** One action with two answers: that it was carried out does not say with which. */
const ANSWERED: ReadonlySet<string> = new Set(['supplierRespondToCancel']);

/**
 * Whether a look shows that the system tried a step that was sent without an answer, and failed: the newest that its history
 * since then tells of that action is a failure (CrossLink).
 */
export function hasFailed(view: RequestView, step: Pick<StepBody, 'action' | 'evidence'>): boolean {
  const last = newerAudit(view, step.evidence.lastAuditNo).findLast(({ ran }) => ran?.action === step.action);
  return last?.ran?.ended === 'failed';
}

/** Whether a look at the request can ever show that the step happened: it must lead to a state it did not start in. */
export function canBeSeen({ system, action, evidence }: Pick<StepBody, 'system' | 'action' | 'evidence'>): boolean {
  return system === 'reshare' && wantedStates(action).some((state) => state !== evidence.state);
}

/**
 * Whether a look shows that a step did not happen: the request still is in the state it was sent in, its history tells of
 * no move since, and none of the items it was to be filled with is checked out. Any other state leaves it open, unless {@link hasHappened} shows the contrary.
 */
export function hasNotHappened(
  view: RequestView,
  step: Pick<StepBody, 'system' | 'action' | 'evidence' | 'params'>,
): boolean {
  const moved = newerAudit(view, step.evidence.lastAuditNo).some(
    (line) => line.to !== undefined && line.from !== line.to,
  );
  return canBeSeen(step) && view.state.code === step.evidence.state && !moved && !checkedOut(view, step.params);
}

/** Volume statuses of a filled item (mod-rs `RequestVolume`, refdata `RequestVolume.Status`): ReShare has checked it out. */
const CHECKED_OUT: ReadonlySet<string> = new Set(['lms_check_out_complete', 'lms_check_out_(no_integration)']);

/** An item that the step was to fill with is checked out, although the request has not moved: half of it has happened. */
function checkedOut(view: RequestView, params: StepBody['params']): boolean {
  return view.volumes.some(({ itemId, status }) => CHECKED_OUT.has(status ?? '') && fillsWith(params, itemId));
}

function fillsWith(params: StepBody['params'], itemId: string): boolean {
  const items: unknown = params['itemBarcodes'];
  return Array.isArray(items) && items.some((item) => itemIdOf(item)?.toLowerCase() === itemId.toLowerCase());
}

function itemIdOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('itemId' in item)) return undefined;
  return typeof item.itemId === 'string' ? item.itemId : undefined;
}

/** History lines newer than those known before; none when it is not known what was known. */
export function newerAudit(view: RequestView, lastAuditNo: number | undefined): readonly AuditLine[] {
  return lastAuditNo === undefined ? [] : view.audit.filter((line) => line.no > lastAuditNo);
}

/** What was seen, for the journal. A request without history yet has seen line 0. */
export function evidenceOf(view: RequestView): StepBody['evidence'] {
  const lastAuditNo = view.audit.reduce((last, line) => Math.max(last, line.no), 0);
  return { state: view.state.code, seenAt: view.seenAt, lastAuditNo };
}

/** How a sentence names a request. */
export function nameOf(view: Pick<RequestView, 'hrid'>): string {
  return view.hrid === undefined ? 'This request' : `Request ${view.hrid}`;
}
