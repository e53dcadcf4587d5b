import { SavedFilters, type SavedFilter } from '../contract/worklists.ts';
import { readJson, writeJson } from '../settings/json-file.ts';

/**
 * Filters people named, in a file of their own. One that cannot be read is begun anew: it holds nothing but what is quickly
 * chosen again, and must not keep anybody from work.
 */
export class SavedFilterFile {
  readonly #path: string;
  #saved: readonly SavedFilter[];

  private constructor(path: string, saved: readonly SavedFilter[]) {
    this.#path = path;
    this.#saved = saved;
  }

  static async open(path: string): Promise<SavedFilterFile> {
    const read = await readJson(path);
    const parsed = read.found ? SavedFilters.safeParse(read.value) : undefined;
    return new SavedFilterFile(path, parsed?.success === true ? parsed.data : []);
  }

  get saved(): readonly SavedFilter[] {
    return this.#saved;
  }

  /** Rejects where the file cannot be written; what was saved before then stays. */
  async save(saved: readonly SavedFilter[]): Promise<void> {
    await writeJson(this.#path, saved);
    this.#saved = saved;
  }
}
