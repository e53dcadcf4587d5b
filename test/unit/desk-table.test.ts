import { describe, expect, it } from 'vitest';
import { conclude } from '../../src-main/desk/conclude.ts';
import { decide } from '../../src-main/desk/decide.ts';
import { code128 } from '../../src-main/desk/slip-code128.ts';
import type { Evidence } from '../../src-main/desk/types.ts';
import { DESK, NOW, RULES, evidence, request, rulesWith } from './desk-cases.ts';
import type { Given } from './desk-cases.ts';

/**
 * The desk's rules as a table. Read a row as: this thing is scanned, and ReShare says this; then the large words are these,
 * the list says that, and Carrel does this (or offers it with a key). "Our" items begin with 3023, Northfield's with 3319.
 */

const SLIP = 'RVR-3184';
const OURS = '30234000517861';
const THEIRS = '33191000105864';

const borrowed: Given = {
  more: { volumes: [{ id: 'v', itemId: THEIRS, temporaryItemBarcode: SLIP }], selectedItemBarcode: THEIRS },
};
const lent: Given = { more: { selectedItemBarcode: OURS, pickLocation: 'Main stacks', callNumber: 'QB65 .W45' } };

const just = (action: string, minutesAgo: number): Partial<Evidence> => ({
  justDone: [{ requestId: request('REQ_SHIPPED').id, action, minutesAgo }],
});

interface Row {
  readonly scan: string;
  readonly is: string;
  readonly given?: Given;
  readonly because?: Partial<Evidence>;
  readonly says: string;
  readonly tag: string;
  /** Done by itself. */
  readonly does?: string;
  /** Keys on the prompt. */
  readonly keys?: string;
}

