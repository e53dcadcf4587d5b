import { otherDesk, practice, scan, snapshot, value } from '../e2e/support.ts';
import type { Page } from '@playwright/test';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { PileEntry } from '../../src-main/contract/shift.ts';

/** What a shift needs to be played. */
export interface Stage {
  readonly page: Page;
  readonly practiceUrl: string;
  readonly pile: readonly PileEntry[];
}

/** One scan of the shift, as a person would tell it afterwards. */
export interface ShiftScan {
  /** What happens at the desk. */
  readonly story: string;
  /** Which thing of the practice pile. */
  readonly thing: string;
  /** What the large words have to say. */
  readonly expect: string;
  /** Words the sentences or the lines per system have to contain. */
  readonly says?: RegExp;
  /** Something that goes on at the same time; runs right before the scan. */
  readonly meanwhile?: (stage: Stage, thing: PileEntry) => Promise<void>;
  /** A function key pressed on the prompt that came. */
  readonly press?: string;
  /** A picture of this moment, by name. */
  readonly picture?: string;
}

const NORTHFIELD = 'Northfield College Library';
const EASTPORT = 'Eastport City Libraries';

/** The morning of a desk: about forty scans, in the order in which they happen. */
export const SHIFT: readonly ShiftScan[] = [
  {
    story: 'The courier came. First book, by the lender’s own barcode.',
    thing: 'arrival-1',
    expect: 'Hold shelf → Science Library',
    says: /Marked received.*Temporary item created/s,
    picture: 'arrival',
  },
  {
    story: 'Second book, by the request number on its slip.',
    thing: 'arrival-2',
    expect: 'Hold shelf → Music and Arts Library',
    says: /Marked received/,
  },
  {
    story: 'A slip in Code 39 whose stars the scanner sends along.',
    thing: 'arrival-code39',
    expect: 'Hold shelf → Music and Arts Library',
    says: /Marked received/,
  },
  {
    story: 'The ISBN on the back, by mistake.',
    thing: 'isbn-of-arrival',
    expect: 'Scan the library label',
    says: /ISBN/,
    picture: 'wrong-label',
  },
  {
    story: 'The right label of that book.',
    thing: 'arrival-3',
    expect: 'Hold shelf → Main Library Desk',
    says: /Marked received/,
  },
  {
    story: 'The same label again, a moment later: the scanner was triggered twice.',
    thing: 'arrival-3',
    expect: 'Already scanned',
    says: /nothing/i,
  },
  {
    story: 'A book whose temporary item the circulation system refuses.',
    thing: 'arrival-accept-fails',
    expect: 'ILL office',
    says: /refused the temporary item.*Item already exists/s,
    picture: 'host-lms-refused',
  },
  {
    story: 'Three volumes of one request; one scan receives them all.',
    thing: 'arrival-multi-1',
    expect: 'Hold shelf → Main Library Desk',
    says: /3 items/,
  },
  { story: 'The lender has set conditions.', thing: 'conditional-answer', expect: 'ILL office', says: /conditions/ },
  {
    story: 'A patron brings a book back, by its number.',
    thing: 'return-by-number',
    expect: `Ship back → ${NORTHFIELD}`,
    says: /Marked returned by patron/,
    picture: 'desk',
  },
  {
    story: 'Another, by our own temporary label.',
    thing: 'return-by-temporary',
    expect: `Ship back → ${NORTHFIELD}`,
    says: /Marked returned by patron/,
  },
  {
    story: 'Another, by the lender’s barcode.',
    thing: 'return-lender-barcode',
    expect: `Ship back → ${EASTPORT}`,
    says: /Marked returned by patron/,
  },
  {
    story: 'One that is six days over its date.',
    thing: 'return-overdue',
    expect: `Ship back → ${NORTHFIELD}`,
    says: /Marked returned by patron/,
  },
  {
    story: 'ReShare says success, but the circulation system did not check it in.',
    thing: 'return-checkin-fails',
    expect: `Ship back → ${NORTHFIELD}`,
    says: /did not check it in/,
  },
  {
    story: 'Recalled: ReShare has no step to press.',
    thing: 'recalled',
    expect: `Ship back → ${NORTHFIELD}`,
    says: /wants it back/,
  },
  {
    story: 'Packing what goes home.',
    thing: 'ship-back-1',
    expect: `Ship back → ${NORTHFIELD}`,
    says: /Marked return shipped/,
  },
  {
    story: 'The answer to this one is lost on the way; Carrel looks and finds it done.',
    thing: 'ship-back-2',
    expect: `Ship back → ${EASTPORT}`,
    says: /seen: Marked return shipped/,
    meanwhile: loseTheAnswer,
  },
  {
    story: 'Our own books that others want: the pull slip.',
    thing: 'pull-slip-1',
    expect: 'Get it from → Science Library',
    says: /Marked pull slip printed/,
  },
  {
    story: 'Back from the shelf: the slip.',
    thing: 'fill-request-1',
    expect: 'Scan the item',
    picture: 'scan-the-item',
  },
  {
    story: '… and the book.',
    thing: 'fill-item-1',
    expect: `Ship to → ${NORTHFIELD}`,
    says: /Filled.*Checked out/s,
    picture: 'filled',
  },
  { story: 'The next slip.', thing: 'fill-request-fails', expect: 'Scan the item' },
  {
    story: '… whose book the circulation system will not check out.',
    thing: 'fill-item-fails',
    expect: 'ILL office',
    says: /Item is not loanable/,
  },
  { story: 'A slip for two volumes: F11 first.', thing: 'fill-request-multi', expect: 'Scan the item', press: 'F11' },
  { story: '… volume one.', thing: 'fill-item-multi-1', expect: 'Scan the next volume', says: /1/ },
  {
    story: '… volume two, then F10 fills with both.',
    thing: 'fill-item-multi-2',
    expect: 'Scan the next volume',
    press: 'F10',
  },
  { story: 'A filled one leaves.', thing: 'ship-1', expect: `Ship to → ${NORTHFIELD}`, says: /Marked shipped/ },
  { story: 'Our own book comes home.', thing: 'complete-1', expect: 'Shelve', says: /Closed the loan/ },
  {
    story: 'The desk upstairs closes this loan at the same moment.',
    thing: 'complete-2',
    expect: 'Shelve',
    says: /seen: Already/,
    meanwhile: upstairsIsFaster,
  },
  { story: 'A borrower wants to cancel.', thing: 'cancel-received', expect: 'ILL office', says: /no longer wants it/ },
  {
    story: 'One number that we both borrow and lend.',
    thing: 'both-sides',
    expect: 'Which one?',
    picture: 'which-one',
  },
  {
    story: 'An ordinary book of ours: WMS checks it in and says where it goes.',
    thing: 'own-item-1',
    expect: 'Shelve',
    says: /done: Checked in/,
  },
  { story: 'The same again at once: WMS is not told twice.', thing: 'own-item-1', expect: 'Already scanned' },
  {
    story: 'One that a patron waits for, here.',
    thing: 'wms-hold-main-1',
    expect: 'Hold shelf',
    says: /patron picks it up here/,
    picture: 'own-hold',
  },
  {
    story: 'One that a patron waits for at another branch.',
    thing: 'wms-hold-science-1',
    expect: 'Send to → Science Library',
    says: /patron is waiting/,
  },
  { story: 'One that lives elsewhere.', thing: 'wms-return-music-1', expect: 'Send to → Music and Arts Library' },
  { story: 'Three days late.', thing: 'wms-overdue-1', expect: 'Shelve', says: /bill of 0\.75 USD/ },
  { story: 'For the bindery.', thing: 'wms-process-bindery', expect: 'Staff', says: /Bindery/ },
  { story: 'No longer in the collection.', thing: 'wms-withdrawn-1', expect: 'Withdrawn' },
  {
    story: 'A label of ours that WMS does not know.',
    thing: 'wms-unknown-item',
    expect: 'Keep here',
    says: /does not know/,
  },
  { story: 'A library card under the scanner.', thing: 'patron-card-1', expect: 'Library card' },
  { story: 'A worn label, misread.', thing: 'wrong-check-digit', expect: 'Scan again', says: /check digit/ },
  {
    story: 'Two books at once under the scanner: both labels in one burst.',
    thing: 'run-together',
    expect: 'Two scans',
  },
];

