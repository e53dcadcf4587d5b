import type { RequestView } from '../contract/request.ts';
import type { CacheQuery, KeptRequest, WorklistChoices, WorklistCount, WorklistPart } from '../contract/worklists.ts';
import { columnsOf, INSERT_REQUEST, UPDATE_REQUEST, type StandingRow } from './cache-columns.ts';
import { merged } from './cache-merge.ts';
import { checkpoint } from './checkpoint.ts';
import { searchRequests } from './cache-search.ts';
import { choicesOf, countQuery, countWorklist, listRequests } from './cache-worklists.ts';
import type { Db, ReadableDb, Row } from './db.ts';
import { fold, wordsOf } from './fold.ts';

export interface CacheCounts {
  readonly total: number;
  /** Requests whose state is not terminal. */
  readonly open: number;
}

/** A complete list of open requests, to reconcile with. */
export interface OpenList {
  readonly openIds: readonly string[];
  /** When the listing began, ISO 8601 UTC: requests first seen later are not missing. */
  readonly listedAt: string;
}

interface ViewRow extends Row {
  readonly n: number;
  readonly view: string;
}

/** What is known of requests, synchronously. All of it may be thrown away and fetched again. */
export class CacheStore {
  readonly #db: Db;
  /** The list asked for last: whoever scrolls through one asks for it again and again. */
  #listing: { readonly key: string; readonly rows: readonly number[] } | undefined;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Keeps what was read, in one transaction; a reading older than the stored one is passed over.
   * @returns how many were new or changed
   */
  upsertMany(views: readonly RequestView[]): number {
    this.#listing = undefined;
    return this.#db.transaction(() => views.filter((view) => this.#upsertInside(view)).length);
  }

