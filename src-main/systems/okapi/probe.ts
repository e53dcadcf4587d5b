import { ok, type Result } from '../../contract/result.ts';
import type { CheckLine } from '../../contract/settings.ts';
import { isRecord, jsonOf } from '../http/bodies.ts';
import type { HttpAnswer, HttpClient } from '../http/client.ts';
import { faultError } from '../http/sentences.ts';
import { readGatewayError, type GatewayContext } from './gateway-errors.ts';
import { tenantHeaders } from './login.ts';
import type { OkapiSession } from './session.ts';

/** Lines of a check, and whether it makes sense to go on. */
export interface ProbeEnd {
  readonly lines: readonly CheckLine[];
  readonly goOn: boolean;
}

/** Server and desk clock may differ by this much before it is worth a word. */
const CLOCK_LIMIT_MS = 2 * 60_000;

/**
 * Says whether a FOLIO gateway answers at the address and whether it knows the tenant, without sending a password.
 * Okapi: `GET /_/proxy/health` needs no log-in; a path of the tenant answers 400 `No such Tenant X` for an unknown one.
 */
export async function probeGateway(http: HttpClient, context: GatewayContext): Promise<ProbeEnd> {
  const health = await http.send({
    method: 'GET',
    path: '/_/proxy/health',
    template: '/_/proxy/health',
    headers: { accept: '*/*' },
  });
  if (health.kind !== 'answer')
    return { lines: [failed('Address', faultError(health, context.system).sentence)], goOn: false };
  const tenant = await http.send({
    method: 'GET',
    path: '/authn/login',
    template: '/authn/login',
    headers: tenantHeaders(context),
  });
  if (tenant.kind !== 'answer')
    return { lines: [failed('Address', faultError(tenant, context.system).sentence)], goOn: false };

  const error = readGatewayError(tenant, context);
  if (error?.case === 'unknown-tenant') {
    return { lines: [gatewayLine(http), failed('Tenant', error.error.sentence)], goOn: false };
  }
  if (error?.case === 'web-page') {
    return { lines: [failed('Address', error.error.sentence)], goOn: false };
  }
  if (error?.case === 'proxy') {
    return { lines: [failed('Address', error.error.sentence)], goOn: false };
  }
  if (isOkapiHealth(health) || error !== undefined || isKong(health)) return { lines: [gatewayLine(http)], goOn: true };
  const unsure = `${http.host} answers, but does not show whether it is a FOLIO gateway. The log-in will tell.`;
  return { lines: [{ what: 'Address', outcome: 'warning', sentence: unsure }], goOn: true };
}

/** Logs in, with at most one attempt, and says what came of it. */
export async function probeLogin(session: OkapiSession, username: string): Promise<ProbeEnd> {
  const entered = await session.ensure();
  if (!entered.ok) {
    return { lines: [failed('Log-in', entered.error.sentence)], goOn: false };
  }
  const way = entered.value.way === 'legacy' ? ' The site uses the older kind of log-in.' : '';
  return {
    lines: [
      fine('Tenant', `The gateway knows the tenant "${session.tenant}".`),
      fine('Log-in', `"${username}" may log in.${way}`),
    ],
    goOn: true,
  };
}

/** Warns when this computer's clock and the server's are far apart. */
export function probeClock(session: OkapiSession): readonly CheckLine[] {
  const offset = session.serverOffsetMs();
  if (offset === undefined || Math.abs(offset) <= CLOCK_LIMIT_MS) return [];
  const minutes = String(Math.round(Math.abs(offset) / 60_000));
  const direction = offset > 0 ? 'behind' : 'ahead of';
  const sentence = `This computer’s clock is ${minutes} minutes ${direction} the server’s. Carrel works, but IT should set the clock.`;
  return [{ what: 'Clock', outcome: 'warning', sentence }];
}

/**
 * The permissions of the account as mod-users-bl tells them. Many service accounts may not ask, so undefined means
 * "not known", never "none".
 */
export async function ownPermissions(session: OkapiSession): Promise<Result<ReadonlySet<string> | undefined>> {
  const answer = await session.call({
    method: 'GET',
    path: '/bl-users/_self?expandPermissions=true',
    template: '/bl-users/_self',
  });
  if (answer.kind === 'failed') return { ok: false, error: answer.error };
  const body = answer.status === 200 ? jsonOf(answer) : undefined;
  const list = isRecord(body) && isRecord(body['permissions']) ? body['permissions']['permissions'] : undefined;
  return ok(Array.isArray(list) ? new Set(list.flatMap((entry: unknown) => permissionName(entry))) : undefined);
}

function permissionName(entry: unknown): readonly string[] {
  if (typeof entry === 'string') return [entry];
  return isRecord(entry) && typeof entry['permissionName'] === 'string' ? [entry['permissionName']] : [];
}

function isOkapiHealth(answer: HttpAnswer): boolean {
  return answer.status === 200 && Array.isArray(jsonOf(answer));
}

/** Kong, the gateway of newer FOLIO installations, names itself. */
function isKong(answer: HttpAnswer): boolean {
  return /kong/i.test(answer.headers['server'] ?? answer.headers['via'] ?? '');
}

function gatewayLine(http: HttpClient): CheckLine {
  return fine('Address', `A FOLIO gateway answers at ${http.host}.`);
}

export function fine(what: string, sentence: string): CheckLine {
  return { what, outcome: 'ok', sentence };
}

export function failed(what: string, sentence: string): CheckLine {
  return { what, outcome: 'failed', sentence };
}
