import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewRecord, RecordBody } from '../contract/journal.ts';
import { DEFAULT_RETENTION } from '../contract/keeping.ts';
import type { TenantRules } from '../contract/outcome.ts';
import type { FilePicker } from '../contract/keep.ts';
import type { SheetPrinter } from '../contract/sheet.ts';
import type { SlipPrinter } from '../contract/slip.ts';
import { DEFAULT_SETTINGS, type ReshareSettings } from '../contract/settings.ts';
import type { DeskRules } from '../desk/types.ts';
import { DeskFlow } from '../journal/desk-flow.ts';
import type { DeskFlowOptions, Identity } from '../journal/desk-flow-options.ts';
import { DueFlow } from '../journal/due-flow.ts';
import { createDoubts } from '../journal/doubts.ts';
import { createLanes } from '../journal/lanes.ts';
import { Settler } from '../journal/settler.ts';
import type { PileRun } from '../journal/pile-run.ts';
import { policyPath, readPolicy } from '../settings/managed.ts';
import { Profile } from '../settings/profile.ts';
import { maskCard, Sealer } from '../settings/seal.ts';
import { Vault, type SecretCipher, type SessionSecrets } from '../settings/vault.ts';
import type { Parts } from '../shell/app.ts';
import type { EventStream } from '../shell/event-stream.ts';
import type { LogFile } from '../shell/log-file.ts';
import { openStore } from '../store/client.ts';
import type { RecordContext } from '../store/journal-store.ts';
import { endsInTrouble } from '../desk/agreement-legs.ts';
import { openAlma } from './alma.ts';
import { Agreement } from './agreement.ts';
import { openCallCount } from './call-count.ts';
import { createCirculation } from './circulation.ts';
import { createConnection, type Connection, type Patience } from './connection.ts';
import { createHandlers } from './handlers.ts';
import { Keep } from './keep.ts';
import { Keeping } from './keeping.ts';
import { createScreenLock } from './lock-parts.ts';
import { veiledEvent } from './lock.ts';
import { createHoldFlow } from './hold-flow.ts';
import { togetherWhile } from './together.ts';
import { createPlacing } from './placing.ts';
import { openPile } from './pile.ts';
import { openPractice, PracticePlace, practiceTwoSystems, type Practice } from './practice.ts';
import { Printing } from './printing.ts';
import { SavedFilterFile } from './saved-filters.ts';
import { openRelais } from './relais.ts';
import { Readiness } from './readiness.ts';
import { readinessPorts } from './readiness-ports.ts';
import { deskSystems } from './readiness-systems.ts';
import { RequestDesk } from './request-detail.ts';
import { receivedHere } from './received-here.ts';
import { recoverShift, startOfShift } from './recovery.ts';
import { Outage } from './replay.ts';
import { Setup } from './setup.ts';
import { ShiftView } from './shift-view.ts';
import { Tasks } from './tasks.ts';
import { RetentionJob } from './retention.ts';
import { refusalToStart, storePorts } from './store-ports.ts';

export interface BuildOptions {
  /** This user's folder. */
  readonly userData: string;
  readonly version: string;
  /** Closes all parts and builds them anew. */
  rebuild(): Promise<void>;
  readonly events: EventStream;
  readonly log: LogFile;
  readonly cipher: SecretCipher;
  readonly printer: SlipPrinter;
  readonly sheetPrinter: SheetPrinter;
  readonly picker: FilePicker;
  /** Secrets that may only live in memory; kept over a rebuild. */
  readonly session: SessionSecrets;
  /** Folder of the built bundles: the workers lie there. */
  readonly programs: string;
  /** Other times than the usual ones, for programs that play a whole day in seconds. */
  readonly hurry?: Hurry;
  /** How many things of the offline list are done side by side; the usual number when left out. */
  readonly replayLanes?: number;
  /** The wall clock and the monotonic one, milliseconds; the computer's own when left out. */
  readonly clock?: { readonly now: () => Date; readonly mono: () => number };
}

