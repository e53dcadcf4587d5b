import { join } from 'node:path';
import { LogFile } from './log-file.ts';

/** The log as the shell needs it before it knows where the user's files are: until then only fatal faults are told. */
export class ShellLog {
  #file: LogFile | undefined;

  open(userData: string): LogFile {
    this.#file ??= new LogFile(join(userData, 'logs'));
    return this.#file;
  }

  refused(method: string, why: string): void {
    this.#file?.write('warn', 'call refused', { method, kind: why });
  }

  failed(method: string, error: unknown): void {
    this.#file?.fault(`call ${method}`, error);
  }

  /** Nothing can go on: told on standard error too, because there may be no window and no file. */
  fatal(error: unknown): void {
    this.#file?.fault('fatal', error);
    process.stderr.write(
      `Carrel cannot go on: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  }
}
