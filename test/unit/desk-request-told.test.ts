import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RequestDetail } from '../../src-main/contract/request-detail.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import { detailOf, type DetailScene } from '../../src-main/desk/request-detail.ts';
import { readFull } from '../../src-main/systems/reshare/full-record.ts';
import { view } from '../fixtures/store-records.ts';

/** How the parts of one request are told: volumes, rota, cost, note, history, due dates, and what a review is judged by. */

type Json = Record<string, unknown>;

const SCENE: DetailScene = {
  choices: { reference: {}, notes: [] },
  ours: 'Riverside',
  marginDays: 5,
  now: '2026-11-20T12:00:00.000Z',
};

let shipped: Json;
let checkedIn: Json;
let returned: Json;
beforeAll(async () => {
  const read = async (name: string): Promise<Json> => {
    const text = await readFile(new URL(`../fixtures/reshare/${name}.json`, import.meta.url), 'utf8');
    return JSON.parse(text) as Json;
  };
  shipped = await read('01-requester-REQ_SHIPPED-full');
  checkedIn = await read('02-requester-REQ_CHECKED_IN-full-multivolume');
  returned = await read('07-responder-RES_ITEM_RETURNED-full-protocolaudit');
});

function told(json: Json, scene: Partial<DetailScene> = {}): RequestDetail {
  const record = readFull(json, SCENE.now);
  if (record === undefined) throw new Error('the record could not be read');
  return detailOf(record, { ...SCENE, ...scene });
}

/** The same request in another state, with what ReShare allows there. */
function inState(json: Json, code: string, ...actions: readonly string[]): Json {
  const state = { code, terminal: code === 'REQ_OVER_LIMIT', stage: 'PREPARING' };
  return { ...json, state, validActions: actions.map((actionCode) => ({ actionCode })) };
}

describe('volumes', () => {
  test('one that nobody named stands by its barcodes, each once', () => {
    expect(told(shipped).volumes).toMatchObject([
      { name: '', barcodes: ['39000000111111', 'MAPLE-1042'], status: 'Not received yet' },
    ]);
    expect(told(returned).volumes).toMatchObject([
      { name: '', barcodes: ['39000000333333'], status: 'On its way back; not checked in yet' },
    ]);
  });

  test('named ones keep their names; a status without words stays as it came', () => {
    const [first, ...rest] = checkedIn['volumes'] as Json[];
    const strange = { ...first, status: { value: 'sent_to_bindery' } };
    expect(told({ ...checkedIn, volumes: [strange, ...rest] }).volumes).toMatchObject([
      { name: 'v.1', barcodes: ['39000000222222', 'MAPLE-1037-2222'], status: 'sent_to_bindery' },
      { name: 'v.2', status: 'Temporary item created' },
    ]);
  });
});

describe('the libraries asked', () => {
  const entry = (rotaPosition: number, more: Json = {}): Json => ({
    id: `r${String(rotaPosition)}`,
    rotaPosition,
    ...more,
  });

  test('in order: who could not, who is asked now, who comes next', () => {
    const audit = [
      { auditNo: 1, message: 'Sent to next supplier RESHARE:BIRCH', dateCreated: '2026-11-10T08:00:00Z' },
      { auditNo: 4, message: 'Sent to next supplier RESHARE:CEDAR', dateCreated: '2026-11-12T08:00:00Z' },
    ];
    const rota = [entry(2), entry(0), entry(1)];
    expect(told({ ...shipped, audit, rota, rotaPosition: 1 }).rota).toEqual([
      { position: 0, library: 'RESHARE:BIRCH', answer: 'Could not lend', current: false },
      { position: 1, library: 'Cedar College', answer: 'Asked now: Shipped', current: true },
      { position: 2, library: 'Library 3', answer: 'Not asked yet', current: false },
    ]);
  });

  test('an entry’s own state is told in words, and its availability with it', () => {
    const rota = [entry(0, { state: { code: 'REQ_UNFILLED' }, normalisedAvailability: 'Available' }), entry(1)];
    expect(told({ ...shipped, rota, rotaPosition: 1 }).rota[0]).toMatchObject({
      answer: 'Unfilled',
      availability: 'Available',
    });
  });

  test('a request that nobody was asked for says so', () => {
    const { rotaPosition: _none, ...rest } = shipped;
    expect(told({ ...rest, rota: [entry(0)] }).rota).toMatchObject([{ answer: 'Not asked', current: false }]);
  });
});

