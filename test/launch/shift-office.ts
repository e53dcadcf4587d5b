import type { Page } from '@playwright/test';
import { practice, scan, snapshot, value } from '../e2e/support.ts';
import { WAYS, type Office, type Underway } from './office-ends.ts';
import { RequestScreen } from './office-screen.ts';
import { PracticeStaff } from './practice-staff.ts';
import type { OfficeMoment } from './shift-words.ts';

export interface OfficeStage {
  /** The office's own window. */
  readonly page: Page;
  readonly practiceUrl: string;
  /** A library card to ask with. */
  readonly card: string;
  /** Keeps a picture of the screen in both themes, under a name. */
  readonly shoot: (name: string) => Promise<void>;
}

/** The office's stage in a window that has just been opened. */
export async function officeStage(page: Page, shoot: OfficeStage['shoot']): Promise<OfficeStage> {
  const { practiceUrl, pile } = await snapshot(page);
  // A card that WMS and ReShare know.
  const card = pile.find(({ key }) => key === 'patron-card-1')?.barcode;
  if (practiceUrl === undefined || card === undefined) throw new Error('Carrel did not open in training');
  return { page, practiceUrl, card, shoot };
}

const PILE = 40;
/** Arrivals and returns: what comes in by the crate and over the counter. */
const IN_HAND = ['arriving', 'came-back'] as const;
const PATIENCE_MS = 60_000;

/** Plays the day of an ILL office: a pile of arrivals and returns, and ten requests placed and followed. */
export async function playOffice(
  stage: OfficeStage,
  tell: (moment: OfficeMoment) => Promise<void> | void,
): Promise<readonly OfficeMoment[]> {
  const all: OfficeMoment[] = [];
  const say = async (moment: OfficeMoment): Promise<void> => {
    all.push(moment);
    await tell(moment);
  };
  await scanPile(stage, say);
  const placed = await place(stage, say);
  await follow(stage, placed, say);
  return all;
}

type Say = (moment: OfficeMoment) => Promise<void>;

/** Labels of what lies in the crate: arrivals and returns in turns, then what patrons bring back. */
async function crate({ page }: OfficeStage): Promise<readonly string[]> {
  const rows = async (filter: object): Promise<readonly string[]> => {
    const answer = await value(page, 'worklist.rows', { filter, text: '', sort: 'oldest', offset: 0, limit: 60 });
    return answer.rows.flatMap((row) => row.hrid ?? []);
  };
  const [arriving = [], cameBack = []] = await Promise.all(IN_HAND.map((worklist) => rows({ worklist })));
  const returned = await rows({ state: 'REQ_CHECKED_IN' });
  const turns = Array.from({ length: PILE }, (_, at) => [arriving[at], cameBack[at], returned[at]]).flat();
  return [...new Set(turns.filter((label) => label !== undefined))].slice(0, PILE);
}

async function scanPile(stage: OfficeStage, say: Say): Promise<void> {
  const { page } = stage;
  await page.keyboard.press('F4');
  await until(page, async () => (await crate(stage)).length >= PILE);
  const labels = await crate(stage);
  const before = (await snapshot(page)).lines.length;
  await page.keyboard.press('F7');
  for (const label of labels) await scan(page, label);
  const settled = async () => {
    const { lines } = await snapshot(page);
    const mine = lines.slice(0, lines.length - before);
    return mine.length === labels.length && mine.every(({ prompt }) => prompt?.working === false) ? mine : undefined;
  };
  await until(page, async () => (await settled()) !== undefined);
  const lines = (await settled()) ?? [];
  const tags = new Map<string, number>();
  for (const { prompt } of lines) tags.set(prompt?.tag ?? '', (tags.get(prompt?.tag ?? '') ?? 0) + 1);
  const handled = lines.filter(({ prompt }) => prompt?.kind !== 'saved').length;
  await say({
    chapter: 'Upstairs: the interlibrary loan office',
    story: `The courier’s crates and the returns box: ${labels.length} things, scanned as one pile in any order.`,
    lines: [...tags].map(([tag, count]) => `${String(count).padStart(3)} × ${tag}`),
    wrong: handled === PILE ? [] : [`${handled} of ${PILE} were handled`],
    picture: 'office-list',
  });
  await page.keyboard.press('F7');
  await page.getByRole('button', { name: 'Close the pile' }).click();
}

