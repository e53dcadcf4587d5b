import { fail, ok, type Result } from '../base.ts';
import { defined } from '../defined.ts';
import { initiationHeader, readHeader, type NcipHeader } from './blocks/header.ts';
import { requiredTermsOf, type RequiredTerms } from './blocks/money.ts';
import type { NcipService } from './messages/service.ts';
import type { ProblemAliases } from './problem-meanings.ts';
import { readProblem, type NcipProblem } from './problem.ts';
import { child, children } from '../xml/find.ts';
import { parseXml, type XmlElement, type XmlFault, type XmlLimits, type XmlNote } from '../xml/parse.ts';
import { element, NotWritable, STRICT_STYLE, writeDocument, type XmlStyle } from './write.ts';

/** Version attribute of NCIP 2.02 as OCLC's resource sharing profile and most hosts write it. */
export const NCIP_2_02 = 'http://www.niso.org/schemas/ncip/v2_02/ncip_v2_02.xsd';
/** Of NCIP 2.01, as OCLC documents it for the staff profile. */
export const NCIP_2_01 = 'http://www.niso.org/schemas/ncip/v2_01/ncip_v2_01.xsd';

/** A message as read, before its service's own content. */
export interface NcipMessage {
  readonly kind: 'message';
  /** Name of the message element, e.g. `CheckInItemResponse`; `Problem` when the problem stands alone. */
  readonly name: string;
  readonly element: XmlElement;
  readonly version?: string;
  readonly header?: NcipHeader;
  /** Not empty: the host said no, whatever else the message holds. */
  readonly problems: readonly NcipProblem[];
  /** What the host wants agreed to before it says yes. */
  readonly terms?: RequiredTerms;
  /** `Ext`, as it came: vendors' own content, kept and not interpreted. */
  readonly ext?: XmlElement;
  readonly notes: readonly XmlNote[];
}

/** Why a text is no NCIP 2 message. `reason` is for the log. */
export interface NotNcip {
  readonly kind: 'not-ncip';
  readonly why: XmlFault | 'ncip-1' | 'other-xml';
  readonly reason: string;
}

/**
 * Reads an answer (or request) by local names: any prefix, any namespace or none, any order. The message is the root or
 * the first child of the root that is one; a root that is a message itself is accepted.
 */
export function readNcip(
  input: Uint8Array | string,
  options: { readonly contentType?: string; readonly limits?: XmlLimits; readonly aliases?: ProblemAliases } = {},
): NcipMessage | NotNcip {
  const document = parseXml(input, options.contentType, options.limits);
  if (!document.ok) return { kind: 'not-ncip', why: document.fault, reason: document.reason };
  const { root } = document;
  const wrapped = root.name === 'NCIPMessage';
  const found = wrapped ? root.children.find(isMessage) : isMessage(root) ? root : undefined;
  if (found === undefined) return { kind: 'not-ncip', why: 'other-xml', reason: `the root is ${root.name}` };
  if (isNcip1(root, found)) return { kind: 'not-ncip', why: 'ncip-1', reason: 'a message of NCIP version 1' };
  const problems =
    found.name === 'Problem' ? children(wrapped ? root : undefined, 'Problem') : children(found, 'Problem');
  return defined({
    kind: 'message' as const,
    name: found.name,
    element: found,
    version: root.attributes['version'],
    header: readHeader(found),
    problems: (problems.length === 0 && found.name === 'Problem' ? [found] : problems).map((problem) =>
      readProblem(problem, options.aliases),
    ),
    terms: requiredTermsOf(found),
    ext: child(found, 'Ext'),
    notes: document.notes,
  });
}

/** Services this client knows; a known name or any `…Response` is a message. */
const REQUESTS: ReadonlySet<string> = new Set([
  'AcceptItem',
  'CancelRequestItem',
  'CheckInItem',
  'CheckOutItem',
  'CreateItem',
  'CreateUserFiscalTransaction',
  'DeleteItem',
  'LookupItem',
  'LookupItemSet',
  'LookupRequest',
  'LookupUser',
  'RenewItem',
  'RequestItem',
  'UndoCheckOutItem',
  'UpdateRequestItem',
  'Problem',
]);

function isMessage(candidate: XmlElement): boolean {
  return REQUESTS.has(candidate.name) || /^[A-Z]\w*Response$/.test(candidate.name);
}

/** NCIP 1 names itself in its DTD and nests errors and ids in elements NCIP 2 does not have. */
function isNcip1(root: XmlElement, message: XmlElement): boolean {
  if (/ncip_v?1|version[ _]1/i.test(root.attributes['version'] ?? '')) return true;
  const problem = child(message, 'Problem');
  if (child(problem, 'ProcessingError') !== undefined || child(problem, 'MessagingError') !== undefined) return true;
  const header = child(message, 'InitiationHeader') ?? child(message, 'ResponseHeader');
  return child(child(header, 'FromAgencyId'), 'UniqueAgencyId') !== undefined;
}

/**
 * Writes a request, valid against the NCIP 2.02 schema in the strict style. A value that is missing, blank or cannot be
 * carried by XML is a fault in Carrel or its settings, and nothing is sent.
 */
export function buildNcip<Q>(
  service: Pick<NcipService<Q, never>, 'name' | 'build'>,
  ask: Q,
  header: NcipHeader,
  options: { readonly version?: string; readonly style?: XmlStyle } = {},
): Result<string> {
  try {
    const message = element(service.name, initiationHeader(header), service.build(ask));
    return ok(writeDocument(message, options.version ?? NCIP_2_02, options.style ?? STRICT_STYLE));
  } catch (error) {
    if (!(error instanceof NotWritable)) throw error;
    return fail(
      'bad-input',
      'This cannot be sent: what was scanned or typed has a blank or a character in it that the circulation system cannot take. Scan it again; if it stays so, a library administrator should check the settings.',
      { mender: 'desk', theirWords: `${service.name}: ${error.message}` },
    );
  }
}
