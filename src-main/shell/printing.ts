import { BrowserWindow, type BrowserWindowConstructorOptions, type WebContents } from 'electron';
import type { SheetJob, SheetPrinter } from '../contract/sheet.ts';
import type { PrintOutcome, SlipJob, SlipPaper, SlipPrinter } from '../contract/slip.ts';
import { APP_ORIGIN } from './dispatch.ts';
import { PARTITION, guardNavigation } from './guards.ts';
import { NO_PRINTER, printTrouble } from './print-reasons.ts';

/** Millimetres; a roll is cut after what is printed. */
interface Paper {
  readonly width: number;
  readonly height?: number;
}
const PAPER: Readonly<Record<SlipPaper, Paper>> = {
  '80mm': { width: 80 },
  '58mm': { width: 58 },
  a6: { width: 105, height: 148 },
};
const A4: Paper = { width: 210, height: 297 };

const MM_PER_INCH = 25.4;
/** CSS pixels of an inch, by definition of CSS. */
const PX_PER_INCH = 96;
const MICRONS_PER_MM = 1_000;

/** A printer that has not answered after this long, milliseconds, is left to itself and the next slip goes on. */
const ANSWER_MS = 30_000;

/** The slip page's own height in CSS pixels once its fonts are there; undefined when it could not draw the slip. */
const MEASURE = `(async () => {
  const slip = document.querySelector('main > *');
  slip?.getBoundingClientRect();
  await document.fonts.ready;
  return slip?.getBoundingClientRect().height;
})()`;

/** Hidden, sandboxed and without a preload: the page gets its slip in the address and can ask for nothing. */
export function slipWindowOptions(): BrowserWindowConstructorOptions {
  return {
    show: false,
    width: 480,
    height: 640,
    webPreferences: {
      partition: PARTITION,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  };
}

interface Size {
  /** Millimetres. */
  readonly width: number;
  readonly height: number;
}

/** Draws a slip or a sheet in a window of its own for as long as `use` takes. */
async function drawn<T>(
  job: SlipJob | SheetJob,
  paper: Paper,
  use: (contents: WebContents, size: Size) => Promise<T>,
): Promise<T> {
  const window = new BrowserWindow(slipWindowOptions());
  guardNavigation(window.webContents);
  try {
    await window.loadURL(`${APP_ORIGIN}/slip.html#${encodeURIComponent(JSON.stringify(job))}`);
    const height: unknown = await window.webContents.executeJavaScript(MEASURE);
    if (typeof height !== 'number' || height <= 0) throw new Error('the slip page drew nothing');
    // A pixel of room, so that rounding never starts a second page.
    return await use(window.webContents, {
      width: paper.width,
      height: paper.height ?? Math.ceil(((height + 1) / PX_PER_INCH) * MM_PER_INCH),
    });
  } finally {
    if (!window.isDestroyed()) window.destroy();
  }
}

/** Hands a drawn page to the printer and waits for its answer. */
async function handOver(contents: WebContents, size: Size, printer: string): Promise<PrintOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const answer = new Promise<PrintOutcome>((resolve) => {
    timer = setTimeout(() => {
      resolve({ outcome: 'unknown', reason: 'no answer. Look whether paper came out.' });
    }, ANSWER_MS);
    try {
      contents.print(
        {
          silent: true,
          printBackground: true,
          color: false,
          margins: { marginType: 'none' },
          pageSize: { width: size.width * MICRONS_PER_MM, height: size.height * MICRONS_PER_MM },
          ...(printer === '' ? {} : { deviceName: printer }),
        },
        (success, reason) => {
          resolve(success ? { outcome: 'printed' } : { outcome: 'failed', reason: printTrouble(reason, printer) });
        },
      );
    } catch {
      // The options are ours and right, so a refusal to begin means that this computer cannot print at all.
      resolve({ outcome: 'failed', reason: NO_PRINTER });
    }
  });
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
  }
}

/** Slips through Chromium's printing: silently to paper, or as a PDF of the same page. */
export const slipPrinter: SlipPrinter = {
  print: (job, printer) => drawn(job, PAPER[job.paper], (contents, size) => handOver(contents, size, printer)),
  pdf: (job) => drawn(job, PAPER[job.paper], toPdf),
};

/** Sheets, the same way; a desk's slip printer has no A4, so they go to the computer's default printer. */
export const sheetPrinter: SheetPrinter = {
  print: (job) => drawn(job, A4, (contents, size) => handOver(contents, size, '')),
  pdf: (job) => drawn(job, A4, toPdf),
};

function toPdf(contents: WebContents, { width, height }: Size): Promise<Uint8Array> {
  return contents.printToPDF({
    printBackground: true,
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    pageSize: { width: width / MM_PER_INCH, height: height / MM_PER_INCH },
  });
}
