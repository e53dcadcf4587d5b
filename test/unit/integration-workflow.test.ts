import { describe, expect, it, test } from 'vitest';
import { isThere, tells, type Shown } from '../fixtures/shown-by.ts';

/**
 * OCLC’s public help page "Relais D2D integration: Integration workflow", step by step, with the tests that show each. A step
 * that no test shows says why; renaming or losing a test breaks this one. How a library is set up: `integration-set-up.test.ts`.
 */

interface Row {
  readonly step: string;
  readonly shownBy: readonly Shown[];
  /** What of the step Carrel does not do or cannot see, and why. */
  readonly but?: string;
}

const MORNING = 'test/launch/shift-morning.ts';
const AFTERNOON = 'test/launch/shift-afternoon.ts';
const STORY = 'test/contract/training-wms-story.test.ts';
const SHARING = 'test/contract/training-wms-sharing.test.ts';
const CHECK_OUT = 'test/unit/desk-check-out.test.ts';
const DUE_CHOICE = 'test/unit/desk-due-choice.test.ts';
const CHECK_OUT_E2E = 'test/e2e/checkout.spec.ts';
const BOTH_WAYS = 'test/e2e/both-ways.spec.ts';
const HOST = 'test/contract/reshare-host-settings.test.ts';
const PROBE = 'test/contract/wms-probe.test.ts';
const LOOK = 'test/contract/wms-item-look.test.ts';
const BAD = 'test/contract/wms-bad-answers.test.ts';
const UNANSWERED = 'test/e2e/unanswered.spec.ts';

const NO_LOOK = 'WMS gives a client no way to look: temporary items, holds and histories are seen on its screen only.';
const WMS_DOES = 'WMS does this by itself and tells no client.';

