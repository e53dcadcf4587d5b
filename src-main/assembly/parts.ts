import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { PileRun } from '../journal/pile-run.ts';
import type { Parts } from '../shell/app.ts';
import { openBase } from './base-parts.ts';
import type { BuildOptions } from './build-options.ts';
import { closeParts } from './closing.ts';
import { createDesk, type Desk } from './desk-parts.ts';
import { createHandlers } from './handlers.ts';
import { createScreenLock } from './lock-parts.ts';
import { veiledEvent } from './lock.ts';
import { openOffice, type Office } from './office-parts.ts';
import { openPile } from './pile.ts';
import { recoverShift, startOfShift } from './recovery.ts';
import { openSystems } from './system-parts.ts';

/**
 * Builds everything behind the window, for a configured library or, when nothing is configured, on the practice
 * consortium. The journal is opened first and alone decides whether scans can be taken.
 */
export async function buildParts(options: BuildOptions): Promise<Parts> {
  const { version, events, log } = options;
  const base = await openBase(options);
  const { now, profile, training, directory, store, vault, practice } = base;
  const systems = await openSystems(options, base, {
    onCache: () => {
      office.placing.cacheChanged();
    },
    onRead: (views) => {
      office.placing.read(views);
    },
    onCheckedIn: (barcode, words) => {
      office.tasks.checkedIn(barcode, words);
    },
  });
  const { shift, connection, ports, circulation } = systems;

  const lock = createScreenLock({
    profile,
    vault,
    training,
    events,
    now,
    online: () => shift.light.light.state === 'good' || shift.light.light.state === 'slow',
    onLocked: () => {
      const { session } = desk.flow;
      if (session?.state === 'open') desk.flow.endSession(session.id);
    },
  });
  await lock.start();
  events.veil((event) => (lock.locked ? veiledEvent(event) : event));

  const late: { pile?: PileRun } = {};
  const desk: Desk = createDesk({
    options,
    base,
    systems,
    staff: () => lock.staff,
    locked: () => lock.locked,
    pile: () => late.pile,
  });
  const pile = await openPile({
    path: join(directory, 'pile.json'),
    flow: desk.flow,
    events,
    onFault: (error) => {
      log.fault('pile', error);
    },
    newId: randomUUID,
    now,
  });
  late.pile = pile;
  const office: Office = await openOffice({ options, base, systems, desk });

  const { flow, outage, lanes, doubts, justDone, settler, record, context, rules, holds, printing, dues, agreement } =
    desk;
  const { placing, tasks, retention, alma, saved, keep, keeping, requestDesk, readiness, setup } = office;
  await recoverShift({
    store,
    flow,
    doubts,
    settler,
    hold: (line) => outage.offline?.interrupted(line) ?? Promise.resolve(undefined),
    onSettled: (line, step) => outage.offline?.became(line.scanId, step, line),
    record,
    context,
    now,
    settleMinutes: base.desk().settleMinutes,
    onFault: (error) => {
      log.fault('recovery', error);
    },
  });
  await outage.connect({
    flow,
    lanes,
    doubts,
    justDone,
    settler,
    onActed: (requestId) => {
      connection.follow(requestId);
    },
  });
  await placing.flow.recover();
  await tasks.engine.recover();
  await shift.open(startOfShift(now()));
  connection.start(desk.knowTenantRules);
  agreement.start();
  retention.start();

  const handlers = createHandlers({
    version,
    training,
    practice,
    notices: base.notices(),
    flow,
    printing,
    dues,
    store,
    cache: ports.cache,
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
      picker: options.picker,
      settings: () => base.desk().slips,
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
    item: {
      journal: store.journal,
      cache: ports.cache,
      circulation,
      holds,
      lookAgain: (barcode) => flow.lookAgain(barcode),
      rules,
      now,
    },
    outage,
    tasks,
    place: placing,
    profile,
    picker: options.picker,
    vault,
    desk: base.desk,
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
    close: () => closeParts({ log, base, systems, lock, desk, pile, office }),
  };
}
