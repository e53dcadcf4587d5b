import { z } from 'zod';

/**
 * `hold`: goes on the hold shelf. `routing`: leaves this desk for a branch, a lender or a borrower. `offline`: waits with its
 * number until a system is back.
 */
export const SlipKind = z.enum(['hold', 'routing', 'offline']);
export type SlipKind = z.infer<typeof SlipKind>;

/**
 * What stands on a slip. It names no patron, so that it may be kept with the scan; a name, where a setting asks for a
 * privacy-safe form of it, joins only while printing ({@link SlipJob}).
 */
export const Slip = z.object({
  kind: SlipKind,
  /** "Interlibrary loan · return to lender". */
  heading: z.string(),
  /** The large words: "Hold shelf", "Northfield". */
  destination: z.string(),
  title: z.string().optional(),
  lines: z.array(z.object({ label: z.string(), value: z.string() })),
  /** Lines as another system wrote them, of a slip that is that system's own. */
  text: z.array(z.string()).optional(),
  /** Request number or item barcode, as text and as Code 128; empty where there is none. */
  barcode: z.object({
    text: z.string(),
    /**
     * Widths of bars and spaces in modules, one digit each, bar first. Undefined where Code 128 has no character for
     * something in the text, or nobody could scan so long a symbol.
     */
    widths: z
      .string()
      .regex(/^[1-4]+$/)
      .optional(),
  }),
  /** ISO 8601 UTC. */
  at: z.string(),
});
export type Slip = Readonly<z.infer<typeof Slip>>;

/** Roll of 80 mm (prints 72 mm wide), roll of 58 mm (prints 48 mm wide), or a sheet of 105 × 148 mm. */
export const SlipPaper = z.enum(['80mm', '58mm', 'a6']);
export type SlipPaper = z.infer<typeof SlipPaper>;

/** `print`: printed as soon as the prompt stands. `offer`: F8 prints it. `off`: there is none. */
export const SlipMode = z.enum(['print', 'offer', 'off']);
export type SlipMode = z.infer<typeof SlipMode>;

/** How a patron may be named on paper that everybody can read. */
export const SlipName = z.enum(['none', 'initials', 'first-name-initial']);
export type SlipName = z.infer<typeof SlipName>;

export const SlipSettings = z.object({
  /** Settings written before there were offline slips have no mode for them. */
  modes: z.object({ hold: SlipMode, routing: SlipMode, offline: SlipMode.default('offer') }),
  paper: SlipPaper,
  /** The printer's name in the operating system; empty means the system's default printer. */
  printer: z.string().max(200),
  name: SlipName,
});
export type SlipSettings = Readonly<z.infer<typeof SlipSettings>>;

/** Nothing is printed unasked, and nobody is named. */
export const DEFAULT_SLIP_SETTINGS: SlipSettings = {
  modes: { hold: 'offer', routing: 'offer', offline: 'offer' },
  paper: '80mm',
  printer: '',
  name: 'none',
};

/** One slip on one paper, as the slip page draws it. */
export const SlipJob = z.object({
  slip: Slip,
  paper: SlipPaper,
  /** The patron in the privacy-safe form of the settings; never stored. */
  name: z.string().optional(),
});
export type SlipJob = Readonly<z.infer<typeof SlipJob>>;

/** `unknown`: handed over, but no answer came; paper may or may not have come out. */
export type PrintOutcome =
  { readonly outcome: 'printed' } | { readonly outcome: 'failed' | 'unknown'; readonly reason: string };

/** Puts slips on paper. Both draw the same page. */
export interface SlipPrinter {
  /** Prints without asking. `printer` as in {@link SlipSettings}. Rejects only for a fault in Carrel. */
  print(job: SlipJob, printer: string): Promise<PrintOutcome>;
  /** The same page as a PDF. */
  pdf(job: SlipJob): Promise<Uint8Array>;
}
