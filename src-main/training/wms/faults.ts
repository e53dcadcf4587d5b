import { ArmedFaults } from '../armed.ts';
import { html, isObject, text, type Reply } from '../http.ts';
import type { Xml } from './write.ts';
import { message, problem } from './write.ts';
import { VERSIONS } from './schemes.ts';
import { invalidToken } from './keys.ts';

/**
 * What goes wrong. Before WMS acts: `drop-before`, `status-500`, `status-401`, `gateway-html` (a proxy's page, 502, labelled XML),
 * `html-200`, `problem-200` (a Problem with HTTP 200). After it acted: `drop-after`, `half-close`, `status-500-after`, `truncated`,
 * `wrong-types`, `empty`, `other-item` (a right-looking answer about another item). `slow` waits `ms`, then goes on normally.
 */
export type WmsFaultKind =
  | 'slow'
  | 'drop-before'
  | 'drop-after'
  | 'half-close'
  | 'status-500'
  | 'status-500-after'
  | 'status-401'
  | 'html-200'
  | 'gateway-html'
  | 'problem-200'
  | 'truncated'
  | 'wrong-types'
  | 'empty'
  | 'other-item';

export type WmsService = 'token' | 'staff' | 'patron' | 'sharing' | 'availability' | 'identity';

export interface WmsFaultRule {
  /** A service, `everything`, the name of an NCIP message, or a pattern over `<service> <message> <body or query>`. */
  readonly where: WmsService | 'everything' | (string & {}) | RegExp;
  readonly kind: WmsFaultKind;
  /** How often it strikes; absent: until cleared. */
  readonly times?: number;
  /** For `slow`: how long, real milliseconds. */
  readonly ms?: number;
}

const KINDS: readonly string[] = [
  'slow',
  'drop-before',
  'drop-after',
  'half-close',
  'status-500',
  'status-500-after',
  'status-401',
  'html-200',
  'gateway-html',
  'problem-200',
  'truncated',
  'wrong-types',
  'empty',
  'other-item',
] satisfies readonly WmsFaultKind[];

export function isFaultKind(kind: string): kind is WmsFaultKind {
  return KINDS.includes(kind);
}

/** The faults of WMS's services. */
export class WmsFaults extends ArmedFaults<WmsFaultRule> {
  /** The fault for this call, used up once, if there is one. `content` is the body, or the query of a GET. */
  take(service: WmsService, content: string): WmsFaultRule | undefined {
    const name = /<(?:\w+:)?(\w+)[^>]*>\s*<(?:\w+:)?InitiationHeader/.exec(content)?.[1] ?? '';
    const line = `${service} ${name} ${content}`;
    return this.strike(({ where }) =>
      where instanceof RegExp ? where.test(line) : ['everything', service, name].includes(where) && where !== '',
    );
  }
}

/** An answer in place of the service's work: the call has no effect. */
export function answerInstead(kind: WmsFaultKind): Reply | undefined {
  switch (kind) {
    case 'status-500':
      return text(500, 'Internal Server Error');
    case 'status-401':
      return invalidToken();
    case 'html-200':
      return html(200, 'Sign in to the campus network');
    case 'gateway-html':
      return { ...html(502, '502 Bad Gateway'), type: 'application/xml;charset=UTF-8' };
    case 'problem-200':
      return {
        status: 200,
        type: 'application/xml;charset=UTF-8',
        body: message(
          VERSIONS.staff,
          problem('general', { type: 'Temporary Processing Failure', detail: 'TEMPORARY_PROCESSING_FAILURE' }),
        ),
      };
    default:
      return undefined;
  }
}

/** The service did its work; this spoils what the caller gets to see of it. */
export function spoil(kind: WmsFaultKind, reply: Reply, otherBarcode: string): Reply {
  const body = typeof reply.body === 'string' ? reply.body : '';
  switch (kind) {
    case 'status-500-after':
      return text(500, 'Internal Server Error');
    case 'truncated':
      return { ...reply, body: body.slice(0, Math.max(1, Math.floor(body.length / 2))) };
    case 'empty':
      return { ...reply, body: '' };
    case 'wrong-types':
      return { ...reply, body: body.startsWith('{') ? mistyped(body) : mistypedXml(body) };
    case 'other-item':
      return { ...reply, body: aboutAnother(body, otherBarcode) };
    default:
      return reply;
  }
}

/** Every text becomes a number and the other way round, names kept. */
function mistyped(body: string): string {
  const parsed: unknown = JSON.parse(body);
  if (!isObject(parsed)) return body;
  const turn = (value: unknown): unknown =>
    typeof value === 'string' ? value.length : typeof value === 'number' ? `${value}!` : [String(value)];
  return JSON.stringify(Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, turn(value)])));
}

/** Dates become words, amounts become words, flags become words. */
function mistypedXml(body: Xml): Xml {
  return body
    .replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'next Tuesday')
    .replace(/(<ns1:MonetaryValue>)[^<]*/g, '$1a lot')
    .replace(/(<ns1:LocationNameLevel>)[^<]*/g, '$1one')
    .replace(/value="[01]"/g, 'value="perhaps"')
    .replace(/(<numberOfRecords>)\d+/, '$1some');
}

function aboutAnother(body: Xml, barcode: string): Xml {
  return body.replace(/(<ns1:ItemIdentifierValue>)[^<]*/g, `$1${barcode}`).replace(/(<itemId>)[^<]*/g, `$1${barcode}`);
}
