import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fail, ok } from '../../src-main/contract/result.ts';
import { instance, office } from './placing-office.ts';
import { codeOf, value } from './systems-desk.ts';

/** A request placed, once, through either front door, with everything that can go wrong on the way. */
const ID = '6a1b7c4e-0d4e-4aaa-b10b-cd605d57a473';

describe.each(['resolver', 'mod-rs'] as const)('through the door %s', (door) => {
  test('it is written down, looked for, sent once and confirmed with its UUID; its number comes later', async () => {
    const at = await office({ door });
    const { flow, send } = at.run();
    const placed = value(await send({}, ID));
    expect(placed).toMatchObject({ id: ID, step: 'done', title: expect.stringContaining('Tide tables') });
    expect(placed.request).toMatch(/^[0-9a-f-]{36}$/);
    // The resolver keeps the id that was chosen; mod-rs gives one of its own.
    expect(placed.request === ID).toBe(door === 'resolver');
    expect(at.written(ID).slice(0, 3)).toEqual(['recorded', 'sending', 'done']);
    await flow.idle();
    await expect.poll(() => flow.list[0]?.number).toMatch(/^RVR-\d+$/);
    expect(at.created()).toBe(1);
    const view = value(await at.reshare.get(placed.request!));
    expect(view.otherIdentifiers).toEqual([expect.stringMatching(/^CARREL-[0-9A-F]{20}$/)]);
    expect(at.faults).toEqual([]);
  });

  test('what it carries: the record’s UUID, the patron, the pickup location’s slug, the note', async () => {
    const at = await office({ door });
    const placed = value(await at.run('never').send({ neededBy: '2026-12-24' }, ID));
    const request = at.consortium.controls.world.tenants.get('riverside')!.requests.get(placed.request!)!;
    expect(request.bib.systemInstanceIdentifier).toBe(instance('duplicate-2'));
    expect(request.patronIdentifier).toBe(at.order.patron);
    expect(request.pickupLocationSlug).toBe('riverside-main-desk');
    expect(request.patronNote).toContain('For a reading group');
    // mod-rs's own door takes no date: it goes into the note.
    expect(door === 'resolver' ? request.neededBy : request.patronNote).toContain('2026-12-24');
  });

  test('an answer lost after it was created: a look finds it, and it is not sent again', async () => {
    const at = await office({ door });
    const where = door === 'resolver' ? 'resolver' : /patronrequests\/openURL/;
    at.consortium.faults.add({ where, kind: 'drop-after', times: 1 });
    const placed = value(await at.run('never').send({}, ID));
    expect(placed.step).toBe('done');
    expect(placed.sentences.join(' ')).toContain('a look shows that ReShare has the request');
    expect(at.created()).toBe(1);
  });

  test('an answer lost before it was created: a person is asked, one more look, and then it is sent again', async () => {
    const at = await office({ door });
    const where = door === 'resolver' ? 'resolver' : /patronrequests\/openURL/;
    at.consortium.faults.add({ where, kind: 'drop-before', times: 1 });
    const { flow, send } = at.run();
    expect(value(await send({}, ID)).step).toBe('unknown');
    await expect.poll(() => flow.list[0]?.step).toBe('needs-person');
    expect(flow.list[0]?.sentences.join(' ')).toMatch(/most likely not created.*looks once more before it sends/);
    expect(at.created()).toBe(0);
    expect(value(await flow.again(ID)).step).toBe('done');
    expect(at.created()).toBe(1);
    // Tried again by mistake: nothing more happens.
    expect(value(await flow.again(ID)).step).toBe('done');
    expect(at.created()).toBe(1);
  });

  test('a server error after it was created is no refusal: a look tells', async () => {
    const at = await office({ door });
    const where = door === 'resolver' ? 'resolver' : /patronrequests\/openURL/;
    at.consortium.faults.add({ where, kind: 'status-500-after', times: 1 });
    expect(value(await at.run('never').send({}, ID)).step).toBe('done');
    expect(at.created()).toBe(1);
  });

  test('a slug the directory does not know is said, and nothing is sent', async () => {
    const at = await office({ door });
    const refused = await at.run().send({ pickup: 'the-moon' }, ID);
    expect(refused.ok ? '' : refused.error.sentence).toBe(
      'No pickup location of the library has the slug “the-moon”. Choose one of the list; nothing was sent.',
    );
    expect([at.created(), at.written(ID)]).toEqual([0, []]);
  });
});

