import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorCode } from '../../contract/result.ts';
import type { CheckLine } from '../../contract/settings.ts';
import type { HttpClient } from '../http/client.ts';
import { createHmacAuthorizer } from './auth/hmac.ts';
import type { Authorizer, OclcKey } from './auth/key.ts';
import { createTokenAuthorizer, type OclcScope } from './auth/tokens.ts';
import { createAvailability } from './availability/client.ts';
import type { AppError, Result } from './base.ts';
import { createIdentity } from './identity/client.ts';
import { createNcipClient } from './ncip/client.ts';
import { cancelRequestItem } from './ncip/messages/cancel-request-item.ts';
import type { Refused } from './ncip/outcome.ts';
import { createPacer } from '../http/pace.ts';
import { createMemoryCounter, createQuota, type Quota } from './quota.ts';
import { createWmsHttp, identityAddress, wmsHost, type WmsHttp } from './wms.ts';
import type { WmsSettings } from './wms-settings.ts';

export interface WmsTest {
  /** `scopes` is what the library wants Carrel to use; the test asks OCLC for each by itself. */
  readonly settings: WmsSettings;
  /** Undefined while no secret was entered. */
  readonly key: OclcKey | undefined;
  /** OCLC does not know the key or its secret: it must not be sent again. */
  readonly onRejected?: () => void;
}

/** What the probe of one service needs. */
interface Bench {
  readonly settings: WmsSettings;
  readonly http: WmsHttp;
  readonly quota: Quota;
}

/** Asked about, and nobody's: no card and no title of a library is called that. */
const NOBODY = 'carrel-connection-test';
/** OCLC number 1: every answer, also "no copies here", shows that the service answers. */
const ANY_TITLE = '1';
/** Clocks may differ by this much before it is worth a word, milliseconds. */
const CLOCK_LIMIT_MS = 2 * 60_000;

/**
 * CancelRequestItem for a hold whose number was made up on the spot (a random UUID): of the staff profile's four messages
 * the one that can change nothing, since there is nothing to cancel. A check-in always acts, so it is never a test.
 */
const HARMLESS: typeof cancelRequestItem = { ...cancelRequestItem, changes: false };

/**
 * "Test WMS": sign-in, then each service the key may use, and whose job the rest is. Changes nothing. A key that OCLC does
 * not know is sent once. Never rejects.
 */
export async function testWms(test: WmsTest): Promise<readonly CheckLine[]> {
  const { settings, key } = test;
  if (key === undefined) {
    const sentence = 'There is no secret for the WSKey yet, or OCLC refused the one that was kept. Type it in.';
    return [failed('WSKey', sentence)];
  }
  const made = createWmsHttp(settings);
  if (!made.ok) return [failed('Addresses', made.error.sentence, made.error.code)];
  const clock: Clock = {};
  const http = {
    ...made.value,
    token: watching(made.value.token, clock),
    ncip: watching(made.value.ncip, clock),
  };
  const now = Date.now;
  const bench: Bench = {
    settings,
    http,
    quota: createQuota({ limit: settings.callsPerDay, counter: createMemoryCounter(), now }),
  };
  try {
    if (settings.auth === 'hmac') return await signedLines(bench, key, clock);
    const first = await signIn(bench, key, 'WMS_NCIP');
    if (first.refusal !== undefined && !isScope(first.refusal)) {
      if (first.refusal.code === 'credentials-refused' && first.refusal.retry === 'never') test.onRejected?.();
      return [failed('WSKey', first.refusal.sentence, first.refusal.code), ...clockLine(clock, settings)];
    }
    return [
      fine('WSKey', 'OCLC knows the WSKey and its secret.'),
      ...(await circulationLines(bench, first)),
      await serviceLine(bench, AVAILABILITY, await signIn(bench, key, 'WMS_Availability')),
      await serviceLine(bench, PATRONS, await signIn(bench, key, 'SCIM:read_user')),
      ...clockLine(clock, settings),
    ];
  } finally {
    const { token, ncip, availability, identity } = made.value;
    await Promise.all([token, ncip, availability, identity].map((client) => client.close()));
  }
}

