import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Agreement, type AgreementOptions } from '../../src-main/assembly/agreement.ts';
import type { AgreementList, HostSettings } from '../../src-main/contract/agreement.ts';
import type { StepState } from '../../src-main/contract/journal.ts';
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