const WORKFLOW: Readonly<Record<string, readonly Row[]>> = {
  'Integration workflow: overview': [
    {
      step: 'Copy requests stay with the ILL office; nothing is checked out',
      shownBy: [[MORNING, 'A chapter to be scanned: paper that never leaves the house.']],
    },
  ],
  'Integration workflow: borrowing': [
    {
      step: 'Marked received: a temporary item is created and an item-level hold placed',
      shownBy: [
        [MORNING, 'Nine o’clock, the courier. First book, by the lender’s own barcode.'],
        [STORY, 'receiving makes the temporary item and the hold of its patron at the pickup branch'],
        ['test/unit/desk-conclude.test.ts', 'tells of the temporary item'],
      ],
    },
    {
      step: 'Marked received, and the temporary item is refused',
      shownBy: [
        [MORNING, 'A book whose temporary item the circulation system refuses.'],
        [STORY, 'receiving a volume twice is refused by WMS, and ReShare says so'],
        [HOST, 'a refused temporary item is on the list until a second try works'],
        ['test/e2e/agreement.spec.ts', '“Try again” after mending receives the item, and the trouble is gone'],
      ],
    },
    {
      step: 'The integration is off for a step: the library does it by hand',
      shownBy: [
        [HOST, 'each step that ReShare does not pass on is a person’s'],
        ['test/unit/desk-conclude.test.ts', 'asks for the temporary item by hand where nothing is connected'],
      ],
    },
    { step: 'The patron is notified as the policy says', shownBy: [], but: WMS_DOES },
    { step: 'Confirm the temporary item and its hold under Discover Items', shownBy: [], but: NO_LOOK },
    {
      step: 'The item’s details carry the request id and the lending library',
      shownBy: [
        ['test/unit/desk-table.test.ts', 'reads as on the wall: destination, title, byline, what to do, what was done'],
      ],
      but: 'Shown from ReShare; what WMS’s own screen carries cannot be read.',
    },
    {
      step: 'The temporary item is at the holding and shelving location of the ILL settings',
      shownBy: [[SHARING, 'accepts an item: a temporary item at its configured place, and a hold for the patron']],
      but: NO_LOOK,
    },
    {
      step: 'The hold is filled at the home branch and may travel to the pickup branch',
      shownBy: [
        [MORNING, 'Second book, by the request number on its slip.'],
        [SHARING, 'takes a temporary item through a whole loan at the desks'],
      ],
    },
    {
      step: 'The hold is on the Holds tab of the patron’s account, and its dialog shows the request id',
      shownBy: [['test/contract/desk-looks.test.ts', '%s of %s with %s = %s']],
      but: 'The prompt says after each receive that WMS’s screen alone tells of the hold.',
    },
    {
      step: 'Circulation staff check the temporary item in, which queues the pick-up notice',
      shownBy: [[SHARING, 'takes a temporary item through a whole loan at the desks']],
      but: 'Done on WMS’s screen: for an item on a request Carrel sends no NCIP of its own.',
    },
    {
      step: 'Print the hold receipt and shelve the item with it',
      shownBy: [
        [
          'test/e2e/slips.spec.ts',
          'the slip that goes with the thing is on the prompt, and nothing is printed unasked',
        ],
        ['test/e2e/slips.spec.ts', 'F8 prints; what came of it is a line on the prompt, and scanning never waits'],
        ['test/unit/slip-content.test.ts', 'says what the next pair of hands needs, and whom it comes from'],
        [
          'test/unit/slip-printing.test.ts',
          'prints one at a time in the order asked for, on the printer and the paper of the desk',
        ],
      ],
    },
    { step: 'Discovery, the account and the hourly e-mail show that it is ready', shownBy: [], but: WMS_DOES },
    {
      step: 'Check out: scan the patron’s card, then the item',
      shownBy: [
        [
          'test/unit/journal-check-out-items.test.ts',
          'is checked out by its temporary barcode, and nothing is pressed in ReShare',
        ],
        [CHECK_OUT_E2E, 'a card begins a session, and items scanned in it are lent once'],
        [CHECK_OUT, 'lends the temporary item, and presses nothing in ReShare'],
      ],
    },
    {
      step: 'The due date is the stricter of the lender’s and the policy’s; staff may change it',
      shownBy: [
        [CHECK_OUT_E2E, 'a borrowed item shows both dates, and ReShare is not pressed'],
        [CHECK_OUT, 'gives both dates of a borrowed item, the stricter first, and the date to type'],
        [SHARING, 'keeps to the stricter date where the lender told its own'],
        [
          CHECK_OUT_E2E,
          'staff set another date: by function keys alone, said with what to type, until they say it is changed',
        ],
        [DUE_CHOICE, 'allows a date that is too late for the lender, and says so'],
      ],
      but: 'The staff profile carries no other date, so the prompt says which one to type in WMS.',
    },
    {
      step: 'Confirm the due date before the item is handed over',
      shownBy: [
        [CHECK_OUT, 'hands a borrowed item out where WMS is the stricter'],
        [DUE_CHOICE, 'asks for the change that the two dates make necessary, until staff say it is done'],
      ],
    },
    {
      step: 'The patron returns it and staff check it in',
      shownBy: [
        [AFTERNOON, 'A patron brings a borrowed book back, by its number.'],
        [AFTERNOON, 'One of a borrowed set, by our own temporary label. The other volume is still in the café.'],
      ],
    },
    {
      step: 'Staff are prompted to update the request, by its id',
      shownBy: [
        ['test/unit/desk-table.test.ts', 'names the request to update where this desk does not do it by itself'],
        [BOTH_WAYS, 'a borrowed book, checked in in WMS first: its scan names the request and marks it returned'],
      ],
    },
    {
      step: 'The temporary item is routed to its home branch and becomes Unavailable there',
      shownBy: [
        [STORY, 'a patron’s return checks the temporary item in, and it is unavailable'],
        ['test/unit/desk-ill-home.test.ts', 'is not marked shipped from there, and nothing is offered that would'],
        [
          'test/e2e/ill-home.spec.ts',
          'a borrowed book brought back at another branch is sent home, and only its home sends it on',
        ],
      ],
    },
    {
      step: 'Marked returned in the request system: the item is checked in automatically',
      shownBy: [
        [AFTERNOON, 'A patron brings a borrowed book back, by its number.'],
        [STORY, 'a return that WMS saw first is no failure'],
        [AFTERNOON, 'ReShare says success, but the circulation system did not check it in.'],
        [HOST, 'a refused check-in that ReShare hides is told'],
      ],
    },
    { step: 'The circulation history shows that check-in', shownBy: [], but: NO_LOOK },
    {
      step: 'Delete the temporary item when the lender has closed the request',
      shownBy: [
        ['test/unit/desk-tidy.test.ts', 'says what to delete, since when, and that nobody can look'],
        ['test/e2e/tidy.spec.ts', 'closed loans and holds that run out are listed beside the disagreements'],
        ['test/e2e/tidy.spec.ts', 'what was confirmed stays confirmed after a restart'],
      ],
      but: 'A person deletes it in WMS and confirms it by name: WMS refuses DeleteItem, and gives no way to look.',
    },
    { step: 'Item details keep request id, library and Last Issued To', shownBy: [], but: WMS_DOES },
  ],
  'Integration workflow: lending': [
    {
      step: 'Shipped: the item is checked out',
      shownBy: [
        [MORNING, 'A filled one leaves.'],
        [STORY, 'filling lends the book to the library, and WMS sets the date ReShare shows'],
      ],
    },
    {
      step: 'It is checked out to the account of the borrowing institution',
      shownBy: [
        [SHARING, 'lends to a library by the loan policy, and echoes ids as they came'],
        // The prompt: checked out, and that on whose account it is stands on WMS's screen alone.
        ['test/contract/desk-looks.test.ts', '%s of %s with %s = %s'],
      ],
    },
    {
      step: 'The check-out is refused',
      shownBy: [
        [MORNING, '… whose book the circulation system will not check out.'],
        [STORY, 'a book out to somebody else cannot fill a request'],
      ],
    },
    { step: 'Overdue notices go to a staff address', shownBy: [], but: WMS_DOES },
    {
      step: 'The due date comes from the request, else from the loan policy',
      shownBy: [[STORY, 'filling lends the book to the library, and WMS sets the date ReShare shows']],
    },
    { step: 'Item details show request id and borrower while it is out', shownBy: [], but: NO_LOOK },
    {
      step: 'Returned: Available or Unavailable, and holds may be filled at once',
      shownBy: [
        [AFTERNOON, 'Our own book comes home.'],
        [STORY, 'completing brings our book back, and its hold comes with the next check-in'],
      ],
    },
    {
      step: 'Staff may check it in once more to see the next step',
      shownBy: [
        [AFTERNOON, 'Lent once and long back; the request is closed, so it is ours and nobody else’s.'],
        [BOTH_WAYS, 'our own book, closed in ReShare first: its scan offers the check-in that says where it goes'],
      ],
    },
    { step: 'After that check-in the request id is gone from item details', shownBy: [], but: NO_LOOK },
    {
      step: 'Checked in in WMS first: staff are prompted to update the request, and complete it',
      shownBy: [
        [BOTH_WAYS, 'our own book, checked in in WMS first: its scan names the request and closes it'],
        [AFTERNOON, 'Eastport has it, says ReShare. It is in my hand.'],
        [AFTERNOON, 'The desk upstairs closes this loan at the same moment.'],
      ],
    },
    {
      step: 'The check-in is refused: the request stays open',
      shownBy: [
        [AFTERNOON, 'Home, but the circulation system will not take it back: the loan stays open.'],
        [HOST, 'a refused check-in of a lent item leaves the request open'],
      ],
    },
  ],
  'Beside the pages: what may go wrong on the way': [
    {
      step: 'WMS’s answer to a check-in is lost',
      shownBy: [
        [LOOK, 'is done when its copy was out just before and is back now, and says where it goes'],
        [LOOK, 'says that no look is possible where no OCLC number is known; once staff give it, the next scan looks'],
        [UNANSWERED, 'the prompt says that somebody has to look, and nothing more is sent until somebody has'],
        [
          UNANSWERED,
          'once staff give the OCLC number, the prompt that asks says what WMS Availability shows, and when',
        ],
      ],
      but: 'Availability goes by OCLC number, which a temporary item has none of: there a person looks on WMS’s screen.',
    },
    {
      step: 'WMS’s answer to a check-out is lost',
      shownBy: [
        [LOOK, 'is done when its copy was on the shelf just before and is out now, with the date'],
        [LOOK, 'stays with a person when it is still on the shelf'],
      ],
    },
    {
      step: 'WMS’s answer to a hold is lost',
      shownBy: [
        ['test/unit/journal-holds.test.ts', 'answer lost: the copy is looked at, and staff are told what that shows'],
        ['test/e2e/item.spec.ts', 'a lost answer is a person’s to settle, and the second press sends nothing'],
      ],
      but: 'Availability tells that a copy is on hold and never for whom, so a person always looks.',
    },
    {
      step: 'WMS answers something no program should',
      shownBy: [[BAD, '%s: said in words, told once, the scan kept']],
    },
    {
      step: 'The access or the day’s calls run out while staff work',
      shownBy: [
        [BAD, 'a token that has run out is renewed before the next check-in'],
        [BAD, 'a key that OCLC knows no more: whose job it is'],
        [LOOK, 'makes no look when the day’s calls are used up, and says so'],
      ],
    },
    {
      step: 'A branch or its code is set up wrongly',
      shownBy: [
        [BAD, 'a branch WMS does not know: what a library administrator compares, and nothing is checked in'],
        [BAD, 'a holding code that no branch in Settings has: said, with who adds it'],
      ],
    },
  ],
};

