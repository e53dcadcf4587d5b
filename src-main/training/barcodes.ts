/**
 * The check digit of a 14-digit library barcode (mod 10 with weights 2,1,2,1… from the left, digits of products added).
 * Written here on its own, not shared with the desk rules, so that a mistake cannot be made on both sides at once.
 */
export function checkDigit(thirteenDigits: string): string {
  let sum = 0;
  for (let i = 0; i < thirteenDigits.length; i += 1) {
    const digit = Number(thirteenDigits[i]);
    const product = i % 2 === 0 ? digit * 2 : digit;
    sum += product > 9 ? product - 9 : product;
  }
  return String((10 - (sum % 10)) % 10);
}

/** `kind` 2 for a patron card, 3 for an item; `library` four digits; `serial` up to eight. */
export function libraryBarcode(kind: 2 | 3, library: string, serial: number): string {
  const body = `${kind}${library}${String(serial).padStart(8, '0')}`;
  return body + checkDigit(body);
}

/** A valid item barcode whose last four digits are given, as temporary barcodes carry them. */
export function itemBarcodeEnding(library: string, lastFour: string, startAt = 1000): string {
  for (let n = startAt; ; n += 1) {
    const body = `3${library}${String(n).padStart(5, '0')}${lastFour.slice(0, 3)}`;
    if (checkDigit(body) === lastFour.slice(3)) return body + lastFour.slice(3);
  }
}

/** An ISBN-13 with a true check digit over twelve digits beginning 978. */
export function isbn13(twelveDigits: string): string {
  let sum = 0;
  for (let i = 0; i < 12; i += 1) sum += Number(twelveDigits[i]) * (i % 2 === 0 ? 1 : 3);
  return twelveDigits + String((10 - (sum % 10)) % 10);
}
