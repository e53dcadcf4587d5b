import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDigit } from '../../src-main/training/barcodes.ts';
import { PracticeClock } from '../../src-main/training/clock.ts';
import { startConsortium, type Consortium, type ConsortiumOptions } from '../../src-main/training/consortium.ts';
import { perform } from '../../src-main/training/modrs/actions.ts';
import { modelData, stateCodes } from '../../src-main/training/modrs/machine.ts';
import { validActions } from '../../src-main/training/modrs/valid-actions.ts';
import { ABSENT } from '../../src-main/training/story/plan.ts';

const START = Date.UTC(2026, 10, 23, 9);
const start = (options: ConsortiumOptions = {}) => startConsortium({ time: 'stands', startAt: START, ...options });

const allRequests = (consortium: Consortium) =>
  [...consortium.controls.world.tenants.values()].flatMap((tenant) => [...tenant.requests.values()]);
const snapshot = (consortium: Consortium): string => JSON.stringify([consortium.cast, allRequests(consortium)]);

describe('the story', () => {
  let consortium: Consortium;
  beforeAll(async () => {
    consortium = await start();
  });
  afterAll(() => consortium.stop());

  it('has some hundreds of requests over three libraries', () => {
    const { riverside, northfield, eastport } = consortium.counts();
    expect(riverside).toBeGreaterThan(250);
    expect(northfield).toBeGreaterThan(100);
    expect(eastport).toBeGreaterThan(100);
  });

  it('shows every state of the state model data, or says why not', () => {
    const shown = new Set(allRequests(consortium).map((one) => one.state));
    const missing = stateCodes().filter((code) => !shown.has(code));
    expect(missing.sort()).toEqual(Object.keys(ABSENT).sort());
  });

  it('keeps every request in a state its model has', () => {
    // NonreturnableRequester's transitions name REQ_LOCAL_REVIEW without seeding it; the story does not use it there.
    const strange = allRequests(consortium).filter(
      (one) => !modelData(one.model).states.some((state) => state.code === one.state),
    );
    expect(strange.map((one) => `${one.model}:${one.state}`)).toEqual([]);
  });

  it('links the two sides of a request by number and id', () => {
    const { world } = consortium.controls;
    for (const one of allRequests(consortium).filter((request) => request.peerRequestIdentifier !== undefined)) {
      const peers = [...world.tenants.values()].map((tenant) => tenant.requests.get(one.peerRequestIdentifier!));
      const peer = peers.find((found) => found !== undefined)!;
      expect([peer.hrid, peer.peerRequestIdentifier, peer.isRequester]).toEqual([one.hrid, one.id, !one.isRequester]);
    }
  });

  it('numbers audit lines without gaps, the last one being lastAuditNo', () => {
    for (const one of allRequests(consortium)) {
      expect(one.audit.map((line) => line.auditNo)).toEqual(one.audit.map((_, i) => i + 1));
      expect(one.lastAuditNo).toBe(one.audit.length);
    }
  });

  it('has item barcodes with good check digits, and dues around now', () => {
    const volumes = allRequests(consortium).flatMap((one) => one.volumes);
    expect(volumes.length).toBeGreaterThan(200);
    for (const { itemId } of volumes) expect(checkDigit(itemId.slice(0, 13))).toBe(itemId.slice(13));
    const dues = allRequests(consortium).flatMap((one) => one.dueDateRS ?? []);
    expect(dues.some((due) => due < START) && dues.some((due) => due > START)).toBe(true);
  });

  it('has the cast a desk shift needs', () => {
    const { cast } = consortium;
    expect(cast.length).toBeGreaterThanOrEqual(40);
    expect(new Set(cast.map((one) => one.key)).size).toBe(cast.length);
    expect(consortium.thing('return-by-temporary').barcode).toBe('RVR-1234-5678');
    const kinds = new Set(cast.map((one) => one.what));
    for (const kind of [
      'arrival',
      'return',
      'ship-back',
      'fill request',
      'fill item',
      'pull slip',
      'complete',
      'own item',
      'patron card',
      'isbn',
      'wrong label',
      'other',
    ] as const) {
      expect(kinds).toContain(kind);
    }
    for (const one of cast.filter((member) => member.what === 'wrong label')) {
      expect(checkDigit(one.barcode.slice(0, 13))).not.toBe(one.barcode.slice(13));
    }
    for (const one of cast) expect(one.expects).toMatch(/[.]$/);
  });

  it('is the same for the same seed and another for another', async () => {
    const [same, other] = [await start(), await start({ seed: 2 })];
    expect(snapshot(same)).toBe(snapshot(consortium));
    expect(snapshot(other)).not.toBe(snapshot(consortium));
    await Promise.all([same.stop(), other.stop()]);
  });
});

