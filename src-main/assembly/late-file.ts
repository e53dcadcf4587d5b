import { writeJson } from '../settings/json-file.ts';

/** At most one write in this time, milliseconds; what a crash may lose. */
const WRITE_MS = 5_000;

/** A small file that follows something that changes often. */
export interface LateFile {
  /** There is something to write, soon. */
  changed(): void;
  /** Writes what is not written yet. */
  close(): Promise<void>;
}

export function createLateFile(options: {
  readonly path: string;
  readonly content: () => unknown;
  readonly onFault: (error: unknown) => void;
}): LateFile {
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(() => writeJson(options.path, options.content())).catch(options.onFault);
  };
  return {
    changed: () => {
      timer ??= setTimeout(write, WRITE_MS).unref();
    },
    close: async () => {
      if (timer !== undefined) write();
      await writing;
    },
  };
}
