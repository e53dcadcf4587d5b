import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a log line may carry. An allow list, because a deny list forgets: no patron data, no tokens, no bodies, no scanned
 * text. `path` is a template without ids or query.
 */
export interface LogFields {
  readonly area?: string;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly ms?: number;
  readonly code?: string;
  readonly kind?: string;
  readonly count?: number;
  readonly version?: string;
}

export type LogLevel = 'info' | 'warn' | 'error';

const LARGEST_BYTES = 1024 * 1024;
const KEPT_FILES = 5;

/** Appends JSON lines to `carrel.log`, keeping five older files of a mebibyte each. */
export class LogFile {
  readonly #directory: string;
  readonly #now: () => Date;
  #bytes: number;

  constructor(directory: string, now: () => Date = () => new Date()) {
    this.#directory = directory;
    this.#now = now;
    mkdirSync(directory, { recursive: true });
    this.#bytes = statSync(this.#path(0), { throwIfNoEntry: false })?.size ?? 0;
  }

  write(level: LogLevel, what: string, fields: LogFields = {}): void {
    const { area, method, path, status, ms, code, kind, count, version } = fields;
    const line = `${JSON.stringify({ at: this.#now().toISOString(), level, what, area, method, path, status, ms, code, kind, count, version })}\n`;
    if (this.#bytes + line.length > LARGEST_BYTES) this.#rotate();
    try {
      appendFileSync(this.#path(0), line, { mode: 0o600 });
      this.#bytes += Buffer.byteLength(line);
    } catch {
      // A full disk must not stop the desk; the journal says so loudly, the log can wait.
      this.#bytes = 0;
    }
  }

  /** Logs a fault by its class, code and place; messages may hold what was scanned or typed and stay out. */
  fault(what: string, error: unknown): void {
    const kind = error instanceof Error ? error.constructor.name : typeof error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    const place =
      error instanceof Error
        ? error.stack
            ?.split('\n')
            .find((line) => line.trim().startsWith('at '))
            ?.trim()
        : undefined;
    this.write('error', what, {
      kind,
      ...(code === undefined ? {} : { code }),
      ...(place === undefined ? {} : { area: place.replace(/\(?(?:file:\/\/)?\/[^)]*\/(?=[^/)]+\))/, '(') }),
    });
  }

  #rotate(): void {
    rmSync(this.#path(KEPT_FILES), { force: true });
    for (let index = KEPT_FILES - 1; index >= 0; index -= 1) {
      if (statSync(this.#path(index), { throwIfNoEntry: false }) !== undefined) {
        renameSync(this.#path(index), this.#path(index + 1));
      }
    }
    this.#bytes = 0;
  }

  #path(index: number): string {
    return join(this.#directory, index === 0 ? 'carrel.log' : `carrel.${index}.log`);
  }
}
