import { describe, expect, it, test } from 'vitest';
import { NOTHING } from '../../src-main/readiness/facts.ts';
import { linesFor } from '../../src-main/readiness/list.ts';
import { isThere, type Shown } from '../fixtures/shown-by.ts';

/**
 * OCLC’s public help page "ReShare integration: Set up integration" and the "ReShare Configuration Guide", sentence by sentence:
 * each that asks something of a library, with the lines of the readiness list that look at it, words that stand in them, and
 * the tests that show it. A sentence without a line, a line that no sentence asks for, and a test that is gone break this.
 */
interface Row {
  readonly sentence: string;
  /** Ids of the readiness lines about it. */
  readonly lines: readonly string[];
  /** What one of those lines says, in what it asks or in how it is mended. */
  readonly says: RegExp;
  readonly shownBy: readonly [Shown, ...Shown[]];
}

const READY = 'test/contract/readiness.test.ts';
const BROKEN = 'test/contract/readiness-broken.test.ts';
const READY_LIST = 'test/unit/readiness-list.test.ts';
const READY_E2E = 'test/e2e/readiness.spec.ts';
const PROBE = 'test/contract/wms-probe.test.ts';
const CALLS = 'test/unit/systems-reshare-calls.test.ts';

/** Every line broken by itself, from a table that has to hold every line of the list. */
const EACH_BROKEN: Shown = [BROKEN, '$line: $what'];
/** What no system tells: confirmed by a person with name and time, and red without. */
const SAID: Shown = [READY_LIST, 'only a person’s word settles what no system tells, and it can be taken back'];
const ORDER: Shown = [
  READY_LIST,
  'OCLC’s page has its lines in the page’s order, each policy one, and the switch last',
];
const LAST: Shown = [READY_E2E, 'the last step confirmed before its turn is warned about, and can be taken back'];
const NOT_PERMITTED: Shown = [
  READY,
  'the desk’s account: the sections without a permission of their own, by name; a person may confirm them',
];

function row(sentence: string, lines: readonly string[], says: RegExp, ...shownBy: readonly Shown[]): Row {
  return { sentence, lines, says, shownBy: [EACH_BROKEN, ...shownBy] };
}

