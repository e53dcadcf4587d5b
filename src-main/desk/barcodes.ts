import { isPatronCard, longestPrefix } from '../contract/card.ts';
import { RAW_LIMIT } from '../contract/scan.ts';
import type { ReadingKind } from '../contract/scan.ts';
import type { DeskSettings } from '../contract/settings.ts';
import { isbn10Holds, luhnHolds, upcHolds, eanHolds } from './checkdigits.ts';
import {
  LABEL_LIMIT,
  bareIsbn,
  eanBeforeAddOn,
  isLibraryLabel,
  isMistypedIsbn,
  isPublisherEan,
  isRequestNumber,
  requestInTemporary,
} from './labels.ts';
import { labelReadTwice, splitBurst } from './runtogether.ts';
import type { Reading, ReadingNote } from './types.ts';

/** Symbologies by the letter of the AIM identifier (ISO/IEC 15424) that scanners can put in front of a label. */
const AIM: Readonly<Record<string, string>> = {
  A: 'Code 39',
  C: 'Code 128',
  E: 'EAN or UPC',
  F: 'Codabar',
  G: 'Code 93',
  I: 'Interleaved 2 of 5',
  L: 'PDF417',
  Q: 'QR Code',
  X: 'other barcode',
  d: 'Data Matrix',
  z: 'Aztec',
};

interface Cleaning {
  text: string;
  symbology: string | undefined;
  /** The text with Codabar's letters still on: some catalogues keep them in the barcode. */
  withLetters: string | undefined;
  readonly notes: Set<ReadingNote>;
}

/** Cuts at the limit without leaving half of a character that takes two code units. */
function cut(raw: string): string {
  const end = RAW_LIMIT - (/[\uD800-\uDBFF]/.test(raw.charAt(RAW_LIMIT - 1)) ? 1 : 0);
  return raw.slice(0, end);
}

/** Takes away what scanners, keyboards and label software add around a barcode. One pass; repeated until nothing changes. */
function cleanOnce(c: Cleaning): void {
  // Control, format and private-use characters, lone surrogates, line and paragraph separators: never part of a label.
  const trimmed = c.text.trim();
  const visible = trimmed.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '');
  if (visible !== trimmed) c.notes.add('control-characters');
  let text = visible.trim();

  const aim = /^\]([A-Za-z])[0-9A-Za-z](?=.)/.exec(text);
  const symbology = AIM[aim?.[1] ?? ''];
  if (aim !== null && symbology !== undefined) {
    c.notes.add('aim-identifier');
    c.symbology ??= symbology;
    text = text.slice(3);
  }

  const bare = text.replace(/^\*+|\*+$/g, '');
  if (bare !== text) c.notes.add('code39-delimiters');
  text = bare.trim();

  const codabar =
    /^[A-Da-d](\d[\d\-$:/.+ ]*)[A-Da-d]$/.exec(text) ?? /^[ATBNCDEatbncde](\d{14})[ATBNCDEatbncde]$/.exec(text);
  const inside = codabar?.[1];
  if (inside !== undefined && (inside.match(/\d/g)?.length ?? 0) >= 5) {
    c.notes.add('codabar-delimiters');
    c.withLetters ??= text;
    text = inside;
  }

  if (/^\d[\d ]* [\d ]*$/.test(text)) {
    c.notes.add('clsi-spaces');
    text = text.replace(/ /g, '');
  }
  c.text = text;
}

/** Brings a cleaned label to the form in which it is looked up and shown. */
function settleOnce(c: Cleaning): void {
  const once = labelReadTwice(c.text);
  if (once !== undefined) {
    c.notes.add('read-twice');
    c.text = once;
    return;
  }
  const isbn = bareIsbn(c.text) ?? eanBeforeAddOn(c.text);
  if (isbn !== undefined) {
    c.text = isbn;
    return;
  }
  if (/[a-z]/.test(c.text) && (isRequestNumber(c.text) || requestInTemporary(c.text) !== undefined)) {
    c.notes.add('caps-lock');
    c.text = c.text.toUpperCase();
  }
}

function clean(raw: string): Cleaning {
  const c: Cleaning = { text: raw, symbology: undefined, withLetters: undefined, notes: new Set() };
  if (raw.length > RAW_LIMIT) {
    c.text = cut(raw);
    c.notes.add('cut-short');
  }
  // Every pass shortens the text or only raises its case, so this ends.
  for (let before = ''; before !== c.text;) {
    before = c.text;
    cleanOnce(c);
    settleOnce(c);
  }
  if (!/[\p{L}\p{N}]/u.test(c.text)) c.text = '';
  return c;
}

function isPublisherLabel(text: string, symbology: string | undefined, desk: DeskSettings): boolean {
  if (longestPrefix(text, desk.itemPrefixes) > 0) return false;
  if (isPublisherEan(text) || isMistypedIsbn(text) || isbn10Holds(text)) return true;
  return symbology === AIM['E'] && (eanHolds(text) || upcHolds(text));
}

function kindOf(text: string, c: Cleaning, desk: DeskSettings): ReadingKind {
  if (text === '') return 'unreadable';
  if (isPublisherLabel(text, c.symbology, desk)) return 'isbn';
  if (splitBurst(text) !== undefined) return 'run-together';
  if (isPatronCard(text, desk)) return 'patron-card';
  if (requestInTemporary(text) !== undefined) return 'temporary-item';
  return isRequestNumber(text) ? 'request' : 'item';
}

/** Forms to look up, best first; empty where no system could know the label. */
function candidatesOf(kind: ReadingKind, c: Cleaning): readonly string[] {
  const { text } = c;
  if (kind === 'unreadable' || text.length > LABEL_LIMIT) return [];
  if (kind === 'isbn') return isbn10Holds(text) && /^\d+$/.test(text) ? [text] : [];
  if (kind === 'run-together') return splitBurst(text)?.sure === true ? [] : [text];
  const forms = [text];
  const inside = requestInTemporary(text);
  if (inside !== undefined) forms.push(inside);
  if (c.withLetters !== undefined) forms.push(c.withLetters);
  return [...new Set(forms)];
}

/**
 * Reads a label: takes away what the scanner added, says what kind of label it is and in which forms to look it up. Accepts
 * any string and never throws; reading the resulting barcode again gives the same barcode; nothing is added that was not
 * scanned, save that request numbers are put in capitals. A wrong check digit is a note, never a refusal, since many
 * libraries number their items by other rules.
 */
export function readScan(raw: string, desk: DeskSettings): Reading {
  const c = clean(raw);
  const kind = kindOf(c.text, c, desk);
  if ((isLibraryLabel(c.text) && !luhnHolds(c.text)) || isMistypedIsbn(c.text)) c.notes.add('check-digit-wrong');
  const split = kind === 'run-together' ? splitBurst(c.text) : undefined;
  return {
    raw: raw.length > RAW_LIMIT ? cut(raw) : raw,
    barcode: c.text,
    kind,
    candidates: candidatesOf(kind, c),
    notes: [...c.notes],
    ...(c.symbology === undefined ? {} : { symbology: c.symbology }),
    ...(split?.halves === undefined ? {} : { halves: split.halves }),
    ...(split?.sure === true ? { sureSplit: true } : {}),
  };
}
