import type { RecordMessage, RecordRotaEntry, RequestRecord } from '../../contract/request-record.ts';
import { EDITABLE } from './editable.ts';
import { readHistory, readRequest } from './record.ts';
import { stateWords } from './state-labels.ts';
import {
  fields,
  flag,
  instant,
  integer,
  number,
  present,
  records,
  refdata,
  text,
  type Json,
} from '../http/tolerant.ts';

/** Fields that name the patron; of these only the end of the identifier is ever carried. */
const OF_THE_PATRON: ReadonlySet<string> = new Set(['patronIdentifier', 'patronNote']);

/**
 * A full record of mod-rs (`GET /rs/patronrequests/{id}`) with what the office's screen shows beyond a scan's needs.
 * Undefined where {@link readRequest} can make nothing of it.
 */
export function readFull(record: Json, seenAt: string): RequestRecord | undefined {
  const view = readRequest(record, seenAt);
  if (view === undefined) return undefined;
  return {
    view,
    history: readHistory(record),
    messages: records(record['notifications']).flatMap(readMessage).sort(byTime),
    rota: readRota(record),
    // mod-rs keeps a lender's note by an action of its own (`localNote`).
    edits: view.side === 'borrowing' && !view.state.terminal ? ['fields', 'note'] : [],
    editable: Object.fromEntries(
      EDITABLE.filter((name) => !OF_THE_PATRON.has(name)).flatMap((name) => {
        const value = number(record[name])?.toString() ?? refdata(record[name]);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    ...present({
      publicationDate: text(record['publicationDate']),
      lenderSystemDue: instant(record['parsedDueDateFromLMS']),
      cost: number(record['cost']),
      currency: text(fields(record['costCurrency'])['label']) ?? refdata(record['costCurrency']),
      localNote: text(record['localNote']),
      patronEnding: text(record['patronIdentifier'])?.slice(-4),
      precededBy: text(fields(record['precededBy'])['id']),
      succeededBy: text(fields(record['succeededBy'])['id']),
    }),
  };
}

function byTime(a: RecordMessage, b: RecordMessage): number {
  return a.at.localeCompare(b.at);
}

/** `timestamp` is epoch milliseconds, unlike every other time of the record. */
function readMessage(entry: Json): readonly RecordMessage[] {
  const id = text(entry['id']);
  const stamp = number(entry['timestamp']);
  const at = stamp === undefined ? instant(entry['dateCreated']) : new Date(stamp).toISOString();
  if (id === undefined || at === undefined) return [];
  const status = text(entry['messageStatus']);
  const mine = flag(entry['isSender']) ?? false;
  return [
    {
      id,
      at,
      mine,
      seen: flag(entry['seen']) ?? false,
      failed: mine && status !== undefined && status.toUpperCase() !== 'OK',
      ...present({
        from: text(fields(fields(entry['messageSender'])['owner'])['name']) ?? text(entry['senderSymbol']),
        text: withoutMarks(text(entry['messageContent'])),
        action: text(entry['attachedAction']),
        status: text(entry['actionStatus']),
      }),
    },
  ];
}

/** Takes off what mod-rs writes for machines: `#ReShare…#` before the words, `#seq:n#` and `#lastSeq:n#` after them. */
export function withoutMarks(content: string | undefined): string | undefined {
  return text(content?.replaceAll(/#(?:ReShare[^#]*|(?:last)?seq:\d*)#/giu, ' ').trim());
}

/**
 * The libraries asked, in order. An entry names its library by ids only: the one asked now is the resolved supplier; of
 * earlier ones the history says "Sent to next supplier AUTHORITY:SYMBOL".
 */
function readRota(record: Json): readonly RecordRotaEntry[] {
  const supplier = fields(record['resolvedSupplier']);
  const supplierName = text(fields(supplier['owner'])['name']) ?? text(record['supplyingInstitutionSymbol']);
  const supplierId = text(fields(supplier['owner'])['id']);
  const at = integer(record['rotaPosition']);
  const asked = records(record['audit']).flatMap((line) => {
    const symbol = /^Sent to next supplier (\S+)/i.exec(text(line['message']) ?? '')?.[1];
    return symbol === undefined ? [] : [{ symbol, no: integer(line['auditNo']) ?? 0 }];
  });
  const inOrder = asked.toSorted((a, b) => a.no - b.no).map(({ symbol }) => symbol);
  return records(record['rota'])
    .flatMap((entry): readonly RecordRotaEntry[] => {
      const position = integer(entry['rotaPosition']);
      if (position === undefined) return [];
      const current = position === at;
      const isSupplier = supplierId !== undefined && text(entry['directoryId']) === supplierId;
      const code = text(fields(entry['state'])['code']);
      return [
        {
          position,
          current,
          ...present({
            library: current || isSupplier ? supplierName : inOrder[position],
            state: code === undefined ? undefined : (stateWords(code)?.label ?? code),
            availability: text(entry['normalisedAvailability']) ?? text(entry['availability']),
            shelfmark: text(entry['shelfmark']),
          }),
        },
      ];
    })
    .sort((a, b) => a.position - b.position);
}
