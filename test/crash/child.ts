import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Children run in the Node that runs the tests, which also runs TypeScript. */
export const NODE = process.execPath;

export function program(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

export interface Child {
  readonly process: ChildProcess;
  /** Complete lines it has printed so far; a line cut short by a kill is not one. */
  readonly lines: string[];
  /** Resolves when it prints the first line that passes the test. */
  until(test: (line: string) => boolean): Promise<void>;
  /** Resolves when it has ended and everything it printed was read. */
  readonly ended: Promise<void>;
}

/** Starts a program and reads its lines. What it says on standard error goes to ours. */
export function start(command: string, args: readonly string[]): Child {
  const process = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const watchers = new Set<(line: string) => void>();
  const ended = readCompleteLines(process, (line) => {
    lines.push(line);
    for (const watcher of watchers) watcher(line);
  });
  return {
    process,
    lines,
    ended,
    until: (test) =>
      new Promise((resolve, reject) => {
        if (lines.some(test)) resolve();
        watchers.add((line) => {
          if (test(line)) resolve();
        });
        void ended.then(() => {
          reject(new Error(`The child ended first, having printed: ${lines.slice(-3).join(' | ')}`));
        });
      }),
  };
}

async function readCompleteLines(process: ChildProcess, onLine: (line: string) => void): Promise<void> {
  let rest = '';
  process.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  await once(process, 'close');
}
