import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codec } from '../electron-standin/codec.ts';
import type { BridgeHooks } from '../electron-standin/codec.ts';

const back = (value: unknown): unknown => codec.decode(codec.encode(value));

describe('the clone codec', () => {
  test('any value of the structured clone comes back as it was', () => {
    const values = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
    });
    fc.assert(
      fc.property(values, (value) => {
        expect(back(value)).toStrictEqual(structuredClone(value));
      }),
    );
  });

  test('plain data travels as plain JSON, which costs no walk on arrival', () => {
    const rows = [{ id: 1, title: 'Middlemarch', due: null, open: true }];
    expect(codec.encode(rows)).toBe(`=${JSON.stringify(rows)}`);
  });

  test('any JSON comes back, keys that mean something to the codec included', () => {
    const json = fc.jsonValue();
    const awkward = fc.dictionary(fc.constantFrom('$', 'toJSON', '__proto__', 'a'), json);
    fc.assert(
      fc.property(fc.oneof(json, awkward), (value) => {
        expect(back(value)).toStrictEqual(structuredClone(value));
      }),
    );
  });

  test('shared references stay shared, cycles stay cycles', () => {
    const shared = { a: 1 };
    const loop: Record<string, unknown> = { shared, again: shared };
    loop['self'] = loop;
    const copy = back(loop) as typeof loop;
    expect(copy['self']).toBe(copy);
    expect(copy['shared']).toBe(copy['again']);
  });

  test('errors keep name, message, stack and cause, as structured clone does', () => {
    const error = new RangeError('far', { cause: { code: 7 } });
    const copy = back(error) as RangeError;
    expect(copy).toBeInstanceOf(RangeError);
    expect([copy.message, copy.stack, copy.cause]).toEqual(['far', error.stack, { code: 7 }]);
  });

  test.each([
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a promise', Promise.resolve(1)],
    ['a weak map', new WeakMap()],
    ['a Proxy', new Proxy({ a: 1 }, {})],
    ['a Proxy inside', { list: [new Proxy([1], {})] }],
  ])('%s is refused in Electron’s words', (_name, value) => {
    expect(() => codec.encode({ value })).toThrow('An object could not be cloned.');
  });

  test('over the bridge an error is its message, and functions and promises go by number', () => {
    const hooks: BridgeHooks = {
      functionId: () => 5,
      promiseId: () => 6,
      functionFor: (id) => () => id,
      promiseFor: (id) => Promise.resolve(id),
    };
    const text = codec.encode([new TypeError('odd'), () => 1, Promise.resolve(2)], hooks);
    const [error, call] = codec.decode(text, hooks) as [Error, () => number];
    expect([error.constructor, error.message, call()]).toEqual([Error, 'odd', 5]);
  });
});
