import { defineConfig } from '@playwright/test';
import { target, useStandIn } from './test/electron-standin/target.ts';

useStandIn();

/** End-to-end tests of the built bundle, on real Electron or on the stand-in; the report names which. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  timeout: 60_000,
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  // A driver can lag behind a busy machine; what passes only at the second try is named in the report.
  retries: process.env['CI'] === undefined ? 0 : 1,
  outputDir: 'test-results',
  metadata: { target: target() },
  reporter:
    process.env['CARREL_E2E_JSON'] === undefined
      ? [['list']]
      : [['list'], ['json', { outputFile: process.env['CARREL_E2E_JSON'] }]],
  use: { trace: 'retain-on-failure' },
});
