import { expect, test } from 'vitest';
import { almaListHandlers } from '../../src-main/assembly/alma-lists.ts';
import { DEFAULT_SLIP_SETTINGS, type PrintOutcome, type SlipJob } from '../../src-main/contract/slip.ts';
import { letterWords } from '../../src-main/systems/alma/letter.ts';
import type { AlmaFaultKind } from '../../src-main/training/alma/practice-alma.ts';
import { almaDesk, got } from './alma-desk.ts';

/** Alma's lending task list and print queue as the window asks for them, over the real client and the practice Alma. */

const NOW = new Date('2026-11-23T12:00:00Z');

async function desk(key: 'full' | 'usersOnly' = 'full') {
  const alma = await almaDesk({ practiceNow: () => NOW.getTime() }, {}, key);
  const printed: SlipJob[] = [];
  const paper: { outcome: PrintOutcome } = { outcome: { outcome: 'printed' } };
  const handlers = almaListHandlers({
    alma: alma.alma,
    printer: {
      print: (job) => {
        printed.push(job);
        return Promise.resolve(paper.outcome);
      },
      pdf: () => Promise.reject(new Error('nobody asked for a PDF')),
    },
    settings: () => DEFAULT_SLIP_SETTINGS,
    now: () => NOW,
    onFault: (error) => {
      throw error;
    },
  });
  const lists = async () => got(await handlers['alma.lists']({}));
  return { ...alma, handlers, lists, printed, paper };
}

test('the lending list with its statuses, and the waiting slips with what stands on them', async () => {
  const { lists } = await desk();
  const { lending, slips, at } = await lists();
  expect(at).toBe(NOW.toISOString());
  expect(lending.rows.map(({ status }) => status)).toEqual([
    'Shipped physically',
    ...Array.from({ length: 3 }, () => 'Created lending request'),
  ]);
  expect(lending.rows[0]).toMatchObject({
    externalId: 'EXB-2026-00088',
    partner: 'Example College B',
    barcode: '39999000012345',
  });
  expect(slips.rows.map(({ kind }) => kind)).toEqual([
    'Resource Sharing Shipping Slip Letter',
    'Resource Request Slip Letter',
  ]);
  expect(slips.rows[0]?.words).toContain('External ID: EXB-2026-00088');
});

test('a slip is printed on the desk’s paper, its number as bars, and is no longer listed in Alma', async () => {
  const { handlers, lists, printed, practice } = await desk();
  const [slip] = (await lists()).slips.rows;
  expect(got(await handlers['alma.printSlip']({ id: slip!.id }))).toMatchObject({ printed: true, marked: true });
  expect(printed).toMatchObject([
    {
      paper: '80mm',
      slip: {
        heading: 'From Alma',
        destination: 'Resource Sharing Shipping Slip Letter',
        text: expect.arrayContaining(['Title: Notes on Harbour Geometry']) as string[],
        barcode: { text: 'EXB-2026-00088', widths: expect.stringMatching(/^[1-4]+$/) as string },
      },
    },
  ]);
  expect((await lists()).slips.rows).toHaveLength(1);
  // A second press finds it gone: nothing comes out twice.
  expect(got(await handlers['alma.printSlip']({ id: slip!.id }))).toMatchObject({
    printed: false,
    sentence: expect.stringContaining('no longer waits') as string,
  });
  expect(printed).toHaveLength(1);
  expect(practice.effects).toHaveLength(1);
});

test('what the printer did not print stays in Alma’s queue', async () => {
  const { handlers, lists, paper, practice } = await desk();
  paper.outcome = { outcome: 'failed', reason: 'No printer here; tell IT.' };
  const [slip] = (await lists()).slips.rows;
  expect(got(await handlers['alma.printSlip']({ id: slip!.id }))).toEqual({
    printed: false,
    marked: false,
    sentence: 'No printer here; tell IT. It still waits in Alma.',
  });
  expect(practice.effects).toEqual([]);
});

test('a slip that was printed elsewhere is ticked off without paper', async () => {
  const { handlers, lists, printed } = await desk();
  const [slip] = (await lists()).slips.rows;
  expect(got(await handlers['alma.markSlip']({ id: slip!.id }))).toMatchObject({ printed: false, marked: true });
  expect(printed).toEqual([]);
});

test.each<[AlmaFaultKind, boolean, string]>([
  ['drop-after', true, 'Alma no longer lists it'],
  ['drop-before', false, 'Alma still lists it'],
  ['per-second', false, 'Alma takes no more calls this second'],
  ['html-500', false, 'Alma has trouble of its own'],
])('%s while a printed slip is marked: the queue itself says how it ended', async (kind, marked, sentence) => {
  const { handlers, lists, printed, practice } = await desk();
  const [slip] = (await lists()).slips.rows;
  practice.faults.add({ where: /^POST /, kind, times: 1 });
  expect(got(await handlers['alma.printSlip']({ id: slip!.id }))).toMatchObject({
    printed: true,
    marked,
    sentence: expect.stringContaining(sentence) as string,
  });
  expect(printed).toHaveLength(1);
});

test.each<[AlmaFaultKind, string]>([
  ['per-second', 'Alma takes no more calls this second'],
  ['html-500', 'Alma has trouble of its own'],
  ['html-200', 'Something other than Alma answered'],
  ['wrong-types', 'could not be understood'],
])('%s for the lending list: a sentence in its place, and the slips stand all the same', async (kind, sentence) => {
  const { lists, practice } = await desk();
  practice.faults.add({ where: /lending-requests/, kind });
  const { lending, slips } = await lists();
  expect(lending).toEqual({ rows: [], sentence: expect.stringContaining(sentence) as string });
  expect(slips.rows).toHaveLength(2);
});

test('a key without the area Task lists: both lists say whose job that is', async () => {
  const { lists } = await desk('usersOnly');
  const { lending, slips } = await lists();
  for (const list of [lending, slips]) expect(list.sentence).toContain('library administrator');
});

test('without Alma there is nothing to ask', async () => {
  const { handlers } = await desk();
  expect(handlers).toBeDefined();
  const none = almaListHandlers({
    alma: undefined,
    printer: { print: () => Promise.reject(new Error('no')), pdf: () => Promise.reject(new Error('no')) },
    settings: () => DEFAULT_SLIP_SETTINGS,
    now: () => NOW,
    onFault: () => undefined,
  });
  expect(await none['alma.lists']({})).toMatchObject({ ok: false, error: { code: 'configuration' } });
});

test.each([
  ['<p>One</p><p>Two &amp; three</p>', ['One', 'Two & three']],
  ['<table><tr><td>Title:</td><td>A\n  book</td></tr></table>', ['Title: A book']],
  ['<style>p { color: red }</style><script>alert(1)</script>Text', ['Text']],
  ['caf&#233; &#x2014; &unknown; &#0;', ['café — &unknown; &#0;']],
  ['<b>unclosed <i>tags', ['unclosed tags']],
  ['', []],
])('the words of %j', (html, words) => {
  expect(letterWords(html)).toEqual(words);
});
