import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { target, useStandIn } from '../electron-standin/target.ts';
import { launchCarrel, snapshot } from '../e2e/support.ts';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import { ROOT } from './environment.ts';
import { DAY } from './shift-day.ts';
import { BranchDesks } from './shift-desks.ts';
import { officeStage, playOffice, type OfficeMoment } from './shift-office.ts';
import { playTwoSystems } from './shift-two-systems.ts';
import { destinationOf, playShift, type Played } from './shift-script.ts';

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
    ...(after === undefined ? [] : promptOf(after)),
    ...wrong.map((text) => `      NOT AS EXPECTED: ${text}`),
    '',
  ].join('\n');
}

function promptOf(line: ScanLine): readonly string[] {
  const { prompt } = line;
  const offers = prompt?.offers.map((offer) => `${offer.key} ${offer.label}`).join(', ') ?? '';
  return [
    `      ► ${destinationOf(line).toUpperCase()}`,
    ...(prompt?.title === undefined ? [] : [`      ${prompt.title}`]),
    ...(prompt?.why ?? []).map((sentence) => `      ${sentence}`),
    ...(prompt?.legs ?? []).map((leg) => `      ${MARKS[leg.state]} ${leg.system}: ${leg.text}`),
    ...(offers === '' ? [] : [`      keys: ${offers}`]),
  ];
}

/** An entry of the office's day as lines of text. */
function momentText({ chapter, story, lines, wrong }: OfficeMoment): string {
  return [
    ...(chapter === undefined ? [] : [chapter.toUpperCase(), '']),
    `     ${story}`,
    ...lines.map((line) => `      ${line}`),
    ...wrong.map((text) => `      NOT AS EXPECTED: ${text}`),
    '',
  ].join('\n');
}

/** The office has a consortium of its own, so that its crates are full whatever the desk has done. */
async function playOfficeDay(folder: string, texts: string[]): Promise<readonly OfficeMoment[]> {
  const carrel = await launchCarrel();
  const { page } = carrel;
  try {
    const tell = async (moment: OfficeMoment): Promise<void> => {
      const text = momentText(moment);
      texts.push(text);
      console.log(text);
      if (moment.picture === undefined) return;
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(folder, `${moment.picture}-${colorScheme}.png`) });
      }
      await page.emulateMedia({ colorScheme: null });
    };
    const stage = await officeStage(page);
    return [...(await playOffice(stage, tell)), ...(await playTwoSystems(stage, tell))];
  } finally {
    await carrel.remove();
  }
}

/** Plays the desk shift on the built app without a display; leaves a transcript and pictures. Answers the exit code. */
export async function playShiftInTerminal(): Promise<number> {
  useStandIn();
  const folder = join(ROOT, 'shift-report');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  console.log(`Carrel plays a desk shift in training, on ${target()}.\n`);
  const carrel = await launchCarrel();
  const branches = new BranchDesks();
  const texts: string[] = [];
  try {
    const { practiceUrl, pile } = await snapshot(carrel.page);
    if (practiceUrl === undefined) throw new Error('Carrel did not open in training');
    const deskAt = (branch: string): Promise<Page> => branches.page(practiceUrl, branch);
    const played = await playShift({ page: carrel.page, practiceUrl, pile, deskAt }, DAY, async (one) => {
      const text = transcriptOf(one, texts.length + 1);
      texts.push(text);
      console.log(text);
      if (one.scan.picture !== undefined) await one.page.screenshot({ path: join(folder, `${one.scan.picture}.png`) });
    });
    const office = await playOfficeDay(folder, texts);
    writeFileSync(join(folder, 'transcript.txt'), texts.join('\n'));
    const wrong = played.filter((one) => one.wrong.length > 0).length;
    const missed = office.filter((one) => one.wrong.length > 0).length;
    console.log(
      `${DAY.length} scans, ${DAY.length - wrong} as expected, ${wrong} not; the office's day: ${office.length} entries, ${missed} not as expected. Transcript and pictures: shift-report/`,
    );
    return wrong + missed === 0 ? 0 : 1;
  } finally {
    await branches.close();
    await carrel.remove();
  }
}
