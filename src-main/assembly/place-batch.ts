import { createHash } from 'node:crypto';
import type { Handlers } from '../contract/methods.ts';
import type { BatchRow, PLACE_BATCH_METHODS, PlaceBatch } from '../contract/place-batch.ts';
import type { PlaceOrder } from '../contract/place.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import { readPlaceFile, type FileRow } from '../desk/place-file.ts';
import { ELECTRONIC } from '../desk/place-results.ts';
import { choose, type Choice } from '../desk/ranking.ts';
import { maskCard } from '../settings/seal.ts';
import { sendOrder, type PlacingParts } from './place.ts';
import { findRanked, PAGE_SIZE } from './placing-search.ts';

interface Row {
  readonly file: FileRow;
  readonly shown: BatchRow;
  /** Of a row that is ready: what would be sent, under which id. */
  readonly order?: PlaceOrder;
  readonly id?: string;
}

type Verdict = Pick<Row, 'order' | 'id'> & { readonly state: BatchRow['state']; readonly sentence: string };

/**
 * A file of requests: looked at row by row first, then placed row by row, each through the same doors and the same journal as
 * one placed by hand. A row has an id that follows from what it asks, so that the same file read again, also after a restart,
 * finds what was placed and never places it twice.
 */
export class PlaceBatchRun {
  readonly #parts: PlacingParts;
  readonly #mark: (text: string) => string;
  #name = '';
  #notes: readonly string[] = [];
  #rows: Row[] | undefined;
  #busy: Promise<unknown> = Promise.resolve();

  /** @param mark a keyed digest: the same text gives the same, and nobody without the key can tell the text from it */
  constructor(parts: PlacingParts, mark: (text: string) => string) {
    this.#parts = parts;
    this.#mark = mark;
  }

  get batch(): PlaceBatch | undefined {
    if (this.#rows === undefined) return undefined;
    return { name: this.#name, notes: [...this.#notes], rows: this.#rows.map(({ shown }) => shown) };
  }

  read(name: string, text: string): Result<undefined> {
    const file = readPlaceFile(text);
    if (!file.ok) return fail('bad-input', file.sentence, { mender: 'ill-office' });
    this.#name = name;
    this.#notes = file.notes;
    this.#rows = file.rows.map((row) => {
      const { line, asked, patron, trouble } = row;
      const state = trouble === undefined ? 'waiting' : 'stopped';
      return { file: row, shown: { line, asked, patron: maskCard(patron), state, sentence: trouble ?? '' } };
    });
    return ok(undefined);
  }

  clear(): void {
    this.#rows = undefined;
  }

  /** Looks at the next row that waits. */
  check(): Promise<void> {
    return this.#next('waiting', (row) => this.#look(row));
  }

