import { expect, test } from 'vitest';
import type { Light, Snapshot } from '../../src-main/contract/shift.ts';
import { isBesideNames, officeLights, outageShown } from '../../src-renderer/state/outage.ts';

/** Which lights stand where, and which of them are an outage of the desk. */

function light(system: Light['system'], state: Light['state']): Light {
  return { system, name: system, state };
}

function shown(...lights: readonly Light[]): Snapshot {
  return { lights } as unknown as Snapshot;
}

test('without Alma or Relais the office waits; the desk is in no outage', () => {
  const state = shown(light('reshare', 'good'), light('wms', 'good'), light('alma', 'down'), light('relais', 'down'));
  expect(outageShown(state)).toBeUndefined();
  expect(officeLights(state).map(({ system }) => system)).toEqual(['alma', 'relais']);
});

test('an Alma that answers does not make one system of two', () => {
  expect(outageShown(shown(light('reshare', 'down'), light('alma', 'good')))).toMatchObject({
    goesOn: 'onlyReshare',
    lights: [{ system: 'reshare' }],
  });
});

test.each([
  ['reshare', 'unknown', true],
  ['wms', 'good', true],
  ['alma', 'good', false],
  ['alma', 'unknown', false],
  ['alma', 'slow', true],
  ['relais', 'down', true],
] as const)('%s that is %s stands beside the names: %s', (system, state, beside) => {
  expect(isBesideNames(light(system, state))).toBe(beside);
});
