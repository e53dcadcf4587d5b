import { json, type Reply } from '../http.ts';
import type { Route, Visit } from '../okapi/modules.ts';
import { pullSlipPdf } from '../pdf.ts';
import { NullPointer } from '../query/filter.ts';
import { list, nullPointer, search } from '../query/list.ts';
import { effective } from '../settings.ts';
import type { Tenant, World } from '../world.ts';
import { perform } from './actions.ts';
import type { PracticeRequest } from './request.ts';
import { BATCH, requestsOf } from './schema.ts';
import { offered } from './valid-actions.ts';

const PRINT = 'supplierPrintPullSlip';

/** Pull slips: batches, the PDF report, marking printed (BatchService, ReportController). Printing changes no state. */
export function pullSlipRoutes(world: World): readonly Route[] {
  const generate = ({ call, tenant }: Visit): Reply => {
    let found: readonly PracticeRequest[];
    try {
      found = search(requestsOf(tenant), tenant.requests.values(), call.query);
    } catch (error) {
      if (!(error instanceof NullPointer)) throw error;
      return nullPointer();
    }
    const most = Number(effective(tenant.settings, 'pull_slip_max_items_manual') ?? '500');
    if (found.length === 0) return json(400, { error: 'No requests found to include in pick list' });
    if (found.length > most) {
      return json(400, {
        error: `Too many items to be printed (${found.length}), extend the filter to reduce the number of requests selected below ${most}`,
      });
    }
    const batchId = world.random.uuid();
    tenant.batches.set(
      batchId,
      found.map((one) => one.id),
    );
    for (const request of found) request.batches.push(batchId);
    return json(200, { batchId });
  };

  const mark = ({ call, tenant, user }: Visit): Reply => {
    const batchId = call.query.get('batchId') ?? '';
    const ids = tenant.batches.get(batchId);
    if (ids === undefined) return json(400, { error: `unknown batch id supplied: ${batchId}` });
    const successful: string[] = [];
    const failed: string[] = [];
    const notValid: string[] = [];
    for (const id of ids) {
      const request = tenant.requests.get(id);
      if (request === undefined || !offered(request).some((one) => one.actionCode === PRINT)) notValid.push(id);
      else if (perform(world, request, id, PRINT, {}, user).status === 200) successful.push(id);
      else failed.push(id);
    }
    return json(200, { successful, failed, notValid });
  };

  return [
    {
      method: 'GET',
      path: '/rs/patronrequests/generatePickListBatch',
      permission: 'rs.patronrequests.generateBatch',
      handle: generate,
    },
    {
      method: 'GET',
      path: '/rs/patronrequests/markBatchAsPrinted',
      permission: 'rs.patronrequests.markBatchPrinted',
      handle: mark,
    },
    { method: 'GET', path: '/rs/report/generatePicklist', permission: 'rs.report.execute', handle: report },
    {
      method: 'GET',
      path: '/rs/batch',
      permission: 'rs.batch.get',
      handle: ({ call, tenant }) =>
        list(
          {
            entity: BATCH,
            rows: [...tenant.batches].map(([id, ids]) => ({ id, description: `${ids.length} requests` })),
            cap: 1000,
            view: (row) => row,
          },
          call.query,
        ),
    },
  ];
}

function report({ call, tenant }: Visit): Reply {
  const requestId = call.query.get('requestId');
  const batchId = call.query.get('batchId');
  const ids = requestId === null ? tenant.batches.get(batchId ?? '') : [requestId];
  const requests = (ids ?? []).map((id) => tenant.requests.get(id)).filter((one) => one !== undefined);
  if (requests.length === 0) {
    return json(404, {
      error: requestId === null ? `No batch with id ${batchId ?? ''}` : `No request with id ${requestId}`,
    });
  }
  return { status: 200, type: 'application/pdf', body: pullSlipPdf(requests.map((one) => slip(tenant, one))) };
}

function slip(tenant: Tenant, request: PracticeRequest) {
  const place = tenant.pickLocations.find((one) => one.id === request.pickLocation);
  const shelf = tenant.shelvingLocations.find((one) => one.id === request.pickShelvingLocation);
  return {
    heading: `${tenant.name} · Pull slip`,
    code: request.hrid ?? '',
    lines: [
      `Title: ${request.bib.title ?? ''}`,
      `Author: ${request.bib.author ?? ''}`,
      `Call number: ${request.localCallNumber ?? ''}`,
      `Location: ${place?.name ?? ''} ${shelf?.name ?? ''}`.trimEnd(),
      `Requester: ${request.requestingInstitutionSymbol}`,
      `Pickup: ${request.pickupLocation ?? ''}`,
    ],
  };
}
