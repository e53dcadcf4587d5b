import type { Handlers } from '../contract/methods.ts';
import type { WordsFound } from '../contract/outcome.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import type {
  CacheQuery,
  KeptRequest,
  RequestFilter,
  RowsInput,
  WORKLIST_METHODS,
  WorklistRow,
} from '../contract/worklists.ts';
import { kindOf, stepOf, todoOf, WORKLISTS, worklistParts } from '../desk/worklists.ts';
import type { RemoteCache } from '../store/calls.ts';
import type { SavedFilterFile } from './saved-filters.ts';
import { saving } from './saving.ts';

export interface WorklistsParts {
  readonly cache: Pick<
    RemoteCache,
    'worklists' | 'countQueries' | 'choices' | 'rows' | 'counts' | 'get' | 'upsertMany'
  >;
  readonly saved: SavedFilterFile;
  /** Searches the request system itself. */
  readonly search: (text: string) => Promise<Result<WordsFound>>;
  /** The cache holds something new. */
  readonly onCache: () => void;
  /** Asks the request system for changes now. */
  readonly refresh: () => void;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}

const DAY_MS = 24 * 60 * 60_000;

/** The office's worklists and searches, answered from the cache. */
export function worklistHandlers(parts: WorklistsParts): Pick<Handlers, keyof typeof WORKLIST_METHODS> {
  const { cache, now } = parts;
  return {
    'worklist.tiles': () =>
      asked(parts, async () => {
        const at = now();
        const shown = parts.saved.saved.filter((one) => one.onTiles);
        const [counted, counts, savedCounts] = await Promise.all([
          cache.worklists(WORKLISTS.map((id) => worklistParts(id, at))),
          cache.counts(),
          cache.countQueries(shown.map(({ filter, text }) => queryOf({ filter, text, sort: 'oldest' }, at))),
        ]);
        const tiles = WORKLISTS.map((id, index) => ({ id, ...(counted[index] ?? { count: 0 }) }));
        const saved = shown.map(({ id }, index) => ({ id, ...(savedCounts[index] ?? { count: 0 }) }));
        return { tiles, saved, open: counts.open };
      }),

    'worklist.rows': (input) =>
      asked(parts, async () => {
        const found = await cache.rows(queryOf(input, now()), input.offset, input.limit);
        return { total: found.total, offset: input.offset, rows: found.rows.map(rowOf) };
      }),

    'worklist.refresh': () => {
      parts.refresh();
      return Promise.resolve(ok({}));
    },

    'worklist.choices': () => asked(parts, () => cache.choices()),

    'worklist.widen': async ({ text }) => {
      const found = await parts.search(text);
      if (!found.ok) return found;
      const { views, more } = found.value;
      return asked(parts, async () => {
        if ((await cache.upsertMany(views)) > 0) parts.onCache();
        return { found: views.length, more };
      });
    },

    'worklist.saved': () => Promise.resolve(ok([...parts.saved.saved])),

    'worklist.save': ({ saved }) =>
      saving(async () => {
        await parts.saved.save(saved);
        return saved;
      }),

    'request.kept': ({ id }) =>
      asked(parts, async () => {
        const view = await cache.get(id);
        return view === undefined ? {} : { view };
      }),
  };
}

/** The cache may be damaged or closing; the desk works on without it, and the lists say so. */
async function asked<T>(parts: WorklistsParts, work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    parts.onFault(error);
    return fail('internal', 'The requests kept on this computer cannot be read. Scanning goes on; tell IT.', {
      mender: 'it',
      retry: 'later',
    });
  }
}

/** A filter with its days made times. */
export function queryOf({ filter, text, sort }: Pick<RowsInput, 'filter' | 'text' | 'sort'>, now: Date): CacheQuery {
  const { worklist, olderThanDays, dueBefore, ...plain } = filter;
  return {
    ...withoutUndefined(plain),
    ...(worklist === undefined ? {} : { parts: worklistParts(worklist, now) }),
    ...(olderThanDays === undefined ? {} : { sinceBefore: daysBefore(now, olderThanDays) }),
    ...(dueBefore === undefined ? {} : { dueBefore: `${dueBefore}T00:00:00.000Z` }),
    text,
    sort,
  };
}

type Plain = Omit<RequestFilter, 'worklist' | 'olderThanDays' | 'dueBefore'>;
type Given = { readonly [Key in keyof Plain]?: Exclude<Plain[Key], undefined> };

function withoutUndefined(plain: Plain): Given {
  return Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
}

/** To the minute, so that scrolling through a list asks for the same list. */
function daysBefore(now: Date, days: number): string {
  return `${new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 16)}:00.000Z`;
}

export function rowOf({ view, since }: KeptRequest): WorklistRow {
  const { state, hrid, title, partner, dueDate } = view;
  const todo = todoOf(view);
  const place = [view.pickLocation, view.shelvingLocation, view.callNumber].filter((part) => part !== undefined);
  const name = partner.name ?? partner.symbol;
  const step = hrid === undefined ? undefined : stepOf(view)?.todo;
  return {
    id: view.id,
    side: view.side,
    state: { code: state.code, label: state.label, terminal: state.terminal },
    todo,
    kind: kindOf(todo),
    since,
    trouble: view.needsAttention,
    unread: view.unreadMessages,
    volumes: view.volumes.length,
    seenAt: view.seenAt,
    ...(step === undefined ? {} : { step }),
    ...(hrid === undefined ? {} : { hrid }),
    ...(title === undefined ? {} : { title }),
    ...(name === undefined ? {} : { partner: name }),
    ...(dueDate === undefined ? {} : { due: dueDate }),
    ...(place.length === 0 ? {} : { place: place.join(' · ') }),
  };
}
