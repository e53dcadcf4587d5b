import { describe, expect, it } from 'vitest';
import { forgetOld, keepNewest, renew } from '../../src-main/journal/forget.ts';

/** What a desk that is never restarted may forget. */
describe('forgetting', () => {
  const entries = () =>
    new Map([
      ['a', { mono: 1 }],
      ['doubt', { mono: 2 }],
      ['b', { mono: 3 }],
      ['c', { mono: 9 }],
    ]);

  it('drops the oldest that are over, and steps over what must stay', () => {
    const map = entries();
    forgetOld(
      map,
      ({ mono }) => mono < 5,
      ({ mono }) => mono === 2,
    );
    expect([...map.keys()]).toEqual(['doubt', 'c']);
  });

  it('takes an entry used again for a new one', () => {
    const map = entries();
    renew(map, 'a', { mono: 10 });
    forgetOld(map, ({ mono }) => mono < 5);
    expect([...map.keys()]).toEqual(['c', 'a']);
  });

  it('keeps the newest so many', () => {
    const map = entries();
    keepNewest(map, 2);
    expect([...map.keys()]).toEqual(['b', 'c']);
    const set = new Set(['a', 'b']);
    keepNewest(set, 3);
    expect([...set]).toEqual(['a', 'b']);
  });
});
