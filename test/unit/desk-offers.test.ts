import { describe, expect, it } from 'vitest';
import { offerId, parseOfferId } from '../../src-main/desk/offers.ts';

describe('offer ids', () => {
  it.each([
    'do:requesterReceived:r:1',
    'as:r-1',
    'fill:r:1',
    'several:r',
    'cancel-yes:r',
    'cancel-no:r',
    'undo:r',
    'split',
    'again',
    'cancel',
  ])('%s says all that is needed to carry it out', (id) => {
    const choice = parseOfferId(id);
    expect(choice === undefined ? undefined : offerId(choice)).toBe(id);
  });

  it.each(['', 'do', 'do:', 'do:x', 'do:x:', 'do::r', 'as:', 'print:r', 'cancel:', 'Split'])(
    '%j is none of ours',
    (id) => {
      expect(parseOfferId(id)).toBeUndefined();
    },
  );
});
