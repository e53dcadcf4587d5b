import fc from 'fast-check';
import { expect, test } from 'vitest';
import { merged } from '../../src-main/store/cache-merge.ts';
import { wordsOf } from '../../src-main/store/fold.ts';
import { view } from '../fixtures/store-records.ts';
import { newCache } from '../fixtures/store-stores.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ unit: 'grapheme', maxLength: 30 }));

test('the beginning of any word of any title finds the request', async () => {
  const { cache } = await newCache();
  let n = 0;
  fc.assert(
    fc.property(anyText, fc.nat(), (title, at) => {
      n += 1;
      const id = `request-${n}`;
      cache.upsertMany([view({ id, hrid: `H-${n}`, title, volumes: [], selectedItemBarcode: `item${n}` })]);
      const words = wordsOf(title);
      const word = words[at % Math.max(words.length, 1)];
      if (word === undefined) return;
      const begun = Array.from(word)
        .slice(0, 1 + (at % 4))
        .join('');
      expect(cache.search(`${begun} item${n}`, 5).map((found) => found.id)).toContain(id);
    }),
    { numRuns: 200 },
  );
});

test('a search for any text is answered', async () => {
  const { cache } = await newCache();
  cache.upsertMany([view()]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(cache.search(text, 5).length).toBeLessThanOrEqual(1);
    }),
    { examples: [['"'], ['* OR NEAR('], ['\0'], ['salt" AND "x'], ['NOT'], ['^salt']] },
  );
});

test('in whichever order readings arrive, the newest one stands', () => {
  const readings = fc.array(fc.record({ second: fc.integer({ min: 10, max: 59 }), full: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(readings, (list) => {
      const views = list.map(({ second, full }, place) => {
        const { validActions, ...rest } = view({
          seenAt: `2026-11-23T08:00:${second}.000Z`,
          title: `reading ${second} ${place}`,
        });
        return full && validActions !== undefined ? { ...rest, validActions } : rest;
      });
      const kept = views.reduce<ReturnType<typeof merged>>((stored, read) => merged(stored, read) ?? stored, undefined);
      const newest = list.reduce((max, { second }) => Math.max(max, second), 0);
      expect(kept?.seenAt).toBe(`2026-11-23T08:00:${newest}.000Z`);
    }),
  );
});
