import { describe, expect, it } from 'vitest';
import { LightKeeper } from '../../src-main/assembly/lights.ts';
import { Outage, type OutageOptions } from '../../src-main/assembly/replay.ts';
import type { RequestSystem } from '../../src-main/contract/outcome.ts';
import { fail, ok } from '../../src-main/contract/result.ts';
import type { HeldBody } from '../../src-main/contract/offline.ts';
import { createDoubts } from '../../src-main/journal/doubts.ts';
import { JustDone } from '../../src-main/journal/just-done.ts';
import { createLanes } from '../../src-main/journal/lanes.ts';
import type { HeldRecords } from '../../src-main/journal/offline.ts';
import type { CirculationPort } from '../../src-main/journal/ports.ts';
import type { LogFile } from '../../src-main/shell/log-file.ts';
import { createLimiter } from '../../src-main/systems/okapi/limiter.ts';
import { record } from '../fixtures/store-records.ts';
import { rulesWith } from './desk-cases.ts';
import { shipped } from './offline-world.ts';
import { line } from './renderer-samples.ts';

/** Calls that still wait for their turn when a system turns out not to be reached: told at once, and never sent. */

const AT = '2026-11-23T14:02:00.000Z';
const LOST = { at: AT, ok: false, ms: 20, error: fail('not-sent', 'not reached').error } as const;

function outage(given: Partial<OutageOptions>) {
  const reshare = new LightKeeper(
    'reshare',
    'ReShare',
    () => undefined,
    () => 0,
  );
  const wms = new LightKeeper(
    'wms',
    'WMS',
    () => undefined,
    () => 0,
  );
  let turnedAway = 0;
  const made = new Outage({
    system: undefined,
    circulation: undefined,
    probeCirculation: () => Promise.resolve(),
    light: reshare,
    wmsLight: wms,
    stored: { held: () => Promise.resolve([]), heldNumber: () => Promise.resolve(0) },
    journal: { append: () => Promise.resolve(fail('journal-closed', 'no')), line: () => Promise.resolve(undefined) },
    cache: { findByIdentifier: () => Promise.resolve([]), upsert: () => Promise.resolve() },
    record: () => {
      throw new Error('nothing is recorded here');
    },
    rules: () => rulesWith({}),
    now: () => new Date(AT),
    newId: () => 'id',
    log: { fault: () => undefined } as unknown as LogFile,
    lanesAtOnce: undefined,
    atOnce: { reshare: 2, wms: 1 },
    turnAway: () => {
      turnedAway += 1;
    },
    onList: () => undefined,
    ...given,
  });
  const fall = (light: LightKeeper): void => {
    for (let n = 0; n < 3; n += 1) light.report(LOST);
  };
  return { made, fallOfReshare: () => fall(reshare), fallOfWms: () => fall(wms), turnedAway: () => turnedAway };
}

describe('when ReShare is found not to be reached', () => {
  it('looks and actions that wait are refused at once; what is on its way is waited for', async () => {
    const asked: string[] = [];
    const stuck = Promise.withResolvers<undefined>();
    const system: RequestSystem = {
      findByScan: () => Promise.resolve(ok([])),
      get: async (id) => {
        asked.push(id);
        await stuck.promise;
        return fail('not-sent', 'timed out');
      },
      act: (id) => {
        asked.push(`act ${id}`);
        return Promise.resolve({ outcome: 'done' });
      },
      listChanged: () => Promise.resolve(ok([])),
      listOpen: () => Promise.resolve(ok([])),
      tenantRules: () => Promise.resolve(ok({ combineFillAndShip: false, combineReturnedAndShipped: false })),
    };
    const { made, fallOfReshare, turnedAway } = outage({ system });
    const reached = made.system!;
    const onTheWay = [reached.get('a'), reached.get('b')];
    const waiting = [reached.get('c'), reached.get('d'), reached.act('e', 'requesterReceived', {})];
    await expect.poll(() => asked.length).toBe(2);
    fallOfReshare();
    expect(await Promise.all(waiting)).toMatchObject([
      { ok: false, error: { code: 'not-sent' } },
      { ok: false, error: { code: 'not-sent' } },
      { outcome: 'not-sent' },
    ]);
    expect(asked).toEqual(['a', 'b']);
    expect(turnedAway()).toBe(1);
    stuck.resolve(undefined);
    await Promise.all(onTheWay);
    await made.stop();
  });
});

