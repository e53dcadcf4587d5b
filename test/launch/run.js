// The first thing any script runs. Plain JavaScript, so that an old Node can still say what is wrong.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const NEEDED = [22, 19];
const root = join(import.meta.dirname, '..', '..');
const [program, ...rest] = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) {
  process.chdir(root);
  process.argv = [process.argv[0], join(import.meta.dirname, `${program}.ts`), ...rest];
  await import(`./${program}.ts`);
} else {
  // The Node that npm brought along does the work; the machine's own only has to be able to run npm.
  const own = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(own)) {
    console.error(
      `Carrel's tools need Node ${NEEDED.join('.')} or newer; this is ${process.version}. Run "npm ci" first: it brings Node 24 along.`,
    );
    process.exit(1);
  }
  const done = spawnSync(own, [import.meta.filename, program, ...rest], { stdio: 'inherit', cwd: root });
  process.exit(done.status ?? 1);
}