// prettier-ignore
const TABLE: readonly Row[] = [
  // Borrowing: what we borrowed for our patrons.
  { scan: SLIP,   is: 'REQ_SHIPPED',                     given: borrowed, says: 'Hold shelf → Law Library', tag: 'Hold shelf · ILL', does: 'requesterReceived' },
  { scan: THEIRS, is: 'REQ_SHIPPED',                     given: borrowed, says: 'Hold shelf → Law Library', tag: 'Hold shelf · ILL', does: 'requesterReceived' },
  { scan: SLIP,   is: 'REQ_CHECKED_IN',                  given: borrowed, says: 'Ship back → Northfield',   tag: 'Ship back',        does: 'patronReturnedItem' },
  { scan: THEIRS, is: 'REQ_CHECKED_IN',                  given: borrowed, says: 'Ship back → Northfield',   tag: 'Ship back',        does: 'patronReturnedItem' },
  { scan: SLIP,   is: 'REQ_CHECKED_IN',                  given: borrowed, because: just('requesterReceived', 2),
                                                                          says: 'Hold shelf → Law Library', tag: 'Hold shelf · ILL', keys: 'F7 F10' },
  { scan: SLIP,   is: 'REQ_AWAITING_RETURN_SHIPPING',    given: borrowed, says: 'Ship back → Northfield',   tag: 'Ship back',        does: 'shippedReturn' },
  { scan: SLIP,   is: 'REQ_SHIPPED_TO_SUPPLIER',         given: borrowed, says: 'Ship back → Northfield',   tag: 'Ship back' },
  { scan: SLIP,   is: 'REQ_OVERDUE',                     given: borrowed, says: 'Ship back → Northfield',   tag: 'Ship back',        does: 'patronReturnedItem' },
  { scan: SLIP,   is: 'REQ_RECALLED',                    given: borrowed, says: 'Ship back → Northfield',   tag: 'Recalled' },
  { scan: SLIP,   is: 'REQ_REQUEST_COMPLETE',            given: borrowed, says: 'ILL office',               tag: 'Complete' },
  { scan: SLIP,   is: 'REQ_BORROWING_LIBRARY_RECEIVED',                   says: 'ILL office',               tag: 'ILL office',       keys: 'F7 F10' },
  { scan: SLIP,   is: 'REQ_CONDITIONAL_ANSWER_RECEIVED',                  says: 'ILL office',               tag: 'ILL office',       keys: 'F7 F10 F11' },
  { scan: SLIP,   is: 'REQ_CANCEL_PENDING',                               says: 'ILL office',               tag: 'ILL office' },
  { scan: SLIP,   is: 'REQ_REQUEST_SENT_TO_SUPPLIER',                     says: 'No item yet',              tag: 'No item yet' },
  { scan: SLIP,   is: 'REQ_EXPECTS_TO_SUPPLY',                            says: 'No item yet',              tag: 'Not sent yet' },
  { scan: SLIP,   is: 'REQ_CANCELLED',                                    says: 'No longer ILL',            tag: 'Cancelled' },
  { scan: SLIP,   is: 'SLNP_REQ_SHIPPED',                                 says: 'Hold shelf → Law Library', tag: 'Hold shelf · ILL', does: 'slnpRequesterReceived' },
  { scan: SLIP,   is: 'SLNP_REQ_CHECKED_IN',                              says: 'Ship back → Northfield',   tag: 'Ship back',        does: 'patronReturnedItem' },

  // Lending: what others borrow from us.
  { scan: SLIP,   is: 'RES_IDLE',                        given: lent,     says: 'ILL office',               tag: 'To answer' },
  { scan: SLIP,   is: 'RES_NEW_AWAIT_PULL_SLIP',         given: lent,     says: 'Get it from → Main stacks', tag: 'Pull',            does: 'supplierPrintPullSlip' },
  { scan: OURS,   is: 'RES_NEW_AWAIT_PULL_SLIP',         given: lent,     says: 'Scan the item',            tag: 'Scan again',       does: 'supplierPrintPullSlip' },
  { scan: SLIP,   is: 'RES_AWAIT_PICKING',               given: lent,     says: 'Scan the item',            tag: 'Scan the item',    keys: 'F7 F11' },
  { scan: OURS,   is: 'RES_AWAIT_PICKING',               given: lent,     says: 'Ship to → Northfield',     tag: 'To ship',          does: 'supplierCheckInToReshare' },
  { scan: SLIP,   is: 'RES_AWAIT_SHIP',                  given: lent,     says: 'Ship to → Northfield',     tag: 'Ship',             does: 'supplierMarkShipped' },
  { scan: OURS,   is: 'RES_AWAIT_SHIP',                  given: lent,     because: just('supplierCheckInToReshare', 1),
                                                                          says: 'Ship to → Northfield',     tag: 'To ship',          keys: 'F7 F10' },
  { scan: OURS,   is: 'RES_ITEM_SHIPPED',                given: lent,     says: 'ILL office',               tag: 'Not sent back yet' },
  { scan: SLIP,   is: 'RES_ITEM_SHIPPED',                given: lent,     because: just('supplierMarkShipped', 1),
                                                                          says: 'Ship to → Northfield',     tag: 'Ship' },
  { scan: OURS,   is: 'RES_ITEM_RETURNED',               given: lent,     says: 'Shelve',                   tag: 'Shelve',           does: 'supplierCheckOutOfReshare' },
  { scan: OURS,   is: 'RES_OVERDUE',                     given: lent,     says: 'Shelve',                   tag: 'Shelve',           does: 'supplierCheckOutOfReshare' },
  { scan: OURS,   is: 'RES_COMPLETE',                    given: lent,     says: 'No longer ILL',            tag: 'Complete' },
  { scan: SLIP,   is: 'RES_UNFILLED',                    given: lent,     says: 'No longer ILL',            tag: 'Not supplied' },
  { scan: SLIP,   is: 'RES_CANCEL_REQUEST_RECEIVED',     given: lent,     says: 'ILL office',               tag: 'Cancel asked',     keys: 'F7 F10 F11' },
  { scan: SLIP,   is: 'RES_COPY_AWAIT_PICKING',                           says: 'ILL office',               tag: 'Copy' },
  { scan: SLIP,   is: 'RES_AWAIT_PICKING',               given: { ...lent, actions: ['message'] }, says: 'ILL office', tag: 'ILL office' },
  { scan: OURS,   is: 'RES_SEQUESTERED',                 given: lent,     says: 'Keep aside',               tag: 'Sequester' },
  { scan: OURS,   is: 'RES_AWAIT_DESEQUESTRATION',       given: lent,     says: 'Shelve',                   tag: 'Shelve',           does: 'supplierCheckOutOfReshare' },
  { scan: SLIP,   is: 'SLNP_RES_AWAIT_PICKING',          given: lent,     says: 'Scan the item',            tag: 'Scan the item',    keys: 'F7 F11' },
  { scan: OURS,   is: 'SLNP_RES_AWAIT_PICKING',          given: lent,     says: 'Ship to → Northfield',     tag: 'Ship',             does: 'slnpSupplierFillAndMarkShipped' },
  { scan: OURS,   is: 'SLNP_RES_ITEM_SHIPPED',           given: lent,     says: 'Shelve',                   tag: 'Shelve',           does: 'slnpSupplierCheckOutOfReshare' },

  // A state Carrel does not know is shown as it is; known steps are only offered there.
  { scan: SLIP,   is: 'RES_AWAITING_RETURN_SHIPPING',    given: { actions: [] }, says: 'ILL office',        tag: 'ILL office' },
  { scan: SLIP,   is: 'REQ_LOCAL_INVENTION',             given: { actions: ['requesterReceived', 'frobnicate'] }, says: 'ILL office', tag: 'ILL office', keys: 'F7 F10' },
];