const SET_UP: Readonly<Record<string, readonly Row[]>> = {
  'Set up integration: before you begin': [
    row(
      'Authorize ReShare to access WorldShare Management Services',
      ['authorization-form'],
      /lets ReShare use WMS/,
      SAID,
    ),
    row(
      'Review the OCLC Mutual Customer Access Authorization Form (Index Data – ReShare)',
      ['authorization-form'],
      /Mutual Customer Access Authorization Form \(Index Data – ReShare\)/,
      SAID,
    ),
    row(
      'The form authorizes the WMS NCIP for Resource Sharing API and the WMS Availability API',
      ['authorization-form', 'wskey', 'wskey-circulation', 'wskey-availability', 'wskey-patrons'],
      /WMS NCIP for Resource Sharing and WMS Availability/,
      [PROBE, 'circulation only: the two missing services are named, and what to do until OCLC grants them'],
      [READY, 'a key that OCLC grants circulation alone'],
    ),
    row('Fill out, print, sign, and send to legal@oclc.org', ['authorization-form'], /legal@oclc\.org/, SAID),
    row(
      'Contact the ReShare support desk for the WMS2 integration',
      ['reshare-wms2'],
      /support desk.*wms2/,
      NOT_PERMITTED,
    ),
    row('Update to the latest version of ReShare', ['reshare-version'], /update is needed/, SAID),
    row('Update your ReShare configuration', ['reshare-wms2', 'lms-steps', 'lms-address'], /WMS2 integration/),
  ],
  'Set up integration: borrowing configuration': [
    row(
      'Determine the holding location and the shelving location of temporary items',
      ['temporary-locations'],
      /holding location and the shelving location/,
      [READY_E2E, 'a line is confirmed with a name and a note, and is still so after a restart'],
    ),
    row(
      'They determine which circulation policies ILL requests fall under',
      ['temporary-locations'],
      /which policies/,
      SAID,
    ),
    row(
      'They are entered into the ILL settings in the final step',
      ['temporary-locations'],
      /typed in at the last step/,
      LAST,
    ),
    row(
      'Circulation Notification Policy: which notifications to send to patrons',
      ['borrowing-notices'],
      /notices patrons get/,
      ORDER,
    ),
    row(
      'Determine billing, loan periods, renewals, and recalls for ILL items',
      ['borrowing-loans'],
      /billing, loan periods, renewals and recalls of borrowed/,
      ORDER,
    ),
    row('Determine the number of items that can be placed on hold', ['borrowing-hold-number'], /how many items/, ORDER),
    row(
      'Determine how long hold requests remain active, and the holds forwarding of several branches',
      ['borrowing-hold-time'],
      /how long they stay active, and how they are forwarded/,
      ORDER,
    ),
    row(
      'Circulation will not notify ReShare if a borrowing hold expires',
      ['borrowing-hold-time'],
      /does not tell ReShare when their hold expires/,
      ['test/unit/desk-tidy.test.ts', 'says when, and what to do with it'],
      ['test/e2e/tidy.spec.ts', 'closed loans and holds that run out are listed beside the disagreements'],
    ),
    row(
      'Hold Fulfillment Policy Map: pick-up notice and hold shelf expiration',
      ['borrowing-hold-map'],
      /hold shelf time/,
      ORDER,
    ),
    row(
      'Collection Type Policy: availability, hold fulfillment availability, reshelving period',
      ['borrowing-collection'],
      /item availability, hold fulfilment and the reshelving period/,
      ORDER,
    ),
  ],
  'Set up integration: lending configuration': [
    row('Create one or more generic patron accounts to lend to', ['institution-patron'], /generic patron account/),
    row(
      'From the Admin module, User Management, New User',
      ['institution-patron'],
      /Admin module, User Management, New User/,
    ),
    row(
      'Enter the required information: barcode, patron type, and home branch',
      ['institution-patron'],
      /barcode, patron type and home branch/,
      [READY_LIST, 'the account that is lent to needs a patron type and a home branch'],
    ),
    row('Optional: an e-mail address of a staff account', ['lending-notices'], /staff e-mail address/, SAID),
    row('Notifications for overdue materials go to the staff account', ['lending-notices'], /overdue notices/, ORDER),
    row(
      'A Patron Type Policy for the lending accounts, all limits set to No Limit',
      ['lending-limits'],
      /No Limit/,
      ORDER,
    ),
    row(
      'The limits are to keep the account from being blocked',
      ['lending-limits', 'institution-patron'],
      /never blocked/,
    ),
    row(
      'Determine billing, loan periods, renewals, and recalls for lent items',
      ['lending-loans'],
      /billing, loan periods, renewals and recalls of lent/,
      ORDER,
    ),
  ],
  'Set up integration: enable integration': [
    row('After completing the above steps, enable the integration', ['enabled'], /^Last of all/, LAST, [
      READY_LIST,
      'is warned about while anything before it is open, and not before it is confirmed',
    ]),
    row('Integration will be active after this page is saved', ['enabled'], /takes effect at once/, LAST),
    row(
      'Navigate to Integrations of WMS Circulation, ILL Settings, ReShare',
      ['enabled'],
      /WMS Circulation, Integrations, ILL Settings, ReShare/,
      SAID,
    ),
    row(
      'Select Yes under Enable, specify both locations, save',
      ['enabled'],
      /Yes under Enable, enter both locations, save/,
      SAID,
    ),
  ],
  'ReShare Configuration Guide': [
    row(
      'Install the software and create a tenant for each library',
      ['log-in', 'backend'],
      /which tenant has the library’s requests/,
      [READY, 'a password that ReShare refuses: it is sent once, and nothing more is asked'],
    ),
    row('Create a root directory entry', ['directory-root'], /root entry/),
    row(
      'At least one branch entry representing a pickup location',
      ['directory-branches', 'pickup-slugs', 'pickup-names'],
      /branch entry/,
    ),
    row(
      'Populate the shared index settings',
      ['shared-index'],
      /address, tenant and account of the shared index/,
      NOT_PERMITTED,
    ),
    row(
      'Each library management system must be configured',
      ['lms-steps', 'lms-address', 'lms-adapter'],
      /choose your system under Host LMS integration/,
      [BROKEN, 'lms-adapter, of a library without WMS: ReShare has no circulation system'],
    ),
    row('A request ID prefix: the symbol, followed by a dash, for example NJSOOS-', ['request-prefix'], /NJSOOS-/),
    row(
      'The default institutional patron ID is required for the check-out',
      ['default-patron'],
      /Without it nothing can be checked out/,
    ),
    row('Alma libraries can write a dash', ['default-patron'], /with Alma it may be a dash/, [
      READY_LIST,
      'a dash stands for no institutional patron with Alma alone',
    ]),
    row(
      'Settings, Resource sharing, Request defaults: the barcode of the default patron account',
      ['default-patron'],
      /Resource sharing, Request defaults: write the barcode/,
    ),
    row('Review additional settings', ['permissions-more'], /the rest that Carrel offers/, [
      CALLS,
      'from both sections, each asked for alone',
    ]),
    row('Configure an OpenURL resolver', ['openurl', 'openurl-tenant'], /resolver’s address/, [
      READY,
      'looking at the OpenURL resolver places no request',
    ]),
    row(
      'It has access to the metadata of the shared inventory',
      ['shared-inventory', 'patron-ids'],
      /Shared Inventory can be searched/,
    ),
    row('Requests are submitted by it', ['permissions', 'openurl'], /takes requests from other services/, [
      'test/contract/placing.test.ts',
      'it is written down, looked for, sent once and confirmed with its UUID; its number comes later',
    ]),
  ],
};

const LINES = new Map(
  [true, false].flatMap((wms) => linesFor(NOTHING, { wms }).map((line) => [line.id, line] as const)),
);

describe.each(Object.entries(SET_UP))('%s', (_part, rows) => {
  it.each(rows)('$sentence', ({ lines, says, shownBy }) => {
    const about = lines.map((id) => LINES.get(id));
    expect(about).not.toContain(undefined);
    expect(
      about.flatMap((line) => (line === undefined ? [] : [line.asks, line.mend])).some((words) => says.test(words)),
    ).toBe(true);
    expect(shownBy.filter((shown) => !isThere(shown))).toEqual([]);
  });
});

test('every line of the list is asked for by a sentence', () => {
  const asked = new Set(Object.values(SET_UP).flatMap((rows) => rows.flatMap(({ lines }) => lines)));
  expect([...LINES.keys()].filter((id) => !asked.has(id))).toEqual([]);
});

test('no sentence stands there twice', () => {
  const sentences = Object.values(SET_UP).flatMap((rows) => rows.map(({ sentence }) => sentence));
  expect(new Set(sentences).size).toBe(sentences.length);
});
