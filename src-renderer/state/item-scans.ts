import { isPatronCard, type Prefixes } from '../../src-main/contract/card.ts';

/**
 * The card number in a scan made in the card field; undefined when it is anything else, which is then scanned as always.
 * Takes away only what scanners commonly add: an AIM identifier, Code 39's asterisks, Codabar's letters, spaces.
 */
export function cardIn(raw: string, desk: Prefixes): string | undefined {
  const plain = raw
    .replaceAll(/[\p{C}\s]+/gu, '')
    .replace(/^\][A-Za-z][0-9A-Za-z]/, '')
    .replaceAll(/^\*+|\*+$/g, '');
  const bare = /^[A-D](\d{5,20})[A-D]$/i.exec(plain)?.[1] ?? plain;
  return isPatronCard(bare, desk) ? bare : undefined;
}

/** An OCLC number in a scan that says so itself; bare digits could be an item's label, so they are scanned as always. */
export function oclcNumberIn(raw: string): string | undefined {
  return /^\s*(?:\(OCoLC\)\s*)?(?:\(OCoLC\)|oc[mn]|on)0*([1-9]\d{0,14})\s*$/i.exec(raw)?.[1];
}

/** The number of a publisher's label (EAN-13 of a book or serial, perhaps with its add-on), as a scanner or a hand gives it. */
export function bookNumberIn(raw: string): string | undefined {
  const plain = raw.replaceAll(/[\p{C}\s-]+/gu, '').replace(/^\][A-Za-z][0-9A-Za-z]/, '');
  return /^(97[789]\d{10}|\d{9}[\dXx])(?:\d{2}|\d{5})?$/.exec(plain)?.[1];
}
