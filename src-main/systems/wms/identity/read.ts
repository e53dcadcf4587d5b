import { isRecord, jsonOf } from '../../http/bodies.ts';
import { fail, ok, type Result } from '../base.ts';
import { defined } from '../defined.ts';

/** A patron as OCLC's identity service tells it. Personal: shown while needed, not logged, not kept. */
export interface ScimPatron {
  readonly id?: string;
  readonly barcode?: string;
  readonly name?: string;
  readonly given?: string;
  readonly surname?: string;
  readonly email?: string;
  /** `borrowerCategory`. */
  readonly category?: string;
  /** Registry id of the home branch. */
  readonly homeBranch?: string;
  /** `isCircBlocked`. Undefined when the record has no circulation part. */
  readonly circulationBlocked?: boolean;
  /** `isBlocked` of the ILL part: separate from circulation, and ReShare does not look at it. */
  readonly illBlocked?: boolean;
  readonly illApproved?: boolean;
  readonly illPickupLocation?: string;
  /** `oclcExpirationDate`, ISO 8601 UTC. */
  readonly expires?: string;
}

const CIRCULATION = 'urn:mace:oclc.org:eidm:schema:persona:wmscircpatroninfo:20180101';
const PERSONA = 'urn:mace:oclc.org:eidm:schema:persona:persona:20180305';
const ILL = 'urn:mace:oclc.org:eidm:schema:persona:wsillinfo:20180101';

/** The body of a search by barcode (RFC 7644 §3.4.3), with what a filter's string must have escaped. */
export function searchByBarcode(barcode: string): string {
  return JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    filter: `External_ID eq "${barcode.replace(/["\\]/g, '\\$&')}"`,
  });
}

/**
 * Reads the answer to {@link searchByBarcode}. Undefined when nobody has that barcode. What came back is compared with
 * what was asked, because a filter a server cannot use may be dropped in silence.
 */
export function readSearch(text: string, barcode: string): Result<ScimPatron | undefined> {
  const body = jsonOf({ text });
  const found = isRecord(body) ? (body['Resources'] ?? (body['totalResults'] === 0 ? [] : undefined)) : undefined;
  if (!Array.isArray(found) || !found.every(isRecord)) return unreadable();
  const matching = found.map(readPatron).filter(({ keys }) => keys.some((key) => same(key, barcode)));
  if (found.length > 0 && matching.length === 0) return unreadable();
  if (matching.length > 1) {
    return fail('refused', 'OCLC has more than one patron with this barcode. Find the right one on the WMS screen.', {
      mender: 'desk',
    });
  }
  return ok(matching[0]?.patron);
}

function readPatron(resource: Readonly<Record<string, unknown>>): {
  readonly patron: ScimPatron;
  readonly keys: readonly string[];
} {
  const name = record(resource['name']);
  const circulation = record(record(resource[CIRCULATION])['circulationInfo']);
  const persona = record(resource[PERSONA]);
  const ill = record(record(resource[ILL])['illInfo']);
  const given = display(name['givenName']);
  const surname = display(name['familyName']);
  const joined = [given, surname].filter((part) => part !== undefined).join(' ');
  const external = words(resource['externalId']);
  const barcode = words(circulation['barcode']);
  const patron = defined({
    id: words(resource['id']),
    barcode: barcode ?? external,
    name: joined === '' ? undefined : joined,
    given,
    surname,
    email: emailOf(resource['emails']),
    category: display(circulation['borrowerCategory']),
    homeBranch: words(circulation['homeBranch']),
    circulationBlocked: yesNo(circulation['isCircBlocked']),
    illBlocked: yesNo(ill['isBlocked']),
    illApproved: yesNo(ill['isApproved']),
    illPickupLocation: words(ill['illPickupLocation']),
    expires: instant(persona['oclcExpirationDate']),
  });
  return { patron, keys: [external, barcode].filter((key) => key !== undefined) };
}

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function words(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function display(value: unknown): string | undefined {
  return words(value)?.normalize('NFC');
}

function yesNo(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** The primary address, or the first. */
function emailOf(value: unknown): string | undefined {
  const list = Array.isArray(value) ? value.filter(isRecord) : [];
  return words((list.find((email) => email['primary'] === true) ?? list[0])?.['value']);
}

function instant(value: unknown): string | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

function unreadable() {
  return fail(
    'unreadable-answer',
    'OCLC answered the patron look-up with something Carrel does not understand. Look the patron up on the WMS screen.',
    { mender: 'host', retry: 'later' },
  );
}
