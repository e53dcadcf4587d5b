import { endOfDay } from '../lms.ts';
import { effective } from '../settings.ts';
import { tenantBySymbol } from '../world.ts';
import { EMPTY, textParam, type ActionAnswer, type ActionJob } from './action-types.ts';

const ADVICE = 'Review configuration and try again or deconfigure host LMS integration in settings.';
const DAY = 86_400_000;

interface SentBarcode {
  readonly itemId: string;
  readonly name?: string;
  readonly remove: boolean;
}

/** `itemBarcodes` as sent; a shape the server cannot read is an exception there. */
function barcodesOf(job: ActionJob): readonly SentBarcode[] {
  const sent = job.params['itemBarcodes'];
  if (sent === undefined || sent === null) return [];
  if (!Array.isArray(sent)) throw new TypeError('itemBarcodes is not a list');
  return sent.map((entry: unknown) => {
    const fields = entry as { readonly itemId?: unknown; readonly name?: unknown; readonly _delete?: unknown };
    if (typeof fields.itemId !== 'string') throw new TypeError('itemId is not text');
    const remove = fields._delete === true;
    return typeof fields.name === 'string'
      ? { itemId: fields.itemId, name: fields.name, remove }
      : { itemId: fields.itemId, remove };
  });
}

/** The borrower's account in our circulation system: a property of its directory entry, else the library's default. */
function accountOf(job: ActionJob): string | undefined {
  const entry = job.tenant.directory.find((one) => one.symbolSummary === job.request.requestingInstitutionSymbol);
  const listed = entry?.customProperties['local_institutionalPatronId'] as
    readonly { readonly value?: string }[] | undefined;
  return listed?.[0]?.value ?? effective(job.tenant.settings, 'default_institutional_patron_id');
}

function mergeVolumes(job: ActionJob, sent: readonly SentBarcode[]): void {
  const { request, world } = job;
  for (const { itemId, name, remove } of sent) {
    const known = request.volumes.find((one) => one.itemId === itemId);
    if (remove) {
      // A volume that is already checked out cannot be taken off the request.
      request.volumes = request.volumes.filter((one) => one !== known || one.status === 'lms_check_out_complete');
    } else if (known === undefined) {
      const callNumber = request.localCallNumber;
      request.volumes.push({
        id: world.random.uuid(),
        name: name ?? itemId,
        itemId,
        status: 'awaiting_lms_check_out',
        ...(callNumber === undefined ? {} : { callNumber }),
      });
    } else if (name !== undefined) {
      known.name = name;
    }
  }
}

/**
 * "Fill request": each item is checked out to the borrowing library in the host LMS. All refused: 500 `{}`. Some refused, or no
 * barcodes sent: 400 code -3, and what worked stays checked out (AbstractResponderSupplierCheckInToReshare).
 */
export function fill(job: ActionJob): ActionAnswer {
  const { request, tenant } = job;
  const sent = barcodesOf(job);
  const hrid = request.hrid ?? request.id;
  const refused: ActionAnswer = {
    ok: false,
    status: 400,
    body: { code: -3, message: 'NCIP CheckoutItem call failed.' },
  };
  if (sent.filter((one) => !one.remove).length === 0) {
    job.lines.push('No item ids supplied, unable to check out');
    return refused;
  }
  mergeVolumes(job, sent);
  const integrated = effective(tenant.settings, 'check_out_item') === 'ncip';
  let worked = 0;
  let failed = 0;
  let due: number | undefined;
  for (const volume of request.volumes) {
    if (volume.status !== 'awaiting_lms_check_out') continue;
    if (!integrated) {
      volume.status = 'lms_check_out_(no_integration)';
      worked += 1;
      job.lines.push(
        `Fill request succeeded for item id: ${volume.itemId}. (No host LMS integration configured for check out item call)`,
      );
      continue;
    }
    const result = tenant.lms.checkOutItem(volume.itemId, accountOf(job) ?? '', hrid);
    if (result.ok) {
      worked += 1;
      volume.status = 'lms_check_out_complete';
      due = result.due ?? due;
      job.lines.push(
        `Fill request succeeded for item id: ${volume.itemId}. Host LMS integration: CheckoutItem call succeeded.`,
      );
    } else {
      failed += 1;
      job.lines.push(
        `Host LMS integration: NCIP CheckoutItem call failed for itemId: ${volume.itemId}. ${ADVICE} ${result.problem}`,
      );
    }
  }
  request.needsAttention = failed > 0;
  if (failed > 0) return worked === 0 ? { ok: false, status: 500, body: {} } : refused;
  setDueDate(job, due);
  request.activeLoan = true;
  request.overdue = false;
  const first = request.volumes[0];
  if (first !== undefined) request.selectedItemBarcode = first.itemId;
  request.customIdentifiers = JSON.stringify({ itemUuid: request.id, loanUuid: job.world.random.uuid() });
  return EMPTY;
}

/** The LMS's date; without one the override that was sent; without that the library's loan period. */
function setDueDate(job: ActionJob, fromLms: number | undefined): void {
  const { request } = job;
  if (fromLms !== undefined) {
    request.dueDateFromLMS = fromLms;
    request.dueDateRS = fromLms;
    return;
  }
  const override = Date.parse(textParam(job.params, 'loanDateOverride') ?? '');
  const days = Number(effective(job.tenant.settings, 'default_loan_period') ?? '56');
  request.dueDateRS = Number.isNaN(override) ? endOfDay(job.world.clock.now() + days * DAY) : override;
}

/** Checks every item that is out back in; false when the circulation system refused one. `about` begins the audit lines. */
export function checkBackIn(job: ActionJob, about = 'Complete request'): boolean {
  const { request, tenant } = job;
  const hrid = request.hrid ?? request.id;
  if (effective(tenant.settings, 'check_in_item') !== 'ncip') {
    for (const volume of request.volumes) volume.status = 'lms_check_in_(no_integration)';
    job.lines.push(`${about} succeeded. (No host LMS integration configured for check in item call)`);
    return true;
  }
  let allIn = true;
  for (const volume of request.volumes) {
    if (volume.status === 'completed') continue;
    const result = tenant.lms.checkInItem(volume.itemId, hrid);
    if (result.ok) {
      volume.status = 'completed';
      job.lines.push(
        `${about} succeeded for item id: ${volume.itemId}. Host LMS integration: CheckinItem call succeeded.`,
      );
    } else {
      allIn = false;
      job.lines.push(
        `Host LMS integration: NCIP CheckinItem call failed for itemId: ${volume.itemId}. ${ADVICE} ${result.problem}`,
      );
    }
  }
  request.needsAttention = !allIn;
  return allIn;
}

/** What the borrower's copy learns when the items are shipped: which items, and when they are due. */
export function bringShipment(job: ActionJob): (peer: ActionJob['request']) => void {
  const { request, world } = job;
  const volumes = request.volumes.map(({ name, itemId, callNumber }) => ({ name, itemId, callNumber }));
  const due = request.dueDateRS;
  const borrower = tenantBySymbol(world, request.requestingInstitutionSymbol);
  return (peer) => {
    if (borrower === undefined) return;
    peer.volumes = volumes.map(({ name, itemId, callNumber }) => ({
      id: world.random.uuid(),
      name,
      itemId,
      status: 'awaiting_temporary_item_creation',
      ...(callNumber === undefined ? {} : { callNumber }),
    }));
    const first = volumes[0];
    if (first !== undefined) peer.selectedItemBarcode = first.itemId;
    if (due !== undefined) peer.dueDateRS = due;
  };
}
