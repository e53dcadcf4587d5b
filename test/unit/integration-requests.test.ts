import { describe, expect, it, test } from 'vitest';
import { isThere, type Shown } from '../fixtures/shown-by.ts';

/**
 * The public guide "Integrating external services with ReShare" sentence by sentence, and what the "ReShare Configuration
 * Guide" says on requests, pickup locations and OpenURL, with the tests that show each. Renaming or losing a test breaks this.
 */
interface Row {
  readonly sentence: string;
  readonly shownBy: readonly [Shown, ...Shown[]];
}

const PLACE = 'test/e2e/place.spec.ts';
const PLACING = 'test/contract/placing.test.ts';
const FOLLOW = 'test/contract/placing-follow.test.ts';
const BATCH = 'test/contract/placing-batch.test.ts';
const INVENTORY = 'test/contract/inventory-adapters.test.ts';
const SEARCH = 'test/unit/inventory-search.test.ts';
const RANKING = 'test/unit/inventory-ranking.test.ts';
const PICKUPS = 'test/unit/pickup-names.test.ts';
const SETTINGS = 'test/unit/renderer-settings.test.ts';
const READY = 'test/contract/readiness.test.ts';
const SESSION = 'test/unit/systems-okapi-session.test.ts';

const PLACED: Shown = [
  PLACING,
  'it is written down, looked for, sent once and confirmed with its UUID; its number comes later',
];
const CARRIES: Shown = [
  PLACING,
  'what it carries: the record’s UUID, the patron, the pickup location’s slug, the note',
];
const PATRON: Shown = [
  PLACING,
  'the patron is looked up in the circulation system first, and in ReShare where that is not possible',
];
const FULL_CIRCLE: Shown = [FOLLOW, 'expects to supply, shipped, return shipped, complete'];
const UNKNOWN_SLUG: Shown = [PLACING, 'a slug the directory does not know is said, and nothing is sent'];
const OWN_NAMES: Shown = [PICKUPS, 'branches tagged as pickup location can be chosen, under the library’s own names'];

