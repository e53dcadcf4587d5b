import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/**
 * Everything the renderer may do is listed; all else is refused. Trusted Types stops text from becoming markup; Svelte
 * makes its own templates under the policy named here.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/**
 * The file inside `root` that a URL of the app scheme names, or undefined when the URL is of another host, leaves the
 * root, or asks for a kind of file that is not served.
 */
export function resolveAppFile(url: string, root: string): { path: string; type: string } | undefined {
  let pathname: string;
  try {
    const parsed = new URL(url);
    if (parsed.protocol !== 'app:' || parsed.host !== 'desk') return undefined;
    pathname = decodeURIComponent(parsed.pathname);
  } catch {
    // Neither a URL nor a percent-encoding: nothing of ours.
    return undefined;
  }
  if (pathname.includes('\0') || pathname.includes('\\') || pathname.split('/').includes('..')) return undefined;
  const relative = normalize(pathname === '/' ? '/index.html' : pathname);
  const path = join(root, relative);
  if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
  const type = TYPES[extname(path).toLowerCase()];
  return type === undefined ? undefined : { path, type };
}

/** Answers a request of the app scheme from the built renderer. */
export async function serveAppFile(
  request: { readonly url: string; readonly method: string },
  root: string,
): Promise<Response> {
  const file = request.method === 'GET' ? resolveAppFile(request.url, root) : undefined;
  if (file === undefined) return new Response('Not found', { status: 404, headers: HEADERS });
  try {
    const body = await readFile(file.path);
    return new Response(new Uint8Array(body), { status: 200, headers: { ...HEADERS, 'Content-Type': file.type } });
  } catch {
    // The built renderer has no such file; which reason does not matter to the page.
    return new Response('Not found', { status: 404, headers: HEADERS });
  }
}
