import { expect, test } from 'vitest';
import { inputOf } from '../../src-main/assembly/circulation.ts';
import { DEFAULT_PARALLEL, ReshareSettings, WmsConnection } from '../../src-main/contract/settings.ts';
import { WmsSettings } from '../../src-main/systems/wms/wms-settings.ts';

/** How many calls a system gets at once is a setting, within bounds that are safe for it. */

const wms = { registryId: '128807', branch: '900101', hereCodes: ['MAIN'], branches: [], keyId: 'key' };
const reshare = { okapiUrl: 'https://okapi.example.org', tenant: 'riverside', username: 'desk' };

test.each([
  [undefined, DEFAULT_PARALLEL.wms],
  [1, 1],
  [8, 8],
])('WMS’s NCIP is paced to what is set: %s → %s at once', (parallel, concurrent) => {
  const settings = WmsConnection.parse({ ...wms, ...(parallel === undefined ? {} : { parallel }) });
  expect(WmsSettings.parse(inputOf(settings)).ncip.pace?.concurrent).toBe(concurrent);
});

test.each([0, 9, 2.5])('%s at once is refused for both systems', (parallel) => {
  expect(WmsConnection.safeParse({ ...wms, parallel }).success).toBe(false);
  expect(ReshareSettings.safeParse({ ...reshare, parallel }).success).toBe(false);
});
