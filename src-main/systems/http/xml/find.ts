import type { XmlElement } from './parse.ts';

/** The first child of that local name, wherever it stands. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.name === name);
}

/** All children of that local name, in order. */
export function children(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((candidate) => candidate.name === name) ?? [];
}

/** The text of a child; undefined when the child is missing or has none. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  const text = child(element, name)?.text;
  return text === undefined || text === '' ? undefined : text;
}

/** Text for people to read, in Unicode's composed form (NFC), so that equal names are equal. */
export function displayOf(element: XmlElement | undefined, name: string): string | undefined {
  return textOf(element, name)?.normalize('NFC');
}

/** True when an empty marker element such as `IndeterminateLoanPeriodFlag` is there; undefined otherwise. */
export function flag(element: XmlElement | undefined, name: string): true | undefined {
  return child(element, name) === undefined ? undefined : true;
}

/** A whole number of an element; undefined when it is missing or is none. */
export function wholeOf(element: XmlElement | undefined, name: string): number | undefined {
  const text = textOf(element, name);
  return text !== undefined && /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined;
}
