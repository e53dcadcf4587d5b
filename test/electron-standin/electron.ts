import inspector from 'node:inspector';
import module from 'node:module';

/**
 * Entry point. Kept tiny for two reasons: the compile cache must be on before the other files are loaded, and Playwright can
 * connect to the inspector while they are.
 */
module.enableCompileCache();
if (process.argv.some((argument) => argument.startsWith('--inspect'))) inspector.open(0, '127.0.0.1');

const { run } = await import('./run.ts');
await run(process.argv.slice(2));
