import type { XmlElement } from '../../xml/parse.ts';
import type { XmlNode } from '../write.ts';

/** One id as it was asked for and as it came back. */
export interface Echo {
  readonly what: 'item' | 'request' | 'user';
  readonly asked: string | undefined;
  readonly answered: string | undefined;
  /** True when an answer without this id cannot be relied on. */
  readonly compulsory: boolean;
}

/** One NCIP service: how its request is written, and how request and response are read. `Q` asks, `A` answers. */
export interface NcipService<Q, A> {
  /** The element's name; the response's is the same with `Response` behind it. */
  readonly name: string;
  /** False for a look-up, which may be sent again; anything else is sent once. */
  readonly changes: boolean;
  /** The children behind the header, in the schema's order. @throws NotWritable */
  build(ask: Q): readonly XmlNode[];
  /** Undefined when something the message cannot do without is missing. */
  readRequest(message: XmlElement): Q | undefined;
  readResponse(message: XmlElement): A;
  /** The ids to compare before an answer is believed. */
  echo(ask: Q, answer: A): readonly Echo[];
}

/** Children in order, without those that are not there. */
export function inOrder(...content: readonly (XmlNode | readonly XmlNode[] | undefined)[]): readonly XmlNode[] {
  return content.flat().filter((node) => node !== undefined);
}
