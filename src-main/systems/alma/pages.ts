import { fail, ok, type Result } from '../../contract/result.ts';
import { integer, records, type Json } from '../http/tolerant.ts';
import type { AlmaApi, Ask } from './api.ts';

/** Alma gives at most 100 at a time. */
const PAGE = 100;
/** 5,000 records: no list of one library's partners or one patron's loans is longer. */
const MOST_PAGES = 50;

/** Every record of a list, page by page. One that cannot be read makes the list unreadable: a list with gaps misleads. */
export async function everyPage<T>(
  api: AlmaApi,
  ask: Ask,
  list: string,
  read: (json: Json) => T | undefined,
): Promise<Result<readonly T[]>> {
  const found: T[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { ...ask.query, limit: String(PAGE), offset: String(page * PAGE) };
    const answer = await api.read({ ...ask, query });
    if (!answer.ok) return { ok: false, error: answer.error };
    const rows = readList(answer.value, list, read);
    if (!rows.ok) return rows;
    found.push(...rows.value);
    const total = integer(answer.value['total_record_count']) ?? 0;
    if (rows.value.length === 0 || found.length >= total) return ok(found);
  }
  return fail('unreadable-answer', 'Alma’s list has no end. Tell the library administrator.', { mender: 'host' });
}

/** The records of one answer; Alma leaves an empty list out. */
export function readList<T>(answer: Json, list: string, read: (json: Json) => T | undefined): Result<readonly T[]> {
  const raw = answer[list];
  const rows = records(raw).map(read);
  const whole = raw === undefined || raw === null || (Array.isArray(raw) && rows.length === raw.length);
  return whole && rows.every((row) => row !== undefined) ? ok(rows) : unreadable();
}

/** Alma answered, and not what was asked for. */
export function unreadable(): ReturnType<typeof fail> {
  return fail(
    'unreadable-answer',
    'Alma’s answer could not be understood, so nothing is known. Look on Alma’s own screen.',
    {
      mender: 'host',
      retry: 'later',
    },
  );
}