const GUIDE: Readonly<Record<string, readonly Row[]>> = {
  'Overview and workflow': [
    {
      sentence: 'A user places an interlibrary loan request in an external system',
      shownBy: [
        [PLACE, 'placed with a function key: confirmed with its id at once, its number follows'],
        [PLACE, 'a file of requests: a dry run first, and then what is ready is placed, once, by a function key'],
      ],
    },
    {
      sentence: 'The external system uses the Shared Inventory API to identify an eligible instance',
      shownBy: [
        [INVENTORY, 'finds every record of an ISBN, whichever form it has'],
        [PLACE, 'a scanned ISBN label is searched for, and the best of the duplicates stands first with the reason'],
      ],
    },
    {
      sentence: 'Search by bibliographic metadata, such as ISBN, title, author',
      shownBy: [
        [INVENTORY, 'finds by %s'],
        [SEARCH, 'an ISBN is asked for with thirteen and with ten digits, also among those filed as wrong'],
        [SEARCH, 'words of the query language are words of a title'],
        [SEARCH, 'a term is quoted as the server wants it: $term'],
      ],
    },
    {
      sentence: 'Identify a matching instance record',
      shownBy: [
        [INVENTORY, 'one record with all its holdings, beyond the first ten'],
        [INVENTORY, 'turns pages beyond the default ten'],
      ],
    },
    {
      sentence: 'Confirm that this instance record has at least one holding with an ILL status of “Will lend”',
      shownBy: [
        [RANKING, 'only a policy of exactly “Will lend” counts'],
        [PLACING, 'a record that nobody lends is not asked for'],
        [PLACING, 'an inventory that answers only in part: not known is not eligible, and nothing is sent'],
      ],
    },
    { sentence: 'Return the UUID of the instance', shownBy: [CARRIES] },
    { sentence: 'The external system uses the OpenURL resolver to create a new request', shownBy: [PLACED] },
    { sentence: 'The OpenURL must include the instance UUID from the shared inventory', shownBy: [CARRIES] },
    {
      sentence: 'The OpenURL must include a patron ID of the type ReShare verifies at the library',
      shownBy: [CARRIES, PATRON],
    },
    {
      sentence: 'The resolver returns a confirmation of success and the UUID of the request',
      shownBy: [
        PLACED,
        [PLACING, 'an answer lost after it was created: a look finds it, and it is not sent again'],
        [PLACING, 'a web page from the resolver is a refusal in words, and a look shows that nothing was placed'],
      ],
    },
    {
      sentence: 'Poll the mod-rs API of the library’s tenant for the status, by that UUID',
      shownBy: [
        FULL_CIRCLE,
        [
          FOLLOW,
          'a change that a poll finds is news until somebody looks; the steps before a library is asked are none',
        ],
        [FOLLOW, 'what staff read themselves is on the list at once, without a poll, and is no news to them'],
        [
          PLACE,
          'a change is told wherever staff are, takes no focus and no key of a scanner’s, and goes when somebody looks',
        ],
        [
          'test/unit/sync-polling.test.ts',
          'after failures an answer to somebody else ends the long pause: the next question is asked at once',
        ],
      ],
    },
  ],
  'Required data': [
    {
      sentence: 'The library or its service provider provides the values',
      shownBy: [
        [
          SETTINGS,
          'how requests are placed is read and kept: kind of inventory, front door, names of pickup locations',
        ],
      ],
    },
    {
      sentence: 'A mapping between all pickup locations of the external service and their slugs in ReShare',
      shownBy: [
        OWN_NAMES,
        [PICKUPS, 'each mapping is checked: right, unknown slug, no pickup location'],
        [PICKUPS, 'a place that cannot be chosen stays on the list and says why'],
      ],
    },
    { sentence: 'The mapping identifies the slug that svc.pickupLocation needs', shownBy: [CARRIES] },
  ],
  'Shared Inventory API': [
    {
      sentence: 'Searching is done using GraphQL queries',
      shownBy: [
        [SEARCH, 'the query %s is valid in the published schema'],
        [SEARCH, 'every list of linked records is asked for with a limit, since it stops at ten without one'],
        [INVENTORY, 'partial data with errors inside HTTP 200 is never “nobody lends it”'],
      ],
    },
    {
      sentence: 'Duplicates are not uncommon: return the request for user review, or choose',
      shownBy: [
        [RANKING, 'two that lend equally are left to a person, and so are two different things'],
        [BATCH, 'the dry run says of each row what would happen, and places nothing'],
      ],
    },
    {
      sentence: 'For example, choose the instance with the most available holdings',
      shownBy: [
        [
          RANKING,
          'records of one thing are ranked by lending libraries, usable items and lendable holdings, with the reason',
        ],
      ],
    },
    {
      sentence: 'Begin by obtaining a token for the shared index API',
      shownBy: [[INVENTORY, 'a token that ran out is renewed, and the search goes on']],
    },
    {
      sentence: 'Force HTTP/1.1, since HTTP/2 streams may not be closed cleanly',
      shownBy: [
        ['test/unit/systems-http.test.ts', 'only HTTP/1.1 is offered, even to a server that would rather speak HTTP/2'],
      ],
    },
  ],
  'OpenURL resolver': [
    {
      sentence: 'Only known items: the unique ID of a shared inventory record must be there',
      shownBy: [CARRIES, [PLACING, 'a record that nobody lends is not asked for']],
    },
    {
      sentence: 'A base URL of the consortium, followed by the OpenURL tenant ID of the requester’s institution',
      shownBy: [
        [PLACING, 'a resolver that does not know the library'],
        [READY, 'a resolver that does not know the library’s symbol'],
      ],
    },
    {
      sentence: 'svc.pickupLocation: must match the slug of a pickup location of the library’s directory',
      shownBy: [
        CARRIES,
        UNKNOWN_SLUG,
        [PLACING, 'pickup locations come from the directory; one that lost its slug cannot be chosen and says why'],
      ],
    },
    { sentence: 'rft_id: the UUID of a shared index record', shownBy: [CARRIES] },
    { sentence: 'req_id: with NCIP, the identifier of a valid patron of the local system', shownBy: [CARRIES, PATRON] },
    {
      sentence: 'Without NCIP it can be any value',
      shownBy: [
        [PLACING, 'where nobody can say anything of the patron, it is said, and ReShare decides when it arrives'],
      ],
    },
  ],
  'mod-rs API': [
    { sentence: 'It returns the current state of a given request', shownBy: [FULL_CIRCLE] },
    {
      sentence: 'Each request has two types of identifiers',
      shownBy: [
        PLACED,
        [PLACING, 'a request that never gets a number: said after 90 seconds, and not to be placed again'],
      ],
    },
    { sentence: 'Expects to supply; Shipped; Return shipped; Complete', shownBy: [FULL_CIRCLE] },
    {
      sentence: 'End of rota: no supplier could be identified',
      shownBy: [[FOLLOW, 'end of rota: nobody supplies it, and a sentence says so']],
    },
    {
      sentence: 'Cancelled: the requester has cancelled the request',
      shownBy: [
        [FOLLOW, 'cancelled by the requester, agreed by the supplier'],
        [FOLLOW, 'conditions rejected: the lender agrees to cancel, and the next library is asked'],
      ],
    },
    {
      sentence: 'A query carries the tenant and the token',
      shownBy: [[SESSION, 'with expiry; tenant and token go with every call, nothing but the tenant with the login']],
    },
  ],
  'Appendix: getting an API token': [
    {
      sentence: 'The Shared Inventory and the library’s mod-rs have distinct tenants',
      shownBy: [[INVENTORY, 'its tenant and its account are its own: the library’s account opens nothing there']],
    },
    {
      sentence: 'Both log in the same way',
      shownBy: [[SESSION, '404 leads to the older login, which is then asked first']],
    },
  ],
  'ReShare Configuration Guide': [
    {
      sentence: 'A root directory entry and at least one branch entry representing a pickup location',
      shownBy: [OWN_NAMES, [READY, 'the practice library is ready: every line is green']],
    },
    {
      sentence: 'Shared index settings give ReShare the data it needs',
      shownBy: [
        [
          READY,
          'the desk’s account: the sections without a permission of their own, by name; a person may confirm them',
        ],
      ],
    },
    { sentence: 'Requests are assigned a shared identifier with the library’s prefix', shownBy: [PLACED] },
    {
      sentence: 'The default institutional patron ID is used where there is none for the institution',
      shownBy: [[READY, 'the practice library is ready: every line is green']],
    },
    {
      sentence: 'Requests are accepted via OpenURL only, with the required metadata',
      shownBy: [
        CARRIES,
        [PLACING, 'an answer lost before it was created: a person is asked, one more look, and then it is sent again'],
      ],
    },
    {
      sentence: 'Configure an OpenURL resolver with access to the shared inventory’s metadata',
      shownBy: [
        [READY, 'a resolver that does not know the library’s symbol'],
        [READY, 'looking at the OpenURL resolver places no request'],
      ],
    },
  ],
};

describe.each(Object.entries(GUIDE))('%s', (_part, rows) => {
  it.each(rows)('$sentence', ({ shownBy }) => {
    expect(shownBy.filter((shown) => !isThere(shown))).toEqual([]);
  });
});

test('no sentence stands there twice', () => {
  const sentences = Object.values(GUIDE).flatMap((rows) => rows.map(({ sentence }) => sentence));
  expect(new Set(sentences).size).toBe(sentences.length);
});
