import { defineConfig } from 'vitest/config';

/** Everything that runs in plain Node 24; the built app is tested by Playwright (playwright.config.ts). */
export default defineConfig({
  test: {
    include: ['test/{unit,property,contract,crash}/**/*.test.ts'],
    testTimeout: 20_000,
    maxWorkers: 2,
  },
});
