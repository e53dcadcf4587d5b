import { defined } from '../../defined.ts';
import { child, displayOf, textOf } from '../../xml/find.ts';
import type { XmlElement } from '../../xml/parse.ts';
import { userIdOf, type UserId } from './ids.ts';
import { levelOf, readLocation, type Location } from './item-fields.ts';
import { nameOf, type PersonName } from './user-fields.ts';

/** What a check-in says to do with the item (WMS staff profile, `RoutingInstructions`). */
export type RoutingKind =
  /** `Re-shelve`: nothing waits for it. */
  | 'reshelve'
  /** `Request:` and the id of a request: a hold waits for it, here or elsewhere. */
  | 'request'
  /** `Process`, or `Process: text`: staff handling; the text is the library's own. */
  | 'process'
  /** `Withdrawn`. */
  | 'withdrawn'
  /** Words Carrel does not know: shown as they came, and looked up on the system's own screen. */
  | 'unknown';

/**
 * `RoutingInformation`: RoutingInstructions Destination RequestType? UserId? NameInformation? Ext?, with
 * `Destination`: Location | BinNumber Location?. Data only; what staff read is made by the rules of the desk.
 */
export interface Routing {
  readonly kind: RoutingKind;
  /** `RoutingInstructions` as it came. */
  readonly raw: string;
  /** Of `request`: the id behind the colon. */
  readonly requestId?: string;
  /** Of `process`: the library's own text behind the colon. */
  readonly text?: string;
  readonly destination?: Destination;
  readonly requestType?: string;
  /** Whom the hold is for. Personal: not kept longer than the screen needs it. */
  readonly requester?: UserId;
  readonly requesterName?: PersonName;
}

export interface Destination {
  /** Level 1 in WMS: a holding code. It is not a branch's registry id; a setting maps it to one. */
  readonly holdingCode?: string;
  /** Level 2 in WMS. */
  readonly shelvingLocation?: string;
  readonly bin?: string;
  readonly location?: Location;
}

const KINDS: ReadonlyMap<string, RoutingKind> = new Map<string, RoutingKind>([
  ['re-shelve', 'reshelve'],
  ['reshelve', 'reshelve'],
  ['request', 'request'],
  ['process', 'process'],
  ['withdrawn', 'withdrawn'],
]);

/** Reads the instruction: the text before the first colon, in any case, says the kind. */
export function readInstructions(raw: string): Pick<Routing, 'kind' | 'raw' | 'requestId' | 'text'> {
  const colon = raw.indexOf(':');
  const head = (colon < 0 ? raw : raw.slice(0, colon)).trim().toLowerCase().replace(/\s+/g, ' ');
  const tail = colon < 0 ? '' : raw.slice(colon + 1).trim();
  const kind = KINDS.get(head) ?? 'unknown';
  // A request without its id cannot be acted on: someone must look.
  if (kind === 'request') return tail === '' ? { kind: 'unknown', raw } : { kind, raw, requestId: tail };
  if (kind === 'process' && tail !== '') return { kind, raw, text: tail };
  return { kind, raw };
}

export function routingOf(message: XmlElement): Routing | undefined {
  const found = child(message, 'RoutingInformation');
  const raw = displayOf(found, 'RoutingInstructions');
  if (found === undefined || raw === undefined) return undefined;
  return defined({
    ...readInstructions(raw),
    destination: destinationOf(found),
    requestType: textOf(found, 'RequestType'),
    requester: userIdOf(found),
    requesterName: nameOf(found),
  });
}

function destinationOf(found: XmlElement): Destination | undefined {
  const destination = child(found, 'Destination');
  if (destination === undefined) return undefined;
  const place = child(destination, 'Location');
  const location = place === undefined ? undefined : readLocation(place);
  return defined({
    holdingCode: levelOf(location, 1),
    shelvingLocation: levelOf(location, 2),
    bin: textOf(destination, 'BinNumber'),
    location,
  });
}
