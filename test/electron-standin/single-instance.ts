import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { isAlive } from './process-alive.ts';

/** What a second instance tells the first. */
export interface InstanceMessage {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: Record<string, unknown>;
}

/**
 * The lock behind `app.requestSingleInstanceLock()`: a bound socket named after the userData folder. The system frees it with the
 * process, kill -9 included: on Linux it lives in the abstract name space, on Windows it is a named pipe. Elsewhere it is a file, with
 * the owner's process id beside it so that a dead owner's can be taken over.
 */
export class SingleInstance {
  readonly #address: string;
  readonly #pidFile: string | undefined;
  readonly #onSecond: (message: InstanceMessage) => void;
  #server: Server | undefined;
  /** Settles when the first instance has been told of this one. */
  notified: Promise<void> | undefined;

  constructor(userData: string, onSecond: (message: InstanceMessage) => void) {
    const name = createHash('sha256').update(userData).digest('hex').slice(0, 32);
    this.#onSecond = onSecond;
    switch (process.platform) {
      case 'linux':
        this.#address = `\0carrel-standin-${name}`;
        break;
      case 'win32':
        this.#address = `\\\\.\\pipe\\carrel-standin-${name}`;
        break;
      default:
        this.#address = join(userData, 'standin.sock');
        this.#pidFile = join(userData, 'standin.pid');
    }
  }

  get held(): boolean {
    return this.#server !== undefined;
  }

  /** True when this process has the lock; otherwise the message goes to the one that has it. */
  acquire(message: InstanceMessage): boolean {
    if (this.held) return true;
    this.#forgetDeadOwner();
    const server = createServer((socket) => {
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('end', () => {
        this.#onSecond(JSON.parse(Buffer.concat(chunks).toString()) as InstanceMessage);
        socket.end();
      });
      // A second instance that dies half-way has said nothing.
      socket.on('error', () => socket.destroy());
    });
    // Node binds at once and reports a taken name a turn later; `listening` is already right here.
    server.on('error', () => undefined);
    server.listen(this.#address).unref();
    if (server.listening) {
      this.#server = server;
      if (this.#pidFile !== undefined) writeFileSync(this.#pidFile, String(process.pid));
      return true;
    }
    this.notified = this.#notify(message);
    return false;
  }

  release(): void {
    this.#server?.close();
    this.#server = undefined;
  }

  #forgetDeadOwner(): void {
    if (this.#pidFile === undefined || !existsSync(this.#pidFile)) return;
    if (isAlive(Number(readFileSync(this.#pidFile, 'utf8')))) return;
    rmSync(this.#pidFile);
    rmSync(this.#address, { force: true });
  }

  #notify(message: InstanceMessage): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect(this.#address);
      socket.on('close', () => resolve());
      // The first instance went away in between: there is nobody left to tell.
      socket.on('error', () => resolve());
      socket.resume().end(JSON.stringify(message));
    });
  }
}