describe('what comes instead of an answer', () => {
  test('a web page from the resolver is a refusal in words, and a look shows that nothing was placed', async () => {
    const at = await office();
    at.consortium.faults.add({ where: 'resolver', kind: 'html-200', times: 1 });
    const { flow, send } = at.run();
    const placed = value(await send({}, ID));
    expect([placed.step, placed.again, at.created()]).toEqual(['refused', true, 0]);
    expect(placed.sentences.join(' ')).toMatch(/web form instead of placing the request/);
    expect(value(await flow.again(ID)).step).toBe('done');
    expect(at.created()).toBe(1);
  });

  test.each(['truncated-json', 'wrong-types', 'empty'] as const)(
    '“%s” after it was created: found by a look',
    async (kind) => {
      const at = await office();
      at.consortium.faults.add({ where: 'resolver', kind, times: 1 });
      expect(value(await at.run('never').send({}, ID)).step).toBe('done');
      expect(at.created()).toBe(1);
    },
  );

  test('a resolver that does not know the library', async () => {
    const at = await office();
    const tenant = at.consortium.controls.world.tenants.get('riverside')!;
    Object.assign(tenant, { symbol: 'RESHARE:ELSEWHERE' });
    const placed = value(await at.run().send({}, ID));
    expect([placed.step, at.created()]).toEqual(['refused', 0]);
    expect(placed.sentences.join(' ')).toMatch(/knows no library “RESHARE:RVR”/);
  });

  test('ReShare cannot be asked whether it is there already: it is not sent', async () => {
    const at = await office();
    const { flow, send } = at.run();
    at.consortium.faults.add({ where: /^GET \/rs\/patronrequests/, kind: 'status-500' });
    const placed = value(await send({}, ID));
    expect([placed.step, at.created()]).toEqual(['not-sent', 0]);
    at.consortium.faults.clear();
    expect(value(await flow.again(ID)).step).toBe('done');
  });

  test('a request that never gets a number: said after 90 seconds, and not to be placed again', async () => {
    const at = await office({ consortium: { numberMs: 3_600_000 } });
    const { flow, send } = at.run();
    value(await send({}, ID));
    await expect
      .poll(() => flow.list[0]?.sentences.join(' '))
      .toMatch(/has given it no number yet. Do not place it again/);
    expect([flow.list[0]?.again, at.created()]).toEqual([false, 1]);
    expect(value(await flow.again(ID)).request).toBe(ID);
    expect(at.created()).toBe(1);
  });
});

