import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { machine, report } from '../bench/measure.ts';
import { target } from '../electron-standin/target.ts';
import { ROOT, ensureBrowser, run } from './environment.ts';

/**
 * `npm run bench [-- --short] [-- name …]`: every program of test/bench in turn. Each prints JSON lines; numbers taken on
 * the stand-in are the stand-in's and never Electron's.
 */
const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
/** What the programs share. */
const PARTS: ReadonlySet<string> = new Set(['measure.ts', 'practice.ts']);
const programs = readdirSync(join(ROOT, 'test', 'bench'))
  .filter((file) => file.endsWith('.ts') && !PARTS.has(file))
  .filter((file) => names.length === 0 || names.includes(file.replace('.ts', '')))
  .sort();

/** Those that need the app built. */
const NEED_THE_APP: ReadonlySet<string> = new Set([
  'app.ts',
  'desk.ts',
  'pile.ts',
  'recovery.ts',
  'replay.ts',
  'shift.ts',
]);

if (!ensureBrowser()) process.exit(1);
if (programs.some((file) => NEED_THE_APP.has(file)) && !run('electron-vite', ['build', '--logLevel', 'warn']))
  process.exit(1);
report({ ...machine(), target: target() });
const short = process.argv.includes('--short') ? ['--short'] : [];
const failed = programs.filter(
  (file) => !run('node', ['--disable-warning=ExperimentalWarning', join('test', 'bench', file), ...short]),
);
for (const file of failed) console.error(`${file} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
