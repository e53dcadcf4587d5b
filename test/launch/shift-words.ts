import type { ScanLine } from '../../src-main/contract/journal.ts';
import { destinationOf, type Played } from './shift-script.ts';

/** One thing of the office's day, as a person would tell it afterwards. */
export interface OfficeMoment {
  readonly chapter?: string;
  readonly story: string;
  readonly lines: readonly string[];
  /** What was expected and did not come; empty when all is right. */
  readonly wrong: readonly string[];
  /** A picture of this moment in both themes, by name. */
  readonly picture?: string;
}

const MARKS = {
  done: '✓',
  seen: '✓',
  confirmed: '✓',
  waiting: '◔',
  unknown: '?',
  'not-done': '!',
  'by-hand': '☞',
  none: '·',
} as const;

/** One scan as lines of text: what happened, what was recognised, what was done where, what was prompted. */
export function transcriptOf({ scan, label, line, after, wrong }: Played, number: number): string {
  return [
    ...(scan.chapter === undefined ? [] : [scan.chapter.toUpperCase(), '']),
    `${String(number).padStart(3)}. ${scan.story}`,
    `      scanned ${label} (${line.kind})${scan.at === undefined ? '' : `, at the desk of the ${scan.at}`}`,
    ...promptOf(line),
    ...(scan.press === undefined ? [] : [`      (pressed ${scan.press})`]),
    ...(after === undefined || isSame(line, after) ? [] : promptOf(after)),
    ...wrong.map((text) => `      NOT AS EXPECTED: ${text}`),
    '',
  ].join('\n');
}

function isSame(one: ScanLine, other: ScanLine): boolean {
  return JSON.stringify(one.prompt) === JSON.stringify(other.prompt);
}

function promptOf(line: ScanLine): readonly string[] {
  const { prompt } = line;
  const offers = prompt?.offers.map((offer) => `${offer.key} ${offer.label}`).join(', ') ?? '';
  return [
    `      ► ${destinationOf(line).toUpperCase()}`,
    ...(prompt?.title === undefined ? [] : [`      ${prompt.title}`]),
    ...(prompt?.why ?? []).map((sentence) => `      ${sentence}`),
    ...legsOf(line).map((leg) => `      ${leg}`),
    ...(offers === '' ? [] : [`      keys: ${offers}`]),
  ];
}

/** What was done in which system. */
export function legsOf({ prompt }: ScanLine): readonly string[] {
  return (prompt?.legs ?? []).map((leg) => `${MARKS[leg.state]} ${leg.system}: ${leg.text}`);
}

/** An entry of the office's day as lines of text. */
export function momentText({ chapter, story, lines, wrong }: OfficeMoment): string {
  return [
    ...(chapter === undefined ? [] : [chapter.toUpperCase(), '']),
    `     ${story}`,
    ...lines.map((line) => `      ${line}`),
    ...wrong.map((text) => `      NOT AS EXPECTED: ${text}`),
    '',
  ].join('\n');
}
