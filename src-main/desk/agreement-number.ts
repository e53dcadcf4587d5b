/** What ReShare puts before its request number when it speaks to WMS (lib-ncip-client, NCIP2WMS2Client). */
const PREFIX = /reshare\s*request/giu;

/**
 * Whether a text from WMS names this request: its number, with or without the prefix, in any case, inside other words.
 * `RVR-12` is not named by `RVR-123`.
 */
export function namesRequest(text: string, hrid: string): boolean {
  if (hrid === '') return false;
  const number = hrid.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  return new RegExp(String.raw`(?:^|[^\p{L}\p{N}-])${number}(?![\p{L}\p{N}]|-\p{L}|-\p{N})`, 'iu').test(
    text.replace(PREFIX, ' '),
  );
}
