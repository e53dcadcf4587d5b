import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRelais, type Relais } from '../../src-main/systems/relais/relais.ts';
import {
  startPracticeRelais,
  type PracticeRelais,
  type RelaisFault,
} from '../../src-main/training/relais/practice-relais.ts';
import { engineOver, good, memoryJournal, peers } from '../fixtures/tasks-world.ts';

let practice: PracticeRelais;
let relais: Relais;
const lines: unknown[] = [];
beforeAll(async () => {
  practice = await startPracticeRelais();
  const { symbol, partnership, key } = practice.access;
  relais = createRelais({
    address: practice.url,
    symbol,
    partnership,
    key: () => Promise.resolve(key),
    http: { retries: 0 },
    onCall: (line) => lines.push(line),
  });
});
afterAll(async () => {
  await relais.close();
  await practice.stop();
});

function sample(name: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(new URL(`../fixtures/relais/${name}.json`, import.meta.url), 'utf8')) as never;
}

/** The names of an answer's parts, of records those of the first. */
function shape(value: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(value).sort();
}

async function asked(path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(practice.url + path, init);
  expect(answer.status).toBe(200);
  return (await answer.json()) as never;
}

test('the practice answers in the shapes that were recorded, errors inside HTTP 200 too', async () => {
  const wish = { ...sample('authentication.request'), ApiKey: practice.access.key };
  const signedIn = await asked('/portal-service/user/authentication', wish);
  expect(shape(signedIn)).toEqual(shape(sample('authentication.response')));
  const nobody = await asked('/portal-service/user/authentication', { ...wish, PatronId: 'X' });
  expect(nobody).toEqual(sample('authentication.bad-patron.response.http200'));
  const bad = await asked('/portal-service/request/query/my?aid=expired-aid&type=all');
  expect(bad).toEqual(sample('request-query-my.bad-aid.http200'));
});

test('a request’s status is read from its patron’s own list, with one user agent throughout', async () => {
  expect(await relais.statusOf('exa-90000042', 'D0001234')).toMatchObject({ ok: true, value: { status: 'ON_LOAN' } });
  expect(await relais.statusOf('EXA-99999999', 'D0001234')).toEqual({ ok: true, value: undefined });
});

test('neither key nor patron nor authorization is in what may be logged', async () => {
  lines.length = 0;
  await relais.statusOf('EXA-90000042', 'D0001234');
  const logged = JSON.stringify(lines);
  expect(lines).toHaveLength(2);
  for (const secret of [practice.access.key, 'D0001234', 'Ex4mple']) expect(logged).not.toContain(secret);
});

test('a patron it does not know is refused with its own words, never an empty list', async () => {
  expect(await relais.statusOf('EXA-90000042', 'X')).toMatchObject({
    ok: false,
    error: { code: 'refused', theirWords: expect.stringContaining('PUBAN003') as string },
  });
});

test.each<[RelaisFault, string]>([
  ['problem-inside', 'answered with an error, so nothing is known'],
  ['signed-out', 'something Carrel cannot read'],
  ['html-500', 'something Carrel cannot read'],
  ['not-json', 'something Carrel cannot read'],
  ['no-list', 'something Carrel cannot read'],
])('%s instead of an authorization: a clear sentence', async (fault, sentence) => {
  practice.fail(fault);
  expect(await relais.statusOf('EXA-90000042', 'D0001234')).toMatchObject({
    ok: false,
    error: { sentence: expect.stringContaining(sentence) as string },
  });
});

test('an answer of 200 with an error inside neither closes a leg nor loses the task', async () => {
  const world = peers();
  const { engine } = engineOver(memoryJournal(), { ...world, systems: { ...world.systems, relais } });
  const order = {
    kind: 'return',
    flow: 'relais-wms',
    label: 'EXA-TMP-1',
    refs: { relaisRequest: 'EXA-90000042' },
    patron: 'D0001234',
  } as const;
  const { id } = await good(engine.start(order));
  await good(engine.act(id, 1, {}));
  practice.fail('problem-inside');
  const looked = await good(engine.look(id));
  expect(looked).toMatchObject({ overall: 'half-done' });
  expect(looked.legs[1]).toMatchObject({
    state: 'todo',
    sentence: expect.stringContaining('could not be looked up') as string,
  });
  // Staff say that they did it, and Relais still has it on loan: it stays open until Relais agrees.
  const early = await good(engine.act(id, 2, {}));
  expect(early.legs[1]).toMatchObject({ state: 'todo', sentence: expect.stringContaining('ON_LOAN') as string });
  practice.mark('EXA-90000042', 'COMPLETE');
  expect(await good(engine.act(id, 2, {}))).toMatchObject({ overall: 'done', legs: [{}, { state: 'verified' }] });
});

test('without an answer nothing is known', async () => {
  await practice.reach(false);
  expect(await relais.statusOf('EXA-90000042', 'D0001234')).toMatchObject({ ok: false, error: { code: 'not-sent' } });
  await practice.reach(true);
});
