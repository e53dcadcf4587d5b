import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { recoverShift } from '../../src-main/assembly/recovery.ts';
import type { RecordBody, ScanLine, StepBody, StepState } from '../../src-main/contract/journal.ts';
import type { Prompt } from '../../src-main/contract/prompt.ts';
import { ok } from '../../src-main/contract/result.ts';
import { createDoubts, type Doubt } from '../../src-main/journal/doubts.ts';
import type { EarlierStep } from '../../src-main/journal/earlier.ts';
import type { Settled } from '../../src-main/journal/settle.ts';
import type { RemoteJournal } from '../../src-main/store/calls.ts';
import { CONTEXT, prompt, record, scan, stepBody } from '../fixtures/store-records.ts';
import { memoryJournal } from '../fixtures/store-stores.ts';

const NOW = new Date('2026-11-23T08:10:00.000Z');
const IN_WMS = { system: 'wms', action: 'CheckInItem', requestId: 'item:1', params: { barcode: '1' } } as const;

/** A journal as an earlier run left it, and what a start makes of it. */
function left() {
  const { journal } = memoryJournal();
  const lasting = new Proxy(journal, {
    get: (target, name: keyof RemoteJournal) => (input: never) => Promise.resolve(target[name](input)),
  }) as unknown as RemoteJournal;
  const add = (scanId: string, body: RecordBody, mono = 1000, at: string = CONTEXT.at): void => {
    journal.append(record(body, { scanId, mono, at }));
  };
  return {
    scanned: (at: string = CONTEXT.at): string => {
      const one = scan({}, { at });
      journal.append(one);
      return one.scanId;
    },
    add,
    step: (scanId: string, states: readonly StepState[], more: Partial<StepBody> = {}, mono = 1000): void => {
      const stepId = randomUUID();
      for (const state of states) add(scanId, stepBody(state, { stepId, ...more }), mono);
    },
    /** The steps that wait for a person. */
    open: (): readonly StepBody[] =>
      journal.steps({ states: ['needs-person'], since: '', limit: 10 }).map(({ body }) => body),
    start: async (found?: Settled, hold?: (line: ScanLine) => Promise<number | undefined>) => {
      const settled = Promise.withResolvers<{ readonly line: ScanLine; readonly step: StepBody }>();
      const shown = new Map<string, Prompt>();
      const recalled: EarlierStep[] = [];
      const held: Doubt[] = [];
      await recoverShift({
        store: { journal: lasting },
        flow: {
          remember: () => undefined,
          present: (line: ScanLine, said: Prompt) => {
            shown.set(line.scanId, said);
            return Promise.resolve();
          },
          recall: (step) => recalled.push(step),
          hold: (doubt) => held.push(doubt),
        },
        ...(hold === undefined ? {} : { hold }),
        doubts: createDoubts(),
        settler: found === undefined ? undefined : { watch: () => Promise.resolve(found) },
        onSettled: (line, step) => {
          settled.resolve({ line, step });
        },
        record: (scanId, body) => Promise.resolve(ok(journal.append(record(body, { scanId })).record)),
        context: () => CONTEXT,
        now: () => NOW,
        settleMinutes: 10,
        onFault: (error) => {
          throw error;
        },
      });
      return { shown, recalled, held, settled: settled.promise };
    },
  };
}

