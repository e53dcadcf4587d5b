import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Agreement, type AgreementOptions } from '../../src-main/assembly/agreement.ts';
import type { AgreementList, HostSettings } from '../../src-main/contract/agreement.ts';
import type { StepBody, StepState } from '../../src-main/contract/journal.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import { fail, ok } from '../../src-main/contract/result.ts';
import type { RemoteCache, RemoteJournal } from '../../src-main/store/calls.ts';
import { CONTEXT, record, scan, stepBody } from '../fixtures/store-records.ts';
import { memoryJournal, newCache } from '../fixtures/store-stores.ts';
import { request } from './desk-cases.ts';

/** The list on real stores, with a ReShare that is a map. */

const NOW = new Date('2026-11-23T14:00:00.000Z');
const FAILED =
  'Host LMS integration: NCIP CheckinItem call failed for item: RVR-3184. Review configuration and try again or deconfigure host LMS integration in settings. No';

function troubled(id: string, at: string): RequestView {
  const audit = [{ no: 1, at, message: FAILED }];
  return request('REQ_AWAITING_RETURN_SHIPPING', { id, more: { audit, lastUpdated: at, hrid: `RVR-${id}` } });
}

/** Methods of a store as if its worker answered. */
function remote(store: object): unknown {
  return new Proxy(store, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      return typeof method === 'function'
        ? (...input: unknown[]) => Promise.resolve(Reflect.apply(method, target, input) as unknown)
        : method;
    },
  });
}

async function bench(requests: readonly RequestView[], more: Partial<AgreementOptions> = {}) {
  const { journal } = memoryJournal();
  const { cache } = await newCache();
  cache.upsertMany(requests);
  const asked: string[] = [];
  const told: AgreementList[] = [];
  const served = new Map(requests.map((one) => [one.id, one]));
  const options: AgreementOptions = {
    journal: remote(journal) as RemoteJournal,
    cache: remote(cache) as RemoteCache,
    system: {
      get: (id) => {
        asked.push(id);
        const found = served.get(id);
        return Promise.resolve(found === undefined ? fail('not-found', 'Gone.') : ok(found));
      },
    },
    hostSettings: () => Promise.resolve(ok<HostSettings>({ known: true })),
    closedLoans: () => Promise.resolve(ok([])),
    systemName: 'WMS',
    holdShelfDays: () => 7,
    record: (scanId, body) =>
      Promise.resolve(ok(journal.append(record(body, { scanId, at: NOW.toISOString() })).record)),
    say: () => Promise.resolve(ok({ at: NOW.toISOString(), staff: 'Ana', desk: 'Main desk' })),
    confirmHold: () => Promise.resolve(ok(undefined)),
    present: () => Promise.resolve(),
    onChanged: (list) => told.push(list),
    onFault: (error) => {
      throw error;
    },
    now: () => NOW,
    gapMs: 0,
    ...more,
  };
  const agreement = new Agreement(options);
  const look = async (whole = true): Promise<AgreementList> => {
    agreement.look(whole);
    while (agreement.list.looking) await new Promise((resolve) => setImmediate(resolve));
    return agreement.list;
  };
  return { agreement, journal, options, asked, told, look };
}

function stepAt(state: StepState, at: string, requestId: string) {
  const scanned = scan({ barcode: requestId });
  const body = stepBody(state, { stepId: randomUUID(), requestId, evidence: { state: 'REQ_SHIPPED', seenAt: at } });
  return [scanned, record(body, { ...CONTEXT, id: randomUUID(), scanId: scanned.scanId, at })];
}

