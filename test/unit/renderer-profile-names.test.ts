import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { profileFieldName } from '../../src-renderer/state/profile-names.ts';

/** What a profile would change is named as the settings screen names it, whatever field it is. */

const Node = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  propertyNames: z.object({ enum: z.array(z.string()).optional() }).optional(),
});

/** Every field of the published schema that holds something itself, by its dotted path. */
function pathsOf(schema: unknown, path: readonly string[] = []): readonly string[] {
  const { properties, propertyNames } = Node.parse(schema);
  if (properties !== undefined)
    return Object.entries(properties).flatMap(([name, inside]) => pathsOf(inside, [...path, name]));
  const names = propertyNames?.enum;
  return names === undefined ? [path.join('.')] : names.map((name) => [...path, name].join('.'));
}

const schema: unknown = JSON.parse(
  readFileSync(new URL('../../docs/library-profile.schema.json', import.meta.url), 'utf8'),
);
/** What is about the file itself, or names the computer's desks. */
const OWN = ['$schema', 'kind', 'version', 'library', 'desks'];
const paths = pathsOf(schema).filter((path) => !OWN.includes(path));

test('the schema’s fields are found', () => {
  expect(paths.length).toBeGreaterThan(60);
  expect(paths).toContain('wms.hereCodes');
});

test.each(paths)('%s has the name of its field in Settings', (path) => {
  const name = profileFieldName(path);
  expect(name).not.toBe(path);
  expect(name).not.toContain('undefined');
});

test('no two fields have the same name', () => {
  const names = paths.map(profileFieldName);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('a section alone, and what Settings has no field for', () => {
  expect(profileFieldName('wms')).toBe('WMS');
  expect(profileFieldName('something.else')).toBe('something.else');
});