/** With signed calls there is no sign-in of its own: each service says whether it takes the signature. */
async function signedLines(bench: Bench, key: OclcKey, clock: Clock): Promise<readonly CheckLine[]> {
  const { principal } = bench.settings;
  const authorizer = createHmacAuthorizer({
    key: () => key,
    now: Date.now,
    nonce: () => randomBytes(4).toString('hex'),
    ...(principal === undefined ? {} : { principal }),
  });
  const sentence = 'Every call is signed with the WSKey, without a sign-in before. The lines below say who takes it.';
  return [
    { what: 'WSKey', outcome: 'skipped', sentence },
    ...(await circulationLines(bench, { authorizer })),
    await serviceLine(bench, AVAILABILITY, { authorizer }),
    await serviceLine(bench, PATRONS, { authorizer }),
    ...clockLine(clock, bench.settings),
  ];
}

interface SignIn {
  readonly authorizer: Authorizer;
  /** Why OCLC gave no token for this scope. */
  readonly refusal?: AppError;
}

/** One token for one scope: OCLC refuses the whole sign-in when one scope of several is not allowed. */
async function signIn(bench: Bench, key: OclcKey, scope: OclcScope): Promise<SignIn> {
  const { settings, http } = bench;
  const url = new URL(settings.tokenAddress);
  const authorizer = createTokenAuthorizer({
    http: http.token,
    path: url.pathname,
    key: () => key,
    scopes: [scope],
    ...(settings.context ? { context: settings.registryId } : {}),
    mono: () => performance.now(),
  });
  const got = await authorizer.authorize('POST', url);
  return got.ok ? { authorizer } : { authorizer, refusal: got.error };
}

function isScope(refusal: AppError): boolean {
  return refusal.code === 'no-permission';
}

/** The circulation service for this institution and branch, and what of it cannot be tried. */
async function circulationLines(bench: Bench, { authorizer, refusal }: SignIn): Promise<readonly CheckLine[]> {
  const what = 'Circulation';
  const { registryId, branch } = bench.settings;
  if (refusal !== undefined) {
    return [
      failed(
        what,
        `The WSKey may not use WMS circulation (WMS_NCIP), so Carrel cannot check items in. A library administrator must ask OCLC to add it to the key for institution ${registryId}.`,
      ),
    ];
  }
  const host = wmsHost(bench.settings);
  if (!host.ok) return [failed(what, host.error.sentence, host.error.code)];
  const client = createNcipClient({
    host: host.value,
    http: bench.http.ncip,
    authorizer,
    pacer: createPacer({
      concurrent: 1,
      perSecond: host.value.perSecond,
      mono: () => performance.now(),
      random: Math.random,
      sleep: (ms) => sleep(ms),
    }),
    now: Date.now,
  });
  const end = await client.lookUp(HARMLESS, {
    who: { user: { ...host.value.userId, value: NOBODY } },
    request: { ...host.value.requestId, value: randomUUID() },
    type: host.value.requestType,
  });
  const answers = `WMS circulation answers for institution ${registryId} and branch ${branch}. Carrel asked it to cancel a hold that does not exist; nothing was changed.`;
  if (end.outcome === 'done') return [fine(what, answers), CHECK_IN];
  if (end.outcome === 'not-sent') return [failed(what, end.error.sentence, end.error.code)];
  const expected = end.problems.some(({ meaning }) => meaning === 'request-unknown' || meaning === 'user-unknown');
  return expected ? [fine(what, answers), CHECK_IN] : [refusedLine(what, end, registryId, branch)];
}

const CHECK_IN: CheckLine = {
  what: 'Check-in',
  outcome: 'skipped',
  sentence: 'Not tried: a check-in always moves an item, so the first scan of an item of your own will show it.',
};

function refusedLine(what: string, { error, problems }: Refused, registryId: string, branch: string): CheckLine {
  if (problems.some(({ meaning }) => meaning === 'agency-unknown' || meaning === 'agency-refused')) {
    return failed(
      what,
      `WMS does not know institution ${registryId} with branch ${branch}, or the WSKey may not act for them. A library administrator must compare both registry ids with those OCLC gave.`,
    );
  }
  // From here on WMS works and says no to a test that means nothing: worth reading, and no reason to stop.
  return error.code === 'refused'
    ? { what, outcome: 'warning', sentence: `WMS circulation answers, and said this to the test: ${error.sentence}` }
    : failed(what, error.sentence, error.code);
}

