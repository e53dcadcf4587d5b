import type { Words } from '../../i18n/index.ts';
import type { ScannerFindings } from '../../state/scanner-findings.ts';

/** One thing the scanner test looked at. */
export interface ScannerLine {
  readonly what: string;
  readonly good: boolean;
  readonly sentences: readonly string[];
}

/** What the scanner test found, line by line, and what to set where something is wrong. */
export function scannerLines(
  { ending, gapMs, slow, layout, changed, dropped, added, prefix, suffix }: ScannerFindings,
  words: Words['setup']['scanner'],
  number: (value: number) => string,
): readonly ScannerLine[] {
  const { characters, speed, around } = words;
  const wrong = [
    ...(layout === undefined ? [] : [words.layouts[layout]]),
    ...(changed.length === 0 ? [] : [characters.changed(changed)]),
    ...(changed.length === 0 || layout === 'caps-lock' ? [] : [characters.language]),
    ...(dropped.length === 0 ? [] : [characters.dropped(dropped)]),
    ...(added.length === 0 ? [] : [characters.added(added)]),
  ];
  const beside = [...(prefix === '' ? [] : [around.prefix(prefix)]), ...(suffix === '' ? [] : [around.suffix(suffix)])];
  const pace = gapMs === undefined ? speed.typed : (slow ? speed.slow : speed.fast)(number(Math.round(gapMs)));
  return [
    {
      what: characters.name,
      good: wrong.length === 0,
      sentences: wrong.length === 0 ? [characters.right] : wrong,
    },
    { what: around.name, good: beside.length === 0, sentences: beside.length === 0 ? [around.none] : beside },
    { what: words.ending.name, good: ending !== undefined, sentences: [words.ending[ending ?? 'none']] },
    { what: speed.name, good: !slow, sentences: [pace] },
  ];
}