/** Ten requests: three by hand, the others from a file. */
async function place(stage: OfficeStage, say: Say): Promise<readonly Underway[]> {
  const { page, practiceUrl, card } = stage;
  const found = await value(page, 'place.search', { by: 'title', text: 'The Odyssey', page: 0 });
  const more = await value(page, 'place.search', { by: 'title', text: 'The Odyssey', page: 1 });
  const editions = [...found.results, ...more.results].filter(({ candidate }) => candidate.author === 'Homer');
  const whole = await Promise.all(editions.map(({ candidate }) => value(page, 'place.detail', { id: candidate.id })));
  const lenders = (one: (typeof whole)[number]): number => one.candidate.holdings?.length ?? 0;
  const [alone, shared] = [whole.filter((one) => lenders(one) === 1), whole.filter((one) => lenders(one) > 1)];
  const isbns = WAYS.map(({ alone: only }) => (only === true ? alone : shared).shift()?.candidate.isbns[0] ?? '');

  await page.keyboard.press('F4');
  await page.getByRole('heading', { name: 'Place a request' }).waitFor();
  for (const isbn of isbns.slice(0, 3)) {
    await scan(page, isbn);
    await page.getByText(`ISBN ${isbn} or`).first().waitFor();
    await page.getByRole('heading', { name: 'Request it' }).waitFor();
    await page.keyboard.press('F7');
    await scan(page, card);
    await page.getByText('The circulation system knows the patron.').waitFor();
    await page.getByRole('radio').first().check();
    if (isbn === isbns[2]) await stage.shoot('office-form');
    const before = await sentCount(stage);
    await page.keyboard.press('F10');
    await until(page, async () => (await sentCount(stage)) > before);
  }
  const rows = isbns.slice(3).map((isbn) => `${isbn},${card},riverside-main-desk`);
  await page.getByLabel('File of requests').setInputFiles({
    name: 'from-discovery.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['isbn,patron,pickup', ...rows].join('\n')),
  });
  await page.getByText(`Nothing was placed yet: ${rows.length} ready.`).first().waitFor();
  await page.keyboard.press('F11');
  await until(page, async () => (await sentCount(stage)) >= isbns.length);

  const staff = new PracticeStaff(practiceUrl);
  await staff.pass();
  await until(page, async () => {
    return (await listed(stage)).every(({ number }) => number !== undefined);
  });
  // The list has the newest first.
  const placed = (await listed(stage)).toReversed();
  await page.getByRole('list', { name: 'Placed' }).getByRole('listitem').nth(2).scrollIntoViewIfNeeded();
  const created = await creations(practiceUrl);
  const span = `${placed[0]?.number ?? ''} to ${placed.at(-1)?.number ?? ''}`;
  await say({
    story:
      'Ten patrons want what we do not have: three asked at the counter, seven are in a file from the discovery layer.',
    lines: [...new Set(placed.map(({ title, pickup }) => `${span}: ${title}, pick up at ${pickup}`))],
    wrong: created === WAYS.length ? [] : [`${created} requests were created`],
    picture: 'office-placing',
  });
  return placed.map(({ request = '', number = '' }) => ({ id: request, number }));
}

