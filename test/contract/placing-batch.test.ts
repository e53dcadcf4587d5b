import { expect, test } from 'vitest';
import { PlaceBatchRun } from '../../src-main/assembly/place-batch.ts';
import { Sealer } from '../../src-main/settings/seal.ts';
import { office } from './placing-office.ts';
import { value } from './systems-desk.ts';

/** A file of requests: everything is looked at first, then each is placed once, whatever stops it in between. */
const KEY = Sealer.newKey();
type Office = Awaited<ReturnType<typeof office>>;

function run(at: Office): PlaceBatchRun {
  const sealer = new Sealer(KEY);
  return new PlaceBatchRun(at.run('never').parts, (text) => sealer.mark(text));
}

function file(at: Office): string {
  const { patron } = at.order;
  return [
    'isbn;title;author;patron;pickup;note',
    `9780000810014;;;${patron};riverside-main-desk;For a reading group`,
    `;Winter wheat and its weather;Okafor;${patron};Main Library Desk;`,
    `9780000820013;;;${patron};riverside-main-desk;`,
    `;The Odyssey;Homer;${patron};riverside-main-desk;`,
    `9780000810014;;;${patron};the-moon;`,
    `9780000810014;;;${patron};RIVERSIDE-MAIN-DESK;For a reading group`,
    `9780000999996;;;${patron};riverside-main-desk;`,
    `;Winter wheat and its weather;Okafor;24101999999999;riverside-main-desk;`,
    `9780000830012;;;${patron};riverside-main-desk;`,
  ].join('\n');
}

const states = (batch: PlaceBatchRun) => batch.batch?.rows.map(({ state }) => state);

async function dryRun(batch: PlaceBatchRun, name: string, text: string): Promise<void> {
  value(batch.read(name, text));
  while (batch.batch?.rows.some(({ state }) => state === 'waiting') === true) await batch.check();
}

test('the dry run says of each row what would happen, and places nothing', async () => {
  const at = await office();
  const batch = run(at);
  await dryRun(batch, 'monday.csv', file(at));
  expect(states(batch)?.join(' ')).toBe('ready ready stopped choose stopped stopped stopped stopped choose');
  const said = batch.batch!.rows.map(({ sentence }) => sentence);
  expect(said[0]).toMatch(/Tide tables of the northern estuary.*Pick up at .*Most lending libraries\./);
  expect(said[2]).toMatch(/No holding says exactly “Will lend”/);
  expect(said[3]).toMatch(/records fit, and which one is meant is for a person to say/);
  expect(said[4]).toBe('No pickup location of the library is called “the-moon”, by slug or by name.');
  expect(said[5]).toBe('It is the same as line 2, which is placed once.');
  expect(said[6]).toBe('The Shared Inventory has nothing like it.');
  expect(said[7]).toMatch(/does not know this patron/);
  expect(said[8]).toMatch(/the first holding there does not, and ReShare looks no further/);
  expect(at.created()).toBe(0);
  expect(JSON.stringify(batch.batch)).not.toContain(at.order.patron);
});

test('what is ready is placed, each once; it can be stopped between two and gone on with', async () => {
  const at = await office();
  const batch = run(at);
  await dryRun(batch, 'monday.csv', file(at));
  await batch.place();
  expect([at.created(), states(batch)?.slice(0, 2)]).toEqual([1, ['placed', 'ready']]);
  // Asked for twice at once, and once more when nothing is left.
  await Promise.all([batch.place(), batch.place()]);
  expect([at.created(), states(batch)?.slice(0, 2)]).toEqual([2, ['placed', 'placed']]);
});

test('the same file read again, also after a restart, finds what was placed and never places it twice', async () => {
  const at = await office();
  const first = run(at);
  await dryRun(first, 'monday.csv', file(at));
  await first.place();
  const second = run(at);
  await dryRun(second, 'monday again.csv', file(at));
  expect(states(second)?.slice(0, 2)).toEqual(['placed', 'ready']);
  expect(second.batch?.rows[0]?.sentence).toMatch(/It was placed before/);
  await second.place();
  await second.place();
  expect(at.created()).toBe(2);
});

test('a row whose answer is lost is looked for, and the next ones go on', async () => {
  const at = await office();
  const batch = run(at);
  await dryRun(batch, 'monday.csv', file(at));
  at.consortium.faults.add({ where: 'resolver', kind: 'drop-after', times: 1 });
  await batch.place();
  await batch.place();
  expect(states(batch)?.slice(0, 2)).toEqual(['placed', 'placed']);
  expect(batch.batch?.rows[0]?.sentence).toContain('a look shows that ReShare has the request');
  expect(at.created()).toBe(2);
});

test('a system that does not answer stops a row in words', async () => {
  const at = await office();
  const batch = run(at);
  at.consortium.controls.inventoryTroubles.arm('search', 1);
  value(batch.read('one.csv', file(at)));
  await batch.check();
  expect(batch.batch?.rows[0]).toMatchObject({ state: 'stopped' });
  expect(batch.batch?.rows[0]?.sentence).toMatch(/could not get an answer from the Shared Inventory/);
  batch.clear();
  expect(batch.batch).toBeUndefined();
});
