import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sealer, maskCard } from '../../src-main/settings/seal.ts';

describe('sealed fields', () => {
  const sealer = new Sealer(Sealer.newKey());

  it('open again for their own row and for no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uuid(), fc.uuid(), (text, row, other) => {
        fc.pre(row !== other);
        const sealed = sealer.seal(text, row);
        expect(sealer.open(sealed, row)).toBe(text);
        expect(sealer.open(sealed, other)).toBeUndefined();
      }),
    );
  });

  it('do not open with another key, nor when a character was changed', () => {
    const sealed = sealer.seal('21234000123456', 'row');
    expect(new Sealer(Sealer.newKey()).open(sealed, 'row')).toBeUndefined();
    const [form, nonce, body, tag] = sealed.split('.');
    const flipped = (body!.startsWith('A') ? 'B' : 'A') + body!.slice(1);
    expect(sealer.open([form, nonce, flipped, tag].join('.'), 'row')).toBeUndefined();
    expect(sealer.open('gcm1.a.b', 'row')).toBeUndefined();
  });

  it('never look the same twice', () => {
    expect(sealer.seal('x', 'row')).not.toBe(sealer.seal('x', 'row'));
  });

  it('refuses a key of the wrong length', () => {
    expect(() => new Sealer('c2hvcnQ=')).toThrow(RangeError);
  });

  it('shows four characters of a card at most', () => {
    expect(maskCard('21234000123456')).toBe('•••• 3456');
    expect(maskCard('1234')).toBe('••••');
  });
});