/** The answer to the next action is thrown away after it has taken effect. */
async function loseTheAnswer({ practiceUrl }: Stage): Promise<void> {
  await practice(practiceUrl, 'addFault', { where: 'performAction', kind: 'drop-after', times: 1 });
}

/** Reading the request before acting takes a while, and in that while another desk does what this scan is about to do. */
async function upstairsIsFaster({ page, practiceUrl }: Stage, thing: PileEntry): Promise<void> {
  const found = await value(page, 'request.search', { text: thing.barcode, limit: 5 });
  const request = found.find((candidate) => candidate.hrid === thing.barcode);
  if (request === undefined) throw new Error(`${thing.barcode} is not in the cache`);
  await practice(practiceUrl, 'addFault', { where: 'record', kind: 'slow', ms: 1500, times: 1 });
  setTimeout(() => {
    void otherDesk(practiceUrl, request.id, 'supplierCheckOutOfReshare');
  }, 500);
}

export interface Played {
  readonly scan: ShiftScan;
  readonly label: string;
  readonly line: ScanLine;
  /** What was expected and did not come; empty when all is right. */
  readonly wrong: readonly string[];
}

/** Plays the whole shift with a scanner’s bursts and tells each scan when its prompt has settled. */
export async function playShift(
  stage: Stage,
  tell: (played: Played) => Promise<void> | void,
): Promise<readonly Played[]> {
  const all: Played[] = [];
  for (const step of SHIFT) {
    const thing = stage.pile.find(({ key }) => key === step.thing);
    if (thing === undefined) throw new Error(`the practice pile has no ${step.thing}`);
    await step.meanwhile?.(stage, thing);
    const before = (await snapshot(stage.page)).lines.length;
    await scan(stage.page, thing.barcode);
    const line = await settledAfter(stage.page, before);
    const played: Played = { scan: step, label: thing.barcode, line, wrong: compare(step, line) };
    all.push(played);
    await tell(played);
    if (step.press !== undefined) {
      await stage.page.keyboard.press(step.press);
      await settledLineOf(stage.page, line.scanId);
    }
  }
  return all;
}