describe('a scan that was open when Carrel ended', () => {
  it('of another day by the wall clock is told all the same', async () => {
    const journal = left();
    const scanId = journal.scanned('2026-11-24T23:00:00.000Z');
    const earlier = journal.scanned('2026-11-20T23:00:00.000Z');
    const { shown } = await journal.start();
    for (const id of [scanId, earlier]) expect(shown.get(id)).toMatchObject({ working: false, tag: 'Scan again' });
  });

  it('keeps the number it got on the offline list just before, and gets a number where it had none', async () => {
    const journal = left();
    const held: RecordBody = {
      type: 'held',
      no: 7,
      day: '2026-11-23',
      mode: 'look',
      system: 'reshare',
      plan: { kind: 'look' },
      basis: {},
    };
    const [numbered, gone, fresh] = [journal.scanned(), journal.scanned(), journal.scanned()];
    journal.add(numbered, held);
    journal.add(gone, held);
    journal.add(gone, { type: 'released', how: { kind: 'rescanned', by: numbered } });
    const asked: string[] = [];
    const { shown } = await journal.start(undefined, ({ scanId }) => {
      asked.push(scanId);
      return Promise.resolve(8);
    });
    expect(asked.toSorted()).toEqual([gone, fresh].toSorted());
    expect(shown.get(numbered)?.why.join(' ')).toContain('No. 7 on the offline list');
    expect(shown.get(fresh)?.why.join(' ')).toContain('No. 8 on the offline list');
  });

  it('says that a step was done, if it was, and never that nothing was sent', async () => {
    const journal = left();
    const inReshare = journal.scanned();
    journal.add(inReshare, { type: 'prompt', prompt: prompt({ working: true }) });
    journal.step(inReshare, ['recorded', 'sending', 'done']);
    const inWms = journal.scanned();
    journal.step(inWms, ['recorded', 'sending', 'done'], IN_WMS);
    const { shown } = await journal.start();
    expect(shown.get(inReshare)?.legs).toMatchObject([{ system: 'ReShare', state: 'seen' }]);
    expect(shown.get(inWms)).toMatchObject({
      destination: { verb: 'Look in WMS' },
      legs: [{ system: 'WMS', state: 'done' }],
    });
  });

  it('says why a step was not done', async () => {
    const journal = left();
    const scanId = journal.scanned();
    journal.step(scanId, ['recorded', 'sending', 'refused'], { sentence: 'ReShare refused.' });
    const { shown } = await journal.start();
    expect(shown.get(scanId)?.why[0]).toBe('ReShare refused.');
    expect(shown.get(scanId)?.legs).toMatchObject([{ state: 'not-done' }]);
  });
});

describe('a step that was sent without an answer before Carrel ended', () => {
  it('is told with its line, to whoever lists it, once a look has found out how it ended', async () => {
    const journal = left();
    const scanId = journal.scanned();
    journal.step(scanId, ['recorded', 'sending']);
    const { settled } = await journal.start({ state: 'done', sentence: 'ReShare shows it as received.' });
    expect(await settled).toMatchObject({
      line: { scanId, prompt: { working: false } },
      step: { state: 'done', sentence: 'ReShare shows it as received.' },
    });
  });
});

describe('a message about a hold that was sent without an answer before Carrel ended', () => {
  const HOLD = { system: 'wms', action: 'RequestItem', requestId: 'item:1', lane: 'item:1', params: { barcode: '1' } };

  it('waits for a person, and holds back nothing else of the item, however often Carrel is started', async () => {
    const journal = left();
    journal.step(journal.scanned(), ['recorded', 'sending'], HOLD);
    for (let start = 0; start < 2; start += 1) expect((await journal.start()).held).toEqual([]);
    expect(journal.open()).toMatchObject([{ action: 'RequestItem', state: 'needs-person' }]);
    expect(journal.open()[0]).not.toHaveProperty('held');
  });

  it('nor where an earlier version wrote that it holds its lane; a check-in does', async () => {
    const journal = left();
    journal.step(journal.scanned(), ['recorded', 'sending', 'unknown', 'needs-person'], { ...HOLD, held: true });
    journal.step(journal.scanned(), ['recorded', 'sending', 'unknown', 'needs-person'], { ...IN_WMS, held: true });
    const { held } = await journal.start();
    expect(held.map(({ body }) => body.action)).toEqual(['CheckInItem']);
  });
});

describe('what earlier runs did', () => {
  it('is recalled oldest first while it counts as just handled, by time in which Carrel ran', async () => {
    const journal = left();
    const scanId = journal.scanned();
    const minutes = 60_000;
    journal.step(scanId, ['recorded', 'sending', 'done'], { action: 'long ago' }, 0);
    journal.step(scanId, ['recorded', 'sending', 'done'], { action: 'before' }, 9 * minutes);
    journal.step(scanId, ['recorded', 'sending', 'done'], { action: 'last' }, 12 * minutes);
    const { recalled } = await journal.start();
    expect(recalled.map(({ body, minutesAgo }) => [body.action, minutesAgo])).toEqual([
      ['before', 3],
      ['last', 0],
    ]);
  });

  it('is recalled over two crashes when its answer was lost, and not when it was never sent', async () => {
    const journal = left();
    const scanId = journal.scanned();
    journal.step(scanId, ['recorded', 'sending'], IN_WMS);
    journal.step(scanId, ['recorded', 'needs-person'], { action: 'shippedReturn' });
    journal.step(scanId, ['recorded', 'not-sent'], { action: 'supplierMarkShipped' });
    for (let crash = 0; crash < 2; crash += 1) {
      const { recalled, held } = await journal.start();
      expect(held.map(({ body }) => [body.action, body.state])).toEqual([['CheckInItem', 'needs-person']]);
      expect(recalled).toEqual([]);
    }
  });
});
