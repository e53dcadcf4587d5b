/** A cookie as a server set it, of which only these parts matter to a client that keeps no jar. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** Lifetime in seconds (RFC 6265 §5.2.2), when given. */
  readonly maxAge?: number;
}

/**
 * Reads one `Set-Cookie` line as RFC 6265 §5.2 does: the first `;` ends the pair, the first `=` splits it, attribute
 * names ignore case, the last of a repeated attribute wins. Undefined when there is no name.
 */
export function parseSetCookie(line: string): SetCookie | undefined {
  const [pair = '', ...attributes] = line.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(equals, 0)).trim();
  if (name === '') return undefined;
  let maxAge: number | undefined;
  for (const attribute of attributes) {
    const [key = '', text = ''] = attribute.split('=', 2);
    if (key.trim().toLowerCase() === 'max-age' && /^-?\d+$/.test(text.trim())) maxAge = Number(text.trim());
  }
  return { name, value: pair.slice(equals + 1).trim(), ...(maxAge === undefined ? {} : { maxAge }) };
}

/** The last cookie of that name with a value; an empty value is a deletion. */
export function cookieNamed(lines: readonly string[], name: string): SetCookie | undefined {
  return lines
    .map(parseSetCookie)
    .filter((cookie) => cookie?.name === name)
    .findLast((cookie) => cookie !== undefined && cookie.value !== '');
}
