import type { HttpAnswer } from './client.ts';

const WORDS_LIMIT = 200;

/** True when the body is a web page, whatever the content type claims: a proxy's error page, a login page. */
export function looksLikeHtml(answer: Pick<HttpAnswer, 'headers' | 'text'>): boolean {
  const type = answer.headers['content-type'] ?? '';
  return (
    /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(type) || /^\s*<(!doctype|html|head|body)\b/i.test(answer.text)
  );
}

/** The body as JSON, or undefined when it is none. Servers label JSON badly, so the body itself decides. */
export function jsonOf(answer: Pick<HttpAnswer, 'text'>): unknown {
  try {
    return JSON.parse(answer.text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** True for a JSON object, which is neither null nor an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Another system's words made fit to show: first line with text in it, no markup, no control characters, shortened. */
export function plainWords(text: string): string | undefined {
  const bare = text
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, '\n')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]+/gu, ' ');
  const line = bare
    .split('\n')
    .map((part) => part.trim())
    .find((part) => part !== '');
  if (line === undefined) return undefined;
  return line.length > WORDS_LIMIT ? `${line.slice(0, WORDS_LIMIT - 1)}…` : line;
}
