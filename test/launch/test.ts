import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser, run } from './environment.ts';

/**
 * `npm test`: types, lint, format, layer rules, build, then every test in plain Node and on the built app. Each check
 * counts as one test. Ends with the line `N passed, N failed`.
 */
interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const total: Count = { passed: 0, failed: 0, skipped: 0 };
const report = mkdtempSync(join(tmpdir(), 'carrel-test-'));
const started = performance.now();

function check(what: string, command: string, args: readonly string[]): boolean {
  console.log(`\n── ${what}`);
  const passed = run(command, args);
  if (passed) total.passed += 1;
  else {
    total.failed += 1;
    console.log(`${what}: failed`);
  }
  return passed;
}

/** Runs a test runner that writes a JSON report; a runner that failed without a report counts as one failure. */
function suite(
  what: string,
  command: string,
  args: readonly string[],
  file: string,
  env: NodeJS.ProcessEnv,
  read: (json: unknown) => Count,
): void {
  console.log(`\n── ${what}`);
  const passed = run(command, args, env);
  let count: Count;
  try {
    count = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // No report: the runner itself did not get that far.
    count = { passed: 0, failed: 1, skipped: 0 };
  }
  if (!passed && count.failed === 0) count.failed = 1;
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
}

console.log(`Node ${process.version}`);
if (!ensureBrowser()) total.failed += 1;

check('Types: main', 'tsc', ['-p', 'src-main/tsconfig.json']);
check('Types: preload', 'tsc', ['-p', 'src-main/preload/tsconfig.json']);
check('Types: tests', 'tsc', ['-p', 'test/tsconfig.json']);
check('Types: renderer', 'svelte-check', [
  '--tsconfig',
  'src-renderer/tsconfig.json',
  '--fail-on-warnings',
  '--output',
  'human',
]);
check('Lint', 'eslint', ['.']);
check('Format', 'prettier', ['--check', '--log-level', 'warn', '.']);
check('Layer rules', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'src-main', 'src-renderer', 'test']);
const built = check('Build', 'electron-vite', ['build', '--logLevel', 'warn']);

const vitestReport = join(report, 'vitest.json');
suite(
  'Unit, property, contract and crash tests',
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
  vitestReport,
  {},
  (json) => {
    const it = json as { numPassedTests: number; numFailedTests: number; numPendingTests: number };
    return { passed: it.numPassedTests, failed: it.numFailedTests, skipped: it.numPendingTests };
  },
);

if (built) {
  const e2eReport = join(report, 'e2e.json');
  suite('The built app, end to end', 'playwright', ['test'], e2eReport, { CARREL_E2E_JSON: e2eReport }, (json) => {
    const { stats } = json as { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };
    if (stats.flaky > 0) console.log(`${stats.flaky} of them passed only at the second try; they are named above.`);
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
  });
}

rmSync(report, { recursive: true, force: true });
console.log(`\n${Math.round((performance.now() - started) / 1000)} s`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 ? 0 : 1;
