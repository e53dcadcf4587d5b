import { plainWords } from '../../http/bodies.ts';
import { fail, ok, type Result } from '../base.ts';
import { defined } from '../defined.ts';
import { dateOf, type NcipDate } from '../ncip/dates.ts';
import { child, children, displayOf, textOf, wholeOf } from '../xml/find.ts';
import { parseXml, type XmlElement } from '../xml/parse.ts';

/** One copy of a title as WMS Availability tells it. Absent means "not said". */
export interface CopyAvailability {
  /** `itemId`. Absent when a holding has no items of its own. */
  readonly barcode?: string;
  /**
   * `availableNow`: true when WMS counted the copy as on its shelf at that moment. It is no promise: the copy may be in
   * somebody's hand or out of place.
   */
  readonly available?: boolean;
  /** `availabilityDate`: when a loan is due. */
  readonly due?: NcipDate;
  readonly onHold?: boolean;
  readonly renewable?: boolean;
  /** Open list; shown as it came. */
  readonly reason?: string;
  /** `localLocation` (852$b): holding code. */
  readonly holdingCode?: string;
  /** `shelvingLocation` (852$c). */
  readonly shelvingLocation?: string;
  readonly temporaryLocation?: string;
  readonly callNumber?: string;
  readonly copyNumber?: string;
  /** Volume and year, e.g. `v.2 (2011)`. */
  readonly part?: string;
  /** `nucCode` (852$a): whose it is, when a group's holdings are asked for. */
  readonly institution?: string;
}

/** All copies WMS tells of one OCLC number. Temporary items have no OCLC number and are never among them. */
export interface TitleAvailability {
  readonly oclcNumber: string;
  readonly copies: readonly CopyAvailability[];
  /** When it was asked, ISO 8601 UTC: it is true for that moment. */
  readonly at: string;
}

/** A title with hundreds of copies fits; more is cut off by the HTTP client. */
export const AVAILABILITY_MAX_BYTES = 4 * 1024 * 1024;

/** The digits of an OCLC number in any of its dresses: `(OCoLC)ocm00000042`, `on1234567890`, `42`. */
export function oclcNumberOf(text: string): string | undefined {
  return /^(?:\(OCoLC\))?\s*(?:oc[mn]|on)?0*([1-9]\d{0,14})$/i.exec(text.trim())?.[1];
}

/** Reads the SRU answer (`searchRetrieveResponse` with `opacRecord`s). */
export function readAvailability(
  input: Uint8Array | string,
  oclcNumber: string,
  at: string,
): Result<TitleAvailability> {
  const document = parseXml(input, undefined, { maxBytes: AVAILABILITY_MAX_BYTES, maxDepth: 64 });
  const root = document.ok ? document.root : undefined;
  if (root?.name !== 'searchRetrieveResponse') return unreadable(undefined);
  const diagnostic = child(child(root, 'diagnostics'), 'diagnostic');
  if (diagnostic !== undefined) {
    const words = textOf(diagnostic, 'message') ?? textOf(diagnostic, 'details');
    return unreadable(words === undefined ? undefined : plainWords(words));
  }
  const records = children(child(root, 'records'), 'record');
  // Said to have some, and gave none: that is not "no copies".
  if (records.length === 0 && (wholeOf(root, 'numberOfRecords') ?? 0) > 0) return unreadable(undefined);
  const copies = records.flatMap((record) => {
    const opac = child(child(record, 'recordData'), 'opacRecord');
    return children(child(opac, 'holdings'), 'holding').flatMap(copiesOf);
  });
  return ok({ oclcNumber, copies, at });
}

function copiesOf(holding: XmlElement): readonly CopyAvailability[] {
  const common = {
    holdingCode: displayOf(holding, 'localLocation'),
    shelvingLocation: displayOf(holding, 'shelvingLocation'),
    callNumber: displayOf(holding, 'callNumber'),
    copyNumber: textOf(holding, 'copyNumber'),
    institution: textOf(holding, 'nucCode'),
  };
  const volume = partOf(child(child(holding, 'volumes'), 'volume'));
  const circulations = children(child(holding, 'circulations'), 'circulation');
  if (circulations.length === 0) return [defined({ ...common, part: volume })];
  return circulations.map((circulation) =>
    defined({
      barcode: textOf(circulation, 'itemId'),
      available: yesNo(circulation, 'availableNow'),
      due: dateOf(circulation, 'availabilityDate'),
      onHold: yesNo(circulation, 'onHold'),
      renewable: yesNo(circulation, 'renewable'),
      reason: displayOf(circulation, 'reasonUnavailable'),
      temporaryLocation: displayOf(circulation, 'temporaryLocation'),
      part: displayOf(circulation, 'enumAndChron') ?? (circulations.length === 1 ? volume : undefined),
      ...common,
    }),
  );
}

function partOf(volume: XmlElement | undefined): string | undefined {
  return displayOf(volume, 'enumAndChron') ?? displayOf(volume, 'enumeration');
}

/** `value="0"` and `value="1"`; anything else says nothing. */
function yesNo(parent: XmlElement, name: string): boolean | undefined {
  const value = child(parent, name)?.attributes['value'];
  return value === '1' || value === 'true' ? true : value === '0' || value === 'false' ? false : undefined;
}

function unreadable(words: string | undefined) {
  return fail(
    'unreadable-answer',
    'WMS Availability answered something Carrel does not understand. Nothing was changed; look on the WMS screen.',
    { mender: 'host', retry: 'later', theirWords: words },
  );
}
