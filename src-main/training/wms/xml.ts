import { SaxesParser } from 'saxes';

/** An element as it was read; names and attribute names without their prefixes. */
export interface XmlElement {
  readonly name: string;
  readonly uri: string;
  /** By `{namespace}name`, or by bare name when the attribute has no namespace. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, trimmed. */
  readonly text: string;
}

/** What was sent is no XML, or XML a careful reader refuses. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
}

interface Open {
  readonly name: string;
  readonly uri: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const close = ({ name, uri, attributes, children, text }: Open): XmlElement => ({
  name,
  uri,
  attributes,
  children,
  text: text.trim(),
});

/**
 * Reads one XML document.
 *
 * @throws XmlError when it is not well-formed or has a DOCTYPE.
 */
export function readXml(document: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: Open[] = [];
  let root: XmlElement | undefined;
  parser.on('error', (error) => {
    throw new XmlError(error.message);
  });
  parser.on('doctype', () => {
    throw new XmlError('a document type declaration is not allowed');
  });
  parser.on('opentag', (tag) => {
    const attributes = new Map<string, string>();
    for (const { local, uri, value } of Object.values(tag.attributes)) {
      attributes.set(uri === '' ? local : `{${uri}}${local}`, value);
    }
    open.push({ name: tag.local, uri: tag.uri, attributes, children: [], text: '' });
  });
  const addText = (text: string): void => {
    const top = open.at(-1);
    if (top !== undefined) top.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const done = open.pop();
    if (done === undefined) return;
    const element = close(done);
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
  });
  parser.write(document).close();
  if (root === undefined) throw new XmlError('there is no element');
  return root;
}

/** The first descendant along the path of element names. */
export function at(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let found = element;
  for (const name of path) found = found?.children.find((child) => child.name === name);
  return found;
}

/** The text of the first descendant along the path; undefined when it is absent or empty. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  const text = at(element, ...path)?.text;
  return text === '' ? undefined : text;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
}
