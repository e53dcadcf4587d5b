import type { z } from 'zod';

/** What zod found wrong with one field, as a sentence for whoever wrote the file. */

type Issue = z.core.$ZodIssue;

/** Types as people call them. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number without quotes',
  int: 'a whole number without quotes',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'a group of fields in { }',
  record: 'a group of fields in { }',
};

/** What a field that has a form of its own wants, where the schema does not say it. */
const FORMS: Readonly<Record<string, string>> = {
  url: 'an address that begins with https://',
  regex: 'other characters than these',
  datetime: 'a time such as 2026-11-23T12:00:00Z',
};

/** Dotted, with places of a list counted from 1: `wms.branches[2].name`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${String(part + 1)}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

/** One sentence for each field an issue is about. @param given the whole that was checked */
export function issueSentences(
  issue: Issue,
  given: unknown,
): readonly { readonly path: string; readonly sentence: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownField(pathText([...issue.path, key])));
  }
  const path = pathText(issue.path);
  const name = path === '' ? 'The profile' : `“${path}”`;
  return [{ path, sentence: `${name} ${problem(issue, valueAt(given, issue.path))}` }];
}

export function unknownField(path: string): { readonly path: string; readonly sentence: string } {
  return { path, sentence: `“${path}” is no field Carrel knows. Look for a typing mistake, or take it out.` };
}

function problem(issue: Issue, value: unknown): string {
  if (value === undefined) return 'is missing. Write it, or take out the whole group it belongs to.';
  switch (issue.code) {
    case 'invalid_type':
      return `has to be ${TYPES[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `has to be ${listed(issue.values)}.`;
    case 'invalid_format':
      // The schema's own message says it better where there is one: "digits only".
      return issue.message.startsWith('Invalid')
        ? `has to be ${FORMS[issue.format] ?? issue.format}.`
        : `has to be different: ${issue.message}.`;
    case 'too_small':
      return `has to be at least ${amount(issue.minimum, issue.origin)}.`;
    case 'too_big':
      return `has to be at most ${amount(issue.maximum, issue.origin)}.`;
    default:
      return `has to be different: ${issue.message}.`;
  }
}

function amount(limit: number | bigint, origin: string): string {
  const count = String(limit);
  if (origin === 'string') return `${count} character${count === '1' ? '' : 's'} long`;
  return origin === 'array' ? `${count} long` : count;
}

function listed(values: readonly unknown[]): string {
  const quoted = values.map((value) => (typeof value === 'string' ? `“${value}”` : String(value)));
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} or ${last}`;
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Readonly<Record<PropertyKey, unknown>>)[part] : undefined,
    given,
  );
}
