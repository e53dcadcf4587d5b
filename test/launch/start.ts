import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, electronBinary, ensureBrowser, hasDisplay, run } from './environment.ts';

/**
 * `npm start`: builds Carrel and opens it. With Electron's binary it runs on Electron, else on an installed Chromium
 * through the stand-in. Without a display it plays the desk shift on the same built app.
 */
const electron = electronBinary();
const watched = hasDisplay() && !process.argv.includes('--shift');
if (electron === undefined && !ensureBrowser()) process.exit(1);
if (!run('electron-vite', ['build', '--logLevel', 'warn'])) process.exit(1);

if (!watched) {
  const { playShiftInTerminal } = await import('./shift.ts');
  process.exitCode = await playShiftInTerminal();
} else {
  const executable = electron ?? join(ROOT, 'test', 'electron-standin', 'electron');
  console.log(
    electron === undefined ? 'Carrel on Chromium, through the stand-in for Electron.' : 'Carrel on Electron.',
  );
  const child = spawn(executable, [ROOT], {
    stdio: 'inherit',
    env: { ...process.env, CARREL_STANDIN_HEADFUL: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 0));
}
