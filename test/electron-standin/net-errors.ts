/** Chromium's net error numbers for the failures the stand-in can bring about (net/base/net_error_list.h). */
const CODES: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_FILE_NOT_FOUND: -6,
  ERR_UNEXPECTED: -9,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_BLOCKED_BY_RESPONSE: -27,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
  ERR_INVALID_URL: -300,
  ERR_UNKNOWN_URL_SCHEME: -302,
};

/** Number and name, as Electron gives them, of the protocol's `net::ERR_…`. */
export function netError(text: string): { readonly code: number; readonly description: string } {
  const description = text.replace(/^net::/, '');
  return { code: CODES[description] ?? -2, description };
}
