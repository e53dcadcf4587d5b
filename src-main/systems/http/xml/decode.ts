/** Text of an answer and how it was found. */
export interface DecodedText {
  readonly text: string;
  /** Label of the encoding used, lower case. */
  readonly encoding: string;
  /** True when the bytes were not what they were said to be and were read as Windows-1252 instead. */
  readonly fellBack: boolean;
}

const BYTE_ORDER_MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * Decodes an XML document: by byte order mark, then by XML declaration, then by the charset of the HTTP header, then as
 * UTF-8 (XML 1.0 appendix F, with the declaration before the header, because hosts label their answers carelessly).
 * Bytes that are not valid in the encoding found are read as Windows-1252 and the result says so.
 */
export function decodeXml(bytes: Uint8Array, contentType?: string): DecodedText {
  const mark = BYTE_ORDER_MARKS.find(([, signature]) => signature.every((byte, at) => bytes[at] === byte));
  if (mark !== undefined) return decodeAs(bytes, mark[0]);
  const bare = withoutMark(bytes);
  if (bare !== undefined) return decodeAs(bytes, bare);
  const declared = declaredEncoding(bytes) ?? /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1];
  return decodeAs(bytes, singleByteOf(declared));
}

function decodeAs(bytes: Uint8Array, label: string): DecodedText {
  const text = strictly(bytes, label);
  if (text !== undefined) return { text, encoding: label, fellBack: false };
  return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252', fellBack: true };
}

function strictly(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (error) {
    // TypeError: bytes that do not fit.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** UTF-16 without a mark shows as `<` and a zero byte. */
function withoutMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0x3c && bytes[1] === 0x00) return 'utf-16le';
  if (bytes[0] === 0x00 && bytes[1] === 0x3c) return 'utf-16be';
  return undefined;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 256));
  return /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
}

/**
 * The label as this runtime knows it, or UTF-8. A declaration that could be read byte by byte cannot be true when it says
 * UTF-16, and names this runtime does not know are no better than none.
 */
function singleByteOf(label: string | undefined): string {
  if (label === undefined || /^utf-?16/i.test(label)) return 'utf-8';
  try {
    return new TextDecoder(label).encoding;
  } catch (error) {
    if (error instanceof RangeError) return 'utf-8';
    throw error;
  }
}
