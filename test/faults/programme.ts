import type { Findings } from './audit.ts';
import { playRun, type RunOptions, type RunReport } from './run.ts';

export interface ProgrammeOptions extends Pick<RunOptions, 'seed' | 'kills' | 'broken' | 'requests'> {
  readonly runs: number;
  /** Number of the first run; to play one day again. */
  readonly from?: number;
  /** Days played at the same time. */
  readonly abreast: number;
  /** Told of each day when it is over. */
  readonly onRun?: (report: RunReport) => void;
}

/** What a programme of days came to. Findings are counted; a promise kept is a nought. */
export interface Score {
  readonly runs: number;
  readonly scans: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly twice: number;
  readonly outOfOrder: number;
  readonly unsettled: number;
  readonly untrue: number;
  readonly kills: number;
}

/** Plays the days of a programme, some of them side by side. */
export async function playProgramme(options: ProgrammeOptions): Promise<Score> {
  const { runs, from = 0, abreast, onRun, ...each } = options;
  const numbers = Array.from({ length: runs }, (_, index) => from + index).values();
  const reports: RunReport[] = [];
  const lane = async (): Promise<void> => {
    for (const number of numbers) {
      const report = await playRun({ ...each, number });
      reports.push(report);
      onRun?.(report);
    }
  };
  await Promise.all(Array.from({ length: abreast }, lane));
  const sum = (count: (report: RunReport) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  const found = (what: keyof Findings): number => sum(({ findings }) => findings[what].length);
  return {
    runs: reports.length,
    scans: sum(({ scans }) => scans),
    acknowledged: sum(({ acknowledged }) => acknowledged),
    lost: found('lost'),
    twice: found('twice'),
    outOfOrder: found('outOfOrder'),
    unsettled: found('unsettled'),
    untrue: found('untrue'),
    kills: sum(({ kills }) => kills),
  };
}

export function lineOf(score: Score): string {
  const { runs, scans, acknowledged, lost, twice, outOfOrder, unsettled, untrue, kills } = score;
  return `runs=${runs} scans=${scans} acknowledged=${acknowledged} lost=${lost} twice=${twice} out_of_order=${outOfOrder} unsettled=${unsettled} untrue=${untrue} kills=${kills}`;
}

/** Every promise was kept. */
export function isClean({ lost, twice, outOfOrder, unsettled, untrue }: Score): boolean {
  return lost + twice + outOfOrder + unsettled + untrue === 0;
}

/** What was found on one day, for people, with how to play that day again. */
export function findingsOf(
  { number, findings, folder }: RunReport,
  { seed, kills, requests }: Pick<RunOptions, 'seed' | 'kills' | 'requests'>,
): readonly string[] {
  const found = Object.entries(findings).flatMap(([what, list]: [string, readonly string[]]) =>
    list.map((text) => `  ${what}: ${text}`),
  );
  if (found.length === 0) return [];
  const again = `npm run faults -- --seed ${seed} --only ${number}${kills ? ' --kills' : ''}${requests === undefined ? '' : ` --requests ${requests}`}`;
  return [`run ${number} (again: ${again}; its files: ${folder})`, ...found];
}
