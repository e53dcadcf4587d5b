import { rename } from 'node:fs/promises';
import type { Handlers } from '../contract/methods.ts';
import type { READINESS_METHODS, ReadinessList, ReadinessWord } from '../contract/readiness.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import { gather, type Facts } from '../readiness/facts.ts';
import { isGreen, readinessLines, type Scope } from '../readiness/list.ts';
import type { ReadinessPorts } from '../readiness/ports.ts';
import { WordFile } from '../readiness/words.ts';
import { readJson, writeJson } from '../settings/json-file.ts';

export interface ReadinessOptions {
  readonly ports: ReadinessPorts;
  readonly scope: Scope;
  /** Where confirmations are kept: a file of its own beside the settings, so that copies and backups of the folder have it. */
  readonly path: string;
  /** Who is signed in here, and where. */
  readonly identity: () => { readonly account: string; readonly desk: string };
  readonly now: () => Date;
}

/** Reads what people confirmed. A damaged file is left where it is and reported; it counts as empty. */
export async function readWords(path: string): Promise<{
  readonly words: readonly ReadinessWord[];
  readonly trouble?: string;
}> {
  const read = await readJson(path);
  if (!read.found) return read.why === 'missing' ? { words: [] } : { words: [], trouble: read.sentence };
  const parsed = WordFile.safeParse(read.value);
  return parsed.success
    ? { words: parsed.data.words }
    : { words: [], trouble: `The file ${path} does not fit this version of Carrel.` };
}

/**
 * Whether the library is set up rightly: looked at on request, with what people confirmed kept over restarts. Each word of a
 * person is added to the file with name, account, desk and time; a withdrawal is another word, and nothing is overwritten.
 */
export class Readiness {
  readonly #o: ReadinessOptions;
  #words: readonly ReadinessWord[];
  #notes: readonly string[];
  #facts: Facts | undefined;
  #lookedAt: string | undefined;
  /** Writes one after the other, so that none overtakes another. */
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(options: ReadinessOptions, words: readonly ReadinessWord[], notes: readonly string[]) {
    this.#o = options;
    this.#words = words;
    this.#notes = notes;
  }

  /** A file that cannot be understood is set aside under a new name, never overwritten. */
  static async open(options: ReadinessOptions): Promise<Readiness> {
    const { words, trouble } = await readWords(options.path);
    if (trouble === undefined) return new Readiness(options, words, []);
    const aside = `${options.path}.set-aside-${options.now().toISOString().replaceAll(':', '-')}`;
    await rename(options.path, aside);
    return new Readiness(
      options,
      [],
      [`${trouble} It was kept as ${aside}; what people had confirmed has to be confirmed again.`],
    );
  }

  get list(): ReadinessList {
    const lines = readinessLines(this.#facts, this.#words, this.#o.scope);
    return {
      lines: [...lines],
      open: lines.filter((line) => !isGreen(line)).length,
      ...(this.#lookedAt === undefined ? {} : { lookedAt: this.#lookedAt }),
      account: this.#o.identity().account,
      notes: [...this.#notes],
    };
  }

  async look(): Promise<ReadinessList> {
    const facts = await gather(this.#o.ports);
    this.#facts = facts;
    this.#lookedAt = this.#o.now().toISOString();
    return this.list;
  }

  async confirm(id: string, by: string, note: string | undefined): Promise<Result<ReadinessList>> {
    const line = this.list.lines.find((one) => one.id === id);
    if (line === undefined) return notThere();
    if (!line.confirmable) return fail('refused', 'This line is looked up or confirmed already.', { mender: 'nobody' });
    return this.#say({ line: id, said: 'confirmed', by, ...(note === undefined || note === '' ? {} : { note }) });
  }

  async withdraw(id: string, by: string): Promise<Result<ReadinessList>> {
    const line = this.list.lines.find((one) => one.id === id);
    if (line?.word === undefined) return notThere();
    return this.#say({ line: id, said: 'withdrawn', by });
  }

  #say(said: Pick<ReadinessWord, 'line' | 'said' | 'by' | 'note'>): Promise<Result<ReadinessList>> {
    const { account, desk } = this.#o.identity();
    const word: ReadinessWord = { ...said, account, desk, at: this.#o.now().toISOString() };
    const written = this.#writing.then(() => this.#write(word));
    this.#writing = written;
    return written;
  }

  async #write(word: ReadinessWord): Promise<Result<ReadinessList>> {
    const words = [...this.#words, word];
    try {
      await writeJson(this.#o.path, { version: 1, words });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      return fail('configuration', `This could not be saved on this computer (${code}). Tell IT.`, { mender: 'it' });
    }
    this.#words = words;
    return ok(this.list);
  }
}

function notThere(): Result<never> {
  return fail('not-found', 'This line is not on the list any more. Look again.', { mender: 'nobody' });
}

export function readinessHandlers(readiness: Readiness): Pick<Handlers, keyof typeof READINESS_METHODS> {
  return {
    'readiness.get': () => Promise.resolve(ok(readiness.list)),
    'readiness.look': async () => ok(await readiness.look()),
    'readiness.confirm': ({ line, by, note }) => readiness.confirm(line, by, note),
    'readiness.withdraw': ({ line, by }) => readiness.withdraw(line, by),
  };
}
