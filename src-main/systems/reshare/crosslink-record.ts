import type { AuditLine, RequestView, Side, Volume } from '../../contract/request.ts';
import { day, fields, flag, instant, integer, present, records, text, type Json } from '../http/tolerant.ts';
import { CLOSE, MESSAGE, type Allowed } from './crosslink-actions.ts';
import { crosslinkState } from './crosslink-states.ts';

/**
 * A record of CrossLink (`PatronRequest` in indexdata/crosslink `broker/oapi/open-api.yaml`) as Carrel sees a request. Lists
 * and single records have the same fields. Reads only what it names: neither `patron` nor the request's patron information is
 * ever looked at. Undefined when the record has no id, no state, or no side: then nothing can be done with it.
 */
export function readCrosslink(record: Json, seenAt: string): RequestView | undefined {
  const id = text(record['id']);
  const own = text(record['state']);
  const side = sideOf(record['side']);
  if (id === undefined || own === undefined || side === undefined) return undefined;
  const asked = fields(record['illRequest']);
  const bib = fields(asked['bibliographicInfo']);
  const service = fields(asked['serviceInfo']);
  const told = fields(record['illResponse']);
  const status = fields(told['statusInfo']);
  const serviceType = text(service['serviceType'])?.toLowerCase();
  const known = crosslinkState(own, side, serviceType === 'copy');
  const wanted = flag(record['needsAttention']) ?? false;
  const terminal = flag(record['terminalState']) ?? false;
  const volumes = records(record['items']).flatMap((entry) => readItem(entry, side));
  const model = text(record['stateModel']);
  return {
    id,
    side,
    state: {
      code: known?.code ?? own,
      label: known?.label ?? own,
      terminal,
      needsAttention: known?.needsAttention ?? wanted,
      own,
    },
    // CrossLink has one flag for a state that wants a person and for an action that went wrong.
    needsAttention: lastFailed(record) || (wanted && known?.needsAttention === false),
    partner: present({
      symbol: text(record[side === 'borrowing' ? 'supplierSymbol' : 'requesterSymbol']),
      name: text(record[side === 'borrowing' ? 'supplierName' : 'requesterName']),
    }),
    volumes,
    overdue: !terminal && text(status['status']) === 'Overdue',
    unreadMessages: (integer(record['unreadNotificationsCount']) ?? 0) > 0,
    conditions: [],
    otherIdentifiers: [],
    audit: [],
    seenAt,
    ...present({
      hrid: text(record['requesterRequestId']),
      stateModel: model === undefined ? undefined : `crosslink:${model}`,
      title: text(bib['title']),
      author: text(bib['author']),
      isbn: identifier(bib, 'isbn'),
      oclcNumber: identifier(bib, 'oclcnumber'),
      volumeText: text(bib['volume']),
      callNumber: volumes.find(({ callNumber }) => callNumber !== undefined)?.callNumber,
      serviceType,
      dueDate: instant(status['dueDate']),
      neededBy: day(service['needBeforeDate']),
      dateCreated: instant(record['createdAt']),
      lastUpdated: instant(record['updatedAt']) ?? instant(record['createdAt']),
    }),
  };
}

/** Taken in every open state, and not listed among the actions. */
const ALWAYS = [MESSAGE, CLOSE].map((code) => ({ code, primary: false, primaryOnly: false }));

/** The same record with what may be done with it and its history. */
export function withMore(view: RequestView, allowed: Allowed, audit: readonly AuditLine[]): RequestView {
  return {
    ...view,
    validActions: [...allowed.actions, ...(view.state.terminal ? [] : ALWAYS)],
    networkStatus: allowed.busy ? 'Waiting' : 'Idle',
    audit: [...audit],
  };
}

function sideOf(value: unknown): Side | undefined {
  return value === 'borrowing' || value === 'lending' ? value : undefined;
}

function lastFailed(record: Json): boolean {
  return text(record['lastActionOutcome']) === 'failure';
}

/**
 * An item without a barcode is one the circulation system has not named (the broker's manual adapter). What a lender sends
 * gets the request's id as its barcode here, and the lender's own label stands in `itemId` (`saveItem` in `message-handler.go`).
 */
function readItem(entry: Json, side: Side): readonly Volume[] {
  const barcode = text(entry['barcode']);
  if (barcode === undefined) return [];
  const theirs = side === 'borrowing' ? text(entry['itemId']) : undefined;
  const labels = theirs === undefined ? { itemId: barcode } : { itemId: theirs, temporaryItemBarcode: barcode };
  return [{ id: text(entry['id']) ?? barcode, ...labels, ...present({ callNumber: text(entry['callNumber']) }) }];
}

/** ISO 18626 `bibliographicItemId` and `bibliographicRecordId`: a code, bare or `{"#text"}`, with its identifier. */
function identifier(bib: Json, code: string): string | undefined {
  const items = records(bib['bibliographicItemId']).map((entry) => [
    entry['bibliographicItemIdentifierCode'],
    entry['bibliographicItemIdentifier'],
  ]);
  const titles = records(bib['bibliographicRecordId']).map((entry) => [
    entry['bibliographicRecordIdentifierCode'],
    entry['bibliographicRecordIdentifier'],
  ]);
  const found = [...items, ...titles].find(([named]) => schemeText(named)?.toLowerCase() === code);
  return text(found?.[1]);
}

/** A value of ISO 18626 or NCIP with its scheme. */
export function schemeText(value: unknown): string | undefined {
  return text(value) ?? text(fields(value)['text']) ?? text(fields(value)['#text']);
}
