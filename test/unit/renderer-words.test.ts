import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'svelte/compiler';
import { describe, expect, test } from 'vitest';

const root = new URL('../../src-renderer/', import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'));

/** Attributes that people see or hear. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'alt',
  'placeholder',
  'title',
  'label',
]);
const HAS_WORDS = /\p{L}/u;

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** Words written into the markup itself, and inline styles, which the content security policy blocks. */
function faultsIn(node: Node): string[] {
  const own: string[] = [];
  if (node.type === 'Text' && HAS_WORDS.test(String(node['data']))) own.push(String(node['data']).trim());
  if (node.type === 'HtmlTag') own.push('{@html}');
  if (node.type === 'Attribute') {
    if (node['name'] === 'style') own.push('style attribute');
    if (!SPOKEN.has(String(node['name']))) return own;
  }
  const children = Object.entries(node).flatMap(([key, value]) => (key === 'css' ? [] : [value].flat()));
  return [...own, ...children.filter(isNode).flatMap(faultsIn)];
}

function check(source: string): string[] {
  return faultsIn(parse(source, { modern: true }).fragment as unknown as Node);
}

describe('every word on the screen comes from i18n', () => {
  test('components are found', () => expect(files.length).toBeGreaterThan(10));

  test.each(files)('%s', (file) => {
    expect(check(readFileSync(fileURLToPath(new URL(file, root)), 'utf8'))).toEqual([]);
  });

  test('the check sees words, spoken attributes, inline styles and raw markup', () => {
    expect(check('<p>Ready</p>')).toEqual(['Ready']);
    expect(check('{#if a}<b aria-label="Close">{t.x}</b>{/if}')).toEqual(['Close']);
    expect(check('<i style="color: red">{@html b}</i>')).toEqual(['style attribute', '{@html}']);
    expect(check('<input placeholder="Day" class="wide" />')).toEqual(['Day']);
    expect(check('<p class="soft">{t.ready}</p>')).toEqual([]);
  });
});
