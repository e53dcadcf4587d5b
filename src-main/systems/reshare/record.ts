import type { AuditLine, LoanCondition, RequestView, Side, ValidAction, Volume } from '../../contract/request.ts';
import { stateWords } from './state-labels.ts';
import {
  day,
  enumName,
  fields,
  flag,
  instant,
  integer,
  number,
  present,
  records,
  refdata,
  text,
} from '../http/tolerant.ts';
import type { Json } from '../http/tolerant.ts';

/** How many of the newest history lines are kept. */
const AUDIT_KEPT = 20;

/**
 * A record of mod-rs, full or brief (`_patronRequest.gson`), as Carrel sees a request. Reads only what it names: no
 * patron field is ever looked at. Undefined when the record has no id, no state, or does not show which side of the
 * request it is: then nothing can be done with it.
 */
export function readRequest(record: Json, seenAt: string): RequestView | undefined {
  const id = text(record['id']);
  const state = readState(record['state']);
  if (id === undefined || state === undefined) return undefined;
  const side = readSide(record, state.code);
  if (side === undefined) return undefined;
  return {
    id,
    side,
    state,
    needsAttention: flag(record['needsAttention']) ?? false,
    partner: readPartner(record, side),
    volumes: records(record['volumes']).flatMap(readVolume),
    overdue: flag(record['overdue']) ?? false,
    unreadMessages: flag(record['hasUnreadMessages']) ?? (integer(record['unreadMessageCount']) ?? 0) > 0,
    conditions: records(record['conditions']).flatMap(readCondition),
    otherIdentifiers: records(record['requestIdentifiers']).flatMap((entry) => text(entry['identifier']) ?? []),
    audit: [...readHistory(record).slice(-AUDIT_KEPT)],
    seenAt,
    ...present({
      hrid: text(record['hrid']),
      stateModel: text(fields(record['stateModel'])['shortcode']),
      networkStatus: enumName(record['networkStatus']),
      validActions: Array.isArray(record['validActions']) ? readActions(record['validActions']) : undefined,
      title: text(record['title']),
      author: text(record['author']),
      isbn: text(record['isbn']),
      oclcNumber: text(record['oclcNumber']),
      volumeText: text(record['volume']),
      selectedItemBarcode: text(record['selectedItemBarcode']),
      callNumber: text(record['localCallNumber']),
      pickLocation: readPlace(record['pickLocation']),
      shelvingLocation: readPlace(record['pickShelvingLocation']),
      pickupLocation: readPickup(record['pickupLocation']),
      serviceType: refdata(record['serviceType']),
      dueDate: instant(record['parsedDueDateRS']),
      neededBy: day(record['neededBy']),
      dateCreated: instant(record['dateCreated']),
      lastUpdated: instant(record['lastUpdated']),
    }),
  };
}

function readState(value: unknown): RequestView['state'] | undefined {
  const state = fields(value);
  const code = text(state['code']) ?? enumName(value);
  if (code === undefined) return undefined;
  const words = stateWords(code);
  // In a record's state object a flag that is off is left out; only a bare code needs the table.
  const bare = text(state['code']) === undefined;
  return {
    code,
    label: words?.label ?? code,
    terminal: flag(state['terminal']) ?? words?.terminal ?? false,
    needsAttention: flag(state['needsAttention']) ?? (bare && (words?.needsAttention ?? false)),
  };
}

/** `isRequester`, or what the code's prefix says (`REQ_`, `RES_`, `SLNP_REQ_`, `SLNP_RES_`). */
function readSide(record: Json, stateCode: string): Side | undefined {
  const requester = flag(record['isRequester']);
  if (requester !== undefined) return requester ? 'borrowing' : 'lending';
  if (/^(SLNP_)?REQ_/.test(stateCode)) return 'borrowing';
  return /^(SLNP_)?RES_/.test(stateCode) ? 'lending' : undefined;
}

function readPartner(record: Json, side: Side): RequestView['partner'] {
  const [resolved, told] =
    side === 'borrowing'
      ? [fields(record['resolvedSupplier']), text(record['supplyingInstitutionSymbol'])]
      : [fields(record['resolvedRequester']), text(record['requestingInstitutionSymbol'])];
  return present({
    symbol: told ?? text(resolved['symbol']),
    name: text(fields(resolved['owner'])['name']),
  });
}

function readVolume(entry: Json): readonly Volume[] {
  const itemId = text(entry['itemId']);
  if (itemId === undefined) return [];
  const name = text(entry['name']);
  return [
    {
      id: text(entry['id']) ?? itemId,
      itemId,
      ...present({
        // mod-rs names a volume that nobody named by its barcode.
        name: name === itemId ? undefined : name,
        status: refdata(entry['status']),
        temporaryItemBarcode: text(entry['temporaryItemBarcode']),
        callNumber: text(entry['callNumber']),
      }),
    },
  ];
}

function readCondition(entry: Json): readonly LoanCondition[] {
  const code = refdata(entry['code']);
  if (code === undefined) return [];
  return [
    {
      code,
      accepted: flag(entry['accepted']) ?? false,
      ...present({
        note: text(entry['note']),
        cost: number(entry['cost']),
        currency: refdata(entry['costCurrency']),
      }),
    },
  ];
}

function readActions(entries: readonly unknown[]): ValidAction[] {
  return entries.flatMap((entry) => {
    const code = text(entry) ?? text(fields(entry)['actionCode']);
    if (code === undefined) return [];
    const hints = fields(entry);
    return [{ code, primary: flag(hints['isPrimary']) ?? false, primaryOnly: flag(hints['primaryOnly']) ?? false }];
  });
}

function readPlace(value: unknown): string | undefined {
  const place = fields(value);
  return text(place['name']) ?? text(place['code']);
}

/** The name before ` --> AUTHORITY:SYMBOL`, which mod-rs appends for the shipping label. */
function readPickup(value: unknown): string | undefined {
  return text(text(value)?.replace(/\s*-->\s*\S+\s*$/, ''));
}

/** Newest lines last, by `auditNo`; a line without number or time cannot be placed and is passed over. */
export function readHistory(record: Json): readonly AuditLine[] {
  return records(record['audit'])
    .flatMap((entry): AuditLine[] => {
      const no = integer(entry['auditNo']);
      const at = instant(entry['dateCreated']);
      if (no === undefined || at === undefined) return [];
      return [
        {
          no,
          at,
          message: text(entry['message']) ?? '',
          ...present({
            from: text(fields(entry['fromStatus'])['code']),
            to: text(fields(entry['toStatus'])['code']),
          }),
        },
      ];
    })
    .sort((a, b) => a.no - b.no);
}
