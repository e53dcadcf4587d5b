import type { CopySeen } from '../contract/journal.ts';
import type { RequestView } from '../contract/request.ts';
import type { Result } from '../contract/result.ts';
import type { LoanDue } from '../desk/check-out-types.ts';
import type { CopyFacts } from '../desk/copy-words.ts';
import type { ItemLook } from '../desk/item-look.ts';
import { keepNewest, renew } from '../journal/forget.ts';
import type { ItemLookPort } from '../journal/ports.ts';
import type { TitleFacts } from './holds.ts';

export interface ItemLookParts {
  /** The copies of a title; undefined where they are not looked up through Carrel. */
  readonly titles: ((oclcNumber: string, signal?: AbortSignal) => Promise<Result<TitleFacts>>) | undefined;
  /** The requests a label is on. Never rejects. */
  readonly requestsOf: (barcode: string) => Promise<readonly RequestView[]>;
  /** Calls of the last 24 hours, and how many are allowed. */
  readonly quota: () => { readonly used: number; readonly limit: number };
  readonly now: () => Date;
  /** Monotonic milliseconds. */
  readonly mono: () => number;
}

/** Looks at single items, with what was learned of their titles. */
export interface ItemLooker extends ItemLookPort {
  /** The copies of a title were told: from now on each of them can be looked up by its barcode. */
  learn(title: TitleFacts): void;
}

/** Longest wait for a look before a message: somebody stands there with the thing in the hand. Milliseconds. */
const BEFORE_MS = 1_500;
/** After a look that failed or was slow, none is made before a message for this long, milliseconds. */
const PAUSE_MS = 5 * 60_000;
/** From this share of the day's calls on, the rest is kept for changes and for what people ask. */
const SPARE = 0.8;
/** Most copies whose title's number is remembered. */
const LEARNED = 20_000;

/**
 * Looks at one item through WMS Availability. WMS finds copies by the OCLC number of their title alone, so a look is possible
 * only where that is known: from a request of ReShare's for which the item went out, or from a title whose copies were asked
 * for. A look before a message is made only where it is quick and the day's calls allow it.
 */
export function createItemLook({ titles, requestsOf, quota, now, mono }: ItemLookParts): ItemLooker {
  const learned = new Map<string, string>();
  let pausedUntil = Number.NEGATIVE_INFINITY;

  const learn = ({ oclcNumber, copies }: TitleFacts): void => {
    for (const { barcode } of copies) if (barcode !== undefined) renew(learned, fold(barcode), oclcNumber);
    keepNewest(learned, LEARNED);
  };

  const numberOf = async (barcode: string): Promise<{ readonly number: string } | 'temporary' | undefined> => {
    const known = learned.get(fold(barcode));
    if (known !== undefined) return { number: known };
    const requests = await requestsOf(barcode);
    if (requests.some((request) => isTemporary(request, barcode))) return 'temporary';
    const number = requests.find((one) => wentOut(one, barcode) && one.oclcNumber !== undefined)?.oclcNumber;
    return number === undefined ? undefined : { number };
  };

  const at = (): string => now().toISOString();
  const none = (why: 'no-number' | 'temporary' | 'not-offered'): ItemLook => ({ kind: 'none', why, at: at() });

  return {
    learn,

    async before(barcode): Promise<CopySeen | undefined> {
      const { used, limit } = quota();
      if (titles === undefined || used >= limit * SPARE || mono() < pausedUntil) return undefined;
      const title = await numberOf(barcode);
      if (title === undefined || title === 'temporary') return undefined;
      const found = await titles(title.number, AbortSignal.timeout(BEFORE_MS));
      if (!found.ok) {
        pausedUntil = mono() + PAUSE_MS;
        return undefined;
      }
      learn(found.value);
      const copy = copyOf(found.value, barcode);
      return copy === undefined ? undefined : seen(copy, found.value.at);
    },

    async after(what): Promise<ItemLook> {
      if (titles === undefined) return none('not-offered');
      if ('oclcNumber' in what) return titleLook(await titles(what.oclcNumber), what.oclcNumber, at());
      const title = await numberOf(what.barcode);
      if (title === 'temporary' || title === undefined) return none(title ?? 'no-number');
      const found = await titles(title.number);
      if (!found.ok) return { kind: 'failed', sentence: found.error.sentence, at: at() };
      learn(found.value);
      const copy = copyOf(found.value, what.barcode);
      const { copies, oclcNumber, at: asked } = found.value;
      if (copy === undefined) return { kind: 'not-among', oclcNumber, copies: copies.length, at: asked };
      return { kind: 'copy', copy: seen(copy, asked), place: placeOf(copy), at: asked };
    },
  };
}

function titleLook(found: Result<TitleFacts>, oclcNumber: string, now: string): ItemLook {
  if (!found.ok) return { kind: 'failed', sentence: found.error.sentence, at: now };
  const { copies, at } = found.value;
  const wanted = copies.filter(({ onHold }) => onHold === true).length;
  return { kind: 'title', oclcNumber, copies: copies.length, wanted, at };
}

/** A borrowed item under the label it has here. */
function isTemporary({ side, volumes, hrid }: RequestView, barcode: string): boolean {
  const labels = [hrid, ...volumes.flatMap((volume) => [volume.temporaryItemBarcode, volume.itemId])];
  return side === 'borrowing' && labels.some((label) => label !== undefined && fold(label) === fold(barcode));
}

/** Our own item that went out for a request. */
function wentOut({ side, volumes, selectedItemBarcode }: RequestView, barcode: string): boolean {
  const labels = [selectedItemBarcode, ...volumes.map(({ itemId }) => itemId)];
  return side === 'lending' && labels.some((label) => label !== undefined && fold(label) === fold(barcode));
}

function copyOf({ copies }: TitleFacts, barcode: string): CopyFacts | undefined {
  return copies.find((copy) => copy.barcode !== undefined && fold(copy.barcode) === fold(barcode));
}

function seen({ available, due, onHold, reason }: CopyFacts, at: string): CopySeen {
  return {
    at,
    ...(available === undefined ? {} : { available }),
    ...(due === undefined ? {} : { due: dueText(due) }),
    ...(onHold === undefined ? {} : { onHold }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function placeOf({ holdingCode, shelvingLocation }: CopyFacts) {
  return {
    ...(holdingCode === undefined ? {} : { holdingCode }),
    ...(shelvingLocation === undefined ? {} : { shelvingLocation }),
  };
}

function dueText(due: LoanDue): string {
  return due.kind === 'instant' ? due.utc : due.kind === 'day' ? due.day : due.words;
}

function fold(barcode: string): string {
  return barcode.trim().toUpperCase();
}
