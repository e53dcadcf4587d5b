/** An element to be written: its children, or its text. Namespaces and prefixes are added when it is written. */
export interface XmlNode {
  readonly name: string;
  readonly scheme?: string;
  readonly content: string | readonly XmlNode[];
}

/** How a host wants its XML. The defaults are what the NCIP 2 schema calls valid. */
export interface XmlStyle {
  /** Prefix of every element; empty for a default namespace. */
  readonly prefix: string;
  /** False for hosts that read elements without a namespace only. */
  readonly namespaced: boolean;
  /** True for `ncip:version`, as the schema wants; false for a bare `version`, as many hosts send and read it. */
  readonly qualifiedAttributes: boolean;
}

export const STRICT_STYLE: XmlStyle = { prefix: 'ns1', namespaced: true, qualifiedAttributes: true };

/** Raised for a message that cannot be written; caught where messages are built, and nowhere shown to people. */
export class NotWritable extends Error {}

const NAMESPACE = 'http://www.niso.org/2008/ncip';
const ATTRIBUTE_PREFIX = 'ncip';

/** Anything outside production 2 of XML 1.0, lone surrogates included. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** An element with the children that are there. */
export function element(name: string, ...content: readonly (XmlNode | readonly XmlNode[] | undefined)[]): XmlNode {
  return { name, content: content.flat().filter((node) => node !== undefined) };
}

/** An element with text; undefined when there is none to write. */
export function leaf(name: string, text: string | undefined): XmlNode | undefined {
  return text === undefined ? undefined : { name, content: text };
}

/** An element that must have something to say. */
export function required(name: string, text: string): XmlNode {
  if (text.trim() === '') throw new NotWritable(`${name} is blank`);
  return { name, content: text };
}

/** An empty marker element, when it is wanted. */
export function marker(name: string, wanted: boolean | undefined): XmlNode | undefined {
  return wanted === true ? { name, content: '' } : undefined;
}

/** `xs:dateTime` with a zone; anything else is refused rather than repaired. */
export function dateTime(name: string, value: string | undefined): XmlNode | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) || Number.isNaN(Date.parse(value))) {
    throw new NotWritable(`${name} is no date and time with a zone`);
  }
  return { name, content: value };
}

/** A whole number of at least `least`. */
export function whole(name: string, value: number | undefined, least: number): XmlNode | undefined {
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value) || value < least) throw new NotWritable(`${name} is no whole number from ${least}`);
  return { name, content: String(value) };
}

/** The document, as UTF-8 text. @throws NotWritable when a value holds a character XML cannot carry. */
export function writeDocument(root: XmlNode, version: string, style: XmlStyle): string {
  const { prefix, namespaced } = style;
  const tag = prefix === '' || !namespaced ? '' : `${prefix}:`;
  const qualified = style.qualifiedAttributes && namespaced;
  const attribute = !qualified ? '' : prefix === '' ? `${ATTRIBUTE_PREFIX}:` : tag;
  const declarations = !namespaced
    ? ''
    : prefix === ''
      ? ` xmlns="${NAMESPACE}"${qualified ? ` xmlns:${ATTRIBUTE_PREFIX}="${NAMESPACE}"` : ''}`
      : ` xmlns:${prefix}="${NAMESPACE}"`;

  const write = (node: XmlNode): string => {
    const name = tag + node.name;
    const scheme = node.scheme === undefined ? '' : ` ${attribute}Scheme="${escaped(node.scheme)}"`;
    const inner = typeof node.content === 'string' ? escaped(node.content) : node.content.map(write).join('');
    return inner === '' ? `<${name}${scheme}/>` : `<${name}${scheme}>${inner}</${name}>`;
  };

  const body = write(root);
  const name = `${tag}NCIPMessage`;
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${declarations} ${attribute}version="${escaped(version)}">${body}</${name}>`;
  if (NOT_XML.test(text)) throw new NotWritable('a value holds a character that XML cannot carry');
  return text;
}

function escaped(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (c) => ESCAPES[c] ?? c);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A parser would turn these into spaces or newlines of its own.
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};