describe('before it is sent', () => {
  test('an inventory that answers only in part: not known is not eligible, and nothing is sent', async () => {
    const at = await office();
    at.consortium.controls.inventoryTroubles.arm('holdings', 1);
    const refused = await at.run().send({}, ID);
    expect(refused.ok ? '' : refused.error.sentence).toMatch(/did not say who holds this.*Nothing was sent/s);
    expect([at.created(), at.written(ID)]).toEqual([0, []]);
  });

  test('a record that nobody lends is not asked for', async () => {
    const at = await office();
    const refused = await at.run().send({ instance: instance('lends-nowhere') }, ID);
    expect(refused.ok ? '' : refused.error.sentence).toMatch(/No holding says exactly “Will lend”.*Nothing was sent/s);
    expect(at.created()).toBe(0);
  });

  test('the patron is looked up in the circulation system first, and in ReShare where that is not possible', async () => {
    const asked: string[] = [];
    const blocked = await office({
      lookUpPatron: (card) => {
        asked.push(card);
        return Promise.resolve(ok({ blocked: true }));
      },
    });
    const stopped = await blocked.run().send({}, ID);
    expect(stopped.ok ? '' : stopped.error.sentence).toBe(
      'The circulation system has blocked this patron. Nothing was sent.',
    );
    expect([asked, blocked.created()]).toEqual([[blocked.order.patron], 0]);

    const nobody = await office({ lookUpPatron: () => Promise.resolve(ok(undefined)) });
    expect(codeOf(await nobody.run().send({}, ID))).toBe('refused');

    const silent = await office({ lookUpPatron: () => Promise.resolve(fail('not-sent', 'No answer.')) });
    expect((await silent.systems.checkPatron(silent.order.patron)).sentence).toBe(
      'ReShare takes requests for this patron.',
    );
  });

  test('where nobody can say anything of the patron, it is said, and ReShare decides when it arrives', async () => {
    const at = await office();
    at.consortium.faults.add({ where: /canCreateRequest/, kind: 'status-500' });
    const checked = await at.systems.checkPatron('anything at all');
    expect(checked.standing).toBe('not-asked');
    expect(checked.sentence).toMatch(/could not be checked beforehand; ReShare checks when the request arrives/);
    const placed = value(await at.run('never').send({ patron: 'anything at all' }, ID));
    expect([placed.step, at.created()]).toEqual(['done', 1]);
  });

  test('pickup locations come from the directory; one that lost its slug cannot be chosen and says why', async () => {
    const at = await office();
    const before = value(await at.systems.directory.pickups());
    expect(before.filter(({ slug }) => slug !== undefined).length).toBeGreaterThan(1);
    const tenant = at.consortium.controls.world.tenants.get('riverside')!;
    tenant.directory = tenant.directory.map((entry) =>
      entry.slug === 'riverside-main-desk' ? { ...entry, slug: '' } : entry,
    );
    const after = value(await at.systems.directory.pickups());
    expect(after.find(({ slug }) => slug === undefined)?.trouble).toMatch(/has no slug/);
    expect(codeOf(await at.run().send({}, ID))).toBe('bad-input');
    expect(at.created()).toBe(0);
  });
});

describe('once', () => {
  test('the same id twice at the same moment is one request', async () => {
    const at = await office();
    const { send } = at.run('never');
    const both = await Promise.all([send({}, ID), send({}, ID)]);
    expect(both.filter(({ ok: placed }) => placed).length).toBeGreaterThan(0);
    expect(at.created()).toBe(1);
    value(await send({}, ID));
    expect(at.created()).toBe(1);
  });

  test('Carrel ended while it was being sent: the next run looks and does not send', async () => {
    const at = await office();
    // The run dies with `sending` on disk: what comes back is never written.
    void at.run('never', 'sending').send({}, ID);
    await expect.poll(() => at.created()).toBe(1);
    expect(at.written(ID)).toEqual(['recorded', 'sending']);
    const second = at.run();
    await second.flow.recover();
    await expect.poll(() => second.flow.list[0]?.step).toBe('done');
    expect(second.flow.list[0]?.request).toBe(ID);
    expect(at.created()).toBe(1);
  });

  test('the journal names no patron in the clear, and what is shown only the last four characters', async () => {
    const at = await office();
    const placed = value(await at.run('never').send({}, ID));
    expect(placed.patron).toBe(`•••• ${at.order.patron.slice(-4)}`);
    const kept = JSON.stringify([at.journal.recordsOf(ID), at.heard]);
    expect(kept).not.toContain(at.order.patron);
    expect(kept).not.toContain('For a reading group');
  });

  test('each placing has an id and an identifier of its own', async () => {
    const at = await office();
    const { send } = at.run('never');
    const two = [
      value(await send({}, randomUUID())),
      value(await send({ instance: instance('ten-digits-only') }, randomUUID())),
    ];
    expect(new Set(two.map(({ request }) => request)).size).toBe(2);
    expect(at.created()).toBe(2);
  });
});

