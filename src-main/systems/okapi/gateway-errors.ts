import type { AppError, ErrorCode, Mender, Retry } from '../../contract/result.ts';
import { isRecord, jsonOf, looksLikeHtml } from '../http/bodies.ts';
import type { HttpAnswer } from '../http/client.ts';

/** Names used in sentences. */
export interface GatewayContext {
  /** What staff call the system, e.g. "ReShare". */
  readonly system: string;
  readonly tenant: string;
}

/** The cases in which the gateway, its auth filter or a proxy in front of it answered instead of the module asked. */
export type GatewayCase =
  | 'web-page'
  | 'unknown-tenant'
  | 'token-missing'
  | 'token-malformed'
  | 'token-conflict'
  | 'permissions-unavailable'
  | 'user-inactive'
  | 'user-gone'
  | 'token-invalid'
  | 'token-refused'
  | 'token-of-other-tenant'
  | 'no-permission'
  | 'no-module'
  | 'module-down'
  | 'request-too-long'
  | 'module-unreachable'
  | 'module-slow'
  | 'busy'
  | 'proxy';

export interface GatewayError {
  readonly case: GatewayCase;
  /** A new token may help: log in and try once more. */
  readonly renew: boolean;
  /** True when the answer proves that the module was never asked, so that nothing can have happened there. */
  readonly beforeModule: boolean;
  readonly error: AppError;
  /** The permission the account lacks, when the text names it. */
  readonly permission?: string;
}

interface Seen {
  readonly status: number;
  readonly text: string;
  readonly html: boolean;
  /** `code` of the first entry of a FOLIO error envelope `{errors: [...]}`. */
  readonly errorCode: string | undefined;
  readonly message: string | undefined;
}

interface Rule {
  readonly case: GatewayCase;
  readonly when: (seen: Seen) => boolean;
  readonly renew?: true;
  readonly mayHaveActed?: true;
  readonly code: ErrorCode;
  readonly mender: Mender;
  readonly retry: Retry;
  readonly say: (context: GatewayContext, permission: string | undefined) => string;
}

const SITE_CHECK = 'A library administrator must check the address and the tenant in Settings';

/**
 * In order of trial; the first that fits is the answer. Sources: Okapi and mod-authtoken answer in plain text
 * (mod-authtoken `FilterApi.java`, Okapi `ProxyService.java`), Eureka's sidecar and Kong in JSON (folio-module-sidecar,
 * folio-kong), anything in front of them in HTML.
 */
