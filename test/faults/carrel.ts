import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildParts } from '../../src-main/assembly/parts.ts';
import { APP_ORIGIN, dispatch } from '../../src-main/shell/dispatch.ts';
import { EventStream } from '../../src-main/shell/event-stream.ts';
import { LogFile } from '../../src-main/shell/log-file.ts';
import type { CarrelStart, FromCarrel, ToCarrel } from './carrel-messages.ts';
import { plainCipher } from './plain-cipher.ts';

/**
 * Carrel's main process without Electron, there to be killed: the parts as they are, a stand-in for what the operating system
 * gives (a cipher, a printer), and calls by messages from the parent in place of a window's. Looks after unanswered actions
 * come {@link CarrelStart.faster} times sooner.
 */
const start = JSON.parse(process.argv[2] ?? '{}') as CarrelStart;
const log = new LogFile(join(start.userData, 'logs'));
let waiting = 0;
let taken = 0;

/** The wall clock of this process, and of nobody else, may jump. */
let offsetMs = start.clockOffsetMs;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given: readonly unknown[]) {
    if (given.length === 0) super(RealDate.now() + offsetMs);
    else super(...(given as ConstructorParameters<DateConstructor>));
  }
  static override now(): number {
    return RealDate.now() + offsetMs;
  }
} as DateConstructor;

const parts = await buildParts({
  userData: start.userData,
  version: '0.1.0',
  rebuild: () => Promise.reject(new Error('Nothing here builds the parts anew')),
  events: new EventStream(),
  log,
  cipher: plainCipher,
  picker: {
    forSaving: () => Promise.resolve(undefined),
    forReading: () => Promise.resolve(undefined),
    open: () => Promise.resolve(false),
  },
  printer: {
    print: () => Promise.resolve({ outcome: 'printed' }),
    pdf: () => Promise.resolve(new Uint8Array()),
  },
  sheetPrinter: {
    print: () => Promise.resolve({ outcome: 'printed' }),
    pdf: () => Promise.resolve(new Uint8Array()),
  },
  session: new Map(),
  programs: start.programs,
  hurry: {
    patience: {
      http: { retryMinMs: 10, retryMaxMs: 40, headersTimeoutMs: start.patienceMs, bodyTimeoutMs: start.patienceMs },
      actTimeoutMs: start.patienceMs,
    },
    wmsTimeouts: { updateMs: start.patienceMs, lookupMs: start.patienceMs },
    sleep: async (ms, signal) => {
      waiting += 1;
      try {
        await wait(ms / start.faster, undefined, { signal });
      } finally {
        waiting -= 1;
      }
    },
  },
});

function tell(message: FromCarrel): void {
  // A parent that is gone is noticed below.
  process.send?.(message, undefined, undefined, () => undefined);
}

const FRAME = { url: `${APP_ORIGIN}/`, isMainFrame: true };
const SAY_NOTHING = { refused: () => undefined, failed: (method: string, error: unknown) => log.fault(method, error) };

async function answer(message: ToCarrel): Promise<void> {
  switch (message.type) {
    case 'call': {
      const { id, method, input } = message;
      if (method === 'scan.submit' && start.forgets && (taken += 1) % 3 === 0) {
        // For the proof that the books notice: says yes and has written nothing.
        tell({ type: 'answer', id, result: { ok: true, value: {} } });
        return;
      }
      tell({ type: 'answer', id, result: await dispatch(parts.handlers, FRAME, method, input, SAY_NOTHING) });
      return;
    }
    case 'clock':
      offsetMs = message.offMs;
      return;
    case 'waiting':
      tell({ type: 'answer', id: message.id, result: { ok: true, value: waiting } });
      return;
    case 'close':
      await parts.close();
      process.exit(0);
  }
}

process.on('message', (message) => {
  answer(message as ToCarrel).catch((error: unknown) => {
    log.fault('faults', error);
    process.exit(1);
  });
});
// The parent is gone, perhaps while this was starting: nobody is left to ask.
process.on('disconnect', () => process.exit(0));
if (!process.connected) process.exit(0);
tell({ type: 'ready' });
