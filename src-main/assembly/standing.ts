import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { NewRecord, RecordBody, StoredRecord } from '../contract/journal.ts';
import type { TenantRules } from '../contract/outcome.ts';
import type { Result } from '../contract/result.ts';
import type { DeskRules } from '../desk/types.ts';
import type { Identity } from '../journal/desk-flow-options.ts';
import type { RecordContext } from '../store/journal-store.ts';
import type { Base } from './base-parts.ts';
import type { Systems } from './system-parts.ts';

export interface StandingOptions {
  readonly version: string;
  readonly base: Pick<Base, 'now' | 'mono' | 'desk' | 'reshare'>;
  readonly systems: Pick<Systems, 'ports' | 'connection' | 'circulation'>;
  /** Who works at the screen now, where it is locked and opened by name. */
  readonly staff: () => string | undefined;
  readonly locked: () => boolean;
  /** What ReShare does in the circulation system by itself, as far as it is known. */
  readonly host: () => NonNullable<DeskRules['host']>;
}

/** Where the desk stands: the rules it goes by, and the who, where and when that every record carries. */
export interface Standing {
  readonly rules: () => DeskRules;
  readonly identity: () => Identity;
  /** The same with the time, for records the store writes by itself. */
  readonly context: () => RecordContext;
  readonly newRecord: (scanId: string, body: RecordBody) => NewRecord;
  /** Appends a record of a scan to the journal, now and here. */
  readonly record: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** ReShare has said which steps this tenant combines. */
  readonly knowTenantRules: (rules: TenantRules) => void;
}

const NO_COMBINING: TenantRules = { combineFillAndShip: false, combineReturnedAndShipped: false };

/** Puts together the desk's rules and its identity; both are asked anew each time, since settings change while Carrel runs. */
export function createStanding({ version, base, systems, staff, locked, host }: StandingOptions): Standing {
  const { now, mono, desk, reshare } = base;
  const { ports, connection, circulation } = systems;

  let tenantRules = NO_COMBINING;
  const rules = (): DeskRules => ({
    desk: desk(),
    combineFillAndShip: tenantRules.combineFillAndShip,
    combineReturnedAndShipped: tenantRules.combineReturnedAndShipped,
    ...(circulation.rules === undefined ? {} : { circulation: circulation.rules }),
    host: host(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const offset = (): Pick<Identity, 'serverOffsetMs'> => {
    const serverOffsetMs = connection.serverOffsetMs();
    return serverOffsetMs === undefined ? {} : { serverOffsetMs };
  };
  const identity = (): Identity => ({
    workstation: hostname(),
    desk: desk().name,
    branch: desk().branch,
    staff: staff() ?? reshare?.username ?? 'nobody',
    ...(locked() ? { locked: true } : {}),
    appVersion: version,
    ...offset(),
  });
  const context = (): RecordContext => ({ at: now().toISOString(), mono: mono(), ...identity() });
  const newRecord = (scanId: string, body: RecordBody): NewRecord => ({
    id: randomUUID(),
    scanId,
    at: now().toISOString(),
    mono: mono(),
    ...identity(),
    body,
  });

  return {
    rules,
    identity,
    context,
    newRecord,
    record: (scanId, body) => ports.journal.append(newRecord(scanId, body)),
    knowTenantRules: (found) => {
      tenantRules = found;
    },
  };
}
