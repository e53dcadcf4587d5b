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

/** What is read of the runners' own reports. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly { readonly assertionResults: readonly VitestResult[] }[];
}
interface VitestResult {
  readonly fullName: string;
  readonly status: string;
}
interface PlaywrightSpec {
  readonly title: string;
  readonly file: string;
  readonly ok: boolean;
}
interface PlaywrightSuite {
  readonly specs: readonly PlaywrightSpec[];
  readonly suites?: readonly PlaywrightSuite[];
}
interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly suites: readonly PlaywrightSuite[];
}

const isFailed = ({ status }: VitestResult): boolean => status === 'failed';
const specsOf = ({ specs, suites = [] }: PlaywrightSuite): readonly PlaywrightSpec[] => [
  ...specs,
  ...suites.flatMap(specsOf),
];

const total: Count = { passed: 0, failed: 0, skipped: 0 };
/** What failed, by name: the end of the output is what people see first. */
const failures: string[] = [];
const report = mkdtempSync(join(tmpdir(), 'carrel-test-'));
const started = performance.now();

function check(what: string, command: string, args: readonly string[]): boolean {
  console.log(`\n── ${what}`);
  const passed = run(command, args);
  if (passed) total.passed += 1;
  else {
    total.failed += 1;
    failures.push(what);
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
  read: (json: unknown) => Count & { readonly failures: readonly string[] },
): void {
  console.log(`\n── ${what}`);
  const passed = run(command, args, env);
  let count: ReturnType<typeof read>;
  try {
    count = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // No report: the runner itself did not get that far.
    count = { passed: 0, failed: 1, skipped: 0, failures: [what] };
  }
  if (!passed && count.failed === 0) count = { ...count, failed: 1, failures: [`${what}: the runner itself`] };
  failures.push(...count.failures);
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
}

console.log(`Node ${process.version}`);
if (!ensureBrowser()) {
  total.failed += 1;
  failures.push('A browser for the built app');
}

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
    const it = json as VitestReport;
    const failed = it.testResults.flatMap(({ assertionResults }) => assertionResults).filter(isFailed);
    return {
      passed: it.numPassedTests,
      failed: it.numFailedTests,
      skipped: it.numPendingTests,
      failures: failed.map(({ fullName }) => fullName),
    };
  },
);

if (built) {
  const e2eReport = join(report, 'e2e.json');
  suite('The built app, end to end', 'playwright', ['test'], e2eReport, { CARREL_E2E_JSON: e2eReport }, (json) => {
    const { stats, suites } = json as PlaywrightReport;
    if (stats.flaky > 0) console.log(`${stats.flaky} of them passed only at the second try; they are named above.`);
    const failed = suites.flatMap(specsOf).filter(({ ok }) => !ok);
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
      failures: failed.map(({ file, title }) => `${file} › ${title}`),
    };
  });
}

rmSync(report, { recursive: true, force: true });
for (const name of failures) console.log(`\nFailed: ${name}`);
console.log(`\n${Math.round((performance.now() - started) / 1000)} s`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 ? 0 : 1;