export interface Hurry {
  readonly patience: Patience;
  /** Waits before the next look at an unanswered action; rejects when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const NO_COMBINING: TenantRules = { combineFillAndShip: false, combineReturnedAndShipped: false };

/** How long calls under way may still take when Carrel closes, milliseconds; what is left then becomes *unknown*. */
const CLOSING_MS = 4_000;

/**
 * Builds everything behind the window, for a configured library or, when nothing is configured, on the practice
 * consortium. The journal is opened first and alone decides whether scans can be taken.
 */
export async function buildParts(options: BuildOptions): Promise<Parts> {
  const { userData, version, events, log, cipher, programs } = options;
  const { now, mono } = options.clock ?? { now: () => new Date(), mono: () => performance.now() };

  const { policy, trouble: policyTrouble } = await readPolicy(
    policyPath(process.platform, process.env['ProgramData']),
    process.platform,
  );
  const profile = await Profile.open(join(userData, 'settings.json'), policy, now);
  const training = profile.state.unconfigured;
  const directory = training ? join(userData, 'training') : userData;
  mkdirSync(directory, { recursive: true });
  // The practice story begins anew with each start; what an earlier one left in the cache would contradict it.
  if (training)
    for (const name of ['cache.db', 'cache.db-wal', 'cache.db-shm']) rmSync(join(directory, name), { force: true });

  const asked = training ? askedOfPractice() : {};
  const [store, vault, practice] = await Promise.all([
    openStore({
      directory,
      appVersion: version,
      workerFile: join(programs, 'store-worker.cjs'),
      log: (entry) => {
        log.write('info', entry.what, { area: entry.detail, ...(entry.ms === undefined ? {} : { ms: entry.ms }) });
      },
    }).catch((error: unknown) => {
      throw refusalToStart(error);
    }),
    Vault.open({
      path: join(userData, 'secrets.json'),
      cipher,
      platform: process.platform,
      allowWeak: policy.allowWeakSecretStorage === true,
      appVersion: version,
      now,
      session: options.session,
    }),
    training
      ? openPractice(join(programs, 'training-worker.cjs'), PracticePlace.parse(asked), {
          story: 'moving',
          wms: true,
          alma: true,
          relais: true,
          ...asked,
        })
      : Promise.resolve<Practice | undefined>(undefined),
  ]);

  const sealer = await openSealer(vault);
  // In training the desk is called what the practice library calls it, whatever is typed in the settings.
  const desk = (): DeskRules['desk'] =>
    practice === undefined
      ? profile.state.settings.desk
      : { ...profile.state.settings.desk, name: DEFAULT_SETTINGS.desk.name, branch: practice.branch };
  const shift = new ShiftView({ store, events, now, mono });
  const reshare = practice === undefined ? profile.state.settings.reshare : practiceSettings(practice);

  const ports = storePorts(store, {
    journal: (failure) => {
      shift.journalSaid(failure?.error);
    },
    cacheFault: (error) => {
      log.fault('cache', error);
    },
  });

  const connection: Connection = createConnection({
    settings: reshare,
    password:
      practice === undefined ? () => vault.get('reshare-password') : () => Promise.resolve(practice.tenant.password),
    rejected: practice === undefined && vault.state('reshare-password') === 'rejected',
    onRejected: () => {
      if (practice !== undefined) return;
      vault.reject('reshare-password').catch((error: unknown) => {
        log.fault('vault', error);
      });
    },
    cache: store.cache,
    light: shift.light,
    log,
    now,
    patience: options.hurry?.patience,
    onCache: () => {
      shift.cacheChanged();
      placing.cacheChanged();
    },
  });

  const wms = practice === undefined ? profile.state.settings.wms : practice.wms;
  const callCount =
    wms === undefined
      ? undefined
      : await openCallCount({
          path: join(directory, 'wms-calls.json'),
          keyId: wms.keyId,
          onFault: (error) => {
            log.fault('wms-calls', error);
          },
        });
  const circulation = createCirculation({
    settings: wms,
    counter: callCount?.counter,
    onCheckedIn: (barcode, words) => {
      tasks.checkedIn(barcode, words);
    },
    secret: practice === undefined ? await vault.get('wms-secret') : practice.wmsSecret,
    light: shift.wmsLight,
    log,
    now,
    mono,
  });
  if (wms !== undefined) shift.showWms();

  const lock = createScreenLock({
    profile,
    vault,
    training,
    events,
    now,
    online: () => shift.light.light.state === 'good' || shift.light.light.state === 'slow',
    onLocked: () => {
      const { session } = flow;
      if (session?.state === 'open') flow.endSession(session.id);
    },
  });
  await lock.start();
  events.veil((event) => (lock.locked ? veiledEvent(event) : event));

  let tenantRules = NO_COMBINING;
  const rules = (): DeskRules => ({
    desk: desk(),
    combineFillAndShip: tenantRules.combineFillAndShip,
    combineReturnedAndShipped: tenantRules.combineReturnedAndShipped,
    ...(circulation.rules === undefined ? {} : { circulation: circulation.rules }),
    host: agreement.host,
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
    staff: lock.staff ?? reshare?.username ?? 'nobody',
    appVersion: version,
    ...offset(),
  });

  const lanes = createLanes();
  const doubts = createDoubts();
  const newRecord = (scanId: string, body: RecordBody): NewRecord => ({
    id: randomUUID(),
    scanId,
    at: now().toISOString(),
    mono: mono(),
    ...identity(),
    body,
  });
  // The pile is opened further down, and works through these parts.
  const orders: { pile?: PileRun } = {};
  const outage = new Outage({
    system: togetherWhile(connection, () => orders.pile?.pile?.running === true),
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
          record: (scanId, body) => ports.journal.append(newRecord(scanId, body)),
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
      pile.lineChanged(line);
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
    record: (scanId, body) => ports.journal.append(newRecord(scanId, body)),
    show: (line, prompt) => flow.present(line, prompt),
    setForSession: (sessionId, due) => flow.setDue(sessionId, due),
    now,
    timeZone: () => rules().timeZone,
  });

  const holds = createHoldFlow({
    circulation,
    lanes,
    journal: store.journal,
    record: (scanId, body) => ports.journal.append(newRecord(scanId, body)),
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
    record: (scanId, body) => ports.journal.append(newRecord(scanId, body)),
    say: (stepId, happened) => flow.say(stepId, happened),
    present: (line, prompt) => flow.present(line, prompt),
    onChanged: (list) => {
      events.publish({ type: 'agreement', agreement: list });
    },
    onFault: (error) => {
      log.fault('agreement', error);
    },
    now,
  });

  const pile = await openPile({
    path: join(directory, 'pile.json'),
    flow,
    events,
    onFault: (error) => {
      log.fault('pile', error);
    },
    newId: randomUUID,
    now,
  });
  const alma = await openAlma({
    settings: practice === undefined ? profile.state.settings.alma : practice.alma,
    key: () => (practice === undefined ? vault.get('alma-key') : Promise.resolve(practice.almaKey)),
    path: join(directory, 'alma-calls.json'),
    log,
    now,
    mono,
  });
  orders.pile = pile;
  const saved = await SavedFilterFile.open(join(directory, 'saved-filters.json'));
  const context = (): RecordContext => ({ at: now().toISOString(), mono: mono(), ...identity() });
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
    recall: (step) => {
      flow.recall(step);
    },
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
    record: (id, body) => ports.journal.append(newRecord(id, body)),
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
  });
  const tasks = new Tasks({
    system,
    circulation,
    alma: alma.system,
    worldsharePartner: (practice?.alma ?? profile.state.settings.alma)?.partner,
    relais: relais.system,
    settings: () => twoSystems,
    training,
    returnMarginDays: () => desk().returnMarginDays,
    store,
    lanes,
    record: (id, body) => ports.journal.append(newRecord(id, body)),
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
    path: join(userData, 'setup.json'),
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

  await recoverShift({
    store,
    flow,
    doubts,
    settler,
    hold: (line) => outage.offline?.interrupted(line) ?? Promise.resolve(undefined),
    onSettled: (line, step) => outage.offline?.became(line.scanId, step, line),
    record: (scanId, body) => ports.journal.append(newRecord(scanId, body)),
    context,
    now,
    settleMinutes: desk().settleMinutes,
    onFault: (error) => {
      log.fault('recovery', error);
    },
  });
  await outage.connect({
    flow,
    lanes,
    doubts,
    settler,
    onActed: (requestId) => {
      connection.follow(requestId);
    },
  });
  await placing.flow.recover();
  await tasks.engine.recover();
  await shift.open(startOfShift(now()));
  connection.start((found) => {
    tenantRules = found;
  });
  agreement.start();
  retention.start();

  const notices = [profile.state.trouble, policyTrouble].filter((sentence) => sentence !== undefined);
  const handlers = createHandlers({
    version,
    training,
    practice,
    notices,
    flow,
    printing,
    dues,
    store,
    shift,
    connection,
    agreement,
    alma,
    keep,
    keeping,
    lock,
    readiness,
    setup,
    pile,
    pullSlips: {
      cache: store.cache,
      printer: options.printer,
      settings: () => desk().slips,
      pile,
      report: (ids) => connection.pullSlips(ids),
      now,
      onFault: (error) => {
        log.fault('pull slips', error);
      },
    },
    worklists: {
      cache: store.cache,
      saved,
      search: (text) => connection.search(text),
      onCache: () => {
        shift.cacheChanged();
      },
      refresh: () => {
        connection.refresh();
      },
      now,
      onFault: (error) => {
        log.fault('worklists', error);
      },
    },
    requestDesk,
    item: { journal: store.journal, cache: ports.cache, circulation, holds, rules, now },
    outage,
    tasks,
    place: placing,
    profile,
    picker: options.picker,
    vault,
    desk,
    events,
    log,
    rebuild: () => options.rebuild(),
  });

  return {
    handlers,
    woke: () => {
      connection.wake();
      outage.woke();
    },
    close: async () => {
      lock.stop();
      await pile.stop();
      await agreement.stop();
      await retention.stop();
      await connection.stop();
      settler?.stop();
      placing.flow.stop();
      tasks.engine.stop();
      const idle = [
        flow.idle(),
        holds.idle(),
        printing.idle(),
        placing.flow.idle(),
        tasks.engine.idle(),
        requestDesk.idle(),
        outage.stop(),
      ];
      await Promise.race([Promise.all(idle), sleep(CLOSING_MS, undefined, { ref: false })]);
      // What is still on its way keeps its `sending` on disk and is looked after at the next start.
      lanes.stop(new Error('Carrel is closing'));
      flow.close();
      await connection.close();
      await circulation.close();
      await placing.close();
      // A journal that went bad while it was used cannot be backed up any more; the next start mends it.
      await store.close().catch((error: unknown) => {
        log.fault('store', error);
      });
      await callCount?.close();
      await alma.close();
      await relais.close();
      await practice?.stop();
    },
  };
}

/**
 * What `CARREL_PRACTICE` asks for, a JSON object: options of the practice consortium, and at which of its desks Carrel
 * stands. People see the story move; a program that plays a fixed one asks for it to stand still.
 */
function askedOfPractice(): object {
  const given: unknown = practiceAsked() ? JSON.parse(process.env['CARREL_PRACTICE'] ?? '') : {};
  return typeof given === 'object' && given !== null ? given : {};
}

/** Somebody wants training, and no set-up: empty counts as not said. */
function practiceAsked(): boolean {
  return (process.env['CARREL_PRACTICE'] ?? '') !== '';
}

function practiceSettings(practice: Practice): ReshareSettings {
  return { okapiUrl: practice.url, tenant: practice.tenant.id, username: practice.tenant.username };
}

/** A key for fields that name a patron; without a place to keep it such fields are only masked, and not stored whole. */
async function openSealer(vault: Vault): Promise<Sealer | undefined> {
  const kept = await vault.get('journal-key');
  if (kept !== undefined) return new Sealer(kept);
  if (!vault.keeps) return undefined;
  const key = Sealer.newKey();
  await vault.set('journal-key', key);
  return new Sealer(key);
}