describe('when WMS is found not to be reached', () => {
  it('a check-in that waits is refused at once, and never sent', async () => {
    const asked: string[] = [];
    const stuck = Promise.withResolvers<undefined>();
    const circulation: CirculationPort = {
      checkIn: async (barcode) => {
        asked.push(barcode);
        await stuck.promise;
        return { outcome: 'not-sent', error: LOST.error };
      },
    };
    const { made, fallOfWms } = outage({ circulation });
    const onTheWay = made.circulation?.checkIn('1');
    const waiting = made.circulation?.checkIn('2');
    await expect.poll(() => asked.length).toBe(1);
    fallOfWms();
    expect(await waiting).toMatchObject({ outcome: 'not-sent' });
    expect(asked).toEqual(['1']);
    stuck.resolve(undefined);
    await onTheWay;
    await made.stop();
  });
});

describe('a start while things wait for a system', () => {
  const held = (system: 'reshare' | 'wms', plan: HeldBody['plan']): HeldRecords => {
    const scanned = line(1, { at: AT, barcode: '34101009014610' });
    const body: HeldBody = { type: 'held', no: 1, day: '2026-11-23', mode: 'record', system, plan, basis: {} };
    return {
      line: scanned,
      records: [{ ...record(body, { scanId: scanned.scanId }), seq: 1 }],
      scannedAgain: undefined,
    };
  };
  const CHECK_IN: HeldBody['plan'] = { kind: 'check-in', barcode: '34101009014610' };

  async function started(kept: readonly HeldRecords[]) {
    const answer = Promise.withResolvers<undefined>();
    const probes: string[] = [];
    const wmsLight = new LightKeeper(
      'wms',
      'WMS',
      () => undefined,
      () => 0,
    );
    const { made } = outage({
      system: { tenantRules: () => answer.promise } as unknown as RequestSystem,
      circulation: { checkIn: () => Promise.reject(new Error('nothing is sent')) },
      probeCirculation: async () => {
        probes.push('WMS');
        await answer.promise;
        wmsLight.report({ at: AT, ok: true, ms: 20 });
      },
      wmsLight,
      stored: { held: () => Promise.resolve(kept as never), heldNumber: () => Promise.resolve(0) },
    });
    const doubts = createDoubts();
    // Nothing is scanned here.
    const flow = undefined as never;
    await made.connect({
      flow,
      lanes: createLanes(),
      doubts,
      justDone: new JustDone(() => 0),
      settler: undefined,
      onActed: () => undefined,
    });
    return { made, probes, wmsLight, answer };
  }

  it('is an outage on the screen before the first scan, until the system has answered', async () => {
    const { made, probes, wmsLight, answer } = await started([held('wms', CHECK_IN)]);
    expect(wmsLight.light).toMatchObject({ state: 'down', downSince: AT });
    expect(made.list.down).toEqual(['WMS']);
    expect(probes).toEqual(['WMS']);
    answer.resolve(undefined);
    await expect.poll(() => wmsLight.light.state).toBe('good');
    expect(made.list.down).toEqual([]);
    await made.stop();
  });

  it('is none for a scan that a crash left undecided, nor where nothing waits', async () => {
    for (const kept of [[held('wms', { kind: 'look' })], []]) {
      const { made, probes, wmsLight } = await started(kept);
      expect([wmsLight.light.state, probes]).toEqual(['unknown', []]);
      await made.stop();
    }
  });
});

