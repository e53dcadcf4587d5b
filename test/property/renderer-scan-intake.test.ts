import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FakeDesk } from '../unit/renderer-fake-desk.ts';

const label = fc.stringMatching(/^[A-Za-z0-9./$:+-]{8,40}$/);
const suffix = fc.constantFrom('\n', '\t', '');
/** Gaps of a scanner, with the jitter of a computer that is doing something else. */
const quick = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 40 });
/** Gaps of a hand. */
const slow = fc.array(fc.integer({ min: 75, max: 240 }), { minLength: 1, maxLength: 40 });
const sentence = fc.stringMatching(/^[a-zA-Z0-9 ]{1,30}$/);

test('whatever a scanner sends becomes exactly one scan and reaches no field', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(label, suffix, quick), { minLength: 1, maxLength: 8 }), (bursts) => {
      const desk = new FakeDesk();
      for (const [text, end, gaps] of bursts) {
        desk.send(text + end, gaps);
        desk.wait(800);
      }
      expect(desk.scans).toEqual(bursts.map(([text]) => text));
      expect(desk.field('search')).toBe('');
      expect(desk.passed).toEqual([]);
    }),
  );
});

test('one pause anywhere inside a burst changes nothing', () => {
  fc.assert(
    fc.property(label, fc.nat(), fc.integer({ min: 61, max: 190 }), (text, place, pause) => {
      const desk = new FakeDesk();
      const at = place % text.length;
      desk.send(
        `${text}\n`,
        Array.from({ length: text.length }, (_, index) => (index === at ? pause : 8)),
      );
      desk.wait(400);
      expect(desk.scans).toEqual([text]);
      expect(desk.field('search')).toBe('');
    }),
  );
});

test('whatever a hand types reaches its field, and its Enter passes', () => {
  fc.assert(
    fc.property(sentence, slow, (text, gaps) => {
      const desk = new FakeDesk();
      desk.send(`${text}\n`, gaps);
      desk.wait(400);
      expect(desk.scans).toEqual([]);
      expect(desk.field('search')).toBe(text);
      expect(desk.passed).toEqual(['\n']);
    }),
  );
});

test('typing and scanning by turns never mix', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(sentence, slow, label, suffix), { minLength: 1, maxLength: 5 }), (turns) => {
      const desk = new FakeDesk();
      for (const [typed, gaps, scanned, end] of turns) {
        desk.send(typed, gaps);
        desk.wait(300);
        desk.send(scanned + end, 9, 'password');
        desk.wait(800);
      }
      expect(desk.field('search')).toBe(turns.map(([typed]) => typed).join(''));
      expect(desk.field('password')).toBe('');
      expect(desk.scans).toEqual(turns.map(([, , scanned]) => scanned));
    }),
  );
});

test('no key is ever lost, however it comes', () => {
  const keys = fc.array(fc.tuple(fc.stringMatching(/^[a-z0-9]$/), fc.integer({ min: 0, max: 400 })), { maxLength: 60 });
  fc.assert(
    fc.property(keys, (presses) => {
      const desk = new FakeDesk();
      for (const [key, gap] of presses) {
        desk.wait(gap);
        desk.press(key);
      }
      desk.wait(1000);
      const sorted = (text: string) => Array.from(text).sort().join('');
      expect(sorted(desk.field('search') + desk.scans.join(''))).toBe(sorted(presses.map(([key]) => key).join('')));
    }),
  );
});