/** The first line that came after so many, once its prompt has settled. */
async function settledAfter(page: Page, before: number): Promise<ScanLine> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { lines } = await snapshot(page);
    const line = lines.toReversed()[before];
    if (line?.prompt?.working === false) return line;
    await page.waitForTimeout(25);
  }
  throw new Error(`scan ${before + 1} did not settle`);
}

async function settledLineOf(page: Page, scanId: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const line = (await snapshot(page)).lines.find((candidate) => candidate.scanId === scanId);
    if (line?.prompt?.working === false) return;
    await page.waitForTimeout(25);
  }
  throw new Error('the choice did not settle');
}

export function destinationOf(line: ScanLine): string {
  const { verb, to } = line.prompt?.destination ?? { verb: '' };
  return to === undefined ? verb : `${verb} → ${to}`;
}

function compare(step: ShiftScan, line: ScanLine): string[] {
  const wrong: string[] = [];
  const destination = destinationOf(line);
  if (!destination.startsWith(step.expect)) wrong.push(`destination “${destination}”, expected “${step.expect}”`);
  const words = [
    ...(line.prompt?.why ?? []),
    ...(line.prompt?.legs.map((leg) => `${leg.state}: ${leg.text}`) ?? []),
  ].join('\n');
  if (step.says !== undefined && !step.says.test(words)) wrong.push(`no ${String(step.says)} in “${words}”`);
  return wrong;
}