describe('what may be done by itself', () => {
  const STEP: HeldBody['plan'] = {
    kind: 'step',
    step: 'receive',
    action: 'requesterReceived',
    requestId: 'id-RVR-1',
    side: 'borrowing',
    params: {},
  };
  const kept = (seq: number, barcode: string, system: 'reshare' | 'wms', plan: HeldBody['plan']): HeldRecords => {
    const scanned = line(seq, { at: AT, barcode, raw: barcode });
    const body: HeldBody = { type: 'held', no: seq, day: '2026-11-23', mode: 'record', system, plan, basis: {} };
    const records = [{ ...record(body, { scanId: scanned.scanId }), seq }];
    return { line: scanned, records, scannedAgain: undefined };
  };

  async function away(byItself: boolean) {
    const sent: string[] = [];
    const keeper = (id: 'reshare' | 'wms', name: string): LightKeeper =>
      new LightKeeper(
        id,
        name,
        () => undefined,
        () => 0,
      );
    const light = keeper('reshare', 'ReShare');
    const wmsLight = keeper('wms', 'WMS');
    const usual = rulesWith({ circulation: { name: 'WMS', hereCodes: [], branches: [] } });
    const offline = { ...usual.desk.offline, replayByItself: byItself };
    const { made } = outage({
      system: {
        findByScan: ([label]: readonly string[]) => Promise.resolve(ok(label === 'RVR-1' ? [shipped('RVR-1')] : [])),
        get: () => Promise.resolve(ok(shipped('RVR-1'))),
        act: (id: string) => {
          sent.push(id);
          return Promise.resolve({ outcome: 'done' as const });
        },
        tenantRules: () => Promise.resolve(ok({ combineFillAndShip: false, combineReturnedAndShipped: false })),
      } as unknown as RequestSystem,
      circulation: {
        checkIn: (barcode) => {
          sent.push(barcode);
          return Promise.resolve({ outcome: 'done', value: { routing: { kind: 'reshelve', raw: 'Re-shelve' } } });
        },
      },
      light,
      wmsLight,
      rules: () => ({ ...usual, desk: { ...usual.desk, offline } }),
      record: (scanId, body) => record(body, { scanId }),
      journal: {
        append: (made) => Promise.resolve(ok({ ...made, seq: 9 })),
        line: () => Promise.resolve(undefined),
      },
      stored: {
        held: () =>
          Promise.resolve([
            kept(1, 'RVR-1', 'reshare', STEP),
            kept(2, '34101009014610', 'wms', { kind: 'check-in', barcode: '34101009014610' }),
          ] as never),
        heldNumber: () => Promise.resolve(2),
      },
    });
    const flow = { present: () => Promise.resolve(), checkedIn: () => undefined } as never;
    await made.connect({
      flow,
      lanes: createLanes(),
      doubts: createDoubts(),
      justDone: new JustDone(() => 0),
      settler: undefined,
      onActed: () => undefined,
    });
    for (const one of [light, wmsLight]) for (let n = 0; n < 3; n += 1) one.report(LOST);
    expect(made.list.down).toEqual(['ReShare', 'WMS']);
    const back = (one: LightKeeper): void => {
      one.report({ at: AT, ok: true, ms: 20 });
    };
    const states = (): readonly string[] => made.list.lines.map(({ state }) => state);
    return { made, sent, states, backReshare: () => back(light), backWms: () => back(wmsLight) };
  }

  it('is done for each system as soon as it is back, and what needs another one waits on', async () => {
    const { made, sent, states, backReshare, backWms } = await away(true);
    backReshare();
    await expect.poll(states).toEqual(['done', 'waiting']);
    expect(sent).toEqual(['id-RVR-1']);
    backWms();
    await expect.poll(states).toEqual(['done', 'done']);
    expect(sent).toEqual(['id-RVR-1', '34101009014610']);
    await made.stop();
  });

  it('is left to the key where the desk has not set it', async () => {
    const { made, sent, states, backReshare, backWms } = await away(false);
    backReshare();
    backWms();
    expect(made.list.busy).toBeUndefined();
    expect(states()).toEqual(['waiting', 'waiting']);
    expect(sent).toEqual([]);
    await made.stop();
  });
});

describe('places for calls', () => {
  it('turned away, those who wait end without having run; those who run, and those who come later, do not', async () => {
    const limiter = createLimiter(1);
    const first = Promise.withResolvers<string>();
    const running = limiter.run(() => first.promise);
    const waiting = [limiter.run(() => Promise.resolve('2')), limiter.run(() => Promise.resolve('3'))];
    limiter.turnAway();
    expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
    const later = limiter.run(() => Promise.resolve('4'));
    first.resolve('1');
    expect(await Promise.all([running, later])).toEqual(['1', '4']);
  });
});
