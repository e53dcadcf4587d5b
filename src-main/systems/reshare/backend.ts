import type { RequestBackend } from '../../contract/outcome.ts';
import type { RequestOffice } from '../../contract/request-record.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { isRecord, jsonOf } from '../http/bodies.ts';
import { records, text } from '../http/tolerant.ts';
import { readGatewayError } from '../okapi/gateway-errors.ts';
import type { OkapiSession } from '../okapi/session.ts';
import { unreadable } from './api.ts';

/** The two systems that are called ReShare: mod-rs, and its successor CrossLink. */
export type BackendKind = 'mod-rs' | 'crosslink';

/** Okapi interfaces by which they are known (mod-rs and crosslink `ModuleDescriptor-template.json`). */
const INTERFACES: Readonly<Record<BackendKind, string>> = { 'mod-rs': 'rs', crosslink: 'crosslink-broker' };

const PROBES: Readonly<Record<BackendKind, string>> = {
  'mod-rs': '/rs/patronrequests?perPage=1',
  crosslink: '/broker/patron_requests?limit=1',
};

/** What the tenant has. `kind` is what Carrel works with: where both are found, mod-rs, which then keeps the requests. */
export interface Detected {
  readonly kind: BackendKind;
  /** Versions by interface, as far as the gateway told. */
  readonly versions: Readonly<Partial<Record<BackendKind, string>>>;
  readonly both: boolean;
}

/**
 * Which of both a tenant has: the gateway's list of the tenant's interfaces, or, where the account may not see it, the
 * module that answers. An answer that is not the gateway's or the module's decides nothing.
 */
export async function detectBackend(session: OkapiSession): Promise<Result<Detected>> {
  const path = `/_/proxy/tenants/${encodeURIComponent(session.tenant)}/interfaces`;
  const answer = await session.call({ method: 'GET', path, template: '/_/proxy/tenants/{tenant}/interfaces' });
  if (answer.kind === 'failed') return { ok: false, error: answer.error };
  const gateway = readGatewayError(answer, session);
  if (gateway !== undefined && gateway.error.code !== 'no-permission' && gateway.case !== 'no-module') {
    return { ok: false, error: gateway.error };
  }
  const listed = answer.status === 200 ? jsonOf(answer) : [];
  if (!Array.isArray(listed)) return unreadable(session.system);
  const versions = new Map(records(listed).map((entry) => [text(entry['id']), text(entry['version']) ?? '']));
  const [modRs, crosslink] = [versions.get(INTERFACES['mod-rs']), versions.get(INTERFACES.crosslink)];
  if (modRs !== undefined || crosslink !== undefined) {
    return ok({
      kind: modRs === undefined ? 'crosslink' : 'mod-rs',
      both: modRs !== undefined && crosslink !== undefined,
      versions: {
        ...(modRs === undefined ? {} : { 'mod-rs': modRs }),
        ...(crosslink === undefined ? {} : { crosslink }),
      },
    });
  }
  return probe(session);
}

async function probe(session: OkapiSession): Promise<Result<Detected>> {
  for (const kind of ['mod-rs', 'crosslink'] as const) {
    const path = PROBES[kind];
    const answer = await session.call({ method: 'GET', path, template: path });
    if (answer.kind === 'failed') return { ok: false, error: answer.error };
    const gateway = readGatewayError(answer, session);
    if (gateway?.case === 'no-module') continue;
    if (gateway !== undefined && gateway.error.code !== 'no-permission') return { ok: false, error: gateway.error };
    const body = jsonOf(answer);
    const here = gateway !== undefined || Array.isArray(body) || isRecord(body);
    return here ? ok({ kind, both: false, versions: {} }) : unreadable(session.system);
  }
  return fail(
    'configuration',
    `The tenant "${session.tenant}" has no ReShare: neither mod-rs nor CrossLink answers. A library administrator must check the tenant in Settings.`,
    { mender: 'library-administrator' },
  );
}

