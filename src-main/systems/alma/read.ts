import type { AlmaCode, AlmaLoan, AlmaPatron, AlmaRequest, AlmaScan } from '../../contract/alma.ts';
import { day, fields, instant, present, records, text, type Json } from '../http/tolerant.ts';

/**
 * Alma's records as far as Carrel needs them. Coded fields come as `{value, desc}`; what a library left empty is missing, an empty
 * text or an empty object. Everything else of a record is left where it is.
 */

/** An item by its barcode, with what its other calls need (`bib_data`, `holding_data`, `item_data`). */
export interface AlmaItem {
  readonly barcode: string;
  readonly mmsId: string;
  readonly holdingId: string;
  readonly pid: string;
  readonly title?: string;
  readonly author?: string;
  /** `base_status`, as the library reads it: "Item in place". */
  readonly status?: string;
  /** `process_type`, as the library reads it: "Loan", "Resource Sharing Request". */
  readonly process?: string;
  readonly library?: string;
  readonly location?: string;
}

/** A resource sharing partner. */
export interface AlmaPartner {
  readonly code: string;
  readonly name: string;
  /** `system_type`, such as WorldShare ILL. */
  readonly systemType?: string;
  /** `profile_type`: NCIP, ISO… */
  readonly profileType?: string;
}

/** A slip in Alma's print queue. Its text names a patron: shown or printed, never kept. */
export interface AlmaPrintout {
  readonly id: string;
  /** What kind of letter, in the library's words. */
  readonly kind?: string;
  /** ISO 8601 UTC. */
  readonly date?: string;
  readonly html?: string;
}

export function loanOf(json: Json): AlmaLoan | undefined {
  const [loanId, user, barcode] = [text(json['loan_id']), text(json['user_id']), text(json['item_barcode'])];
  if (loanId === undefined || user === undefined || barcode === undefined) return undefined;
  return {
    loanId,
    user,
    barcode,
    ...present({
      title: text(json['title']),
      due: instant(json['due_date']),
      status: text(json['process_status']),
    }),
  };
}

/** Borrowing and lending requests have the same shape; undefined without a number or a status. */
export function requestOf(json: Json): AlmaRequest | undefined {
  const requestId = text(json['request_id']);
  const status = coded(json['status']);
  if (requestId === undefined || status === undefined) return undefined;
  const partner = coded(json['partner']);
  return {
    requestId,
    status,
    ...present({
      externalId: text(json['external_id']),
      partner: partner === undefined ? undefined : { code: partner.code, name: partner.label },
      user: text(fields(json['requester'])['value']),
      title: text(json['title']),
      author: text(json['author']),
      barcode: text(json['barcode']),
      createdDate: day(json['created_date']),
      lastModified: instant(json['last_modified_time']) ?? day(json['last_modified_date']),
    }),
  };
}

export function itemOf(json: Json): AlmaItem | undefined {
  const [bib, holding, item] = [fields(json['bib_data']), fields(json['holding_data']), fields(json['item_data'])];
  const [mmsId, holdingId] = [text(bib['mms_id']), text(holding['holding_id'])];
  const [pid, barcode] = [text(item['pid']), text(item['barcode'])];
  if (mmsId === undefined || holdingId === undefined || pid === undefined || barcode === undefined) return undefined;
  return {
    barcode,
    mmsId,
    holdingId,
    pid,
    ...present({
      title: text(bib['title']),
      author: text(bib['author']),
      status: coded(item['base_status'])?.label,
      process: coded(item['process_type'])?.label,
      library: coded(item['library'])?.label,
      location: coded(item['location'])?.label,
    }),
  };
}

export function scanOf(json: Json, barcode: string): AlmaScan {
  return {
    barcode,
    ...present({ title: text(fields(json['bib_data'])['title']), next: text(json['additional_info']) }),
  };
}

/** First name and initial: enough to tell two people at a desk apart, and no more. */
export function patronOf(json: Json): AlmaPatron | undefined {
  const user = text(json['primary_id']);
  if (user === undefined) return undefined;
  const [first, last] = [text(json['first_name']), text(json['last_name'])];
  const initial = last === undefined ? undefined : `${Array.from(last.trim())[0] ?? ''}.`;
  return { user, name: [first?.trim(), initial].filter((part) => part !== undefined).join(' ') || user };
}

/** Rows of a code table that are switched on. */
export function codesOf(json: Json): readonly AlmaCode[] {
  return records(json['row']).flatMap((row) => {
    const code = text(row['code']);
    const off = row['enabled'] === 'false' || row['enabled'] === false;
    return code === undefined || off ? [] : [{ code, label: text(row['description']) ?? code }];
  });
}

/** `partner[].partner_details`. */
export function partnerOf(json: Json): AlmaPartner | undefined {
  const details = fields(json['partner_details']);
  const code = text(details['code']);
  if (code === undefined) return undefined;
  return {
    code,
    name: text(details['name']) ?? code,
    ...present({
      systemType: coded(details['system_type'])?.label,
      profileType: coded(details['profile_type'])?.label ?? text(details['profile_type']),
    }),
  };
}

/** A library or a circulation desk: `{code, name}`. */
export function placeOf(json: Json): AlmaCode | undefined {
  const code = text(json['code']);
  return code === undefined ? undefined : { code, label: text(json['name']) ?? code };
}

export function printoutOf(json: Json): AlmaPrintout | undefined {
  const id = text(json['id']);
  if (id === undefined) return undefined;
  return {
    id,
    ...present({
      kind: text(json['printout']) ?? coded(json['printout'])?.label,
      date: instant(json['date']),
      html: text(json['letter']),
    }),
  };
}

/** A coded field: its code and what staff read, the code where there is no label. */
function coded(value: unknown): AlmaCode | undefined {
  const { value: code, desc } = fields(value);
  const known = text(code);
  return known === undefined ? undefined : { code: known, label: text(desc) ?? known };
}
