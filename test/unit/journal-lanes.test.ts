import { expect, test } from 'vitest';
import { itemLanes } from '../../src-main/journal/lane-names.ts';
import { createLanes } from '../../src-main/journal/lanes.ts';
import { boundedSystem, createSlots } from '../../src-main/journal/slots.ts';
import { ok } from '../../src-main/contract/result.ts';
import { view } from '../fixtures/store-records.ts';

/** A promise that is settled by hand. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test('a stuck lane holds back no other, and its own tasks wait', async () => {
  const lanes = createLanes();
  const stuck = gate();
  const order: string[] = [];
  const first = lanes.run('a', async () => {
    await stuck.opened;
    order.push('a1');
  });
  const second = lanes.run('a', async () => Promise.resolve(order.push('a2')));
  await lanes.run('b', async () => Promise.resolve(order.push('b')));
  expect(order).toEqual(['b']);
  stuck.open();
  await Promise.all([first, second]);
  expect(order).toEqual(['b', 'a1', 'a2']);
});

test('an item found to be on a request joins its lane behind what was begun with the item alone, and the other way', async () => {
  const lanes = createLanes();
  const first = gate();
  const order: string[] = [];
  const note = (what: string) => async () => Promise.resolve(order.push(what));
  const alone = lanes.run('item:1', async () => {
    await first.opened;
    order.push('item alone');
  });
  const linked = lanes.run(['reshare:r', 'item:1', 'item:2'], note('on the request'));
  const after = [lanes.run('reshare:r', note('request')), lanes.run('item:2', note('other item'))];
  await lanes.run(['reshare:other', 'item:9'], note('another'));
  expect(order).toEqual(['another']);
  first.open();
  await Promise.all([alone, linked, ...after]);
  expect(order).toEqual(['another', 'item alone', 'on the request', 'request', 'other item']);
  await lanes.idle();
});

test('the lanes of a thing are its labels, whatever their case, and the items of its request', () => {
  const request = view({ volumes: [{ id: 'v', itemId: ' 39abc ', temporaryItemBarcode: 'rvr-1' }] });
  expect(itemLanes(['39ABC', ''], request)).toEqual(['item:39ABC', 'item:RVR-1']);
  expect(itemLanes(['x', 'X'], undefined)).toEqual(['item:X']);
});

test('idle waits for tasks that were added meanwhile', async () => {
  const lanes = createLanes();
  const order: string[] = [];
  void lanes.run('a', async () => {
    await Promise.resolve();
    void lanes.run('b', async () => Promise.resolve(order.push('added')));
  });
  await lanes.idle();
  expect(order).toEqual(['added']);
  await lanes.idle();
});

test('stopping drops what waits, tells what runs, and refuses what comes', async () => {
  const lanes = createLanes();
  const seen = gate();
  const running = lanes.run('a', async (signal) => {
    signal.addEventListener('abort', seen.open);
    await seen.opened;
    return signal.aborted;
  });
  const waiting = lanes.run('a', () => Promise.resolve('never'));
  lanes.stop(new Error('closing'));
  await expect(waiting).rejects.toThrow('closing');
  await expect(running).resolves.toBe(true);
  await expect(lanes.run('b', () => Promise.resolve('never'))).rejects.toThrow('closing');
  await lanes.idle();
});

test('a task given up while waiting is told at once, and the next still waits for the running one', async () => {
  const lanes = createLanes();
  const slow = gate();
  const order: string[] = [];
  const first = lanes.run('a', async () => {
    await slow.opened;
    order.push('first');
  });
  const giveUp = new AbortController();
  const second = lanes.run('a', () => Promise.resolve(order.push('second')), giveUp.signal);
  const third = lanes.run('a', () => Promise.resolve(order.push('third')));
  giveUp.abort(new Error('given up'));
  await expect(second).rejects.toThrow('given up');
  expect(order).toEqual([]);
  slow.open();
  await Promise.all([first, third]);
  expect(order).toEqual(['first', 'third']);
});

test('steps share the slots of their system; looking up a scan needs none', async () => {
  const busy = gate();
  const calls: string[] = [];
  const system = boundedSystem(
    {
      findByScan: async ([scan]) => Promise.resolve(ok((calls.push(`find ${scan ?? ''}`), []))),
      get: async (id) => Promise.resolve(ok((calls.push(`get ${id}`), view({ id })))),
      listChanged: async () => Promise.resolve(ok([])),
      listOpen: async () => Promise.resolve(ok([])),
      act: async (id) => {
        calls.push(`act ${id}`);
        await busy.opened;
        return { outcome: 'done' };
      },
      tenantRules: async () => Promise.resolve(ok({ combineFillAndShip: false, combineReturnedAndShipped: false })),
    },
    createSlots(1),
  );
  const act = system.act('1', 'x', {});
  const get = system.get('2');
  await system.findByScan(['3']);
  await Promise.resolve();
  expect(calls.sort()).toEqual(['act 1', 'find 3']);
  busy.open();
  await Promise.all([act, get]);
  expect(calls.at(-1)).toBe('get 2');
});