describe('in the stead of one that came to nothing', () => {
  const NEW = 'c0a8012e-1111-4aaa-9b10-cd605d57a474';

  /** One that the resolver answered with a web page. */
  async function turnedAway() {
    const at = await office();
    at.consortium.faults.add({ where: 'resolver', kind: 'html-200', times: 1 });
    const run = at.run('never');
    const placed = value(await run.send({}, ID));
    expect([placed.step, placed.anew?.pickup]).toEqual(['refused', 'riverside-main-desk']);
    const other = value(await at.systems.directory.pickups()).find(
      ({ slug }) => slug !== undefined && slug !== 'riverside-main-desk',
    )!;
    return { ...at, ...run, other: other.slug! };
  }

  test('refused, then placed with another pickup location: one request, and the first cannot go any more', async () => {
    const { flow, send, created, other, consortium } = await turnedAway();
    const placed = value(await send({ pickup: other, insteadOf: ID }, NEW));
    expect([placed.step, created()]).toEqual(['done', 1]);
    const request = consortium.controls.world.tenants.get('riverside')!.requests.get(placed.request!)!;
    expect(request.pickupLocationSlug).toBe(other);
    const first = flow.list.find(({ id }) => id === ID);
    expect(first).toMatchObject({ step: 'not-done', again: false });
    expect([first?.anew, first?.sentences]).toEqual([
      undefined,
      ['It was not in ReShare and was given up for another one with changes.'],
    ]);
    value(await flow.again(ID));
    expect(created()).toBe(1);
  });

  test('what is in ReShare after all is not placed a second time', async () => {
    const { flow, send, created, other: slug, run } = await turnedAway();
    // Tried again meanwhile in another window, under the same id.
    const other = run('never');
    await other.flow.recover();
    value(await other.flow.again(ID));
    expect(created()).toBe(1);
    const refused = await send({ pickup: slug, insteadOf: ID }, NEW);
    expect(refused.ok ? '' : refused.error.sentence).toMatch(/ReShare has this request after all. Nothing was sent/);
    expect([created(), flow.list.find(({ id }) => id === ID)?.step]).toEqual([1, 'confirmed']);
  });

  test('while ReShare cannot be asked nothing is given up and nothing is sent', async () => {
    const { flow, send, created, other, consortium } = await turnedAway();
    consortium.faults.add({ where: /^GET \/rs\/patronrequests/, kind: 'status-500' });
    expect(codeOf(await send({ pickup: other, insteadOf: ID }, NEW))).toBe('not-sent');
    expect([created(), flow.list[0]?.step, flow.list[0]?.again]).toEqual([0, 'refused', true]);
  });

  test('over the limit: said, over, and placed anew when one may', async () => {
    const at = await office({ lookUpPatron: () => Promise.resolve(ok({})) });
    const { flow, send } = at.run('never');
    const { settings } = at.consortium.controls.world.tenants.get('riverside')!;
    const limit = settings.find(({ key }) => key === 'max_requests')!;
    limit.value = '0';
    value(await send({}, ID));
    at.consortium.clock.advance(10_000);
    await flow.learn(async (id) => {
      const got = await at.reshare.get(id);
      return got.ok ? got.value : undefined;
    });
    expect(flow.list[0]).toMatchObject({ state: { code: 'REQ_OVER_LIMIT' }, again: false });
    expect(flow.list[0]?.sentences.join(' ')).toMatch(/as many open requests as the library allows.*placed anew/);
    expect(flow.list[0]?.anew).toMatchObject({ pickup: 'riverside-main-desk' });
    limit.value = '100';
    const second = value(await send({ insteadOf: ID }, NEW));
    expect([second.step, at.created()]).toEqual(['done', 2]);
  });

  test('one that goes its way is not replaced', async () => {
    const at = await office();
    const { send } = at.run('never');
    value(await send({}, ID));
    expect(codeOf(await send({ insteadOf: ID }, NEW))).toBe('refused');
    expect(at.created()).toBe(1);
  });
});
