/** True when the last digit of an all-digit string is its mod-10 (Luhn) check digit, as on 14-digit library labels. */
export function luhnHolds(digits: string): boolean {
  if (!/^\d{2,}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const weighted = i % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** True for 13 digits whose last is the EAN-13 check digit (GS1 General Specifications: weights 1 and 3). */
export function eanHolds(digits: string): boolean {
  if (!/^\d{13}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 13; i += 1) sum += (digits.charCodeAt(i) - 48) * (i % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}

/** True for 12 digits whose last is the UPC-A check digit; UPC-A is EAN-13 with a leading zero. */
export function upcHolds(digits: string): boolean {
  return eanHolds(`0${digits}`);
}

/** True for ten characters, the last perhaps X, that satisfy the mod-11 check of ISO 2108's ten-digit ISBN. */
export function isbn10Holds(text: string): boolean {
  if (!/^\d{9}[\dXx]$/.test(text)) return false;
  let sum = 0;
  for (let i = 0; i < 10; i += 1) {
    const char = text.charAt(i);
    sum += (10 - i) * (char === 'X' || char === 'x' ? 10 : Number(char));
  }
  return sum % 11 === 0;
}
