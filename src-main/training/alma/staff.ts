import type { JsonObject } from '../http.ts';
import type { AlmaContext, AlmaItemEntry, AlmaRequestEntry } from './model.ts';

const DAY = 86_400_000;

/**
 * What staff do on Alma's own screens, for which its interface has no call: `receive {requestId, barcode}` gives a borrowing
 * request its temporary item, `lend {requestId, days?}` lends that to the requester, and `return {requestId}` scans it back in,
 * which closes the request.
 */
export function almaStaff({ store, now }: AlmaContext, { what, requestId, barcode, days }: JsonObject): unknown {
  const request = store.requests.get(String(requestId));
  if (request?.side !== 'borrowing') throw new RangeError(`No borrowing request ${String(requestId)}`);
  request.modified = now();
  switch (what) {
    case 'receive': {
      const item = itemFor(request, String(barcode));
      store.items.set(item.barcode, item);
      request.barcode = item.barcode;
      request.status = 'RECEIVED_PHYSICALLY';
      return { status: request.status };
    }
    case 'lend': {
      const item = itemOf(store.items, request);
      const id = `73${item.pid.slice(2)}`;
      const due = now() + (days === undefined ? 28 : Number(days)) * DAY;
      store.loans.set(id, { id, user: request.user ?? '', pid: item.pid, since: now(), due });
      item.state = 'loan';
      request.status = 'LOANED';
      return { status: request.status };
    }
    case 'return': {
      const item = itemOf(store.items, request);
      for (const [id, { pid }] of store.loans) if (pid === item.pid) store.loans.delete(id);
      item.state = 'returned';
      request.status = 'COMPLETED';
      return { status: request.status };
    }
    default:
      throw new RangeError(`Nothing staff do is called ${String(what)}`);
  }
}

function itemOf(items: ReadonlyMap<string, AlmaItemEntry>, { barcode, id }: AlmaRequestEntry): AlmaItemEntry {
  const item = items.get(barcode ?? '');
  if (item === undefined) throw new RangeError(`Nothing was received for ${id}`);
  return item;
}

/** A temporary item with numbers of its own, made from the request's. */
function itemFor({ id, title, author }: AlmaRequestEntry, barcode: string): AlmaItemEntry {
  const digits = id.slice(2);
  return {
    pid: `23${digits}`,
    mmsId: `991${digits}`,
    holdingId: `22${digits}`,
    barcode,
    title,
    author,
    borrowed: true,
    state: 'returned',
  };
}
