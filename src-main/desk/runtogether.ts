import {
  LABEL_LIMIT,
  isCheckedLabel,
  isLibraryLabel,
  isPublisherEan,
  isRequestNumber,
  requestInTemporary,
} from './labels.ts';

/** How a burst looks when it is more than one scan. */
export interface Split {
  /** The two labels, in the order they were scanned. */
  readonly halves?: readonly [string, string];
  /** Both halves carry a right check digit or are a request number beside one that does: they can be read as two scans. */
  readonly sure: boolean;
}

/** True for a label that proves itself: a 14-digit one with a right check digit, or a publisher's EAN. */
function provesItself(text: string): boolean {
  return isCheckedLabel(text) || isPublisherEan(text);
}

/** True for a request number or the temporary label made from one. */
function isIllNumber(text: string): boolean {
  return isRequestNumber(text) || requestInTemporary(text) !== undefined;
}

function digitHalves(text: string): Split | undefined {
  if (!/^\d{26,36}$/.test(text)) return undefined;
  for (const at of [14, 13, text.length - 14, text.length - 13]) {
    const first = text.slice(0, at);
    const second = text.slice(at);
    if (provesItself(first) && provesItself(second)) return { halves: [first, second], sure: true };
  }
  if (text.length !== 28) return undefined;
  const first = text.slice(0, 14);
  const second = text.slice(14);
  return isLibraryLabel(first) && isLibraryLabel(second) ? { halves: [first, second], sure: false } : { sure: false };
}

/** `RVR-318430234000517861` and `30234000517861RVR-3184`. */
function numberAndLabel(text: string): Split | undefined {
  const tail = text.slice(-14);
  const beforeTail = text.slice(0, -14);
  if (isCheckedLabel(tail) && isIllNumber(beforeTail)) return { halves: [beforeTail, tail], sure: true };
  const head = text.slice(0, 14);
  const afterHead = text.slice(14);
  if (isCheckedLabel(head) && isIllNumber(afterHead)) return { halves: [head, afterHead], sure: true };
  return undefined;
}

/** `RVR-3184NFD-77`: a letter straight after the running number begins the second request number. */
function twoNumbers(text: string): Split | undefined {
  const match = /^([A-Za-z][A-Za-z0-9]*-\d{1,9})([A-Za-z][A-Za-z0-9]*-\d{1,9})$/.exec(text);
  const first = match?.[1];
  const second = match?.[2];
  return first === undefined || second === undefined ? undefined : { halves: [first, second], sure: false };
}

/**
 * Tells whether a cleaned burst is two scans, or more, rather than one label. `sure` means it may be read as the two halves
 * without asking; otherwise it may still be one odd label, and a look-up of the whole decides.
 */
export function splitBurst(text: string): Split | undefined {
  if (text.length > LABEL_LIMIT) return { sure: false };
  return digitHalves(text) ?? numberAndLabel(text) ?? twoNumbers(text);
}

/**
 * The label inside a burst that is the same label read twice (`RVR-3184RVR-3184`, 28 digits of which the halves are equal),
 * or undefined. Only for shapes of which one whole is not itself a plausible label.
 */
export function labelReadTwice(text: string): string | undefined {
  if (text.length % 2 !== 0 || text.length > LABEL_LIMIT) return undefined;
  const half = text.slice(0, text.length / 2);
  if (half !== text.slice(text.length / 2)) return undefined;
  return isLibraryLabel(half) || isPublisherEan(half) || isIllNumber(half) ? half : undefined;
}
