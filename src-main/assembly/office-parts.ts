import { join } from 'node:path';
import { DEFAULT_RETENTION } from '../contract/keeping.ts';
import { openAlma, type AlmaAccess } from './alma.ts';
import { practiceAsked, type Base } from './base-parts.ts';
import type { BuildOptions } from './build-options.ts';
import type { Desk } from './desk-parts.ts';
import { Keep } from './keep.ts';
import { Keeping } from './keeping.ts';
import { createPlacing, type Placing } from './placing.ts';
import { practiceTwoSystems } from './practice.ts';
import { openRelais, type RelaisAccess } from './relais.ts';
import { Readiness } from './readiness.ts';
import { readinessPorts } from './readiness-ports.ts';
import { deskSystems } from './readiness-systems.ts';
import { RequestDesk } from './request-detail.ts';
import { RetentionJob } from './retention.ts';
import { SavedFilterFile } from './saved-filters.ts';
import { Setup } from './setup.ts';
import type { Systems } from './system-parts.ts';
import { Tasks } from './tasks.ts';

export interface OfficeOptions {
  readonly options: BuildOptions;
  readonly base: Base;
  readonly systems: Systems;
  readonly desk: Desk;
}

/** The office: work that begins with a request, a list or a file rather than with a scan, and the care of what is kept. */
export interface Office {
  readonly alma: AlmaAccess;
  readonly saved: SavedFilterFile;
  readonly requestDesk: RequestDesk;
  readonly keeping: Keeping;
  readonly keep: Keep;
  readonly placing: Placing;
  readonly relais: RelaisAccess;
  readonly tasks: Tasks;
  readonly readiness: Readiness;
  readonly setup: Setup;
  readonly retention: RetentionJob;
}

/**
 * Puts the office together: one request's screen, exports and day sheets, placing requests, work in two systems with Alma
 * and Relais, and the looks at whether all is set up. Nothing is recovered, sent or deleted yet.
 */
export async function openOffice(parts: OfficeOptions): Promise<Office> {
  const { options, base } = parts;
  const { events, log } = options;
  const { now, mono, profile, training, directory, store, vault, practice, sealer, desk, reshare, wms } = base;
  const { shift, ports, connection, circulation } = parts.systems;
  const { rules, identity, context, newRecord, record, lanes, doubts, justDone, settler, system, flow } = parts.desk;

  const almaSettings = practice === undefined ? profile.state.settings.alma : practice.alma;
  const alma = await openAlma({
    settings: almaSettings,
    key: () => (practice === undefined ? vault.get('alma-key') : Promise.resolve(practice.almaKey)),
    path: join(directory, 'alma-calls.json'),
    log,
    light: shift.almaLight,
    now,
    mono,
  });
  const saved = await SavedFilterFile.open(join(directory, 'saved-filters.json'));
  const requestDesk = new RequestDesk({
    system,
    office: connection.office,
    settler,
    lanes,
    doubts,
    rules,
    now,
    journal: ports.journal,
    steps: store.journal,
    cache: ports.cache,
    newRecord,
    circulationName: circulation.rules?.name,
    onRecorded: () => {
      shift.scanSaved();
    },
    show: (line, prompt) => flow.present(line, prompt),
    justDone,
    onActed: (requestId) => {
      connection.follow(requestId);
    },
    onFault: (error) => {
      log.fault('request', error);
    },
  });

  const keeping = new Keeping({ store, events, profile });
  const keep = new Keep({
    journal: store.journal,
    picker: options.picker,
    paper: options.sheetPrinter,
    desk,
    shift: () => shift.selection,
    onImported: () => {
      retention.soon();
    },
    onGone: (scanIds) => {
      events.publish({ type: 'gone', scanIds: [...scanIds] });
    },
    context,
    now,
    onFault: (error) => {
      log.fault('sheet', error);
    },
  });
  const systems = deskSystems({ session: connection.session, reshare, wms, practice, vault });
  const placing = createPlacing({
    reshare,
    session: connection.session,
    kind: () => connection.kind(),
    system,
    inventory: systems.inventory,
    openUrlAddress: systems.openUrlAddress,
    lookUpPatron: circulation.port?.lending?.patron,
    store,
    lanes,
    record,
    sealer,
    events,
    log,
    now,
    sleep: options.hurry?.sleep,
  });
  const twoSystems = practice === undefined ? profile.state.settings.twoSystems : practiceTwoSystems(practice);
  const relais = openRelais({
    settings: twoSystems?.relais,
    key: () => (practice === undefined ? vault.get('relais-key') : Promise.resolve(practice.relaisKey)),
    log,
    light: shift.relaisLight,
    now,
  });
  if (alma.system !== undefined) shift.show('alma');
  if (relais.system !== undefined) shift.show('relais');
  const tasks = new Tasks({
    system,
    office: connection.office,
    circulation,
    alma: alma.system,
    almaSettings,
    relais: relais.system,
    settings: () => twoSystems,
    training,
    returnMarginDays: () => desk().returnMarginDays,
    store,
    lanes,
    record,
    staff: () => identity().staff,
    sealer,
    events,
    log,
    now,
    timeZone: () => rules().timeZone,
    sleep: options.hurry?.sleep,
  });
  const readiness = await Readiness.open({
    ports: readinessPorts(systems),
    scope: { wms: wms !== undefined },
    path: join(directory, 'readiness.json'),
    identity: () => ({ account: reshare?.username ?? '', desk: desk().name }),
    now,
  });
  const setup = await Setup.open({
    path: join(options.userData, 'setup.json'),
    fresh: training && !practiceAsked(),
    printer: options.printer,
    now,
    onFault: (error) => {
      log.fault('setup', error);
    },
  });
  const retention = new RetentionJob({
    journal: store.journal,
    retention: () => profile.state.settings.retention ?? DEFAULT_RETENTION,
    context,
    now,
    onFault: (error) => {
      log.fault('retention', error);
    },
  });

  return { alma, saved, requestDesk, keeping, keep, placing, relais, tasks, readiness, setup, retention };
}