describe('the agreement list', () => {
  it('has the newest trouble first, and reads what has not changed only when asked to', async () => {
    const at = await bench([troubled('a', '2026-11-22T09:00:00.000Z'), troubled('b', '2026-11-23T09:00:00.000Z')]);
    const found = await at.look();
    expect(found.items.map(({ label }) => label)).toEqual(['RVR-b', 'RVR-a']);
    expect(found).toMatchObject({ open: 2, looked: 2, notes: [], lookedAt: NOW.toISOString() });
    expect((await at.look(false)).looked).toBe(0);
    expect((await at.look(true)).looked).toBe(2);
  });

  it('what a person confirmed is said with name and time, and still known after a restart', async () => {
    const at = await bench([troubled('a', '2026-11-22T09:00:00.000Z')]);
    const [item] = (await at.look()).items;
    const answer = await at.agreement.confirm(item?.key ?? '');
    expect(answer).toMatchObject({ ok: true, value: { open: 0 } });
    const restarted = new Agreement(at.options);
    restarted.look(true);
    while (restarted.list.looking) await new Promise((resolve) => setImmediate(resolve));
    expect(restarted.list).toMatchObject({
      open: 0,
      items: [{ confirmed: { by: 'msmith', desk: 'Main desk', at: NOW.toISOString() } }],
    });
    expect(at.journal.counts().records).toBe(1);
    await restarted.confirm(item?.key ?? '');
    expect(at.journal.counts().records).toBe(1);
    expect(await restarted.confirm('no such item')).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('a confirmation that cannot be written is no confirmation', async () => {
    const at = await bench([troubled('a', '2026-11-22T09:00:00.000Z')], {
      record: () => Promise.resolve(fail('journal-closed', 'The disk is full.')),
    });
    const [item] = (await at.look()).items;
    expect((await at.agreement.confirm(item?.key ?? '')).ok).toBe(false);
    expect(at.agreement.list.open).toBe(1);
  });

  it('says when not everything could be looked at, and keeps what it knew', async () => {
    let down = false;
    const one = troubled('a', '2026-11-22T09:00:00.000Z');
    const at = await bench([one], {
      system: { get: () => Promise.resolve(down ? fail('not-sent', 'ReShare was not reached.') : ok(one)) },
    });
    await at.look();
    down = true;
    const found = await at.look();
    expect(found.notes).toEqual(['Not everything could be looked at. ReShare was not reached.']);
    expect(found.open).toBe(1);
  });

  it('says when the settings may not be read', async () => {
    const at = await bench([], { hostSettings: () => Promise.resolve(ok<HostSettings>({ known: false })) });
    expect((await at.look()).notes.join()).toContain('rs.settings.getsection.hostlmsintegration');
  });

  it('lists steps that did not end well, but not those done since, nor those Carrel is still looking after', async () => {
    const early = '2026-11-23T10:00:00.000Z';
    const done = request('REQ_CHECKED_IN', { id: 'done-since' });
    const at = await bench([done, request('REQ_SHIPPED', { id: 'open' })]);
    at.journal.appendMany([
      ...stepAt('refused', early, 'open'),
      ...stepAt('unknown', early, 'done-since'),
      ...stepAt('unknown', '2026-11-23T13:59:30.000Z', 'young'),
      ...stepAt('needs-person', early, 'gone'),
      ...stepAt('done', early, 'fine'),
    ]);
    const found = await at.look();
    expect(found.items.map(({ kind, label }) => [kind, label]).sort()).toEqual([
      ['step-needs-person', 'gone'],
      ['step-refused', 'open'],
    ]);
  });
});

describe('a step that holds back what follows', () => {
  const AT = '2026-11-23T10:00:00.000Z';
  const held = { held: true, sentence: 'ReShare did not answer.' } as const;

  async function listed(requests: readonly RequestView[], ...steps: readonly Partial<StepBody>[]) {
    const said: string[] = [];
    const at = await bench(requests, {
      say: (stepId, happened) => {
        said.push(`${stepId} ${String(happened)}`);
        return Promise.resolve(ok({ at: NOW.toISOString(), staff: 'Ana', desk: 'Main desk' }));
      },
    });
    for (const [index, more] of steps.entries()) {
      const scanned = scan({ barcode: `LABEL-${String(index)}` });
      const body = stepBody('needs-person', { stepId: `step-${String(index)}`, ...held, ...more });
      at.journal.append(scanned);
      at.journal.append(record(body, { scanId: scanned.scanId, at: AT }));
    }
    return { ...at, said, found: await at.look() };
  }

  it('asks whether it happened, and is settled by that word only', async () => {
    const { agreement, found, said, look } = await listed([request('REQ_SHIPPED', { id: 'r' })], { requestId: 'r' });
    expect(found.items).toMatchObject([{ kind: 'step-needs-person', action: 'say', mender: 'desk' }]);
    const key = found.items[0]!.key;
    expect(await agreement.confirm(key)).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(agreement.list.open).toBe(1);
    const answer = await agreement.say(key, true);
    expect(answer).toMatchObject({ ok: true, value: { open: 0, items: [{ confirmed: { by: 'Ana' } }] } });
    expect(said).toEqual(['step-0 true']);
    await agreement.say(key, false);
    expect(said).toHaveLength(1);
    // A look that was under way meanwhile still read the step as open.
    expect(await look()).toMatchObject({ open: 0, items: [{ confirmed: { by: 'Ana' } }] });
    expect(await agreement.say('no such item', true)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('asks also where the request has other trouble, which does not answer it', async () => {
    const { found } = await listed([troubled('t', AT)], { requestId: 't', action: 'shippedReturn' });
    expect(found.items.map(({ action }) => action).sort()).toEqual(['confirm', 'say']);
  });

  it('asks of a check-in, and not of a hold, which holds back nothing', async () => {
    const own = { system: 'wms', params: { barcode: '1' } };
    const { found } = await listed(
      [],
      { ...own, action: 'CheckInItem', requestId: 'item:1' },
      { ...own, action: 'RequestItem', requestId: 'item:2' },
    );
    expect(found.items.map(({ label, action }) => [label, action]).sort()).toEqual([
      ['LABEL-0', 'say'],
      ['LABEL-1', 'confirm'],
    ]);
  });

  it('a hold without an answer is listed however old it is, and confirming it settles its step', async () => {
    const settled: string[] = [];
    const at = await bench([], {
      confirmHold: (scanId, stepId) => {
        settled.push(`${scanId} ${stepId}`);
        return Promise.resolve(ok(undefined));
      },
    });
    const old = '2026-07-01T09:00:00.000Z';
    const scanned = scan({ barcode: '34101009014610' }, { at: old });
    const held = { system: 'wms', requestId: 'item:1', params: { card: '•••• 1234' } };
    const body = stepBody('needs-person', { stepId: 'hold-1', action: 'RequestItem', ...held });
    at.journal.append(scanned);
    at.journal.append(record(body, { scanId: scanned.scanId, at: old }));
    // Of that age, what only ended with a question is off the list.
    const other = scan({ barcode: '34101009014628' }, { at: old });
    at.journal.append(other);
    const question = stepBody('needs-person', { stepId: 'old-1', requestId: 'r-old' });
    at.journal.append(record(question, { scanId: other.scanId, at: old }));
    const { items } = await at.look();
    expect(items.map(({ label, action }) => [label, action])).toEqual([['34101009014610', 'confirm']]);
    await at.agreement.confirm(items[0]?.key ?? '');
    expect(settled).toEqual([`${scanned.scanId} hold-1`]);
    expect(at.agreement.list).toMatchObject({ open: 0, items: [{ confirmed: { by: CONTEXT.staff } }] });
  });

  it('a word that cannot be written settles nothing', async () => {
    const at = await bench([], { say: () => Promise.resolve(fail('journal-closed', 'The disk is full.')) });
    const scanned = scan({ barcode: 'LABEL' });
    at.journal.append(scanned);
    at.journal.append(record(stepBody('needs-person', held), { scanId: scanned.scanId, at: AT }));
    const [item] = (await at.look()).items;
    expect((await at.agreement.say(item?.key ?? '', true)).ok).toBe(false);
    expect(at.agreement.list.open).toBe(1);
  });
});

describe('what is to be tidied up', () => {
  const days = (count: number): string => new Date(NOW.getTime() - count * 24 * 60 * 60_000).toISOString();
  const closed = request('REQ_REQUEST_COMPLETE', { id: 'c', more: { hrid: 'RVR-C', lastUpdated: days(2) } });
  const received = [{ no: 1, at: days(6), from: 'REQ_SHIPPED', to: 'REQ_CHECKED_IN', message: '' }];
  const held = (id: string): RequestView =>
    request('REQ_CHECKED_IN', { id, more: { hrid: `RVR-${id}`, lastUpdated: days(6), audit: received } });

  it('stands beside the disagreements, newest first, without what was lent here', async () => {
    const { look, journal } = await bench([closed, held('H'), held('L')]);
    const card = scan({ barcode: 'RVR-L' });
    const lent = stepBody('done', { system: 'wms', action: 'CheckOutItem', params: { barcode: 'rvr-l' } });
    journal.append(card);
    journal.append(record(lent, { scanId: card.scanId, at: NOW.toISOString() }));
    const found = await look();
    expect(found).toMatchObject({ items: [], open: 0, toTidy: 2 });
    expect(found.tidy.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'delete-temporary-item RVR-C',
      'hold-expiring RVR-H',
    ]);
  });

  it('asks ReShare once for what was closed before the cache was filled, and says when it could not', async () => {
    const asked: string[] = [];
    const at = await bench([], {
      closedLoans: (since) => {
        asked.push(since);
        return Promise.resolve(asked.length === 1 ? fail('not-sent', 'ReShare does not answer.') : ok([closed]));
      },
    });
    expect(await at.look(false)).toMatchObject({
      tidy: [],
      notes: ['Closed loans could not be listed. ReShare does not answer.'],
    });
    expect((await at.look(false)).tidy.map(({ label }) => label)).toEqual(['RVR-C']);
    await at.look(false);
    expect(asked).toEqual([days(30), days(30)]);
  });

  it('a confirmation with a name outlives a restart, and is gone from sight after a day', async () => {
    const { agreement, options, look } = await bench([closed]);
    const [item] = (await look()).tidy;
    expect(await agreement.confirm(item?.key ?? '')).toMatchObject({ ok: true, value: { toTidy: 0 } });
    const again = new Agreement(options);
    again.look(true);
    while (again.list.looking) await new Promise((resolve) => setImmediate(resolve));
    expect(again.list).toMatchObject({ toTidy: 0, tidy: [{ confirmed: { by: CONTEXT.staff, desk: CONTEXT.desk } }] });
    const later = new Agreement({ ...options, now: () => new Date(NOW.getTime() + 25 * 60 * 60_000) });
    later.look(true);
    while (later.list.looking) await new Promise((resolve) => setImmediate(resolve));
    expect(later.list.tidy).toEqual([]);
  });
});