describe.each(Object.entries(WORKFLOW))('%s', (_part, rows) => {
  it.each(rows)('$step', ({ shownBy, but }) => {
    expect(shownBy.filter((shown) => !isThere(shown))).toEqual([]);
    // A step without a test has to say why.
    expect(shownBy.length > 0 || (but ?? '').length > 0).toBe(true);
  });
});

test('no step stands there twice', () => {
  const steps = Object.values(WORKFLOW).flatMap((rows) => rows.map(({ step }) => step));
  expect(new Set(steps).size).toBe(steps.length);
});

test('a test that is not there, and one that is skipped, are noticed', () => {
  expect(isThere([PROBE, 'a wrong secret is sent once'])).toBe(true);
  expect(isThere([PROBE, 'a wrong secret is sent'])).toBe(false);
  expect(isThere(['test/unit/no-such.test.ts', 'a wrong secret is sent once'])).toBe(false);
  expect(tells("test('one', () => undefined)", 'one', 'test')).toBe(true);
  expect(tells("test.each(MANY)('one', () => undefined)", 'one', 'test')).toBe(true);
  expect(tells("test.skip.each(MANY)('one', () => undefined)", 'one', 'test')).toBe(false);
  expect(tells("test.skip('one', () => undefined)", 'one', 'test')).toBe(false);
  expect(tells("// about 'one'", 'one', 'test')).toBe(false);
});
