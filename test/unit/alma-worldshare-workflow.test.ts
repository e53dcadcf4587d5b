import { describe, expect, it } from 'vitest';
import { isThere, type Shown } from '../fixtures/shown-by.ts';

/**
 * The Florida Virtual Campus' public guide to the "Alma/Worldshare integration", sentence by sentence where it asks for
 * something, with the tests that show each. What no test shows says why; renaming or losing a test breaks this one.
 */

interface Row {
  readonly asks: string;
  readonly shownBy: readonly Shown[];
  /** What of it Carrel does not do or cannot see, and why. */
  readonly but?: string;
}

const ENGINE = 'test/unit/tasks-engine.test.ts';
const WITH_ALMA = 'test/contract/tasks-alma.test.ts';
const ALMA = 'test/contract/alma.test.ts';
const FAULTS = 'test/contract/tasks-faults.test.ts';
const PEER_STEPS = 'test/unit/tasks-peers.test.ts';
const STORE = 'test/unit/store-tasks.test.ts';
const PEERS = 'test/e2e/tasks-peers.spec.ts';

/** One piece of work from the export to the return, in the built app with the practice Alma. */
const WHOLE: Shown = [
  PEERS,
  'an exported request from its export to its return: each half seen in Alma or on somebody’s word, with both dates',
];

const ROWS: readonly Row[] = [
  {
    asks: 'Obtain an API key from OCLC for the request transfer service',
    shownBy: [],
    but: 'That key is Alma’s, for its own export; Carrel neither needs nor takes it.',
  },
  {
    asks: 'Confirm that a request was exported: lending library WorldShare ILL, sent to partner',
    shownBy: [[WITH_ALMA, 'an exported request is seen with the partner that stands for WorldShare']],
  },
  {
    asks: 'The request stays open so that the requester can be verified',
    shownBy: [
      [ALMA, 'the patron behind it: first name and initial'],
      [ENGINE, 'the patron’s id is on disk encrypted alone'],
      [STORE, 'no age erases what is half done, nor the calls it made; what is over goes by the rules'],
    ],
  },
  {
    asks: 'Receive the item in Alma, with the lender’s due date',
    shownBy: [
      WHOLE,
      [PEER_STEPS, 'an item Alma shows as received gives its barcode, and the lender’s date is still asked for'],
    ],
    but: 'Alma’s interface has no call for it: staff receive, and Carrel looks whether Alma shows it.',
  },
  {
    asks: 'Ask for the renewal in WorldShare first',
    shownBy: [
      [
        PEERS,
        'a loan of Alma is renewed in both: asked and answered by hand, the patron’s date changed by a call and seen',
      ],
    ],
    but: 'WorldShare ILL has no public interface: staff ask there, and type the answer.',
  },
  {
    asks: 'Once granted, set the new due date in Alma',
    shownBy: [
      [WITH_ALMA, 'six renewals: granted in WorldShare, the date changed in Alma once each and seen there'],
      [WITH_ALMA, 'a renewal whose answer is lost is half done until Alma shows the date, and is sent once'],
      [FAULTS, '%s instead of a changed date: “%s”, once, and the renewal is not lost'],
    ],
    but: '“Request Renewal” itself, which marks the request and writes to the patron, is staff’s: Alma’s interface lacks it.',
  },
  {
    asks: 'Scan the returned item into Alma',
    shownBy: [[ALMA, 'is not done before the library says that it tried'], WHOLE],
    but: 'Whether the interface’s scan-in closes the request is not documented; it stays off until the library has tried it.',
  },
  {
    asks: 'Check and clean up exported requests as needed',
    shownBy: [
      [
        PEERS,
        'clean-up: a report is tracked, old ones are looked up in WorldShare, and what is closed there is cancelled quietly',
      ],
    ],
    but: 'Alma’s interface lists no borrowing requests: they come from Carrel’s own list and from a pasted report.',
  },
  {
    asks: 'Confirm first that the request is closed in WorldShare',
    shownBy: [
      [
        ENGINE,
        'clean-up: what is open in WorldShare is left alone, what is closed is cancelled quietly, each row by itself',
      ],
    ],
  },
  {
    asks: 'Cancel with the reason that fits, and verify that the user is not notified',
    shownBy: [
      [ALMA, 'tells nobody and leaves the request in Alma as cancelled; a second time nothing is sent'],
      [ALMA, 'with a reason the table does not have is refused, and the sentence says whose job it is'],
      [
        WITH_ALMA,
        'twelve clean-ups: closed in WorldShare, cancelled in Alma one after the other, and no patron is told',
      ],
      [PEER_STEPS, 'the library’s usual reason for cancelling is chosen already, where Alma still has it'],
      [FAULTS, '%s instead of a cancelled request: “%s”, once, and the clean-up is not lost'],
    ],
  },
  {
    asks: 'Refer back to the request in Alma to see who asked, because WorldShare may not say',
    shownBy: [
      [ALMA, 'a request with its patron; another patron’s is refused, an unknown one is none'],
      [
        PEERS,
        'a loan of Alma is renewed in both: asked and answered by hand, the patron’s date changed by a call and seen',
      ],
    ],
  },
  {
    asks: 'Where receiving is skipped, due dates and notices need a workflow outside Alma',
    shownBy: [],
    but: 'Carrel keeps the lender’s date of what staff type; notices to patrons are none of its work.',
  },
];

describe('the Alma/Worldshare integration', () => {
  it.each(ROWS)('$asks', ({ shownBy, but }) => {
    expect(shownBy.filter((shown) => !isThere(shown))).toEqual([]);
    expect(shownBy.length > 0 || (but ?? '').length > 0).toBe(true);
  });
});
