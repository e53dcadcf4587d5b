import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { target, useStandIn } from '../electron-standin/target.ts';
import { launchCarrel, snapshot } from '../e2e/support.ts';
import { ROOT } from './environment.ts';
import { DAY } from './shift-day.ts';
import { BranchDesks } from './shift-desks.ts';
import { officeStage, playOffice } from './shift-office.ts';
import { playTwoSystems } from './shift-two-systems.ts';
import { playShift } from './shift-script.ts';
import { momentText, transcriptOf, type OfficeMoment } from './shift-words.ts';

/** The office is another window of the same library: it works on what the desk's day has left. */
async function playOfficeDay(practiceUrl: string, folder: string, texts: string[]): Promise<readonly OfficeMoment[]> {
  const carrel = await launchCarrel({ env: { CARREL_PRACTICE: JSON.stringify({ join: practiceUrl }) } });
  const { page } = carrel;
  try {
    const shoot = async (name: string): Promise<void> => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
      }
      await page.emulateMedia({ colorScheme: null });
    };
    const tell = async (moment: OfficeMoment): Promise<void> => {
      const text = momentText(moment);
      texts.push(text);
      console.log(text);
      if (moment.picture !== undefined) await shoot(moment.picture);
    };
    const stage = await officeStage(page, shoot);
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
    const office = await playOfficeDay(practiceUrl, folder, texts);
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
