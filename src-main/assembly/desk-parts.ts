import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestSystem } from '../contract/outcome.ts';
import { endsInTrouble } from '../desk/agreement-legs.ts';
import { DeskFlow } from '../journal/desk-flow.ts';
import type { DeskFlowOptions } from '../journal/desk-flow-options.ts';
import { createDoubts, type Doubts } from '../journal/doubts.ts';
import { DueFlow } from '../journal/due-flow.ts';
import type { HoldFlow } from '../journal/hold-flow.ts';
import { JustDone } from '../journal/just-done.ts';
import { createLanes, type Lanes } from '../journal/lanes.ts';
import type { PileRun } from '../journal/pile-run.ts';
import { Settler } from '../journal/settler.ts';
import { maskCard } from '../settings/seal.ts';
import { Agreement } from './agreement.ts';
import type { Base } from './base-parts.ts';
import type { BuildOptions } from './build-options.ts';
import { createHoldFlow } from './hold-flow.ts';
import { Printing } from './printing.ts';
import { receivedHere } from './received-here.ts';
import { Outage } from './replay.ts';
import { createStanding, type Standing } from './standing.ts';
import type { Systems } from './system-parts.ts';
import { togetherWhile } from './together.ts';

export interface DeskOptions {
  readonly options: BuildOptions;
  readonly base: Base;
  readonly systems: Systems;
  /** Who works at the screen now, where it is locked and opened by name. */
  readonly staff: () => string | undefined;
  readonly locked: () => boolean;
  /** The pile works through the desk and is opened after it; undefined until then. */
  readonly pile: () => PileRun | undefined;
}

/** The desk: what happens to a scan, and all that follows from it. */
export interface Desk extends Standing {
  readonly lanes: Lanes;
  readonly doubts: Doubts;
  readonly justDone: JustDone;
  /** Undefined while no request system is configured. */
  readonly settler: Settler | undefined;
  readonly outage: Outage;
  /** The request system as steps use it: guarded, and held back while it is down. */
  readonly system: RequestSystem | undefined;
  readonly flow: DeskFlow;
  readonly printing: Printing;
  readonly dues: DueFlow;
  readonly holds: HoldFlow;
  readonly agreement: Agreement;
}

/**
 * Puts the desk together: lanes, doubts and the offline list, the flow of scans through them, and printing, due dates,
 * holds and the agreement of both systems beside it. Nothing is looked at, recovered or sent yet.
 */
export function createDesk(parts: DeskOptions): Desk {
  const { options, base, systems } = parts;
  const { events, log } = options;
  const { now, mono, store, desk, sealer, reshare, wms } = base;
  const { shift, ports, connection, circulation } = systems;
  const standing = createStanding({
    version: options.version,
    base,
    systems,
    staff: parts.staff,
    locked: parts.locked,
    host: () => agreement.host,
  });
  const { rules, identity, newRecord, record } = standing;

  const lanes = createLanes();
  const doubts = createDoubts();
  const justDone = new JustDone(mono);
  const outage = new Outage({
    system: togetherWhile(connection, () => parts.pile()?.pile?.running === true),
    circulation: circulation.port,
    probeCirculation: () => circulation.probe(),
    light: shift.light,
    wmsLight: shift.wmsLight,
    stored: store.journal,
    ...ports,
    record: newRecord,
    rules,
    now,
    newId: randomUUID,
    log,
    lanesAtOnce: options.replayLanes ?? reshare?.parallel,
    atOnce: { reshare: reshare?.parallel, wms: wms?.parallel },
    turnAway: () => {
      connection.session?.turnAway();
    },
    onList: (change) => {
      events.publish({ type: 'offline', change });
    },
  });
  const { system } = outage;
  const settler =
    system === undefined
      ? undefined
      : new Settler({
          system,
          doubts,
          record,
          sleep: options.hurry?.sleep ?? ((ms, signal) => sleep(ms, undefined, { signal, ref: false })),
        });
  const protect = (text: string, row: string): ReturnType<DeskFlowOptions['protect']> => {
    const sealed = sealer?.seal(text, row);
    return { masked: maskCard(text.trim()), ...(sealed === undefined ? {} : { sealed }) };
  };
  const flow = new DeskFlow({
    ...ports,
    system,
    circulation: outage.circulation,
    ...(outage.offline === undefined ? {} : { offline: outage.offline }),
    lanes,
    doubts,
    justDone,
    settler,
    received: receivedHere({
      journal: store.journal,
      now,
      onFault: (error) => {
        log.fault('journal', error);
      },
    }),
    rules,
    identity,
    now,
    mono,
    newId: randomUUID,
    protect,
    onRecorded: () => {
      shift.scanSaved();
    },
    after: (ms, run) => {
      const timer = setTimeout(run, ms).unref();
      return () => {
        clearTimeout(timer);
      };
    },
    onSession: (session) => {
      events.publish(session === undefined ? { type: 'session' } : { type: 'session', session });
    },
    onLine: (line) => {
      shift.lineChanged(line);
      if (line.prompt !== undefined && endsInTrouble(line.prompt)) agreement.soon();
      printing.lineChanged(line);
      parts.pile()?.lineChanged(line);
    },
    onActed: (requestId) => {
      connection.follow(requestId);
    },
    onSaid: () => {
      agreement.soon();
    },
    onFault: (error) => {
      log.fault('scan', error);
    },
  });

  const printing = new Printing({
    printer: options.printer,
    settings: () => desk().slips,
    ...(circulation.waiting === undefined ? {} : { patron: circulation.waiting }),
    line: (scanId) => store.journal.lineOf(scanId),
    show: (line, prompt) => flow.present(line, prompt),
    now,
    onFault: (error) => {
      log.fault('printing', error);
    },
  });

  const dues = new DueFlow({
    system: circulation.rules?.name ?? 'your circulation system',
    line: (scanId) => store.journal.lineOf(scanId),
    record,
    show: (line, prompt) => flow.present(line, prompt),
    setForSession: (sessionId, due) => flow.setDue(sessionId, due),
    now,
    timeZone: () => rules().timeZone,
  });

  const holds = createHoldFlow({
    circulation,
    timeZone: () => rules().timeZone,
    lanes,
    journal: store.journal,
    record,
    now,
    protect,
    show: async (line, prompt) => {
      await flow.present(line, prompt);
      agreement.soon();
    },
  });

  const agreement = new Agreement({
    journal: store.journal,
    cache: store.cache,
    system,
    hostSettings: () => connection.hostSettings(),
    closedLoans: (since, signal) => connection.closedLoans(since, signal),
    systemName: circulation.rules?.name,
    holdShelfDays: () => desk().holdShelfDays,
    record,
    say: (stepId, happened) => flow.say(stepId, happened),
    confirmHold: (scanId, stepId) => holds.confirm(scanId, stepId),
    present: (line, prompt) => flow.present(line, prompt),
    onChanged: (list) => {
      events.publish({ type: 'agreement', agreement: list });
    },
    onFault: (error) => {
      log.fault('agreement', error);
    },
    now,
  });

  return { ...standing, lanes, doubts, justDone, settler, outage, system, flow, printing, dues, holds, agreement };
}
