import { expect, test } from 'vitest';
import { readTwoSystems, twoSystemsDraft } from '../../src-renderer/state/settings-two-systems.ts';

const DRAFT = twoSystemsDraft(undefined);

test('nothing typed sets nothing but the usual days', () => {
  expect(readTwoSystems(DRAFT)).toEqual({ ok: true, value: { cleanUpDays: 30 } });
});

test('what is saved comes back as it was typed', () => {
  const value = {
    cleanUpDays: 45,
    relais: { symbol: 'EXA', partnership: 'EXC', portalUrl: 'https://exc.relais-host.com/user?LS=EXA' },
    worldshareUrl: 'https://exa.share.worldcat.org/wms/cmnd/{request}',
    temporaryItems: { holding: 'ILL', shelving: 'Shelf' },
  };
  expect(readTwoSystems(twoSystemsDraft(value))).toEqual({ ok: true, value });
});

test.each([
  [{ relaisPortal: 'https://exc.relais-host.com' }, ['relaisSymbol']],
  [{ worldshareUrl: 'http://share.worldcat.org' }, ['worldshareUrl']],
  [{ almaUrl: 'javascript:alert(1)' }, ['almaUrl']],
  [{ holding: 'ILL' }, ['shelving']],
  [{ cleanUpDays: 'soon' }, ['cleanUpDays']],
])('%j is marked at its field', (typed, mistakes) => {
  expect(readTwoSystems({ ...DRAFT, ...typed })).toEqual({ ok: false, mistakes });
});
