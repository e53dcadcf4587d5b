import { effective } from '../settings.ts';
import { EMPTY, STATUS_TRUE, textParam, type ActionHandler, type ActionJob } from './action-types.ts';
import { rerequestOf, revalidate } from './create.ts';
import { tell, type NetworkMessage } from './network.ts';
import { temporaryItemBarcode } from './request.ts';
import { settleRequester, sourceLater } from './rota.ts';

const ADVICE = 'Review configuration and try again or deconfigure host LMS integration in settings.';

/** The note travels with whatever message the action sends. */
export function withNote(job: ActionJob, message: NetworkMessage): () => void {
  const note = textParam(job.params, 'note');
  return () => {
    tell(job.world, job.request, note === undefined || note === '' ? message : { ...message, note });
  };
}

/** Creates the temporary items; stops at none: each volume is tried, and what worked stays. */
const received: ActionHandler = (job) => {
  const { request, tenant } = job;
  const hrid = request.hrid ?? request.id;
  const title = request.bib.title ?? '';
  const integrated = effective(tenant.settings, 'accept_item') === 'ncip';
  let failed = false;
  for (const volume of request.volumes) {
    if (volume.status !== 'awaiting_temporary_item_creation') continue;
    const barcode = temporaryItemBarcode(request, volume);
    const about = `Receive succeeded for item id: ${volume.itemId} (title: ${title}, requestId: ${hrid}).`;
    if (!integrated) {
      volume.status = 'temporary_item_creation_(no_integration)';
      job.lines.push(`${about} (No host LMS integration configured for accept item call)`);
      continue;
    }
    const result = tenant.lms.acceptItem(barcode, {
      hrid,
      title,
      pickup: request.pickupLocationSlug ?? '',
      ...(request.patronIdentifier === undefined ? {} : { patron: request.patronIdentifier }),
      ...(request.bib.author === undefined ? {} : { author: request.bib.author }),
      ...(volume.callNumber === undefined ? {} : { callNumber: volume.callNumber }),
    });
    if (result.ok) {
      volume.status = 'temporary_item_created_in_host_lms';
      job.lines.push(`${about} Host LMS integration: AcceptItem call succeeded.`);
    } else {
      failed = true;
      job.lines.push(
        `Host LMS integration: NCIP AcceptItem call failed for temporary item barcode: ${barcode}. ${ADVICE} ${result.problem}`,
      );
    }
  }
  request.needsAttention = failed;
  if (failed) return { ok: false, status: 400, body: { code: -3, message: 'NCIP AcceptItem call failed' } };
  job.afterwards.push(withNote(job, { event: 'ISO18626Received' }));
  return EMPTY;
};

/** Checks the temporary items in. The action succeeds whatever the circulation system says; only the audit tells. */
function checkInTemporary(job: ActionJob): void {
  const { request, tenant } = job;
  const hrid = request.hrid ?? request.id;
  // mod-rs leaves no line about this in the history.
  if (effective(tenant.settings, 'check_in_on_return') === 'off') return;
  if (effective(tenant.settings, 'check_in_item') !== 'ncip') {
    job.lines.push('Check in succeeded. (No host LMS integration configured for check in item call)');
    return;
  }
  let failed = false;
  for (const volume of request.volumes) {
    const barcode = temporaryItemBarcode(request, volume);
    const result = tenant.lms.checkInItem(barcode, hrid);
    failed ||= !result.ok;
    job.lines.push(
      result.ok
        ? `Host LMS integration: CheckinItem call succeeded for item: ${barcode}.`
        : `Host LMS integration: NCIP CheckinItem call failed for item: ${barcode}. ${ADVICE} ${result.problem}`,
    );
  }
  request.needsAttention = failed;
}

const returnedByPatron: ActionHandler = (job) => {
  checkInTemporary(job);
  return STATUS_TRUE;
};

const shippedReturn: ActionHandler = (job) => {
  job.lines.push('Return shipped');
  job.afterwards.push(withNote(job, { event: 'ISO18626ShippedReturn' }));
  return STATUS_TRUE;
};

const returnedAndShipped: ActionHandler = (job) => {
  checkInTemporary(job);
  return shippedReturn(job);
};

const cancel: ActionHandler = (job) => {
  const { request } = job;
  const reason = textParam(job.params, 'reason');
  if (reason !== undefined) request.cancellationReason = reason;
  request.requestToContinue = false;
  job.lines.push('Cancel request sent');
  if (request.peerRequestIdentifier === undefined) return { ...EMPTY, qualifier: 'noSupplier' };
  job.afterwards.push(withNote(job, { event: 'ISO18626Cancel' }));
  return EMPTY;
};

const agreeConditions: ActionHandler = (job) => {
  for (const condition of job.request.conditions) condition.accepted = true;
  job.lines.push('Agreed to loan conditions');
  job.afterwards.push(
    withNote(job, {
      event: 'ISO18626Notification',
      qualifier: 'conditionsAgreed',
      prefix: '#ReShareLoanConditionAgreeResponse#',
      bring: (peer) => {
        for (const condition of peer.conditions) condition.accepted = true;
      },
    }),
  );
  return EMPTY;
};

const rejectConditions: ActionHandler = (job) => {
  job.request.requestToContinue = true;
  job.lines.push('Rejected loan conditions');
  job.afterwards.push(withNote(job, { event: 'ISO18626Cancel' }));
  return EMPTY;
};

const borrowerCheck: ActionHandler = (job) => {
  const known = job.tenant.patrons.some((one) => one.barcode === job.request.patronIdentifier);
  job.lines.push(known ? 'Borrower check succeeded' : 'Borrower check failed: the patron is not known to the host LMS');
  job.request.needsAttention = !known;
  return known ? STATUS_TRUE : { ok: false, qualifier: 'invalidPatron', status: 500, body: { status: false } };
};

const goOnSourcing: ActionHandler = (job) => {
  job.lines.push(`Executing action: ${job.action}`);
  job.afterwards.push(() => {
    sourceLater(job.world, job.request);
  });
  return STATUS_TRUE;
};

const retryValidation: ActionHandler = (job) => {
  revalidate(job);
  return STATUS_TRUE;
};

const localCannotSupply: ActionHandler = (job) => {
  job.lines.push('The local library cannot supply');
  job.afterwards.push(() => {
    settleRequester(job.world, job.request);
  });
  return EMPTY;
};

const rerequest: ActionHandler = (job) => {
  rerequestOf(job);
  return STATUS_TRUE;
};

const plain: ActionHandler = () => STATUS_TRUE;

/** Actions of the borrowing models. */
export const borrowingActions: Readonly<Record<string, ActionHandler>> = {
  requesterReceived: received,
  slnpRequesterReceived: received,
  slnpNonReturnableRequesterReceived: plain,
  requesterManualCheckIn: plain,
  patronReturnedItem: returnedByPatron,
  shippedReturn,
  patronReturnedItemAndShippedReturn: returnedAndShipped,
  requesterCancel: cancel,
  cancelLocal: plain,
  requesterAgreeConditions: agreeConditions,
  requesterRejectConditions: rejectConditions,
  borrowerCheck,
  requesterBypassValidation: goOnSourcing,
  requesterRetryValidation: retryValidation,
  rerequest,
  requesterMarkEndOfRotaReviewed: plain,
  fillLocally: plain,
  localSupplierCannotSupply: localCannotSupply,
  slnpHandleAbort: plain,
  slnpMarkItemLost: plain,
  manuallyMarkAvailable: plain,
  manuallyMarkSupplied: plain,
};