/** Which of both was found, in a sentence. */
export function backendSentence({ kind, both, versions }: Detected): string {
  const version = versions[kind];
  const by = version === undefined ? '' : ` (interface ${INTERFACES[kind]} ${version})`;
  if (both) return `Both mod-rs and its successor CrossLink were found. Carrel works with mod-rs${by}.`;
  return kind === 'mod-rs' ? `mod-rs was found${by}.` : `CrossLink, the successor of mod-rs, was found${by}.`;
}

/** The system the tenant has, found out at the first question and kept; until it is known every call is a failure. */
export interface DetectedBackend extends RequestBackend {
  readonly watch: NonNullable<RequestBackend['watch']>;
  readonly actOnMany: NonNullable<RequestBackend['actOnMany']>;
  /** What the office's screen of one request needs. */
  readonly office: RequestOffice;
  /** Which it is; undefined until a question was answered. */
  kind(): BackendKind | undefined;
}

/** A system with its side of the office's screen. */
type WithOffice = RequestBackend & { readonly office: RequestOffice };

/** One port before both systems. */
export function createDetectedBackend(
  detect: () => Promise<Result<Detected>>,
  systems: Readonly<Record<BackendKind, WithOffice>>,
): DetectedBackend {
  let found: Detected | undefined;
  let asking: Promise<Result<Detected>> | undefined;

  async function chosen(): Promise<Result<WithOffice>> {
    if (found === undefined) {
      asking ??= detect().finally(() => {
        asking = undefined;
      });
      const result = await asking;
      if (!result.ok) return result;
      found = result.value;
    }
    return ok(systems[found.kind]);
  }

  async function through<T>(ask: (system: WithOffice) => Promise<Result<T>>): Promise<Result<T>> {
    const system = await chosen();
    return system.ok ? ask(system.value) : system;
  }

  return {
    kind: () => found?.kind,
    office: {
      record: (id, signal) => through(({ office }) => office.record(id, signal)),
      choices: async (signal) => {
        const system = await chosen();
        return system.ok ? system.value.office.choices(signal) : { reference: {}, notes: [system.error.sentence] };
      },
      closeStates: (id, signal) => through(({ office }) => office.closeStates(id, signal)),
      samePatron: (id, signal) => through(({ office }) => office.samePatron(id, signal)),
      sendEdited: async (id, action, changes) => {
        const system = await chosen();
        if (!system.ok) return { outcome: 'not-sent', error: system.error };
        return system.value.office.sendEdited(id, action, changes);
      },
    },
    findByScan: (candidates, signal) => through((system) => system.findByScan(candidates, signal)),
    get: (id, signal) => through((system) => system.get(id, signal)),
    listChanged: (since, signal) => through((system) => system.listChanged(since, signal)),
    listOpen: (signal) => through((system) => system.listOpen(signal)),
    tenantRules: (signal) => through((system) => system.tenantRules(signal)),
    listClosedLoans: (since, signal) => through((system) => system.listClosedLoans(since, signal)),
    searchWords: (words, signal) => through((system) => system.searchWords(words, signal)),
    hostSettings: (signal) => through((system) => system.hostSettings(signal)),
    pullSlips: (ids) => through((system) => system.pullSlips(ids)),
    act: async (id, action, params, signal) => {
      const system = await chosen();
      if (!system.ok) return { outcome: 'not-sent', error: system.error };
      return system.value.act(id, action, params, signal);
    },
    actOnMany: async (ids, action) => {
      const system = await chosen();
      if (!system.ok || system.value.actOnMany === undefined) return 'not-offered';
      return system.value.actOnMany(ids, action);
    },
    watch: async (told) => {
      const system = await chosen();
      if (!system.ok) return { end: 'closed' };
      return system.value.watch === undefined ? { end: 'none' } : system.value.watch(told);
    },
  };
}