describe('the life of the other libraries', () => {
  const options: ConsortiumOptions = { story: 'moving', size: 100 };

  it('goes the same way for the same advances, however they are cut', async () => {
    const [one, two] = [await start(options), await start(options)];
    one.clock.advance(3_600_000);
    for (let i = 0; i < 60; i += 1) two.clock.advance(60_000);
    expect(two.ledger()).toEqual(one.ledger());
    expect(snapshot(two)).toBe(snapshot(one));
    expect(one.ledger().filter((entry) => entry.kind === 'action').length).toBeGreaterThan(100);
    await Promise.all([one.stop(), two.stop()]);
  });

  it('reaches Riverside, but leaves the cast alone', async () => {
    const consortium = await start(options);
    const riverside = consortium.controls.world.tenants.get('riverside')!;
    const states = () => consortium.cast.map((one) => riverside.requests.get(one.requestId ?? '')?.state);
    const before = states();
    consortium.clock.advance(2 * 3_600_000);
    expect(states()).toEqual(before);
    const arrived = consortium.ledger().filter((entry) => entry.kind === 'network' && entry.tenant === 'riverside');
    expect(arrived.length).toBeGreaterThan(10);
    await consortium.stop();
  });

  it('goes on with a thing once the desk has acted on it', async () => {
    const consortium = await start(options);
    const { world } = consortium.controls;
    const riverside = world.tenants.get('riverside')!;
    const id = consortium.thing('ship-back-1').requestId!;
    const desk = { id: riverside.accounts[0]!.id, username: 'desk' };
    const request = riverside.requests.get(id);
    expect(perform(world, request, id, 'shippedReturn', {}, desk).status).toBe(200);
    consortium.clock.advance(3 * 3_600_000);
    expect(request!.state).toBe('REQ_REQUEST_COMPLETE');
    await consortium.stop();
  });

  it('makes lent items overdue when their day has passed, and tells the borrower', async () => {
    const consortium = await start({ size: 100 });
    const before = allRequests(consortium).filter((one) => one.state === 'RES_OVERDUE').length;
    consortium.clock.advance(40 * 86_400_000);
    const late = allRequests(consortium).filter((one) => one.state === 'RES_OVERDUE');
    expect(late.length).toBeGreaterThan(before);
    const told = allRequests(consortium).filter((one) =>
      one.audit.some((line) => line.message === 'StatusChange message received: Overdue' && line.at > START),
    );
    expect(told.length).toBeGreaterThan(0);
    await consortium.stop();
  });

  it('never leaves the models: a long while ends in states they have', async () => {
    const consortium = await start(options);
    consortium.clock.advance(6 * 3_600_000);
    for (const one of allRequests(consortium)) {
      const codes = modelData(one.model).states.map((state) => state.code);
      expect(codes).toContain(one.state);
    }
    await consortium.stop();
  });
});

describe('the state model', () => {
  it('has no action the server cannot perform', async () => {
    const consortium = await start();
    const { world } = consortium.controls;
    const tried = new Set<string>();
    const failed: string[] = [];
    for (const request of allRequests(consortium)) {
      for (const { actionCode } of validActions(request)) {
        const name = `${request.model}:${request.state}:${actionCode}`;
        if (tried.has(name)) continue;
        tried.add(name);
        const copy = structuredClone(request);
        const answer = perform(world, copy, copy.id, actionCode, {}, undefined);
        if (String(answer.body).includes('System error')) failed.push(name);
        expect(modelData(copy.model).states.map((one) => one.code)).toContain(copy.state);
      }
    }
    expect(failed).toEqual([]);
    expect(tried.size).toBeGreaterThan(200);
    await consortium.stop();
  });
});

describe('the practice clock', () => {
  it('runs what is due in order, each at its own time, and what that starts as well', () => {
    const clock = new PracticeClock({ startAt: 0, time: 'stands' });
    const seen: (readonly [string, number])[] = [];
    clock.after(20, () => seen.push(['second', clock.now()]));
    clock.after(10, () => {
      seen.push(['first', clock.now()]);
      clock.after(5, () => seen.push(['between', clock.now()]));
    });
    clock.after(20, () => seen.push(['third', clock.now()]));
    clock.advance(9);
    expect(seen).toEqual([]);
    clock.advance(41);
    expect(seen).toEqual([
      ['first', 10],
      ['between', 15],
      ['second', 20],
      ['third', 20],
    ]);
    expect([clock.now(), clock.waiting]).toEqual([50, 0]);
  });

  it('flows by itself when told to', async () => {
    const clock = new PracticeClock({ startAt: 0, time: 'flows' });
    await new Promise<void>((resolve) => {
      clock.after(5, resolve);
    });
    expect(clock.now()).toBeGreaterThanOrEqual(5);
    clock.stop();
  });
});