  /** Places the next row that is ready. */
  place(): Promise<void> {
    return this.#next('ready', async ({ order, id }) => {
      if (order === undefined || id === undefined) throw new Error('a row is ready without an order');
      const placed = await sendOrder(this.#parts, order, id);
      if (!placed.ok) return { state: 'not-placed', sentence: placed.error.sentence };
      const { request, number, sentences } = placed.value;
      if (request === undefined) return { state: 'not-placed', sentence: sentences.join(' ') };
      return { state: 'placed', sentence: ['Placed.', number, ...sentences].filter(Boolean).join(' ') };
    });
  }

  /** One row at a time, however often it is asked for. */
  async #next(state: BatchRow['state'], work: (row: Row) => Promise<Verdict>): Promise<void> {
    const before = this.#busy;
    const turn = before.then(async () => {
      const rows = this.#rows;
      const at = rows?.findIndex(({ shown }) => shown.state === state) ?? -1;
      const row = rows?.[at];
      if (rows === undefined || row === undefined) return;
      const { sentence, state: next, ...rest } = await work(row);
      // Another file may have come in its place meanwhile.
      rows[at] = { ...row, ...rest, shown: { ...row.shown, state: next, sentence } };
    });
    this.#busy = turn.catch(() => undefined);
    await turn;
  }

  async #look({ file }: Row): Promise<Verdict> {
    const { inventory, door, directory, checkPatron, flow } = this.#parts;
    if (!inventory.ok) return stopped(inventory.error.sentence);
    if (!door.ok) return stopped(door.error.sentence);
    const pickups = await directory.pickups();
    if (!pickups.ok) return stopped(pickups.error.sentence);
    const wanted = file.pickup.toLowerCase();
    const pickup = pickups.value.find(
      ({ slug, name }) => slug?.toLowerCase() === wanted || name.toLowerCase() === wanted,
    );
    if (pickup === undefined) {
      return stopped(`No pickup location of the library is called “${file.pickup}”, by slug or by name.`);
    }
    if (pickup.slug === undefined) return stopped(pickup.trouble ?? 'This pickup location cannot be chosen.');
    if (file.query === undefined) return stopped('It says nothing to search by.');
    const found = await findRanked(inventory.value, file.query, 0);
    if (!found.ok) return stopped(found.error.sentence);
    const choice = choose(found.value.ranked);
    if (choice.kind !== 'one' || found.value.total > PAGE_SIZE) return notPlain(choice, found.value.total);
    const { candidate, why, judgement } = choice.ranked;
    const doubt = judgement.warning ?? (candidate.electronic ? ELECTRONIC : undefined);
    if (doubt !== undefined) return { state: 'choose', sentence: `${candidate.title}: ${doubt}` };
    const order: PlaceOrder = {
      instance: candidate.id,
      patron: file.patron,
      pickup: pickup.slug,
      ...(file.neededBy === undefined ? {} : { neededBy: file.neededBy }),
      ...(file.note === undefined ? {} : { note: file.note }),
    };
    const id = uuidOf(this.#mark(JSON.stringify(order)));
    const earlier = await flow.known(id);
    if (earlier?.request !== undefined) {
      return { state: 'placed', sentence: `It was placed before: ${earlier.number ?? earlier.request}.` };
    }
    const twin = this.#rows?.find((row) => row.id === id);
    if (twin !== undefined) return stopped(`It is the same as line ${twin.file.line}, which is placed once.`);
    const patron = await checkPatron(file.patron);
    if (patron.standing === 'stopped' || patron.standing === 'unknown') return stopped(patron.sentence);
    const unchecked = patron.standing === 'not-asked' ? ` ${patron.sentence}` : '';
    const title = candidate.author === undefined ? candidate.title : `${candidate.title}, ${candidate.author}`;
    return { state: 'ready', order, id, sentence: `${title}. Pick up at ${pickup.name}. ${why}${unchecked}` };
  }
}

function stopped(sentence: string): Verdict {
  return { state: 'stopped', sentence };
}

/** Why no program chooses for a person. */
function notPlain(choice: Choice, total: number): Verdict {
  switch (choice.kind) {
    case 'none':
      return stopped('The Shared Inventory has nothing like it.');
    case 'not-lendable':
      return stopped(choice.ranked.why);
    case 'not-known':
      return stopped(choice.ranked.why);
    default: {
      const sentence = `${total} records fit, and which one is meant is for a person to say. Search for it above and place it there.`;
      return { state: 'choose', sentence };
    }
  }
}

/** A UUID of version 8 (RFC 9562), which leaves its content to whoever makes it. */
function uuidOf(mark: string): string {
  const hex = createHash('sha256').update(mark).digest('hex').slice(0, 32).split('');
  hex[12] = '8';
  hex[16] = '89ab'.charAt(Number.parseInt(hex[16] ?? '0', 16) % 4);
  const text = hex.join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

export function placeBatchHandlers(run: PlaceBatchRun): Pick<Handlers, keyof typeof PLACE_BATCH_METHODS> {
  const now = (): Result<{ batch?: PlaceBatch }> => ok(run.batch === undefined ? {} : { batch: run.batch });
  return {
    'place.batch': () => Promise.resolve(now()),
    'place.batchRead': ({ name, text }) => {
      const read = run.read(name, text);
      return Promise.resolve(read.ok ? now() : read);
    },
    'place.batchCheck': async () => {
      await run.check();
      return now();
    },
    'place.batchPlace': async () => {
      await run.place();
      return now();
    },
    'place.batchClear': () => {
      run.clear();
      return Promise.resolve(now());
    },
  };
}