/** A service beside circulation, which a library may do without. */
interface Service {
  readonly what: string;
  readonly scope: OclcScope;
  /** In the middle of a sentence. */
  readonly name: string;
  readonly works: string;
  /** What its switch in Settings is called. */
  readonly choice: string;
  ask(bench: Bench, authorizer: Authorizer): Promise<Result<unknown>>;
}

const AVAILABILITY: Service = {
  what: 'Copies',
  scope: 'WMS_Availability',
  name: 'WMS Availability',
  works: 'WMS Availability answers.',
  choice: 'Copies of a title',
  ask: ({ http, settings, quota }, authorizer) =>
    createAvailability({
      http: http.availability,
      address: settings.availabilityAddress,
      registryId: settings.registryId,
      group: false,
      authorizer,
      quota,
      now: Date.now,
    }).byOclcNumber(ANY_TITLE),
};

const PATRONS: Service = {
  what: 'Patron look-up',
  scope: 'SCIM:read_user',
  name: 'OCLC’s patron look-up',
  works: 'OCLC’s patron look-up answers. Carrel asked for a card nobody has.',
  choice: 'Patrons by their card',
  ask: ({ http, settings, quota }, authorizer) =>
    createIdentity({ http: http.identity, address: identityAddress(settings), authorizer, quota }).byBarcode(NOBODY),
};

async function serviceLine(bench: Bench, service: Service, { authorizer, refusal }: SignIn): Promise<CheckLine> {
  const { what, scope, name, works, choice } = service;
  const wanted = bench.settings.scopes.includes(scope);
  if (refusal !== undefined && !isScope(refusal)) return failed(what, refusal.sentence, refusal.code);
  if (refusal !== undefined) {
    return wanted
      ? failed(
          what,
          `The WSKey may not use ${name} (${scope}). A library administrator must ask OCLC to add it to the key. Until then switch “${choice}” off: OCLC gives no access at all to who asks for more than the key may do.`,
        )
      : {
          what,
          outcome: 'skipped',
          sentence: `The WSKey may not use ${name} (${scope}), and Carrel is not set to. Nothing to do.`,
        };
  }
  const asked = await service.ask(bench, authorizer);
  if (!asked.ok) return failed(what, asked.error.sentence, asked.error.code);
  return fine(what, wanted ? works : `${works} To use it, switch “${choice}” on.`);
}

/** The last server's clock minus ours, milliseconds. */
interface Clock {
  offsetMs?: number;
}

function watching(http: HttpClient, clock: Clock): HttpClient {
  return {
    host: http.host,
    async send(request) {
      const answer = await http.send(request);
      if (answer.kind === 'answer' && answer.serverOffsetMs !== undefined) clock.offsetMs = answer.serverOffsetMs;
      return answer;
    },
    close: () => http.close(),
  };
}

/** How far the two clocks are apart. Nothing is said when no server was reached. */
function clockLine({ offsetMs }: Clock, { auth }: WmsSettings): readonly CheckLine[] {
  if (offsetMs === undefined) return [];
  const apart = Math.abs(offsetMs);
  if (apart <= CLOCK_LIMIT_MS) return [fine('Clock', 'This computer’s clock and OCLC’s agree.')];
  const minutes = String(Math.round(apart / 60_000));
  const direction = offsetMs > 0 ? 'behind' : 'ahead of';
  const effect = auth === 'hmac' ? 'OCLC may refuse the sign-in for it' : 'Due dates may be shown a day off';
  const sentence = `This computer’s clock is ${minutes} minutes ${direction} OCLC’s. ${effect}: IT should set the clock.`;
  return [{ what: 'Clock', outcome: 'warning', sentence }];
}

function fine(what: string, sentence: string): CheckLine {
  return { what, outcome: 'ok', sentence };
}

function failed(what: string, sentence: string, code?: ErrorCode): CheckLine {
  return { what, outcome: 'failed', sentence, ...(code === undefined ? {} : { code }) };
}
