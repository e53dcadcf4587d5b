import type { AlmaConnection } from '../../contract/alma-connection.ts';
import type { AlmaOutcome, AlmaPort, AlmaScan } from '../../contract/alma.ts';
import { fail, ok, type AppError, type Result } from '../../contract/result.ts';
import type { AlmaApi } from './api.ts';
import { unreadable } from './pages.ts';
import { itemOf, scanOf, type AlmaItem } from './read.ts';

/** `GET /items?item_barcode=`: Alma answers with the item's own address, and that with the item. Two calls. */
export async function itemByBarcode(api: AlmaApi, barcode: string, signal?: AbortSignal): Promise<Result<AlmaItem>> {
  const answer = await api.read({
    path: '/items',
    template: '/items?item_barcode={barcode}',
    query: { item_barcode: barcode },
    signal,
  });
  if (!answer.ok) return answer;
  const item = itemOf(answer.value);
  // Alma compares barcodes without regard to case; anything else is another item.
  return item?.barcode.toLowerCase() === barcode.toLowerCase() ? ok(item) : unreadable();
}

/** The path of an item, and what of it may be logged. */
export function itemPath({ mmsId, holdingId, pid }: AlmaItem) {
  const parts = [mmsId, holdingId, pid].map(encodeURIComponent);
  return {
    path: `/bibs/${parts[0] ?? ''}/holdings/${parts[1] ?? ''}/items/${parts[2] ?? ''}`,
    template: '/bibs/{mms}/holdings/{holding}/items/{item}',
  };
}

/** Whether an item may be scanned in through the API at all: see {@link AlmaConnection.proved}. */
export function scanInMode({ scanDesk, proved }: AlmaConnection): AlmaPort['modes']['scanIn'] {
  if (scanDesk === undefined) return 'guided';
  return proved?.includes('scan-in') === true ? 'api' : 'api-unproven';
}

/**
 * `POST …/items/{pid}?op=scan`, once. What it does to a borrowing request is not documented, so it is not called before the
 * library says that it tried. `register_in_house_use` defaults to true in Alma and would count a use nobody made.
 */
export async function scanIn(
  api: AlmaApi,
  connection: AlmaConnection,
  barcode: string,
): Promise<AlmaOutcome<AlmaScan>> {
  const { scanDesk } = connection;
  if (scanDesk === undefined || scanInMode(connection) !== 'api') return { outcome: 'refused', error: notProved() };
  const item = await itemByBarcode(api, barcode);
  if (!item.ok) return { outcome: item.error.code === 'not-found' ? 'refused' : 'not-sent', error: item.error };
  const { path, template } = itemPath(item.value);
  const sent = await api.change({
    method: 'POST',
    path,
    template: `${template}?op=scan`,
    query: { op: 'scan', library: scanDesk.library, circ_desk: scanDesk.desk, register_in_house_use: 'false' },
  });
  return sent.outcome === 'done' ? { outcome: 'done', value: scanOf(sent.value, item.value.barcode) } : sent;
}

function notProved(): AppError {
  return fail(
    'configuration',
    'Carrel does not scan items in through Alma’s interface yet. Scan this one on Alma’s own screen. A library administrator can switch it on in Settings once it was tried in Alma’s sandbox.',
    { mender: 'desk' },
  ).error;
}
