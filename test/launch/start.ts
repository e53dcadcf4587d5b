import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { launchEnv } from '../electron-standin/target.ts';
import { ROOT, electronBinary, ensureBrowser, hasDisplay, run } from './environment.ts';

/**
 * `npm start`: builds Carrel and opens it. With Electron's binary it runs on Electron, else on an installed Chromium
 * through the stand-in. Without a display, or with `--shift`, it plays the desk shift on the same built app.
 */
const electron = electronBinary();
if (electron !== undefined) process.env['CARREL_ELECTRON'] = 'real';
else if (!ensureBrowser()) process.exit(1);
if (!run('electron-vite', ['build', '--logLevel', 'warn'])) process.exit(1);

if (!hasDisplay() || process.argv.includes('--shift')) {
  const { playShiftInTerminal } = await import('./shift.ts');
  process.exitCode = await playShiftInTerminal();
} else {
  console.log(
    electron === undefined ? 'Carrel on Chromium, through the stand-in for Electron.' : 'Carrel on Electron.',
  );
  const child = spawn(electron ?? join(ROOT, 'test', 'electron-standin', 'electron'), [ROOT], {
    stdio: 'inherit',
    // The practice consortium is what this command opens on; a packaged Carrel begins with the set-up guide.
    env: { CARREL_PRACTICE: '{}', ...launchEnv(), CARREL_STANDIN_HEADFUL: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 0));
}
