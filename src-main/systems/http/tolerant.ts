import { isRecord } from './bodies.ts';

/*
 * Readers for JSON whose fields may be missing, null, or of a type nobody promised. Each gives the value in the one type
 * wanted or undefined; none throws. mod-rs leaves null properties out of its views and writes them as `null` elsewhere,
 * and writes an enum as its name or as `{"enumType","name"}`, so all of that is normal.
 */

export type Json = Readonly<Record<string, unknown>>;

/** Text that says something; blank text counts as absent. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** An enum: its name, or the object Grails' converter makes of it. */
export function enumName(value: unknown): string | undefined {
  return text(isRecord(value) ? value['name'] : value);
}

export function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function integer(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

/** The object's fields, or none. */
export function fields(value: unknown): Json {
  return isRecord(value) ? value : {};
}

/** The objects of a list; anything else in it is passed over. */
export function records(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The texts of a list; anything else in it is passed over. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** A moment as ISO 8601 UTC. */
export function instant(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** A calendar day `YYYY-MM-DD`, also from a moment; it has no zone and is not moved into one. */
export function day(value: unknown): string | undefined {
  return typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined;
}

/** The code of a reference value `{id, value, label}`, or the bare code. */
export function refdata(value: unknown): string | undefined {
  return text(isRecord(value) ? value['value'] : value);
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined, so that absent fields are absent and not present without a value. */
export function present<T extends object>(entries: T): Present<T> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Present<T>;
}
