import type { Place } from '../world.ts';
import { withNote } from './actions-borrowing.ts';
import {
  badParameters,
  EMPTY,
  STATUS_TRUE,
  textParam,
  type ActionAnswer,
  type ActionHandler,
  type ActionJob,
} from './action-types.ts';
import { bringShipment, checkBackIn, fill } from './fill.ts';
import type { Condition } from './request.ts';
import { undoable } from './valid-actions.ts';

/** Puts the request on a pick location; mod-rs creates one it does not know. */
function route(job: ActionJob): ActionAnswer | undefined {
  const name = textParam(job.params, 'pickLocation');
  if (name === undefined) return badParameters({ code: -1, message: 'No pick location specified. Unable to continue' });
  if (name.trim() === '') return badParameters({ code: -2, message: 'Failed to route request to given location' });
  const { tenant, request, world } = job;
  let place: Place | undefined = tenant.pickLocations.find((one) => one.code === name || one.name === name);
  if (place === undefined) {
    place = { id: world.random.uuid(), code: name, name, hidden: false };
    tenant.pickLocations.push(place);
  }
  request.pickLocation = place.id;
  const shelf = textParam(job.params, 'pickShelvingLocation');
  const known = tenant.shelvingLocations.find((one) => one.code === shelf || one.name === shelf);
  if (known !== undefined) request.pickShelvingLocation = known.id;
  const callnumber = textParam(job.params, 'callnumber');
  if (callnumber !== undefined) request.localCallNumber = callnumber;
  return undefined;
}

const respondYes: ActionHandler = (job) => {
  const refused = route(job);
  if (refused !== undefined) return refused;
  job.lines.push('Will Supply');
  job.afterwards.push(withNote(job, { event: 'ISO18626StatusChange', qualifier: 'WillSupply' }));
  return EMPTY;
};

function addCondition(job: ActionJob): { readonly condition: Condition; readonly holding: boolean } {
  const { request, world } = job;
  const cost = Number(textParam(job.params, 'cost') ?? Number.NaN);
  const currency = textParam(job.params, 'costCurrency');
  const note = textParam(job.params, 'note');
  const condition: Condition = {
    id: world.random.uuid(),
    at: world.clock.now(),
    accepted: false,
    code: textParam(job.params, 'loanCondition') ?? 'other',
    ...(Number.isNaN(cost) ? {} : { cost }),
    ...(currency === undefined ? {} : { costCurrency: currency.toLowerCase() }),
    ...(note === undefined ? {} : { note }),
    supplier: request.supplyingInstitutionSymbol ?? '',
  };
  request.conditions.push(condition);
  return { condition, holding: job.params['holdingState'] === 'yes' };
}

function tellCondition(
  job: ActionJob,
  event: 'ISO18626StatusChange' | 'ISO18626Notification',
  condition: Condition,
): void {
  job.afterwards.push(
    withNote(job, {
      event,
      qualifier: 'Conditional',
      prefix: '#ReShareAddLoanCondition#',
      data: condition.code,
      bring: (peer) => {
        peer.conditions.push({ ...condition, id: job.world.random.uuid(), at: job.world.clock.now() });
        if (condition.cost !== undefined) peer.cost = condition.cost;
        if (condition.costCurrency !== undefined) peer.costCurrency = condition.costCurrency;
      },
    }),
  );
}

const conditionalSupply: ActionHandler = (job) => {
  const refused = route(job);
  if (refused !== undefined) return refused;
  const { condition, holding } = addCondition(job);
  job.lines.push('Conditional');
  tellCondition(job, 'ISO18626StatusChange', condition);
  if (!holding) return EMPTY;
  // The state to go back to is the one a plain "will supply" would have reached.
  job.afterwards.push(() => {
    job.request.previousStates['RES_PENDING_CONDITIONAL_ANSWER'] = 'RES_NEW_AWAIT_PULL_SLIP';
  });
  return { ...EMPTY, qualifier: 'holding' };
};

const supplierAddCondition: ActionHandler = (job) => {
  const { condition, holding } = addCondition(job);
  job.lines.push('Added loan condition');
  tellCondition(job, 'ISO18626Notification', condition);
  return holding ? { ...EMPTY, qualifier: 'holding' } : EMPTY;
};

const conditionsAgreed: ActionHandler = (job) => {
  for (const condition of job.request.conditions) condition.accepted = true;
  job.lines.push('Conditions agreed');
  return EMPTY;
};

const cannotSupply: ActionHandler = (job) => {
  const reason = textParam(job.params, 'reason');
  job.lines.push(reason === undefined ? 'Cannot supply' : `Cannot supply: ${reason}`);
  job.afterwards.push(
    withNote(job, {
      event: 'ISO18626StatusChange',
      qualifier: 'Unfilled',
      ...(reason === undefined ? {} : { data: reason }),
    }),
  );
  return EMPTY;
};

