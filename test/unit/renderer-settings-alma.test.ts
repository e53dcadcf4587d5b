import { describe, expect, test } from 'vitest';
import { almaDraft, readAlma } from '../../src-renderer/state/settings-alma.ts';

const alma = { region: 'eu' as const, library: 'RSLIB' };

describe('the fields of Alma', () => {
  test('what is read is what was shown', () => {
    const full = {
      region: 'ca' as const,
      address: 'https://proxy.example.org',
      library: 'RSLIB',
      partner: 'WSILL',
      cancelReason: 'CannotBeFulfilled',
      scanDesk: { library: 'RSLIB', desk: 'ILLDESK' },
      lenderSystem: 'tipasa' as const,
      tipasaNcip: true,
      patronTravels: false,
      proved: ['scan-in' as const],
    };
    expect(readAlma(almaDraft(full))).toEqual({ ok: true, value: full });
    expect(readAlma(almaDraft(alma))).toEqual({ ok: true, value: alma });
  });

  test('an answer that is not known is left out, and “no” is not', () => {
    expect(almaDraft(alma).patronTravels).toBe('');
    expect(readAlma({ ...almaDraft(alma), patronTravels: 'no' })).toMatchObject({ value: { patronTravels: false } });
  });

  test('what was said of Tipasa does not stay with WorldShare', () => {
    const draft = { ...almaDraft(alma), lenderSystem: 'worldshare-ill' as const, tipasaNcip: true };
    expect(readAlma(draft)).toEqual({ ok: true, value: { ...alma, lenderSystem: 'worldshare-ill' } });
  });

  test.each([
    ['no library', { library: ' ' }, ['library']],
    ['a code with a blank', { partner: 'WS ILL' }, ['partner']],
    ['a desk without its library', { scanDesk: 'ILLDESK' }, ['scanLibrary']],
    ['a library without a desk', { scanLibrary: 'RSLIB' }, ['scanDesk']],
    ['an address that is none', { address: 'alma' }, ['address']],
    ['a path in a code', { cancelReason: 'a/b' }, ['cancelReason']],
  ])('%s is a mistake of its own field', (_what, wrong, mistakes) => {
    expect(readAlma({ ...almaDraft(alma), ...wrong })).toEqual({ ok: false, mistakes });
  });
});
