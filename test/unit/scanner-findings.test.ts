import { describe, expect, test } from 'vitest';
import { SCANNER_LABEL } from '../../src-main/contract/setup.ts';
import { isLabel, readLabel, type Layout, type ScannerFindings } from '../../src-renderer/state/scanner-findings.ts';

/** What the scanner test says of a scan of its label. */

const read = (raw: string, more: Partial<Pick<ScannerFindings, 'ending' | 'gapMs'>> = {}): ScannerFindings =>
  readLabel({ raw, ending: 'Enter', gapMs: 8, ...more }, SCANNER_LABEL);

test('as it is, with Enter and fast: nothing has to be done', () => {
  expect(read(SCANNER_LABEL)).toMatchObject({ good: true, layout: undefined, changed: [], dropped: [], prefix: '' });
  expect(read(SCANNER_LABEL, { ending: 'Tab' }).good).toBe(true);
});

test('without Enter or Tab, or so slow that it looks like typing, it is not good', () => {
  expect(read(SCANNER_LABEL, { ending: undefined })).toMatchObject({ good: false, slow: false });
  expect(read(SCANNER_LABEL, { gapMs: 80 })).toMatchObject({ good: false, slow: true });
  expect(read(SCANNER_LABEL, { gapMs: undefined })).toMatchObject({ good: false, slow: true });
});

describe('keyboard languages', () => {
  const cases: readonly (readonly [Layout, string, readonly string[]])[] = [
    ['german', 'CARRELßyzQWm?-0123456789', ['-ß', 'zy', 'yz', '_?', '/-']],
    ['swiss', "CARREL'yzQWm?-0123456789", ["-'", 'zy', 'yz', '_?', '/-']],
    ['french', 'CQRREL)wyAZ,°!à&é"\'(-è_ç', ['AQ', '-)', 'zw', 'QA', 'WZ', 'm,', '_°', '/!', '0à']],
    ['nordic', 'CARREL+zyQWm?-0123456789', ['-+', '_?', '/-']],
    ['southern', "CARREL'zyQWm?-0123456789", ["-'", '_?', '/-']],
    ['scanner-german', 'CARREL/yzQWm?&0123456789', ['-/', 'zy', 'yz', '_?', '/&']],
    ['caps-lock', 'carrel-ZYqwM_/0123456789', ['Cc', 'Aa', 'Rr', 'Ee', 'Ll', 'zZ', 'yY', 'Qq', 'Ww', 'mM']],
  ];
  test.each(cases)('%s', (layout, raw, changed) => {
    expect(isLabel(raw, SCANNER_LABEL)).toBe(true);
    const findings = read(raw);
    expect(findings).toMatchObject({ layout, good: false, dropped: [], added: [], prefix: '', suffix: '' });
    const came = findings.changed.map((one) => one.sent + one.came);
    expect(came).toEqual(expect.arrayContaining([...changed]));
  });
});

test('one changed character alone is named, and no language blamed', () => {
  const swapped = SCANNER_LABEL.replace('_', '-');
  expect(read(swapped)).toMatchObject({ layout: undefined, changed: [{ sent: '_', came: '-' }], good: false });
});

test('characters that did not come are named', () => {
  expect(read('CARREL-zyQWm_/01234789')).toMatchObject({ dropped: ['5', '6'], changed: [], good: false });
  expect(read('CAREL-zyQWm_/0123456789')).toMatchObject({ dropped: ['R'], changed: [] });
});

test('what comes in between is named', () => {
  expect(read('CARREL--zyQWm_/0123456789')).toMatchObject({ added: ['-'], dropped: [], good: false });
});

test('prefix and suffix are named, printable or not', () => {
  expect(read(`]C0${SCANNER_LABEL}`)).toMatchObject({ prefix: ']C0', suffix: '', changed: [], dropped: [] });
  expect(read(`\u0002${SCANNER_LABEL}\u0003`)).toMatchObject({ prefix: '\u0002', suffix: '\u0003', good: false });
  // Also where the first character of the label is lost to a dropped key.
  expect(read(`]C0CARRELßyzQWm?-0123456789`)).toMatchObject({ prefix: ']C0', layout: 'german' });
});

describe('only the test label is taken for it', () => {
  test.each(['31234000123456', '0123456789', 'RVR-3184', 'RVR-3184-0123', '9780141036144', '20123456789012', 'CARREL'])(
    '%s is a scan like every other',
    (raw) => {
      expect(isLabel(raw, SCANNER_LABEL)).toBe(false);
    },
  );
});
