import { expect, test } from 'vitest';
import { Shortcuts } from '../../src-renderer/state/shortcuts.ts';

/** A clock that is moved by hand, with what waits for it. */
function bench() {
  let waiting: (() => void)[] = [];
  let ran = 0;
  const shortcuts = new Shortcuts((_ms, callback) => {
    waiting.push(callback);
    return () => {
      waiting = waiting.filter((one) => one !== callback);
    };
  });
  return {
    heard: (at: number) => shortcuts.heard(at),
    pressed: (at: number) => {
      shortcuts.heard(at);
      shortcuts.pressed(() => (ran += 1));
    },
    quiet: () => {
      for (const callback of waiting.splice(0)) callback();
    },
    ran: () => ran,
  };
}

test('a hand’s shortcut acts', () => {
  const { pressed, quiet, ran } = bench();
  pressed(1000);
  quiet();
  expect(ran()).toBe(1);
});

test.each([
  ['at the start of a label', [] as number[], [1006, 1012]],
  ['inside a label', [988, 994], [1006]],
  ['at the end of a label', [988, 994], []],
])('a control character of a scanner %s does nothing', (_where, before, after) => {
  const { heard, pressed, quiet, ran } = bench();
  before.forEach(heard);
  pressed(1000);
  after.forEach(heard);
  quiet();
  expect(ran()).toBe(0);
});