describe('cost, note and history', () => {
  test('cost with its currency, and without; no cost is none', () => {
    expect(told({ ...shipped, cost: 12.5, costCurrency: { id: '1', value: 'usd', label: 'USD' } }).cost).toBe(
      '12.50 USD',
    );
    expect(told({ ...shipped, cost: 7 }).cost).toBe('7.00');
    expect(told(shipped).cost).toBeUndefined();
  });

  test('the local note as it was written; what could not be read beside the record is said', () => {
    expect(told({ ...shipped, localNote: 'Call first' }).localNote).toBe('Call first');
    expect(told(shipped).localNote).toBeUndefined();
    const notes = ['How it may be closed could not be read. Try again.'];
    expect(
      told(shipped, { choices: { reference: {}, notes: ['The locations could not be read.'] }, notes }).notes,
    ).toEqual(['The locations could not be read.', ...notes]);
  });

  test('newest first, each line and what it led to in plain words', () => {
    expect(told(shipped).history.map(({ said }) => said)).toEqual([
      'Cedar College has shipped it. Now: Shipped.',
      'Cedar College will supply it. Now: Will lend.',
      'Asked CEDAR. Now: Asked.',
      'The request came in. Now: Accepted by ReShare.',
    ]);
  });

  test('a circulation system’s refusal carries its own words and is marked', () => {
    const [success, refusal] = told(checkedIn).history;
    expect(success).toMatchObject({ trouble: false });
    expect(success?.said).toContain('Your circulation system created the temporary item');
    expect(refusal).toMatchObject({ trouble: true, host: 'Item already exists' });
    expect(refusal?.said).toContain('refused the temporary item');
  });

  test('a line that says only its state is told once; a state nobody knows stays as it came', () => {
    const line = (auditNo: number, to: string): Json => ({
      auditNo,
      dateCreated: '2026-11-12T08:00:00Z',
      message: `State changed to ${to}`,
      fromStatus: { code: 'REQ_IDLE' },
      toStatus: { code: to },
    });
    const audit = [line(1, 'REQ_SUPPLIER_IDENTIFIED'), line(2, 'REQ_OURS_ALONE')];
    expect(told({ ...shipped, audit }).history.map(({ said }) => said)).toEqual([
      'Now: REQ_OURS_ALONE.',
      'Now: Next lender found.',
    ]);
  });
});

describe('due dates', () => {
  test('borrowing: the lender’s, and ours for the patron with the days for the way back', () => {
    expect(told(shipped).due.map(({ what, source }) => [what, source])).toEqual([
      ['At the lender by', 'lender’s date'],
      ['Patron may keep it until', '5 days for the way back'],
    ]);
  });

  test('a loan through the circulation system has its date too; one too near leaves no time for the way', () => {
    const circulation = { name: 'WMS', at: '2026-12-20T22:59:00.000Z' };
    expect(told(shipped, { circulation }).due.at(-1)).toEqual({
      what: 'Lent until',
      short: 'WMS',
      at: circulation.at,
      source: 'WMS’s date',
    });
    expect(told(shipped, { now: '2027-01-14T12:00:00.000Z' }).due[1]?.source).toBe('no time left for the way back');
  });

  test('lending: what the borrower was told, and the circulation system’s where it differs', () => {
    expect(told(returned).due.map(({ source }) => source)).toEqual([
      'your circulation system’s date, sent to the borrower',
    ]);
    const other = { ...returned, parsedDueDateFromLMS: '2026-11-08T23:59:59Z' };
    expect(told(other).due.map(({ what, source }) => [what, source])).toEqual([
      ['Back here by', 'ReShare’s date, sent to the borrower'],
      ['Checked out until', 'your circulation system’s date'],
    ]);
  });
});

