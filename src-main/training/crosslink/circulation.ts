import type { LmsResult } from '../lms.ts';
import type { Random } from '../random.ts';
import type { Tenant } from '../world.ts';
import { askedOf, type BrokerRequest, type LmsMessage } from './request.ts';

/** What an action did in the circulation system, and the broker's words where that failed. */
export interface Called {
  readonly calls: readonly LmsMessage[];
  readonly failed?: string;
}

/** The calls the broker makes inside an action (`action.go`); the words of a failure are its own, not the library system's. */
export function callLms(tenant: Tenant, random: Random, request: BrokerRequest, action: string): Called {
  const { lms } = tenant;
  const { number, items, patron, pickup } = request;
  switch (action) {
    case 'receive': {
      const { title, author } = askedOf(request);
      const item = { hrid: number, title, pickup, patron, ...(author === undefined ? {} : { author }) };
      return each(random, request, 'AcceptItem', (barcode) => lms.acceptItem(barcode, item));
    }
    case 'check-out':
      return each(random, request, 'CheckOutItem', (barcode) => lms.checkOutItem(barcode, patron, number));
    case 'check-in':
    case 'mark-received':
      return each(random, request, 'CheckInItem', (barcode) => lms.checkInItem(barcode, number));
    case 'ship': {
      if (items.length === 0) return { calls: [], failed: 'no items for shipping in the request' };
      const account = accountOf(tenant, request);
      return each(random, request, 'CheckOutItem', (barcode) => {
        const result = lms.checkOutItem(barcode, account, number);
        if (result.ok && result.due !== undefined) request.due = result.due;
        return result;
      });
    }
    default:
      return { calls: [] };
  }
}

/** One call for each item, up to the first that is refused. */
function each(
  random: Random,
  { items }: BrokerRequest,
  call: LmsMessage['call'],
  ask: (barcode: string) => LmsResult,
): Called {
  const calls: LmsMessage[] = [];
  for (const { barcode } of items) {
    const result = ask(barcode);
    const message = { id: random.uuid(), call, barcode };
    calls.push(result.ok ? message : { ...message, problem: result.problem });
    if (!result.ok) return { calls, failed: `LMS ${call} failed` };
  }
  return { calls };
}

/** The borrower's account in our circulation system, by its directory entry. */
function accountOf(tenant: Tenant, { requester }: BrokerRequest): string {
  const entry = tenant.directory.find((one) => one.symbolSummary === requester);
  const listed = entry?.customProperties['local_institutionalPatronId'] as
    readonly { readonly value?: string }[] | undefined;
  return listed?.[0]?.value ?? '';
}