const respondToCancel: ActionHandler = (job) => {
  const answer = textParam(job.params, 'cancelResponse');
  if (answer === 'no') {
    job.lines.push('Cancellation refused');
    job.afterwards.push(withNote(job, { event: 'ISO18626CancelResponse', qualifier: 'no' }));
    return { ...EMPTY, qualifier: 'no' };
  }
  if (answer !== 'yes') return badParameters({ code: -1, message: 'cancelResponse must be yes or no' });
  if (job.request.activeLoan === true && !checkBackIn(job, 'Cancellation')) {
    return {
      ok: false,
      status: 400,
      body: { code: -3, message: 'NCIP CheckinItem call failed when responding to cancel' },
    };
  }
  delete job.request.activeLoan;
  job.lines.push('Cancellation accepted');
  job.afterwards.push(withNote(job, { event: 'ISO18626CancelResponse', qualifier: 'Cancelled' }));
  return EMPTY;
};

function ship(job: ActionJob): void {
  job.lines.push('Shipped');
  job.afterwards.push(withNote(job, { event: 'ISO18626StatusChange', qualifier: 'Loaned', bring: bringShipment(job) }));
}

const markShipped: ActionHandler = (job) => {
  ship(job);
  return EMPTY;
};

const fillAndShip: ActionHandler = (job) => {
  const filled = fill(job);
  if (filled.ok) ship(job);
  else if (job.request.volumes.some((one) => one.status === 'lms_check_out_complete')) {
    return { ...filled, qualifier: 'checkedIn' };
  }
  return filled;
};

const complete: ActionHandler = (job) => {
  if (!checkBackIn(job)) {
    return { ok: false, status: 400, body: { code: -3, message: 'NCIP CheckinItem call failed', status: false } };
  }
  delete job.request.activeLoan;
  job.request.overdue = false;
  job.afterwards.push(withNote(job, { event: 'ISO18626StatusChange', qualifier: 'LoanCompleted' }));
  return STATUS_TRUE;
};

/** Takes a fill back: items in, volumes off, state as before. */
const undo: ActionHandler = (job) => {
  const line = undoable(job.request);
  if (line === undefined) return badParameters({ status: false });
  if (!checkBackIn(job, 'Undo of the fill')) return { ok: false, status: 400, body: { status: false } };
  line.undone = true;
  const { request } = job;
  request.volumes = [];
  delete request.activeLoan;
  delete request.dueDateFromLMS;
  delete request.dueDateRS;
  delete request.selectedItemBarcode;
  job.lines.push('Undo of the fill: the items were checked in again');
  return { ...STATUS_TRUE, moveTo: line.from };
};

const deliverByUrl: ActionHandler = (job) => {
  const url = textParam(job.params, 'url');
  if (url === undefined || url === '') return badParameters({ message: 'No url supplied' });
  job.lines.push('Document URL sent');
  const copy = job.request.model === 'NonreturnableResponder';
  job.afterwards.push(
    withNote(job, { event: 'ISO18626StatusChange', qualifier: copy ? 'CopyCompleted' : 'Loaned', data: url }),
  );
  return EMPTY;
};

const slnpRespondYes: ActionHandler = (job) => {
  job.lines.push('Will Supply');
  return STATUS_TRUE;
};

const slnpComplete: ActionHandler = (job) =>
  checkBackIn(job) ? STATUS_TRUE : { ok: false, status: 400, body: { status: false } };

const plain: ActionHandler = () => STATUS_TRUE;

/** Actions of the lending models. */
export const lendingActions: Readonly<Record<string, ActionHandler>> = {
  respondYes,
  supplierConditionalSupply: conditionalSupply,
  supplierAddCondition,
  supplierMarkConditionsAgreed: conditionsAgreed,
  supplierCannotSupply: cannotSupply,
  supplierRespondToCancel: respondToCancel,
  supplierPrintPullSlip: plain,
  supplierCheckInToReshare: fill,
  supplierCheckInToReshareAndSupplierMarkShipped: fillAndShip,
  supplierMarkShipped: markShipped,
  supplierCheckOutOfReshare: complete,
  undo,
  supplierFillDigitalLoan: deliverByUrl,
  supplierAddURLToDocument: deliverByUrl,
  slnpAbortSupply: plain,
  slnpRespondYes,
  slnpSupplierFillAndMarkShipped: fillAndShip,
  slnpSupplierCheckOutOfReshare: slnpComplete,
  slnpSupplierSuppliesDocument: plain,
};