/** Each request goes its way; what it came to is what the list of placed requests says by itself, without being asked. */
async function follow(stage: OfficeStage, placed: readonly Underway[], say: Say): Promise<void> {
  const { page } = stage;
  const lenders = new PracticeStaff(stage.practiceUrl);
  const screen = new RequestScreen(page, stage.shoot);
  const office = officeAt(screen, lenders);
  // Two steps to the network: checked and sent to the first library.
  await lenders.pass();
  await lenders.pass();
  for (const [at, request] of placed.entries()) {
    const way = WAYS[at];
    if (way === undefined) continue;
    await way.go(lenders, request, office);
    const shown = await heardOf(stage, request, way.end);
    await say({
      ...(at === 0 ? { chapter: 'What became of them' } : {}),
      story: way.story,
      lines: [
        ...screen.deeds,
        `${request.number} now: ${shown?.state?.label ?? 'not known'}`,
        ...(shown?.sentences ?? []),
      ],
      wrong: shown?.state?.code === way.end ? [] : [`${String(shown?.state?.code)}, expected ${way.end}`],
    });
  }
  await noticed(stage, say);
  const all = await listed(stage);
  const ends = [...new Set(all.flatMap(({ state }) => state?.label ?? []))];
  const shown = placed[2];
  if (shown !== undefined) await screen.open(shown.number);
  await say({
    story: `Closing time: ten requests, ${ends.length} different ends, each told as it came. The one of the condition in full.`,
    lines: ends,
    wrong: ends.length >= 7 ? [] : [`only ${ends.length} ends`],
    picture: 'office-request',
  });
}

/** The office's hands: what it does is done in Carrel, and the network carries it before the next thing happens. */
function officeAt(screen: RequestScreen, lenders: PracticeStaff): Office {
  const at = async ({ number }: Underway, deed: () => Promise<void>): Promise<void> => {
    await screen.open(number);
    await deed();
    await lenders.pass();
  };
  return {
    receive: async ({ number }) => {
      await screen.scan(number);
      await lenders.pass();
    },
    press: (request, label) => at(request, () => screen.press(label)),
    choose: (request, label, choice, picture) => at(request, () => screen.choose(label, choice, picture)),
    answer: async (request, text, picture) => {
      await at(request, () => screen.markRead());
      await at(request, () => screen.message(text, picture));
    },
    look: (request, picture) => at(request, () => screen.shoot(picture)),
    tell: (deed) => {
      screen.tell(deed);
    },
  };
}

/** Waits until the list of placed requests knows; whoever comes to the requests screen has ReShare asked at once. */
async function heardOf(stage: OfficeStage, { id }: Underway, end: string) {
  const { page } = stage;
  const row = async () => (await listed(stage)).find(({ request }) => request === id);
  await page.getByRole('navigation').getByRole('button', { name: /^Desk/ }).click();
  await page.keyboard.press('F4');
  await until(page, async () => (await row())?.state?.code === end).catch(() => undefined);
  return row();
}

/** A request that goes on while staff are at the desk: told in a line, and looked at with a key. */
async function noticed(stage: OfficeStage, say: Say): Promise<void> {
  const { page } = stage;
  const notice = page.getByRole('region', { name: 'A placed request changed' });
  await page.getByRole('navigation').getByRole('button', { name: /^Desk/ }).click();
  await notice.waitFor();
  const told = (await notice.innerText()).replace(/\s+/g, ' ').replace(/ Shift F7 Look$/, '');
  await stage.shoot('office-notice');
  await page.keyboard.press('Shift+F7');
  await page.getByRole('heading', { name: 'Place a request' }).waitFor();
  await until(page, async () => (await snapshot(page)).placedNews?.length === 0);
  await page.getByRole('list', { name: 'Placed' }).getByText('New').first().waitFor();
  await say({
    story: 'At the desk a line says what changed meanwhile. Shift F7 shows it, and with that it is gone.',
    lines: [told],
    wrong: (await notice.count()) === 0 ? [] : ['the line is still there'],
    picture: 'office-placed',
  });
}

async function listed({ page }: OfficeStage) {
  return (await value(page, 'place.get', {})).placed;
}

async function sentCount(stage: OfficeStage): Promise<number> {
  return (await listed(stage)).filter(({ request }) => request !== undefined).length;
}

/** Requests that came through the resolver. */
async function creations(url: string): Promise<number> {
  const ledger = (await practice(url, 'ledger')) as readonly { kind: string; user?: string }[];
  return ledger.filter(({ kind, user }) => kind === 'create' && user === 'openurl-resolver').length;
}

async function until(page: Page, wanted: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await wanted())) {
    if (Date.now() > end) throw new Error('the office waited in vain');
    await page.waitForTimeout(100);
  }
}
