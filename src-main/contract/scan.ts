import { z } from 'zod';

/** Longest raw input kept of one scan, in UTF-16 code units; a longer burst is cut here and says so. */
export const RAW_LIMIT = 10_240;

/**
 * How the characters came: a scanner acting as a keyboard, a person typing, a choice made in the training pile, or an action
 * on a request's own screen, which is kept like a scan of its number.
 */
export const ScanSource = z.enum(['wedge', 'typed', 'pile', 'screen']);
export type ScanSource = z.infer<typeof ScanSource>;

/** A scan as the renderer hands it over. The renderer chooses the id, so the same scan handed over twice is one scan. */
export const ScanInput = z.object({
  id: z.uuid(),
  raw: z.string().min(1).max(RAW_LIMIT),
  source: ScanSource,
});
export type ScanInput = Readonly<z.infer<typeof ScanInput>>;

/** What a label turned out to be, before any system was asked. */
export const ReadingKind = z.enum([
  /** An item barcode (14 digits beginning with 3, or nothing more special). */
  'item',
  /** Looks like a request number, e.g. `RVR-3184`. */
  'request',
  /** A temporary item label: request number, dash, four characters. */
  'temporary-item',
  /** A library card. */
  'patron-card',
  /** The publisher's ISBN or EAN label. */
  'isbn',
  /** Two scans in one burst. */
  'run-together',
  /** Nothing readable is left after cleaning. */
  'unreadable',
]);
export type ReadingKind = z.infer<typeof ReadingKind>;
