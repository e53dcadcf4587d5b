import { expect, test } from 'vitest';
import { SCANNER_LABEL } from '../../src-main/contract/setup.ts';
import { setup } from '../../src-renderer/i18n/setup.ts';
import { scannerLines } from '../../src-renderer/screens/setup/scanner-words.ts';
import { readLabel, type LabelScan } from '../../src-renderer/state/scanner-findings.ts';

/** The scanner test in words: what is right, and what to set where something is not. */

function said(raw: string, more: Partial<LabelScan> = {}): Readonly<Record<string, string>> {
  const findings = readLabel({ raw, ending: 'Enter', gapMs: 8.4, ...more }, SCANNER_LABEL);
  const lines = scannerLines(findings, setup.scanner, String);
  return Object.fromEntries(
    lines.map(({ what, good, sentences }) => [what, `${good ? 'good' : 'not'}: ${sentences.join(' ')}`]),
  );
}

test('a scanner that is set rightly', () => {
  expect(said(SCANNER_LABEL)).toEqual({
    Characters: `good: All ${String(SCANNER_LABEL.length)} came as they are on the label.`,
    'Before and after the label': 'good: Nothing. That is right.',
    'Key at the end': 'good: Enter. That is right.',
    Speed: 'good: A character every 8 milliseconds. That is fast enough.',
  });
});

test('another keyboard language is named, with the characters it changed', () => {
  const { Characters } = said('CARRELßyzQWm?-0123456789');
  expect(Characters).toMatch(/^not: .*German one\. Changed: - came as ß, z came as y, y came as z.*keyboard country/);
  expect(said('carrel-ZYqwM_/0123456789')['Characters']).not.toContain('keyboard country');
});

test('what stands around the label is shown, also where it does not print', () => {
  const { 'Before and after the label': around } = said(`\u0002${SCANNER_LABEL}\u001d`);
  expect(around).toContain('Before it came ⟨STX⟩');
  expect(around).toContain('After it came ⟨GS⟩');
});

test('slow, without a key at the end, with lost characters: each says what to set', () => {
  const lines = said(SCANNER_LABEL.replace('45', ''), { ending: undefined, gapMs: 70 });
  expect(lines['Characters']).toContain('Missing: 4 5.');
  expect(lines['Key at the end']).toMatch(/^not: None/);
  expect(lines['Speed']).toMatch(/^not: A character every 70 milliseconds/);
  expect(said(SCANNER_LABEL, { gapMs: undefined })['Speed']).toContain('came as typing');
});