describe('a review', () => {
  const state = (code: string, label: string, terminal = false): RequestView['state'] => ({
    code,
    label,
    terminal,
    needsAttention: false,
  });
  const other = (id: string, more: Partial<RequestView>): RequestView =>
    view({
      id,
      hrid: `MAPLE-${id}`,
      dateCreated: '2026-11-19T08:00:00.000Z',
      state: state('REQ_SHIPPED', 'Shipped'),
      ...more,
    });

  test('of a possible duplicate: the patron’s other requests of that title, and what decides it', () => {
    const samePatron = [
      other('1', { title: 'THE salt road :  merchants of the northern sea' }),
      other('2', { title: 'Another book' }),
    ];
    const json = inState(shipped, 'REQ_DUPLICATE_REVIEW', 'requesterCancel', 'message', 'requesterBypassValidation');
    const { review } = told(json, { samePatron });
    expect(review?.others).toEqual([
      { id: '1', said: 'MAPLE-1 · THE salt road : merchants of the northern sea · Shipped · placed 19 November' },
    ]);
    expect(review?.actions).toEqual(['requesterBypassValidation', 'requesterCancel']);
    expect(review?.sentences.join(' ')).toMatch(/The patron’s number ends in \S{4}\./);
  });

  test('where no other is found it says so; where they could not be read it says nothing of them', () => {
    const json = inState(shipped, 'REQ_DUPLICATE_REVIEW');
    expect(told(json, { samePatron: [] }).review?.sentences.join(' ')).toContain('No other request of this patron');
    expect(told(json).review?.sentences.join(' ')).not.toContain('No other request');
  });

  test('of the patron’s limit: what the patron has open', () => {
    const samePatron = [
      other('1', { title: 'Fjords' }),
      other('2', { state: state('REQ_REQUEST_COMPLETE', 'Complete', true) }),
    ];
    const json = inState(shipped, 'REQ_OVER_LIMIT');
    expect(told(json, { samePatron }).review?.others.map(({ id }) => id)).toEqual(['1']);
    const [, ended] = samePatron;
    const { review } = told(json, { samePatron: ended === undefined ? [] : [ended] });
    expect(review?.sentences.at(-1)).toContain('can be placed again');
  });

  test('of a blank form: what was typed and what is missing', () => {
    const json = inState(
      { ...shipped, isbn: undefined, oclcNumber: undefined, author: 'Brandt, Ilse' },
      'REQ_BLANK_FORM_REVIEW',
      'requesterRetryValidation',
      'requesterBypassValidation',
      'requesterCancel',
    );
    const { review } = told(json);
    expect(review?.facts).toContainEqual({ name: 'Author', value: 'Brandt, Ilse' });
    expect(review?.facts.at(-1)?.name).toBe('Not given');
    expect(review?.facts.at(-1)?.value).toContain('ISBN');
    expect(review?.actions).toEqual(['requesterRetryValidation', 'requesterBypassValidation', 'requesterCancel']);
  });

  test('of an own copy: the copy ReShare found and where it stands', () => {
    const rota = [{ id: 'r', rotaPosition: 0, normalisedAvailability: 'Available', shelfmark: 'DK 71 S2' }];
    const json = inState({ ...shipped, rota }, 'REQ_LOCAL_REVIEW', 'fillLocally', 'cancelLocal');
    const { review } = told(json);
    expect(review?.facts).toEqual([
      { name: 'Copy', value: 'Cedar College' },
      { name: 'Availability, as ReShare saw it', value: 'Available' },
      { name: 'Call number', value: 'DK 71 S2' },
    ]);
    expect(review?.actions).toEqual(['fillLocally', 'cancelLocal']);
  });

  test('of a state of the tenant’s own: that Carrel does not know it, by its name and code', () => {
    const state = { code: 'REQ_AT_BINDERY', terminal: false, stage: 'ACTIVE' };
    const { review, actions } = told({ ...shipped, state, validActions: [{ actionCode: 'backFromBindery' }] });
    expect(review).toMatchObject({ heading: 'A state of your tenant’s own', facts: [], others: [], actions: [] });
    expect(review?.sentences[0]).toContain('“REQ_AT_BINDERY”');
    expect(actions[0]).toMatchObject({ action: 'backFromBindery', known: false });
    expect(told({ ...shipped, state: { ...state, terminal: true } }).review).toBeUndefined();
  });

  test('a state without a decision has none', () => {
    expect(told(shipped).review).toBeUndefined();
  });
});
