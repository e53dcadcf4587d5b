import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../src-renderer/app/tokens.css', import.meta.url), 'utf8');

/** The light and the dark value of every colour token; a single value stands for both. */
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+):\s*(?:light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)|(#[0-9a-f]{6}));/g)].map(
    ([, name, light, dark, both]) => [name!, { light: light ?? both!, dark: dark ?? both! }],
  ),
);

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const kinds = ['go', 'hold', 'ill', 'route', 'stop', 'saved'];
const grounds = ['paper', 'card', ...kinds.map((kind) => `${kind}-bg`)];
const texts: readonly (readonly [string, string])[] = [
  ...grounds.flatMap((ground) => [['ink', ground] as const, ['soft', ground] as const]),
  ...kinds.flatMap((kind) => [[kind, `${kind}-bg`] as const, [kind, 'card'] as const, [kind, 'paper'] as const]),
  ['card', 'go'],
  ['stop', 'ill-bg'],
  ['deaf-ink', 'deaf'],
  ['training-ink', 'training'],
];
/** Parts that are not text: edges of fields, the ring, the lights. */
const parts: readonly (readonly [string, string])[] = [
  ['edge', 'card'],
  ['focus', 'paper'],
  ['focus', 'card'],
  ['light-good', 'card'],
  ['light-slow', 'card'],
  ['light-down', 'card'],
];

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  const colour = (name: string) => tokens.get(name)![theme];

  test.each(texts)('%s can be read on %s', (ink, ground) => {
    expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(parts)('%s can be made out on %s', (part, ground) => {
    expect(contrast(colour(part), colour(ground))).toBeGreaterThanOrEqual(3);
  });
});

test('the formula gives the known extremes', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#777777')).toBe(1);
});
