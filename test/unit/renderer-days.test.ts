import { describe, expect, test } from 'vitest';
import { dayOf, rangeOf, shiftDay, startOf } from '../../src-renderer/state/days.ts';
import { formatsFor } from '../../src-renderer/i18n/format.ts';

describe('days', () => {
  test('a day runs from its first instant to the next one’s', () => {
    const range = rangeOf('2025-11-23')!;
    expect(dayOf(new Date(range.from))).toBe('2025-11-23');
    expect(dayOf(new Date(Date.parse(range.to) - 1))).toBe('2025-11-23');
    expect(dayOf(new Date(range.to))).toBe('2025-11-24');
  });

  test.each(['', 'yesterday', '2025-13-01', '2025-02-30', '23.11.2025'])('%j is no day', (text) => {
    expect(startOf(text)).toBeUndefined();
    expect(rangeOf(text)).toBeUndefined();
    expect(shiftDay(text, 1)).toBeUndefined();
  });

  test('the day before and after, over months and years', () => {
    expect(shiftDay('2026-01-01', -1)).toBe('2025-12-31');
    expect(shiftDay('2024-02-28', 1)).toBe('2024-02-29');
    expect(shiftDay('2025-3-1', -1)).toBe('2025-02-28');
  });
});

describe('formats', () => {
  const now = Date.parse('2025-11-23T14:00:00Z');
  const ago = (seconds: number) => formatsFor('en', []).ago(new Date(now - seconds * 1000).toISOString(), now);

  test('an age is told in its largest unit and never lies in the future', () => {
    expect(ago(4)).toBe('4s ago');
    expect(ago(200)).toBe('3m ago');
    expect(ago(2 * 3600)).toBe('2h ago');
    expect(ago(-30)).toBe(ago(0));
  });

  test('the region of the computer is kept when it speaks the language', () => {
    expect(formatsFor('en', ['de-DE', 'en-IN']).number(1_234_567)).toBe('12,34,567');
    expect(formatsFor('en', ['de-DE']).number(1_234_567)).toBe('1,234,567');
  });

  test('a day is written as the prompts write it, whatever the region', () => {
    const iso = new Date(2001, 11, 4).toISOString();
    for (const region of ['en-US', 'en-GB', 'de-DE']) {
      expect(formatsFor('en', [region]).day(iso)).toBe('4 December 2001');
      expect(formatsFor('en', [region]).shortDay(iso)).toBe('4 Dec');
    }
  });

  test('plurals follow the language', () => {
    const en = formatsFor('en', []);
    expect(en.plural(1, { one: 'scan', other: 'scans' })).toBe('scan');
    expect(en.plural(0, { one: 'scan', other: 'scans' })).toBe('scans');
  });
});
