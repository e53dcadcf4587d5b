import { expect, test } from 'vitest';
import type { RequestOffice } from '../../src-main/contract/request-record.ts';
import type { RequestBackend } from '../../src-main/contract/outcome.ts';
import { fail, ok, type Result } from '../../src-main/contract/result.ts';
import { backendSentence, createDetectedBackend, type Detected } from '../../src-main/systems/reshare/backend.ts';

const DOWN = fail('not-sent', 'ReShare was not reached.', { retry: 'later' });
const CROSSLINK: Detected = { kind: 'crosslink', both: false, versions: { crosslink: '1.0' } };

/** A system that answers with its name. */
function named(name: string, told: string[]): RequestBackend & { readonly office: RequestOffice } {
  const nothing = () => Promise.resolve(ok([]));
  return {
    get: () => Promise.resolve(fail('not-found', name)),
    findByScan: nothing,
    listChanged: nothing,
    listOpen: nothing,
    listClosedLoans: nothing,
    searchWords: () => Promise.resolve(ok({ views: [], more: false })),
    tenantRules: () => Promise.resolve(ok({ combineFillAndShip: false, combineReturnedAndShipped: false })),
    hostSettings: () => Promise.resolve(ok({ known: false })),
    pullSlips: () => Promise.resolve(fail('refused', name)),
    office: {
      record: () => Promise.resolve(fail('not-found', name)),
      choices: () => Promise.resolve({ reference: {}, notes: [name] }),
      closeStates: nothing,
      samePatron: nothing,
      sendEdited: (id) => {
        told.push(`${name} edits ${id}`);
        return Promise.resolve({ outcome: 'done' });
      },
    },
    act: (id, action) => {
      told.push(`${name} ${id} ${action}`);
      return Promise.resolve({ outcome: 'done' });
    },
  };
}

function setUp(answers: Result<Detected>[]) {
  const told: string[] = [];
  let asked = 0;
  const backend = createDetectedBackend(
    () => {
      asked += 1;
      return Promise.resolve(answers.shift() ?? DOWN);
    },
    { 'mod-rs': named('mod-rs', told), crosslink: named('crosslink', told) },
  );
  return { backend, told, asked: () => asked };
}

test('is asked for once, however many ask at once, and kept', async () => {
  const { backend, told, asked } = setUp([ok(CROSSLINK)]);
  expect(backend.kind()).toBeUndefined();
  await Promise.all([backend.listOpen(), backend.findByScan(['x']), backend.act('1', 'requesterReceived', {})]);
  expect([asked(), backend.kind(), told]).toEqual([1, 'crosslink', ['crosslink 1 requesterReceived']]);
});

test('while it is not known nothing is sent, and it is asked for anew', async () => {
  const { backend, told, asked } = setUp([DOWN, DOWN, ok({ ...CROSSLINK, kind: 'mod-rs', versions: {} })]);
  expect(await backend.act('1', 'requesterReceived', {})).toEqual({ outcome: 'not-sent', error: DOWN.error });
  expect(await backend.get('1')).toEqual(DOWN);
  expect(told).toEqual([]);
  expect(await backend.act('1', 'requesterReceived', {})).toEqual({ outcome: 'done' });
  expect([asked(), told]).toEqual([3, ['mod-rs 1 requesterReceived']]);
});

test('the office’s screen asks the one that was found; while it is not known nothing is sent from there either', async () => {
  const { backend, told } = setUp([DOWN, DOWN, DOWN, ok(CROSSLINK)]);
  const { office } = backend;
  expect(await office.sendEdited('1', undefined, {})).toEqual({ outcome: 'not-sent', error: DOWN.error });
  expect(await office.choices()).toEqual({ reference: {}, notes: [DOWN.error.sentence] });
  expect(await office.record('1')).toEqual(DOWN);
  expect(told).toEqual([]);
  expect(await office.sendEdited('1', undefined, {})).toEqual({ outcome: 'done' });
  expect((await office.choices()).notes).toEqual(['crosslink']);
  expect(await office.record('1')).toEqual(fail('not-found', 'crosslink'));
  expect(told).toEqual(['crosslink edits 1']);
});

test('a system that does not tell of changes is not listened to, one that is not known yet is tried again', async () => {
  const told = { opened: () => undefined, changed: () => undefined, signal: new AbortController().signal };
  const { backend } = setUp([DOWN, ok(CROSSLINK)]);
  expect(await backend.watch(told)).toEqual({ end: 'closed' });
  expect(await backend.watch(told)).toEqual({ end: 'none' });
});

test.each<[Detected, string]>([
  [CROSSLINK, 'CrossLink, the successor of mod-rs, was found (interface crosslink-broker 1.0).'],
  [{ kind: 'mod-rs', both: false, versions: { 'mod-rs': '2.19' } }, 'mod-rs was found (interface rs 2.19).'],
  [{ kind: 'crosslink', both: false, versions: {} }, 'CrossLink, the successor of mod-rs, was found.'],
  [
    { kind: 'mod-rs', both: true, versions: { 'mod-rs': '2.19', crosslink: '1.0' } },
    'Both mod-rs and its successor CrossLink were found. Carrel works with mod-rs (interface rs 2.19).',
  ],
])('%j in words', (found, sentence) => {
  expect(backendSentence(found)).toBe(sentence);
});
