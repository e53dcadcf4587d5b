import { ArmedFaults } from './armed.ts';
import type { Reply } from './http.ts';
import { html, isObject, JSON_TYPE, text } from './http.ts';

/**
 * What goes wrong. Before the server acts: `drop-before`, `status-500`, `status-401`, `status-503-html`, `html-200`. After it
 * acted: `drop-after`, `half-close`, `status-500-after`, `truncated-json`, `wrong-types`, `empty`. `slow` waits `ms`, then
 * goes on normally. `lms-failure` makes the library's circulation system refuse.
 */
export type FaultKind =
  | 'slow'
  | 'drop-before'
  | 'drop-after'
  | 'half-close'
  | 'status-500'
  | 'status-500-after'
  | 'status-401'
  | 'status-503-html'
  | 'html-200'
  | 'truncated-json'
  | 'wrong-types'
  | 'empty'
  | 'lms-failure';

/** Places with a name. Anything else is reached with a regular expression over `METHOD /path?query`. */
export type FaultPlace =
  | 'everything'
  | 'authn'
  | 'refresh'
  | 'patronrequests'
  | 'record'
  | 'validActions'
  | 'performAction'
  | 'brokerEvents'
  | 'directory'
  | 'settings'
  | 'inventory'
  | 'resolver'
  | 'acceptItem'
  | 'checkOutItem'
  | 'checkInItem';

export interface FaultRule {
  readonly where: RegExp | FaultPlace;
  readonly kind: FaultKind;
  /** How often it strikes; absent: until cleared. */
  readonly times?: number;
  /** For `slow`: how long, real milliseconds. */
  readonly ms?: number;
  /** Only this tenant; absent: any. */
  readonly tenant?: string;
}

const PLACES: Readonly<Record<Exclude<FaultPlace, 'acceptItem' | 'checkOutItem' | 'checkInItem'>, RegExp>> = {
  everything: /^/,
  authn: /^\w+ \/(authn|bl-users)\//,
  refresh: /^POST \/authn\/refresh/,
  patronrequests: /^\w+ \/(rs\/patronrequests|broker\/patron_requests)/,
  record: /^GET \/(rs\/patronrequests\/[0-9a-f-]{36}|broker\/patron_requests\/[^/?]+)($|\?)/,
  validActions: /^GET \/(rs\/patronrequests\/[^/?]+\/validActions|broker\/patron_requests\/[^/?]+\/actions)/,
  performAction: /^POST \/(rs\/patronrequests\/[^/?]+\/performAction|broker\/patron_requests\/[^/?]+\/action)/,
  brokerEvents: /^GET \/broker\/sse\//,
  directory: /^\w+ \/directory\//,
  settings: /^\w+ \/rs\/settings\//,
  inventory: /^\w+ \/(graphql|reservoir\/)/,
  resolver: /^\w+ \/_resolver\//,
};

const LMS_PLACES: readonly string[] = ['acceptItem', 'checkOutItem', 'checkInItem'];

/** The faults of the gateway and of the circulation systems behind it. */
export class Faults extends ArmedFaults<FaultRule> {
  /** The fault for this call, used up once, if there is one. */
  take(tenant: string | undefined, method: string, url: string): FaultRule | undefined {
    const line = `${method} ${url}`;
    return this.strike((rule) => {
      if (rule.kind === 'lms-failure') return false;
      if (rule.tenant !== undefined && rule.tenant !== tenant) return false;
      if (rule.where instanceof RegExp) return rule.where.test(line);
      return rule.where in PLACES && PLACES[rule.where as keyof typeof PLACES].test(line);
    });
  }

  /** Whether the circulation system shall refuse this call (`acceptItem 31234…`). */
  takeLms(tenant: string, operation: string, barcode: string): boolean {
    const found = this.strike((rule) => {
      if (rule.kind !== 'lms-failure' || (rule.tenant !== undefined && rule.tenant !== tenant)) return false;
      if (rule.where instanceof RegExp) return rule.where.test(`${operation} ${barcode}`);
      if (LMS_PLACES.includes(rule.where)) return rule.where === operation;
      return rule.where === 'performAction' || rule.where === 'everything';
    });
    return found !== undefined;
  }
}

/** An answer that replaces the server's work altogether: the call has no effect. */
export function answerInstead(kind: FaultKind): Reply | undefined {
  switch (kind) {
    case 'status-500':
      return text(
        500,
        'proxyClient failure: mod-rs-2.19.0 http://mod-rs:8081: Connection refused: mod-rs/10.0.0.7:8081',
      );
    case 'status-401':
      return text(401, 'Invalid token');
    case 'status-503-html':
      return html(503, '503 Service Temporarily Unavailable');
    case 'html-200':
      return html(200, 'Sign in to the campus network');
    default:
      return undefined;
  }
}

/** The server did its work; this spoils what the caller gets to see of it. */
export function spoil(kind: FaultKind, reply: Reply): Reply {
  switch (kind) {
    case 'status-500-after':
      return text(500, 'proxyClient failure: mod-rs-2.19.0 http://mod-rs:8081: Connection was closed');
    case 'truncated-json': {
      const body = typeof reply.body === 'string' ? reply.body : '';
      // Even `{}` loses its end, so that the answer never parses by luck.
      return { ...reply, body: body.slice(0, Math.max(1, Math.floor(body.length / 2))) };
    }
    case 'wrong-types':
      return {
        ...reply,
        body:
          reply.type === JSON_TYPE && typeof reply.body === 'string'
            ? JSON.stringify(mistype(JSON.parse(reply.body), 0))
            : '17',
      };
    case 'empty':
      return { ...reply, body: '' };
    default:
      return reply;
  }
}

/** Turns each value into one of another type, keeping the names, two levels deep. */
function mistype(value: unknown, depth: number): unknown {
  if (Array.isArray(value))
    return depth === 0 ? value.map((item: unknown) => mistype(item, depth + 1)) : { length: value.length };
  if (isObject(value)) {
    if (depth > 2) return 'object';
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mistype(inner, depth + 1)]));
  }
  if (typeof value === 'string') return 17;
  if (typeof value === 'number') return `${value}!`;
  if (typeof value === 'boolean') return value ? 'yes' : [];
  return 'null';
}