const RULES: readonly Rule[] = [
  {
    case: 'busy',
    when: (s) => s.status === 503 && s.errorCode === 'authorization_error',
    mayHaveActed: true,
    code: 'not-sent',
    mender: 'host',
    retry: 'later',
    say: (c) => `${c.system} is too busy at the moment. Try again in a minute.`,
  },
  {
    case: 'proxy',
    when: (s) => s.status >= 502 && s.status <= 504,
    mayHaveActed: true,
    code: 'not-sent',
    mender: 'host',
    retry: 'later',
    say: (c) => `${c.system}'s host is not answering behind its front door. If it lasts, tell the host.`,
  },
  {
    case: 'web-page',
    when: (s) => s.html,
    mayHaveActed: true,
    code: 'unreadable-answer',
    mender: 'it',
    retry: 'later',
    say: (c) =>
      `A web page came back instead of ${c.system}. The network may want a sign-in in the web browser first; if not, the address in Settings is wrong.`,
  },
  {
    case: 'unknown-tenant',
    when: (s) => s.status === 400 && (s.text.startsWith('No such Tenant') || s.errorCode === 'tenant_not_enabled'),
    code: 'configuration',
    mender: 'library-administrator',
    retry: 'never',
    say: (c) =>
      `${c.system}'s gateway knows no tenant "${c.tenant}". A library administrator must correct the tenant in Settings.`,
  },
  {
    case: 'token-missing',
    when: (s) => (s.status === 400 || s.status === 403) && s.text.startsWith('Token missing'),
    renew: true,
    code: 'not-sent',
    mender: 'it',
    retry: 'later',
    say: (c) => `${c.system} did not see Carrel’s log-in. Something between here and ${c.system} removes it; tell IT.`,
  },
  {
    case: 'token-malformed',
    when: (s) => s.status === 400 && s.text.startsWith('Invalid Token'),
    code: 'internal',
    mender: 'it',
    retry: 'never',
    say: (c) => `${c.system} could not read Carrel’s log-in. This is a fault in Carrel.`,
  },
  {
    case: 'token-conflict',
    when: (s) =>
      (s.status === 400 && s.text.startsWith('Different tokens')) ||
      (s.status === 404 && (s.message ?? '').startsWith('X-Okapi-Token is not equal')),
    code: 'internal',
    mender: 'it',
    retry: 'never',
    say: (c) =>
      `${c.system} received two different log-ins at once. This is a fault in Carrel or in a proxy on the way.`,
  },
  {
    case: 'permissions-unavailable',
    when: (s) => s.status === 400 && s.text.startsWith('Unable to retrieve permissions'),
    code: 'not-sent',
    mender: 'host',
    retry: 'later',
    say: (c) => `${c.system} could not look up what Carrel’s account may do. This is the host’s job.`,
  },
  {
    case: 'user-inactive',
    when: (s) => s.status === 401 && / is not active$/i.test(s.text),
    code: 'credentials-refused',
    mender: 'library-administrator',
    retry: 'never',
    say: (c) =>
      `Carrel’s account at ${c.system} is locked or switched off. A library administrator must switch it on again.`,
  },
  {
    case: 'user-gone',
    when: (s) => s.status === 401 && / does not exist$/i.test(s.text),
    code: 'credentials-refused',
    mender: 'library-administrator',
    retry: 'never',
    say: (c) =>
      `Carrel’s account at ${c.system} no longer exists. A library administrator must give Carrel another one.`,
  },
  {
    case: 'token-invalid',
    when: (s) => s.status === 401 && (/^Invalid token\b/.test(s.text) || s.errorCode === 'authorization_error'),
    renew: true,
    code: 'credentials-refused',
    mender: 'host',
    retry: 'later',
    say: (c) => `${c.system} took Carrel’s password but not the log-in it gave for it. This is the host’s job.`,
  },
  {
    case: 'token-refused',
    when: (s) => s.status === 401,
    renew: true,
    mayHaveActed: true,
    code: 'credentials-refused',
    mender: 'library-administrator',
    retry: 'later',
    say: (c) => `${c.system} refuses Carrel’s log-in. A library administrator must look at Carrel’s account there.`,
  },
  {
    case: 'token-of-other-tenant',
    when: (s) => s.status === 403 && s.text === 'Invalid token',
    code: 'configuration',
    mender: 'library-administrator',
    retry: 'never',
    say: (c) => `Carrel’s log-in at ${c.system} belongs to another tenant than "${c.tenant}". ${SITE_CHECK}.`,
  },
  {
    case: 'no-permission',
    when: (s) =>
      s.status === 403 && (/requires permission: \S+$/.test(s.text) || s.errorCode === 'authorization_error'),
    code: 'no-permission',
    mender: 'library-administrator',
    retry: 'never',
    say: (c, permission) =>
      permission === undefined
        ? `Carrel’s account at ${c.system} lacks a permission for this. A library administrator must grant it.`
        : `Carrel’s account at ${c.system} lacks the permission ${permission}. A library administrator must grant it.`,
  },
  {
    case: 'no-module',
    when: (s) => s.status === 404 && s.text.startsWith('No suitable module found'),
    code: 'configuration',
    mender: 'library-administrator',
    retry: 'never',
    say: (c) => `Tenant "${c.tenant}" has no ${c.system} at this address. ${SITE_CHECK}, or ask the host.`,
  },
  {
    case: 'module-down',
    when: (s) => s.status === 404 && s.text.startsWith('No running module instance found'),
    code: 'not-sent',
    mender: 'host',
    retry: 'later',
    say: (c) => `${c.system} is installed but not running. This is the host’s job.`,
  },
  {
    case: 'request-too-long',
    when: (s) => s.status === 414 || s.status === 431,
    code: 'internal',
    mender: 'it',
    retry: 'never',
    say: (c) => `Carrel asked ${c.system} with more text than its gateway takes. This is a fault in Carrel.`,
  },
  {
    case: 'module-unreachable',
    when: (s) => s.status === 500 && s.text.startsWith('proxyClient failure'),
    mayHaveActed: true,
    code: 'not-sent',
    mender: 'host',
    retry: 'later',
    say: (c) => `The gateway could not get an answer from ${c.system}. If it lasts, tell the host.`,
  },
  {
    case: 'module-slow',
    when: (s) => s.status === 408,
    mayHaveActed: true,
    code: 'not-sent',
    mender: 'host',
    retry: 'later',
    say: (c) => `${c.system} was too slow for its own gateway. Try again in a minute; if it lasts, tell the host.`,
  },
];

/**
 * Says whether the gateway or something in front of it gave this answer, and what it means. Undefined when the module
 * itself answered (any success that is no web page, and a module's own refusals).
 */
export function readGatewayError(answer: HttpAnswer, context: GatewayContext): GatewayError | undefined {
  const seen = see(answer);
  const rule = answer.status < 400 && !seen.html ? undefined : RULES.find((candidate) => candidate.when(seen));
  if (rule === undefined) return undefined;
  const permission = /requires permission: (\S+)$/.exec(seen.text)?.[1];
  return {
    case: rule.case,
    renew: rule.renew ?? false,
    beforeModule: rule.mayHaveActed === undefined,
    error: { code: rule.code, sentence: rule.say(context, permission), mender: rule.mender, retry: rule.retry },
    ...(permission === undefined ? {} : { permission }),
  };
}

function see(answer: HttpAnswer): Seen {
  const body = jsonOf(answer);
  const entry = firstFolioError(body);
  const message = isRecord(body) && typeof body['message'] === 'string' ? body['message'] : undefined;
  return {
    status: answer.status,
    text: answer.text.trim(),
    html: looksLikeHtml(answer),
    errorCode: entry?.code,
    message: message ?? entry?.message,
  };
}

/** The first entry of FOLIO's error envelope `{"errors":[{"message","type","code","parameters"}]}`. */
export function firstFolioError(body: unknown): { readonly code?: string; readonly message?: string } | undefined {
  if (!isRecord(body) || !Array.isArray(body['errors'])) return undefined;
  const entry: unknown = body['errors'][0];
  if (!isRecord(entry)) return undefined;
  return {
    ...(typeof entry['code'] === 'string' ? { code: entry['code'] } : {}),
    ...(typeof entry['message'] === 'string' ? { message: entry['message'] } : {}),
  };
}