/** Rows about labels that are on no request. */
// prettier-ignore
const LABELS: readonly (Omit<Row, 'is' | 'given'> & { readonly what: string })[] = [
  { what: 'an item of our own',           scan: OURS,                           says: 'Not an ILL item',        tag: 'Not ILL' },
  { what: 'a wrong check digit',          scan: '30234000517862',               says: 'Scan again',             tag: 'Check digit', },
  { what: 'an unknown request number',    scan: 'RVR-9999',                     says: 'ILL office',             tag: 'Not found', keys: 'F7 F10' },
  { what: 'the ISBN on the cover',        scan: '9780571364879',                says: 'Scan the library label', tag: 'Scan again' },
  { what: 'a library card',               scan: '20234000517863',               says: 'Library card',           tag: 'Library card' },
  { what: 'two labels in one burst',      scan: `${OURS}${THEIRS}`,             says: 'Two scans',              tag: 'Split in two' },
  { what: 'a slip and an item in one',    scan: `${SLIP}${OURS}`,               says: 'Two scans',              tag: 'Split in two' },
  { what: 'two slips in one, perhaps',    scan: `${SLIP}NFD-77`,                says: 'Scan one at a time',     tag: 'Scan again', keys: 'F7 F10' },
  { what: 'a burst without a seam',       scan: '1'.repeat(90),                 says: 'Scan one at a time',     tag: 'Scan again' },
  { what: 'nothing readable',             scan: '\u0002***\u0003',              says: 'Scan again',             tag: 'Scan again' },
  { what: 'the same label again',         scan: OURS, because: { doubleOf: { scanId: 's', secondsAgo: 2 } }, says: 'Already scanned', tag: 'Double scan' },
  { what: 'anything while ReShare is away', scan: OURS, because: { source: 'none', outage: 'ReShare does not answer.' }, says: 'Keep here', tag: 'Keep here', keys: 'F7 F10' },
];

function shown(destination: { verb: string; to?: string | undefined }): string {
  return destination.to === undefined ? destination.verb : `${destination.verb} → ${destination.to}`;
}

