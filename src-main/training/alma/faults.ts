import { ArmedFaults } from '../armed.ts';
import { html, type Reply } from '../http.ts';
import { errorReply } from './errors.ts';

/**
 * What goes wrong. Before Alma acts: `drop-before`, `html-500` (a page of the web server), `html-200` (a network's sign-in page),
 * `per-second` and `daily` (the two limits), `broken-message` (an error whose text is Alma's own fault), `xml-error` (an error in XML
 * whatever was asked for), `redirect-away`
 * (another host). After it acted: `drop-after`, `half-close`, `html-500-after`, `truncated`, `wrong-types`, `empty`,
 * `other-record`. `slow` waits `ms`, then goes on normally.
 */
export const ALMA_FAULTS = [
  'slow',
  'drop-before',
  'drop-after',
  'half-close',
  'html-500',
  'html-500-after',
  'html-200',
  'per-second',
  'daily',
  'broken-message',
  'xml-error',
  'redirect-away',
  'truncated',
  'wrong-types',
  'empty',
  'other-record',
] as const;
export type AlmaFaultKind = (typeof ALMA_FAULTS)[number];

export interface AlmaFaultRule {
  /** `everything`, or a pattern over `METHOD /path?query` below the base address. */
  readonly where: 'everything' | RegExp;
  readonly kind: AlmaFaultKind;
  /** How often it strikes; absent: until cleared. */
  readonly times?: number;
  /** For `slow`: how long, real milliseconds. */
  readonly ms?: number;
}

/** The faults of Alma's interface. */
export class AlmaFaults extends ArmedFaults<AlmaFaultRule> {
  /** The fault for this call, used up once, if there is one. */
  take(line: string): AlmaFaultRule | undefined {
    return this.strike(({ where }) => where === 'everything' || where.test(line));
  }
}

/** An answer in place of Alma's work: the call has no effect. */
export function answerInstead(kind: AlmaFaultKind): Reply | undefined {
  switch (kind) {
    case 'html-500':
      return html(500, '500 Internal Server Error');
    case 'html-200':
      return html(200, 'Sign in to the campus network');
    case 'per-second':
      return errorReply(429, 'PER_SECOND_THRESHOLD');
    case 'daily':
      return errorReply(429, 'DAILY_THRESHOLD');
    case 'broken-message':
      return errorReply(400, '401897', 'Field: [Ljava.lang.Object;@4f7cb1f1, Value: {1}');
    case 'xml-error':
      return {
        status: 400,
        type: 'application/xml;charset=UTF-8',
        body: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><web_service_result xmlns="http://com/exlibris/urm/general/xmlbeans"><errorsExist>true</errorsExist><errorList><error><errorCode>40166412</errorCode><errorMessage>The action failed.</errorMessage><trackingId>E01-0311140314-PRACT-AWAE0000000004</trackingId></error></errorList></web_service_result>',
      };
    case 'redirect-away':
      return { status: 302, headers: { location: 'http://elsewhere.invalid/almaws/v1/items' } };
    default:
      return undefined;
  }
}

/** Alma did its work; this spoils what the caller gets to see of it. */
export function spoil(kind: AlmaFaultKind, reply: Reply): Reply {
  const body = typeof reply.body === 'string' ? reply.body : '';
  switch (kind) {
    case 'html-500-after':
      return html(500, '500 Internal Server Error');
    case 'truncated':
      return { ...reply, body: body.slice(0, Math.max(1, Math.floor(body.length / 2))) };
    case 'empty':
      return { ...reply, body: '' };
    case 'wrong-types':
      return { ...reply, body: body.replace(/:"[^"]*"/g, ':17').replace(/:\[(?=[^\]])/g, ':[7,') };
    case 'other-record':
      return { ...reply, body: body.replace(/("(?:loan_id|request_id|barcode|item_barcode)":")/g, '$19') };
    default:
      return reply;
  }
}
