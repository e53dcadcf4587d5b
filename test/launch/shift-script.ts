import { scan, snapshot } from '../e2e/support.ts';
import type { Page } from '@playwright/test';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { PileEntry } from '../../src-main/contract/shift.ts';

/** What a shift needs to be played. */
export interface Stage {
  readonly page: Page;
  readonly practiceUrl: string;
  readonly pile: readonly PileEntry[];
  /** The window of the desk at another branch, by the branch’s name. */
  readonly deskAt: (branch: string) => Promise<Page>;
}

/** What the large words have to say, and words the sentences or the lines per system have to contain. */
export interface Expected {
  readonly expect: string;
  readonly says?: RegExp;
}

/** One scan of the shift, as a person would tell it afterwards. */
export interface ShiftScan extends Expected {
  /** A new part of the day begins. */
  readonly chapter?: string;
  /** What happens at the desk. */
  readonly story: string;
  /** Name of the branch at whose desk it is scanned; the first desk when left out. */
  readonly at?: string;
  /** Which thing of the practice pile. */
  readonly thing: string;
  /** Something that goes on at the same time; runs right before the scan. */
  readonly meanwhile?: (stage: Stage, thing: PileEntry) => Promise<void>;
  /** A function key pressed on the prompt that came. */
  readonly press?: string;
  /** What the prompt says when that is done. */
  readonly then?: Expected;
  /** How many labels came in the one burst, each of which gets a line of its own besides. */
  readonly labels?: number;
  /** Nobody waits for it: the next thing is scanned while this one is still being worked on. */
  readonly meanwhileNext?: true;
  /** One of the library’s own, which the scan checks in in WMS: once, and no other scan does. */
  readonly checksIn?: true;
  /** A picture of this moment, by name. */
  readonly picture?: string;
}

export interface Played {
  readonly scan: ShiftScan;
  readonly label: string;
  /** The window in which it was scanned. */
  readonly page: Page;
  /** As it stood when its prompt had settled, and after the key that was pressed. */
  readonly line: ScanLine;
  readonly after?: ScanLine;
  /** What was expected and did not come; empty when all is right. */
  readonly wrong: readonly string[];
}

interface Scanned {
  readonly step: ShiftScan;
  readonly page: Page;
  readonly label: string;
  /** How many lines there were before it. */
  readonly before: number;
}

/** Plays a shift with a scanner’s bursts and tells each scan when its prompt has settled, in the order of the scans. */
export async function playShift(
  stage: Stage,
  shift: readonly ShiftScan[],
  tell: (played: Played) => Promise<void> | void,
): Promise<readonly Played[]> {
  const { pile } = stage;
  const all: Played[] = [];
  const open: Scanned[] = [];
  for (const step of shift) {
    const thing = pile.find(({ key }) => key === step.thing);
    if (thing === undefined) throw new Error(`the practice pile has no ${step.thing}`);
    const page = step.at === undefined ? stage.page : await stage.deskAt(step.at);
    await step.meanwhile?.(stage, thing);
    const before = (await snapshot(page)).lines.length;
    await scan(page, thing.barcode);
    open.push({ step, page, label: thing.barcode, before });
    if (step.meanwhileNext === true) {
      await lineAfter(page, before, () => true);
      continue;
    }
    for (const scanned of open.splice(0)) {
      const played = await settled(scanned);
      all.push(played);
      await tell(played);
    }
  }
  return all;
}

async function settled({ step, page, label, before }: Scanned): Promise<Played> {
  const line = await lineAfter(page, before, isSettled);
  if (step.labels !== undefined) await lineAfter(page, before + step.labels, isSettled);
  const played = { scan: step, label, page, line, wrong: compare(step, line) };
  const { press, then } = step;
  if (press === undefined) return played;
  await page.keyboard.press(press);
  const old = JSON.stringify(line.prompt);
  const after = await lineAfter(
    page,
    before,
    (now) => isSettled(now) && (then === undefined || JSON.stringify(now.prompt) !== old),
  );
  return { ...played, after, wrong: [...played.wrong, ...(then === undefined ? [] : compare(then, after))] };
}

function isSettled(line: ScanLine): boolean {
  return line.prompt?.working === false;
}

/** The first line that came after so many, once it is as wanted. */
async function lineAfter(page: Page, before: number, wanted: (line: ScanLine) => boolean): Promise<ScanLine> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { lines } = await snapshot(page);
    const line = lines.toReversed()[before];
    if (line !== undefined && wanted(line)) return line;
    await page.waitForTimeout(25);
  }
  throw new Error(`scan ${before + 1} did not settle`);
}

export function destinationOf(line: ScanLine): string {
  const { verb, to } = line.prompt?.destination ?? { verb: '' };
  return to === undefined ? verb : `${verb} → ${to}`;
}

function compare({ expect, says }: Expected, line: ScanLine): string[] {
  const wrong: string[] = [];
  const destination = destinationOf(line);
  if (!destination.startsWith(expect)) wrong.push(`destination “${destination}”, expected “${expect}”`);
  const words = [
    ...(line.prompt?.why ?? []),
    ...(line.prompt?.legs.map((leg) => `${leg.state}: ${leg.text}`) ?? []),
  ].join('\n');
  if (says !== undefined && !says.test(words)) wrong.push(`no ${String(says)} in “${words}”`);
  return wrong;
}
