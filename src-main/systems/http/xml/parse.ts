import { SaxesParser } from 'saxes';
import { decodeXml } from './decode.ts';

/** An element by its local name: prefixes, default namespaces and none at all read the same. */
export interface XmlElement {
  readonly name: string;
  /** By local name; of `Scheme` and `ncip:Scheme` the later. Namespace declarations are left out. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The element's own text, without that of its children, trimmed. */
  readonly text: string;
}

/** Why a document was not read. */
export type XmlFault =
  | 'empty'
  | 'too-large'
  | 'too-deep'
  | 'not-xml'
  | 'declarations'
  | 'undefined-entity'
  | 'truncated'
  | 'two-documents'
  | 'malformed';

/** What was put right on the way, for the log and for a mark beside a name. */
export type XmlNote = 'encoding-fallback' | 'control-characters-dropped';

export interface XmlDocument {
  readonly ok: true;
  readonly root: XmlElement;
  /** True when a DOCTYPE without declarations of its own was skipped. */
  readonly doctype: boolean;
  readonly notes: readonly XmlNote[];
}
export interface XmlRefused {
  readonly ok: false;
  readonly fault: XmlFault;
  /** The parser's own words, for the log: they name the mistake, not the content. */
  readonly reason: string;
}

export interface XmlLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
}

/** One MiB holds any NCIP answer; the schema itself nests about a dozen levels. */
export const XML_LIMITS: XmlLimits = { maxBytes: 1024 * 1024, maxDepth: 64 };

interface Building {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

class Stop extends Error {
  readonly fault: XmlFault;
  constructor(fault: XmlFault, reason: string) {
    super(reason);
    this.fault = fault;
  }
}

/** Characters XML 1.0 does not allow (production 2), as they are and as references. */
const CONTROL =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));/gi;

/**
 * Reads one XML document into a tree. Nothing is fetched and no entity but the five of XML itself is known: a DOCTYPE that
 * declares anything is refused before its content is looked at. Bytes are decoded as {@link decodeXml} says.
 */
export function parseXml(
  input: Uint8Array | string,
  contentType?: string,
  limits: XmlLimits = XML_LIMITS,
): XmlDocument | XmlRefused {
  const size = typeof input === 'string' ? Buffer.byteLength(input, 'utf8') : input.byteLength;
  if (size > limits.maxBytes) return refused('too-large', `${size} bytes, at most ${limits.maxBytes} are read`);
  const decoded = typeof input === 'string' ? undefined : decodeXml(input, contentType);
  const notes: XmlNote[] = decoded?.fellBack === true ? ['encoding-fallback'] : [];
  const given = decoded?.text ?? (input as string);
  const clean = given.replace(CONTROL, '');
  if (clean.length !== given.length) notes.push('control-characters-dropped');
  const text = clean.replace(/^\uFEFF/, '').trim();
  if (text === '') return refused('empty', 'no content');
  if (!text.startsWith('<')) return refused('not-xml', 'does not begin with <');
  try {
    return { ok: true, notes, ...build(text, limits.maxDepth) };
  } catch (error) {
    if (error instanceof Stop) return refused(error.fault, error.message);
    throw error;
  }
}

function refused(fault: XmlFault, reason: string): XmlRefused {
  return { ok: false, fault, reason };
}

function build(text: string, maxDepth: number): { readonly root: XmlElement; readonly doctype: boolean } {
  const open: Building[] = [];
  let root: XmlElement | undefined;
  let doctype = false;
  let ended = false;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', (error) => {
    throw new Stop(faultOf(error.message, ended), error.message);
  });
  parser.on('doctype', (declaration) => {
    if (declaration.includes('[')) throw new Stop('declarations', 'the DOCTYPE declares something');
    doctype = true;
  });
  parser.on('opentag', (tag) => {
    if (open.length >= maxDepth) throw new Stop('too-deep', `more than ${maxDepth} levels`);
    open.push({ name: localName(tag.name), attributes: localAttributes(tag.attributes), children: [], text: '' });
  });
  const addText = (value: string): void => {
    const here = open.at(-1);
    if (here !== undefined) here.text += value;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const done = open.pop();
    if (done === undefined) return;
    done.text = done.text.trim();
    const parent = open.at(-1);
    if (parent === undefined) root = done;
    else parent.children.push(done);
  });
  parser.write(text);
  ended = true;
  parser.close();
  if (root === undefined) throw new Stop('not-xml', 'no element');
  return { root, doctype };
}

/** What the parser complains about when it is told that there is no more is a cut document. */
function faultOf(message: string, ended: boolean): XmlFault {
  if (ended) return 'truncated';
  if (message.includes('only one root')) return 'two-documents';
  if (message.includes('undefined entity')) return 'undefined-entity';
  return 'malformed';
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

function localAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value !== undefined && name !== 'xmlns' && !name.startsWith('xmlns:')) out[localName(name)] = value.trim();
  }
  return out;
}
