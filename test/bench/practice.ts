import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ConsortiumOptions } from '../../src-main/training/consortium.ts';

/** The practice consortium in a process of its own, so that its work is not measured with Carrel's. */
export async function startPractice(options: ConsortiumOptions): Promise<{ readonly url: string; stop(): void }> {
  const program = fileURLToPath(new URL('../fixtures/practice-process.ts', import.meta.url));
  const child = fork(program, [JSON.stringify(options)], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => {
      if (typeof message === 'string') resolve(message);
    });
    child.once('exit', (code) => {
      reject(new Error(`the practice consortium ended with ${String(code)}`));
    });
  });
  return {
    url,
    stop: () => {
      child.disconnect();
    },
  };
}
