import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NewRecord } from '../../src-main/contract/journal.ts';
import { StepState } from '../../src-main/contract/journal.ts';
import type { Db } from '../../src-main/store/db.ts';
import { prompt, record, scanBody, stepBody } from '../fixtures/store-records.ts';
import { memoryJournal } from '../fixtures/store-stores.ts';

/** Any UTF-16 there is: NUL, control characters, lone surrogates, line breaks. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 40 });

test('any string a scanner can send comes back as it was', () => {
  const { journal } = memoryJournal();
  fc.assert(
    fc.property(anyText, anyText, anyText, fc.uuid(), (raw, barcode, desk, id) => {
      const one = record(scanBody({ raw, barcode }), { id, scanId: id, desk });
      const { record: stored } = journal.append(one);
      expect(journal.recordsOf(id)).toEqual([{ ...one, seq: stored.seq }]);
      expect(journal.lineOf(id)).toMatchObject({ raw, barcode, desk });
    }),
    { numRuns: 200, examples: [['\0', '\ud800', '\udc00\ud800', '00000000-0000-4000-8000-000000000000']] },
  );
});

test('a search for any text fails on none and finds the label itself', () => {
  const { journal } = memoryJournal();
  fc.assert(
    fc.property(anyText, fc.uuid(), (raw, id) => {
      journal.append(record(scanBody({ raw, barcode: raw }), { id, scanId: id }));
      const found = journal.searchLines({ text: raw, limit: 500 }).map((line) => line.scanId);
      expect(found).toContain(id);
    }),
    { numRuns: 200 },
  );
});

/** A day at the desk: records of a few scans and a few steps, in any order, some of them appended again. */
const day = fc.array(
  fc.record({
    scan: fc.nat(4),
    what: fc.oneof(
      fc.record({ type: fc.constant('scan' as const), barcode: anyText }),
      fc.record({ type: fc.constant('prompt' as const), title: anyText }),
      fc.record({ type: fc.constant('cancelled' as const) }),
      fc.record({ type: fc.constant('choice' as const) }),
      fc.record({ type: fc.constant('step' as const), step: fc.nat(4), state: fc.constantFrom(...StepState.options) }),
    ),
    twice: fc.boolean(),
  }),
  { maxLength: 40 },
);

function recordFor(entry: { readonly scan: number; readonly what: { readonly type: string } }): NewRecord {
  const what = entry.what as
    | { type: 'scan'; barcode: string }
    | { type: 'prompt'; title: string }
    | { type: 'cancelled' }
    | { type: 'choice' }
    | { type: 'step'; step: number; state: StepState };
  const scanId = `00000000-0000-4000-8000-00000000000${entry.scan}`;
  switch (what.type) {
    case 'scan':
      return record(scanBody({ barcode: what.barcode, raw: what.barcode }), { scanId });
    case 'prompt':
      return record({ type: 'prompt', prompt: prompt({ title: what.title }) }, { scanId });
    case 'cancelled':
      return record({ type: 'cancelled', reason: '' }, { scanId });
    case 'choice':
      return record({ type: 'choice', offerId: 'x' }, { scanId });
    case 'step':
      return record(stepBody(what.state, { stepId: `step-${what.step}`, lane: `lane-${what.step}` }), { scanId });
  }
}

function derivedTables(db: Db): unknown {
  return [db.read('SELECT * FROM line ORDER BY scan_id').all(), db.read('SELECT * FROM step ORDER BY step_id').all()];
}

test('lines and steps made anew from the records are the ones kept along the way', () => {
  fc.assert(
    fc.property(day, (entries) => {
      const { journal, db } = memoryJournal();
      for (const entry of entries) {
        const one = recordFor(entry);
        journal.append(one);
        if (entry.twice) journal.append(one);
      }
      expect(journal.counts().records).toBe(entries.length);
      const kept = derivedTables(db);
      db.write("UPDATE line SET search_text = 'lost', cancelled = 0").run();
      db.write("DELETE FROM step WHERE state = 'sending'").run();
      journal.repair();
      expect(derivedTables(db)).toEqual(kept);
    }),
    { numRuns: 100 },
  );
});
