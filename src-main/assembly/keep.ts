import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FilePicker, KEEP_METHODS, Protection } from '../contract/keep.ts';
import type { Handlers } from '../contract/methods.ts';
import { fail, ok, type Failure, type Result } from '../contract/result.ts';
import { CardsHidden } from '../journal/export-cards.ts';
import { CsvTable } from '../journal/export-csv.ts';
import { exportHead, exportLine, parseExport } from '../journal/export-file.ts';
import { writeNewFile } from '../settings/new-file.ts';
import { isSealedFile, openSealedFile, sealFile } from '../settings/sealed-file.ts';
import type { RemoteJournal } from '../store/calls.ts';
import type { Selection } from '../store/journal-keep.ts';
import { selectionOf } from './keep-range.ts';
import { printSheet, sheetPdf, type KeepSheetParts } from './keep-sheet.ts';
import { EXPORT_TROUBLE, IMPORT_TROUBLE, fileTrouble } from './keep-words.ts';
import { journalFailure } from './store-ports.ts';

export interface KeepParts extends Omit<KeepSheetParts, 'journal'> {
  readonly journal: Pick<
    RemoteJournal,
    'scansOf' | 'recordsOfScans' | 'importRecords' | 'archiveScans' | 'deleteScans' | 'copies' | 'deleteInCopy'
  >;
  readonly picker: FilePicker;
  /** Told after an import: what is due by the retention rules goes at once. */
  readonly onImported: () => void;
  /** Told of scans that are in no list any more. */
  readonly onGone: (scanIds: readonly string[]) => void;
}

/** Records fetched at once: scans at the desk have their turn between two pages. */
const PAGE = 1000;

/** More than an export of years; a file beyond it is something else. */
const LARGEST_FILE = 512 * 1024 * 1024;

type KeepMethod = keyof typeof KEEP_METHODS;

/** Taking scans out of the journal, bringing them in, putting them away. */
export class Keep {
  readonly #o: KeepParts;
  readonly handlers: Pick<Handlers, KeepMethod>;

