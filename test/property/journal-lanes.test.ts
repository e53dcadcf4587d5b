import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLanes } from '../../src-main/journal/lanes.ts';
import { createSlots } from '../../src-main/journal/slots.ts';

/** Tasks of a few lanes; some fail, some are given up while they wait. */
const tasks = fc.array(fc.record({ lane: fc.nat(3), fails: fc.boolean(), abandoned: fc.boolean() }), {
  minLength: 1,
  maxLength: 25,
});

test('tasks of a lane run in order and one at a time, whatever the timing, failures and giving up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), tasks, async (scheduler, list) => {
      const lanes = createLanes();
      const started = new Map<number, number[]>();
      const running = new Set<number>();
      const outcomes = list.map(({ lane, fails, abandoned }, place) => {
        const giveUp = new AbortController();
        const run = lanes.run(
          String(lane),
          async () => {
            expect(running.has(lane)).toBe(false);
            running.add(lane);
            started.set(lane, [...(started.get(lane) ?? []), place]);
            await scheduler.schedule(Promise.resolve(), `task ${place}`);
            running.delete(lane);
            if (fails) throw new Error('failed');
            return place;
          },
          giveUp.signal,
        );
        if (abandoned) {
          void scheduler.schedule(Promise.resolve(), `giving up ${place}`).then(() => {
            giveUp.abort(new Error('given up'));
          });
        }
        return run.then(
          (value) => value,
          (error: unknown) => (error as Error).message,
        );
      });
      await scheduler.waitFor(lanes.idle());
      await scheduler.waitFor(Promise.all(outcomes));
      const results = await Promise.all(outcomes);
      for (const places of started.values()) expect(places).toEqual([...places].sort((a, b) => a - b));
      list.forEach(({ lane, fails, abandoned }, place) => {
        const ran = started.get(lane)?.includes(place) === true;
        const expected = ran ? (fails ? 'failed' : place) : 'given up';
        expect(results[place]).toBe(expected);
        if (!abandoned) expect(ran).toBe(true);
      });
    }),
    { numRuns: 200 },
  );
});

test('tasks that join several lanes keep the order of each, and none waits for ever', async () => {
  const joined = fc.array(fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), joined, async (scheduler, list) => {
      const lanes = createLanes();
      const ended: number[] = [];
      const running = new Set<number>();
      const all = list.map((names, place) =>
        lanes.run(names.map(String), async () => {
          for (const name of names) {
            expect(running.has(name), 'two at once in one lane').toBe(false);
            running.add(name);
          }
          await scheduler.schedule(Promise.resolve(), `task ${place}`);
          for (const name of names) running.delete(name);
          ended.push(place);
        }),
      );
      await scheduler.waitFor(Promise.all(all));
      expect(ended).toHaveLength(list.length);
      for (const lane of [0, 1, 2, 3, 4]) {
        const places = ended.filter((place) => list[place]?.includes(lane));
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }
    }),
    { numRuns: 200 },
  );
});

test('never more calls in flight than slots, each call is made once, and waiting ones come in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), tasks, async (scheduler, limit, list) => {
      const slots = createSlots(limit);
      let inFlight = 0;
      const made: number[] = [];
      const outcomes = list.map(({ fails, abandoned }, place) => {
        const giveUp = new AbortController();
        const call = slots.take(async () => {
          made.push(place);
          inFlight += 1;
          expect(inFlight).toBeLessThanOrEqual(limit);
          await scheduler.schedule(Promise.resolve(), `call ${place}`);
          inFlight -= 1;
          if (fails) throw new Error('failed');
        }, giveUp.signal);
        if (abandoned) {
          void scheduler.schedule(Promise.resolve(), `giving up ${place}`).then(() => {
            giveUp.abort(new Error('given up'));
          });
        }
        return call.then(
          () => 'made',
          (error: unknown) => (error as Error).message,
        );
      });
      await scheduler.waitFor(Promise.all(outcomes));
      const results = await Promise.all(outcomes);
      expect(made).toEqual([...made].sort((a, b) => a - b));
      list.forEach(({ fails, abandoned }, place) => {
        const expected = made.includes(place) ? (fails ? 'failed' : 'made') : 'given up';
        expect(results[place]).toBe(expected);
        if (!abandoned) expect(made).toContain(place);
      });
      expect(inFlight).toBe(0);
    }),
    { numRuns: 200 },
  );
});