describe('the desk table', () => {
  it.each(TABLE)('$scan on $is: $says', (row) => {
    const { prompt, steps } = decide(evidence(row.scan, [request(row.is, row.given)], row.because), RULES);
    expect(shown(prompt.destination)).toBe(row.says);
    expect(prompt.tag).toBe(row.tag);
    expect(steps.map((s) => s.action)).toEqual(row.does === undefined ? [] : [row.does]);
    expect(prompt.offers.map((o) => o.key).join(' ')).toBe(row.keys ?? '');
    expect(prompt.working).toBe(row.does !== undefined);
    expect(prompt.title).toBe('The mapping of the heavens');
    expect(prompt.why.length).toBeGreaterThan(0);
  });

  it.each(LABELS)('$what: $says', (row) => {
    const { prompt, steps } = decide(evidence(row.scan, [], row.because), RULES);
    expect(shown(prompt.destination)).toBe(row.says);
    expect(prompt.tag).toBe(row.tag);
    expect(steps).toEqual([]);
    expect(prompt.offers.map((o) => o.key).join(' ')).toBe(row.keys ?? '');
  });
});

describe('a borrowed item returned by its patron', () => {
  it('reads as on the wall: destination, title, byline, what to do, what was done', () => {
    const before = request('REQ_CHECKED_IN', borrowed);
    const decision = decide(evidence(SLIP, [before]), RULES);
    const [plan] = decision.steps;
    if (plan === undefined) throw new Error('nothing planned');
    const after = request('REQ_AWAITING_RETURN_SHIPPING', borrowed);
    const prompt = conclude(decision, [{ plan, state: 'done', after, newAudit: [], at: NOW }], RULES, NOW);
    expect(prompt).toEqual({
      kind: 'ill',
      kindText: 'Interlibrary loan · returned by patron',
      destination: { verb: 'Ship back', to: 'Northfield' },
      title: 'The mapping of the heavens',
      byline: 'Whitfield, Peter · request RVR-3184 · due at lender 4 December',
      why: ['It belongs to Northfield and is back from your patron. Put it on the ILL return shelf.'],
      legs: [
        { system: 'ReShare', state: 'done', text: 'Marked returned by patron', at: NOW },
        {
          system: 'Circulation',
          state: 'unknown',
          text: 'ReShare does not say whether it was told: look it up there',
        },
      ],
      mistake:
        'ReShare cannot take a return back. If the patron still has it or should have it, tell the ILL office: the request stays open until Northfield has the item.',
      offers: [],
      tag: 'Ship back',
      rowTitle: 'The mapping of the heavens',
      rowId: 'RVR-3184',
      sound: 'accepted',
      rule: 'mod-rs state model REQ_CHECKED_IN → patronReturnedItem; OCLC Relais D2D integration workflow: patron returns item',
      working: false,
      slip: {
        kind: 'routing',
        heading: 'Interlibrary loan · return to lender',
        destination: 'Northfield',
        title: 'The mapping of the heavens',
        lines: [
          { label: 'Symbol', value: 'NFD' },
          { label: 'From', value: 'Riverside' },
          { label: 'Due at lender', value: '4 December' },
        ],
        barcode: { text: 'RVR-3184', widths: code128('RVR-3184') },
        at: NOW,
      },
    });
  });

  it('names the request to update where this desk does not do it by itself', () => {
    const rules = rulesWith({ desk: { ...DESK, steps: { ...DESK.steps, returned: 'offer' } } });
    const { prompt, steps } = decide(evidence(SLIP, [request('REQ_CHECKED_IN', borrowed)]), rules);
    expect(steps).toEqual([]);
    expect(prompt.why[0]).toBe('Update ReShare request RVR-3184: if your patron has brought it back, press F10.');
    expect(prompt.offers.at(-1)).toEqual({
      id: 'do:patronReturnedItem:r-3184',
      key: 'F10',
      label: 'Mark returned by patron',
      caution: 'ReShare cannot take it back',
    });
  });
});