  constructor(parts: KeepParts) {
    this.#o = parts;
    const { journal, context } = parts;
    this.handlers = {
      'keep.list': ({ range, limit }) =>
        answered(async () => {
          const { lines, scans, pending } = await journal.scansOf({
            selection: selectionOf(range, parts.shift()),
            limit,
          });
          return ok({ lines: [...lines], scans, pending: [...pending] });
        }),
      'keep.export': ({ range, format, protection }) =>
        answered(() => this.#export(selectionOf(range, parts.shift()), format, protection)),
      'keep.sheet': ({ range }) => answered(() => printSheet(parts, range)),
      'keep.sheetPdf': ({ range }) => answered(() => sheetPdf(parts, range)),
      'keep.import': ({ passphrase }) => answered(() => this.#import(passphrase ?? '')),
      'keep.archive': ({ scanIds, archived }) =>
        answered(async () => {
          const kept = await journal.archiveScans({ scanIds, archived, context: context() });
          if ('pending' in kept) return stillOpen(kept.pending.length);
          if (archived) parts.onGone(scanIds);
          return ok(kept);
        }),
      'keep.delete': ({ scanIds, reason }) => answered(() => this.#delete(scanIds, reason)),
    };
  }

  async #export(selection: Selection, format: 'jsonl' | 'csv', protection: Protection) {
    const { text, scans, records } = await this.#written(selection, format);
    const moment = this.#o.now().toISOString().slice(0, 16).replaceAll(':', '');
    const name = `carrel-${moment}.${format}${protection.kind === 'none' ? '' : '.carrel'}`;
    if (scans === 0) return fail('not-found', EXPORT_TROUBLE.nothing, { mender: 'desk' });
    const path = await this.#o.picker.forSaving(name);
    if (path === undefined) return ok({ scans, records });
    const plain = Buffer.from(text, 'utf8');
    const content = protection.kind === 'none' ? plain : await sealFile(plain, protection.passphrase);
    try {
      await writeNewFile(path, content);
    } catch (error) {
      return fileTrouble(error, EXPORT_TROUBLE);
    }
    return ok({ path, scans, records });
  }

  async #written(selection: Selection, format: 'jsonl' | 'csv') {
    const table = new CsvTable();
    const lines: string[] = [];
    const scans = new Set<string>();
    const cards = new CardsHidden(this.#o.desk());
    let records = 0;
    for (let afterSeq = 0; ;) {
      const page = await this.#o.journal.recordsOfScans({ selection, afterSeq, limit: PAGE });
      const last = page.at(-1);
      if (last === undefined) break;
      for (const record of page) {
        scans.add(record.scanId);
        const told = cards.hide(record);
        if (format === 'csv') table.add(told);
        else lines.push(exportLine(told));
      }
      records += page.length;
      afterSeq = last.seq;
    }
    const { workstation, appVersion } = this.#o.context();
    const exportedAt = this.#o.now().toISOString();
    const head = exportHead({ exportedAt, workstation, appVersion, scans: scans.size, records });
    const text = format === 'csv' ? table.toString() : [head, ...lines, ''].join('\n');
    return { text, scans: scans.size, records };
  }

  async #import(passphrase: string) {
    const nothing = { scans: 0, added: 0, known: 0, deletedHere: 0 };
    const path = await this.#o.picker.forReading();
    if (path === undefined) return ok(nothing);
    const read = await contentOf(path, passphrase);
    if (!read.ok) return read;
    const parsed = parseExport(read.value.toString('utf8'));
    if (!parsed.ok) {
      const sentence = parsed.why === 'damaged' ? IMPORT_TROUBLE.damaged(parsed.line) : IMPORT_TROUBLE[parsed.why];
      return refusedFile(path, sentence);
    }
    const { workstation, exportedAt } = parsed.head;
    const counts = await this.#o.journal.importRecords(parsed.records);
    this.#o.onImported();
    return ok({ path, workstation, exportedAt, ...counts });
  }

  /** From the journal first, which alone can refuse; then from every copy of it. */
  async #delete(scanIds: readonly string[], reason: string) {
    const { journal, context } = this.#o;
    const kept = await journal.deleteScans({ scanIds, reason, context: context() });
    if ('pending' in kept) return stillOpen(kept.pending.length);
    this.#o.onGone(scanIds);
    for (const copy of await journal.copies()) await journal.deleteInCopy({ copy, scanIds });
    return ok(kept);
  }
}

/** The export inside a file, with its passphrase taken off. */
async function contentOf(path: string, passphrase: string): Promise<Result<Buffer>> {
  let file: Buffer;
  try {
    file = await readFile(path);
  } catch (error) {
    return fileTrouble(error, IMPORT_TROUBLE);
  }
  if (file.length > LARGEST_FILE) return refusedFile(path, IMPORT_TROUBLE.foreign);
  if (file.length === 0) return refusedFile(path, IMPORT_TROUBLE.truncated);
  if (!isSealedFile(file)) return ok(file);
  if (passphrase === '') return refusedFile(path, IMPORT_TROUBLE['needs-passphrase']);
  const opened = await openSealedFile(file, passphrase);
  return opened.ok ? ok(opened.content) : refusedFile(path, IMPORT_TROUBLE[opened.why]);
}

function refusedFile(path: string, sentence: string): Failure {
  return fail('refused', `${basename(path)}: ${sentence}`, { mender: 'desk' });
}

function stillOpen(scans: number): Failure {
  const what = scans === 1 ? '1 of these scans is' : `${String(scans)} of these scans are`;
  return fail(
    'refused',
    `${what} still open: something may still happen, or waits for a person’s word. Settle it first. Nothing was put away.`,
    { mender: 'desk' },
  );
}

/** A journal that cannot be read or written answers in words. */
async function answered<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    return journalFailure(error);
  }
}
