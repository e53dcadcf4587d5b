/**
 * Chromium refuses to navigate to a scheme it does not know before any interception can see it, so `app://host/path` is shown to it as
 * `https://host.app.standin.invalid/path` and mapped back in everything the app is told.
 */
const schemes = new Set<string>();
const SUFFIX = 'standin.invalid';

/** Marks a scheme of the app's own as mapped. */
export function registerScheme(scheme: string): void {
  schemes.add(scheme.toLowerCase());
}

/** The address Chromium is given for an address of the app. */
export function toWire(url: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  if (!schemes.has(scheme.toLowerCase())) return url;
  return `https://${host}.${scheme.toLowerCase()}.${SUFFIX}${rest.startsWith('/') ? rest : `/${rest}`}`;
}

/** The address the app is told for an address of Chromium. */
export function fromWire(url: string): string {
  const [, host, scheme, rest] = /^https:\/\/([^/]+)\.([a-z][a-z0-9+-]*)\.standin\.invalid(\/.*)?$/i.exec(url) ?? [];
  return host === undefined || scheme === undefined ? url : `${scheme}://${host}${rest ?? '/'}`;
}

/** Origin as Electron serialises it: standard schemes have one (`app://desk`), although Node's URL answers "null" for them. */
export function originOf(url: string): string {
  const [, scheme, host] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(url) ?? [];
  return scheme === undefined || host === undefined ? 'null' : `${scheme}://${host}`;
}

/** Sources of the app's scheme in a Content-Security-Policy, which Chromium would compare with the mapped address. */
export function policyToWire(policy: string): string {
  return policy.replace(
    /(?<=^|[\s;])([a-z][a-z0-9+.-]*):(\/\/[^\s;,]+)?(?=[\s;,]|$)/gi,
    (source, scheme: string, rest) => {
      if (!schemes.has(scheme.toLowerCase())) return source;
      return rest === undefined ? `https://*.${scheme}.${SUFFIX}` : toWire(source).replace(/\/$/, '');
    },
  );
}
