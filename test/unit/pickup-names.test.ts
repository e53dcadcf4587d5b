import { expect, test } from 'vitest';
import { checkPickupNames, pickupChoices } from '../../src-main/systems/reshare/pickups.ts';
import type { ManagedEntry } from '../../src-main/systems/reshare/set-up.ts';

/** Pickup locations: slugs of the directory, mapped to the library's own names, each mapping checked. */
const ENTRIES: readonly ManagedEntry[] = [
  { name: 'Riverside', kind: 'institution', slug: 'riverside', symbols: ['RESHARE:RVR'], pickup: false },
  { name: 'Main Library Desk', kind: 'branch', slug: 'riverside-main-desk', symbols: [], pickup: true },
  { name: 'Science Library', kind: 'branch', slug: 'riverside-science', symbols: [], pickup: true },
  { name: 'Bookmobile', kind: 'branch', symbols: [], pickup: true },
  { name: 'Stacks annex', kind: 'branch', slug: 'riverside-annex', symbols: [], pickup: false },
];

test('branches tagged as pickup location can be chosen, under the library’s own names', () => {
  expect(pickupChoices(ENTRIES, [{ slug: 'riverside-main-desk', name: 'Front desk' }])).toEqual([
    { name: 'Front desk', slug: 'riverside-main-desk' },
    { name: 'Science Library', slug: 'riverside-science' },
    { name: 'Bookmobile', trouble: 'Its directory entry has no slug. Ask your ReShare support desk to enter one.' },
  ]);
});

test('each mapping is checked: right, unknown slug, no pickup location', () => {
  const lines = checkPickupNames(ENTRIES, [
    { slug: 'riverside-main-desk', name: 'Front desk' },
    { slug: 'the-moon', name: 'Moon base' },
    { slug: 'riverside-annex', name: 'Annex' },
  ]);
  expect(lines.map(({ what, outcome }) => `${what}: ${outcome}`)).toEqual([
    'Pickup at Front desk: ok',
    'Pickup at Moon base: failed',
    'Pickup at Annex: failed',
    'Other pickup locations: warning',
  ]);
  expect(lines[1]?.sentence).toContain('no entry with the slug “the-moon”');
  expect(lines[2]?.sentence).toContain('no branch tagged as pickup location');
  expect(lines[3]?.sentence).toContain('Science Library (riverside-science)');
});

test('a place that cannot be chosen stays on the list and says why', () => {
  const choices = pickupChoices(ENTRIES, [{ slug: 'the-moon', name: 'Moon base' }]);
  expect(choices.at(-1)).toEqual({
    name: 'Moon base',
    trouble: 'The directory has no entry with the slug “the-moon”. Correct it in Settings.',
  });
});