  get(id: string): RequestView | undefined {
    const row = findView(this.#db, id);
    return row === undefined ? undefined : viewOf(row);
  }

  /** Requests one of whose identifiers equals one of the candidates, ignoring case; open ones first, then the newest. */
  findByIdentifier(candidates: readonly string[]): readonly RequestView[] {
    return this.#db
      .read<ViewRow>(
        `SELECT n, view FROM request JOIN request_view USING (n) WHERE n IN (
           SELECT request FROM identifier WHERE folded IN (SELECT value FROM json_each(?)))
         ORDER BY terminal, last_updated DESC, n`,
      )
      .all(JSON.stringify(candidates.map(fold)))
      .map(viewOf);
  }

  /** Requests that are open, or were changed at or after a time (ISO 8601 UTC); newest change first. */
  current(since: string, limit: number): readonly RequestView[] {
    return this.#db
      .read<ViewRow>(
        `SELECT n, view FROM request JOIN request_view USING (n) WHERE terminal = 0 OR last_updated >= ?
         ORDER BY last_updated DESC, n LIMIT ?`,
      )
      .all(since, limit)
      .map(viewOf);
  }

  /** Requests in which every word typed begins a word of number, title, author, barcodes or partner; best first. */
  search(text: string, limit: number): readonly RequestView[] {
    return searchRequests(this.#db, text, limit).map((n) => viewOf(this.#row(n)));
  }

  /** How many requests each worklist has, and the oldest of each; a worklist is several parts together. */
  worklists(all: readonly (readonly WorklistPart[])[]): readonly WorklistCount[] {
    return all.map((parts) => countWorklist(this.#db, parts));
  }

  /** How many requests each query means. */
  countQueries(queries: readonly CacheQuery[]): readonly WorklistCount[] {
    return queries.map((query) => countQuery(this.#db, query));
  }

  /** What lists can be narrowed to. */
  choices(): WorklistChoices {
    return choicesOf(this.#db);
  }

  /** One window of a list, and how long the list is. */
  rows(
    query: CacheQuery,
    offset: number,
    limit: number,
  ): { readonly total: number; readonly rows: readonly KeptRequest[] } {
    const key = JSON.stringify(query);
    if (this.#listing?.key !== key) this.#listing = { key, rows: listRequests(this.#db, query) };
    const { rows } = this.#listing;
    const kept = this.#db.read<ViewRow & { readonly since: string }>(
      'SELECT n, view, since FROM request JOIN request_view USING (n) WHERE n = ?',
    );
    const shown = rows.slice(offset, offset + limit).flatMap((n) => kept.get(n) ?? []);
    return { total: rows.length, rows: shown.map((row) => ({ view: viewOf(row), since: row.since })) };
  }

  counts(): CacheCounts {
    const row = this.#db
      .read<{ total: number; open: number }>(
        'SELECT (SELECT count(*) FROM request) AS total, (SELECT count(*) FROM request WHERE terminal = 0) AS open',
      )
      .get();
    return { total: row?.total ?? 0, open: row?.open ?? 0 };
  }

  /**
   * Takes out requests believed open that a complete list of open requests does not have: they were deleted, or their
   * closing was missed. Deletions show in no other way (mod-rs has no change feed).
   * @returns the ids taken out
   */
  removeMissing(list: OpenList): readonly string[] {
    this.#listing = undefined;
    return this.#db.transaction(() => {
      const missing = this.#db
        .read<{ n: number; id: string }>(
          `SELECT n, id FROM request
           WHERE terminal = 0 AND seen_at < ? AND id NOT IN (SELECT value FROM json_each(?))`,
        )
        .all(list.listedAt, JSON.stringify(list.openIds));
      for (const { n } of missing) this.#removeInside(n);
      return missing.map(({ id }) => id);
    });
  }

  /** A note about the cache itself, such as up to when changes were fetched. */
  fact(key: string): string | undefined {
    return this.#db.read<{ value: string }>('SELECT value FROM fact WHERE key = ?').get(key)?.value;
  }

  setFact(key: string, value: string): void {
    this.#db
      .write('INSERT INTO fact (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
      .run(key, value);
  }

  /** Moves what the write-ahead log holds into the database file. For a pause. */
  checkpoint(): void {
    checkpoint(this.#db);
  }

  close(): void {
    try {
      this.#db.setPragma('optimize', '0x10002');
    } finally {
      this.#db.close();
    }
  }

  #upsertInside(read: RequestView): boolean {
    const stored = findStanding(this.#db, read.id);
    const view = merged(stored === undefined ? undefined : viewOf(stored), read);
    if (view === undefined) return false;
    const columns = columnsOf(view, read, stored);
    const json = JSON.stringify(view);
    if (stored === undefined) {
      const { lastRowid } = this.#db.write(INSERT_REQUEST).run(...columns, view.id);
      this.#db.write('INSERT INTO request_view (n, view) VALUES (?, ?)').run(lastRowid, json);
      this.#indexInside(lastRowid, view);
    } else {
      this.#db.write(UPDATE_REQUEST).run(...columns, stored.n);
      this.#db.write('UPDATE request_view SET view = ? WHERE n = ?').run(json, stored.n);
      this.#reindexInside(stored.n, viewOf(stored), view);
    }
    this.#labelInside(view.state);
    return true;
  }

  /** Most readings change a state or a date and no word: then the indexes stay as they are. */
  #reindexInside(n: number, before: RequestView, after: RequestView): void {
    const sameWords = searchableText(before) === searchableText(after);
    const sameIdentifiers = identifiersOf(before).join('\n') === identifiersOf(after).join('\n');
    if (sameWords && sameIdentifiers) return;
    this.#unindexInside(n);
    this.#indexInside(n, after);
  }

  #indexInside(n: number, view: RequestView): void {
    const identifier = this.#db.write('INSERT INTO identifier (folded, request) VALUES (?, ?)');
    for (const folded of identifiersOf(view)) identifier.run(folded, n);
    this.#db.write('INSERT INTO request_words (rowid, words) VALUES (?, ?)').run(n, searchableText(view));
  }

  #labelInside({ code, label }: RequestView['state']): void {
    this.#db
      .write(
        `INSERT INTO state_label (state, label) VALUES (?, ?)
         ON CONFLICT (state) DO UPDATE SET label = excluded.label WHERE label <> excluded.label`,
      )
      .run(code, label);
  }

  #unindexInside(n: number): void {
    this.#db.write('DELETE FROM identifier WHERE request = ?').run(n);
    this.#db.write('DELETE FROM request_words WHERE rowid = ?').run(n);
  }

  #removeInside(n: number): void {
    this.#unindexInside(n);
    this.#db.write('DELETE FROM request WHERE n = ?').run(n);
  }

  #row(n: number): ViewRow {
    const row = this.#db.read<ViewRow>('SELECT n, view FROM request_view WHERE n = ?').get(n);
    if (row === undefined) throw new Error(`The word index names a request that is not there: ${n}`);
    return row;
  }
}

function findView(db: ReadableDb, id: string): ViewRow | undefined {
  return db.read<ViewRow>('SELECT n, view FROM request JOIN request_view USING (n) WHERE id = ?').get(id);
}

function findStanding(db: ReadableDb, id: string): (ViewRow & StandingRow) | undefined {
  return db
    .read<ViewRow & StandingRow>(
      `SELECT n, view, state, since, trouble_since, unread_since FROM request JOIN request_view USING (n) WHERE id = ?`,
    )
    .get(id);
}

/** As it was kept: the cache writes only checked views. */
function viewOf(row: ViewRow): RequestView {
  return JSON.parse(row.view) as RequestView;
}

/** Everything a scan may be that means this request, folded, without repeats. */
function identifiersOf(view: RequestView): readonly string[] {
  const all = [
    view.hrid,
    view.selectedItemBarcode,
    ...view.volumes.flatMap((volume) => [volume.itemId, volume.temporaryItemBarcode]),
    ...view.otherIdentifiers,
  ];
  const folded = all.filter((text) => text !== undefined).map(fold);
  return [...new Set(folded)].filter((text) => text !== '').sort();
}

/** What a person may type to find it. No names of patrons: a RequestView has none. */
function searchableText(view: RequestView): string {
  const { partner } = view;
  const all = [view.title, view.author, view.isbn, partner.name, partner.symbol, ...identifiersOf(view)];
  return [...new Set(all.flatMap((text) => wordsOf(text ?? '')))].join(' ');
}
