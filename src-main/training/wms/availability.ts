import { json, text, type Reply } from '../http.ts';
import type { WmsCall } from './call.ts';
import type { Holds } from './holds.ts';
import type { ItemStatus, WmsContext, WmsItem } from './model.ts';
import { escapeXml } from './xml.ts';

const DAY = 86_400_000;

export interface Quota {
  /** Calls a key may make in 24 hours, rolling. */
  perDay: number;
  /** `429`, or the older `403`. */
  refusal: 429 | 403;
}

/** Counts calls over the last 24 hours. */
export class QuotaCounter {
  readonly quota: Quota;
  #calls: number[] = [];

  constructor(quota: Quota) {
    this.quota = quota;
  }

  /** Counts a call; false when it is one too many. */
  take(now: number): boolean {
    this.#calls = this.#calls.filter((at) => at > now - DAY);
    if (this.#calls.length >= this.quota.perDay) return false;
    this.#calls.push(now);
    return true;
  }

  used(now: number): number {
    return this.#calls.filter((at) => at > now - DAY).length;
  }
}

/** Values of `reasonUnavailable` are not published; these are invented after the one example that is known. */
const REASONS: Readonly<Partial<Record<ItemStatus, string>>> = {
  'On Loan': 'ON_LOAN',
  'On Hold': 'ON_HOLD',
  'In Transit': 'IN_TRANSIT',
  Dispatched: 'IN_TRANSIT',
  'In Processing': 'IN_PROCESSING',
  Unavailable: 'UNAVAILABLE',
  Withdrawn: 'WITHDRAWN',
  Lost: 'LOST',
  Missing: 'MISSING',
  'Claimed Returned': 'CLAIMED_RETURNED',
};

/**
 * GET /circ/availability/sru/service?x-registryId=…&query=no:… : the copies of one title and what each is doing now. Temporary items
 * have no OCLC number and are never found.
 */
export function answerAvailability(context: WmsContext, holds: Holds, counter: QuotaCounter, call: WmsCall): Reply {
  if (call.method !== 'GET') return text(405, 'Method Not Allowed');
  if (!counter.take(context.now())) {
    const code = counter.quota.refusal;
    return json(code, { code, message: 'limit exceeded' });
  }
  const registryId = call.query.get('x-registryId');
  const query = /^no:\s*(?:ocm|ocn|on)?0*(\d+)$/i.exec(call.query.get('query') ?? '')?.[1];
  if (registryId === null || query === undefined) {
    return json(400, { code: 400, message: 'x-registryId and query=no:<OCLC number> are required' });
  }
  if (registryId !== context.store.institution.registryId) {
    return json(403, { code: 403, message: 'unauthorized_client' });
  }
  const items = [...context.store.items.values()].filter((item) => item.ocn === query);
  return {
    status: 200,
    type: 'application/xml;charset=UTF-8',
    body: response(query, items, context.store.institution.symbol, holds),
  };
}

function response(ocn: string, items: readonly WmsItem[], symbol: string, holds: Holds): string {
  const records =
    items.length === 0
      ? '<records/>'
      : `<records><record><recordSchema>OPACXML</recordSchema><recordPacking>xml</recordPacking><recordData><opacRecord xmlns="">${bibliographic(ocn)}<holdings>${items.map((item) => holding(item, symbol, holds)).join('')}</holdings></opacRecord></recordData></record></records>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<searchRetrieveResponse xmlns="http://www.loc.gov/zing/srw/"><numberOfRecords>${items.length === 0 ? 0 : 1}</numberOfRecords><resultSetId/>${records}</searchRetrieveResponse>\n`;
}

function bibliographic(ocn: string): string {
  return `<bibliographicRecord><record><leader>00000cam a2200000 a 4500</leader><controlfield tag="001">ocm${ocn.padStart(8, '0')}</controlfield></record></bibliographicRecord>`;
}

function holding(item: WmsItem, symbol: string, holds: Holds): string {
  const volume = item.volume === undefined ? '' : element('enumAndChron', item.volume);
  return [
    '<holding><typeOfRecord>x</typeOfRecord><encodingLevel>4</encodingLevel>',
    element('nucCode', symbol),
    element('localLocation', item.holding),
    element('shelvingLocation', item.shelving),
    element('callNumber', item.callNumber ?? ''),
    element('copyNumber', item.copy),
    volume === '' ? '' : `<volumes><volume>${element('enumeration', item.volume ?? '')}${volume}</volume></volumes>`,
    `<circulations>${circulation(item, volume, holds)}</circulations></holding>`,
  ].join('');
}

function circulation(item: WmsItem, volume: string, holds: Holds): string {
  const reason = REASONS[item.status];
  const asked = holds.caughtBy(item) !== undefined || holds.waitingFor(item).length > 0;
  const flag = (on: boolean): string => (on ? '1' : '0');
  return [
    `<circulation><availableNow value="${flag(reason === undefined)}"/>`,
    item.loan === undefined
      ? ''
      : element('availabilityDate', `${new Date(item.loan.due).toISOString().slice(0, 19)}Z`),
    element('itemId', item.barcode),
    `<renewable value="${flag(item.loan !== undefined && !asked)}"/><onHold value="${flag(asked)}"/>`,
    volume,
    reason === undefined ? '' : element('reasonUnavailable', reason),
    '</circulation>',
  ].join('');
}

function element(name: string, content: string): string {
  return `<${name}>${escapeXml(content)}</${name}>`;
}
