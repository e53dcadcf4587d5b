import { describe, expect, test } from 'vitest';
import { testAlma } from '../../src-main/systems/alma/probe.ts';
import { almaDesk, got } from './alma-desk.ts';

/** The Alma client through real HTTP against the practice Alma: what each call brings, and each way it goes wrong. */

const NEXT_YEAR = `${String(new Date().getFullYear() + 1)}-02-12T22:59:00.000Z`;

describe('what is read', () => {
  test('an item by its barcode, over Alma’s redirect; nobody’s barcode is said so', async () => {
    const { alma, practice } = await almaDesk();
    const [first] = practice.access.things.loans;
    expect(got(await alma.item(first!.barcode))).toMatchObject({ barcode: first!.barcode, process: 'Loan' });
    const none = await alma.item('nothing');
    expect(none).toMatchObject({ ok: false, error: { code: 'not-found', mender: 'desk' } });
  });

  test('the loan of an item, a patron’s loans, and an item that is not on loan', async () => {
    const { alma, practice } = await almaDesk();
    const { loans, received } = practice.access.things;
    const loan = got(await alma.loanOf(loans[0]!.barcode));
    expect(loan).toMatchObject({ barcode: loans[0]!.barcode, user: loans[0]!.user });
    const own = got(await alma.loansOf(loans[0]!.user));
    expect(own.map(({ loanId }) => loanId)).toContain(loan?.loanId);
    expect(got(await alma.loanOf(received.barcode))).toBeUndefined();
  });

  test('a long list page by page', async () => {
    const { alma, practice } = await almaDesk();
    const [pattern] = practice.store.loans.values();
    for (let index = 0; index < 230; index += 1) {
      practice.store.loans.set(`x${String(index)}`, { ...pattern!, id: `x${String(index)}`, user: 'D0001238' });
    }
    const before = [...practice.store.loans.values()].filter(({ user }) => user === 'D0001238').length;
    expect(got(await alma.loansOf('D0001238'))).toHaveLength(before);
  });

  test('a request with its patron; another patron’s is refused, an unknown one is none', async () => {
    const { alma, practice } = await almaDesk();
    const [stale, other] = practice.access.things.stale;
    expect(got(await alma.borrowingRequest(stale!.user, stale!.requestId))).toMatchObject({
      requestId: stale!.requestId,
      partner: { code: 'WSILL' },
      status: { label: 'Request sent to partner' },
    });
    expect(got(await alma.borrowingRequest(stale!.user, '430000000000000'))).toBeUndefined();
    expect(await alma.borrowingRequest(other!.user, stale!.requestId)).toMatchObject({
      ok: false,
      error: { code: 'refused', mender: 'ill-office' },
    });
    const own = got(await alma.requestsOf(stale!.user));
    expect(own.map(({ requestId }) => requestId)).toContain(stale!.requestId);
  });

  test('the patron behind it: first name and initial', async () => {
    const { alma } = await almaDesk();
    expect(got(await alma.requester('D0001234'))).toEqual({ user: 'D0001234', name: 'Sam O.' });
    expect(got(await alma.requester('nobody'))).toBeUndefined();
  });

  test('partners, codes, libraries, desks, lending work and slips', async () => {
    const { alma, practice } = await almaDesk();
    expect(got(await alma.partners()).find(({ systemType }) => systemType === 'WorldShare ILL')?.code).toBe('WSILL');
    expect(got(await alma.cancellationReasons()).map(({ code }) => code)).not.toContain('OldReason');
    expect(got(await alma.codeTable('MandatoryBorrowingWorkflowSteps'))).toHaveLength(6);
    expect(got(await alma.libraries()).map(({ code }) => code)).toEqual(['LAW', 'RSLIB']);
    expect(got(await alma.desks('RSLIB'))).toEqual([{ code: 'ILLDESK', label: 'ILL Desk' }]);
    expect(got(await alma.lendingTasks())).toHaveLength(4);
    expect(got(await alma.lendingTasks('SHIPPED_PHYSICALLY'))).toHaveLength(1);
    expect(got(await alma.lendingTasks('LOCATE_FAILED'))).toEqual([]);
    const [slip, ...rest] = got(await alma.printouts());
    expect(slip?.html).toContain('<h1>');
    expect(await alma.markPrinted(slip!.id)).toMatchObject({ outcome: 'done' });
    expect(got(await alma.printouts())).toEqual(rest);
    expect(practice.effects).toMatchObject([{ action: 'mark-printed' }]);
  });
});

describe('a due date', () => {
  test('is changed once, with the whole loan sent back, and read again', async () => {
    const { alma, practice, lines } = await almaDesk();
    const [first] = practice.access.things.loans;
    const loan = got(await alma.loanOf(first!.barcode))!;
    const done = await alma.setDueDate(loan, NEXT_YEAR);
    expect(done).toMatchObject({ outcome: 'done', value: { due: NEXT_YEAR } });
    expect(practice.effects).toMatchObject([{ action: 'due-date', items: [first!.barcode], to: NEXT_YEAR }]);
    expect(lines.map(({ method }) => method).slice(-3)).toEqual(['GET', 'PUT', 'GET']);
  });

  test('that stands already is not sent', async () => {
    const { alma, practice } = await almaDesk();
    const loan = got(await alma.loanOf(practice.access.things.loans[0]!.barcode))!;
    expect(await alma.setDueDate(loan, loan.due!)).toMatchObject({ outcome: 'done' });
    expect(practice.effects).toEqual([]);
  });

  test('in the past, or of a loan that is over, is refused and not sent', async () => {
    const { alma, practice } = await almaDesk();
    const loan = got(await alma.loanOf(practice.access.things.loans[0]!.barcode))!;
    expect(await alma.setDueDate(loan, '2020-01-01T00:00:00Z')).toMatchObject({ outcome: 'refused' });
    practice.store.loans.clear();
    expect(await alma.setDueDate(loan, NEXT_YEAR)).toMatchObject({ outcome: 'refused' });
    expect(practice.effects).toEqual([]);
  });

  test.each(['drop-after', 'half-close', 'html-500-after', 'truncated', 'html-200'] as const)(
    'whose answer is lost (%s) is settled by looking, and never sent again',
    async (kind) => {
      const { alma, practice, lines } = await almaDesk();
      const loan = got(await alma.loanOf(practice.access.things.loans[0]!.barcode))!;
      practice.faults.add({ where: /^PUT /, kind, times: 1 });
      const end = await alma.setDueDate(loan, NEXT_YEAR);
      // A sign-in page in Alma's place: nothing happened, and nobody can tell from the answer.
      expect(end.outcome).toBe(kind === 'html-200' ? 'unknown' : 'done');
      expect(lines.filter(({ method }) => method === 'PUT')).toHaveLength(1);
      expect(practice.effects).toHaveLength(kind === 'html-200' ? 0 : 1);
    },
  );

  test('whose answer and whose look are lost stays unknown', async () => {
    const { alma, practice } = await almaDesk();
    const loan = got(await alma.loanOf(practice.access.things.loans[0]!.barcode))!;
    practice.faults.add({ where: /^PUT /, kind: 'drop-after', times: 1 });
    practice.faults.add({ where: /^GET \/users\/[^/]+\/loans\//, kind: 'slow', ms: 0, times: 1 });
    practice.faults.add({ where: /^GET \/users\/[^/]+\/loans\//, kind: 'html-500' });
    expect(await alma.setDueDate(loan, NEXT_YEAR)).toMatchObject({
      outcome: 'unknown',
      error: { code: 'unknown-outcome', retry: 'unknown-outcome' },
    });
    expect(practice.effects).toHaveLength(1);
  });

  test('that Alma is too busy for was not changed, and is not sent again by itself', async () => {
    const { alma, practice, lines } = await almaDesk();
    const loan = got(await alma.loanOf(practice.access.things.loans[0]!.barcode))!;
    practice.faults.add({ where: /^PUT /, kind: 'per-second', times: 1 });
    expect(await alma.setDueDate(loan, NEXT_YEAR)).toMatchObject({ outcome: 'not-sent', error: { retry: 'now' } });
    expect(lines.filter(({ method }) => method === 'PUT')).toHaveLength(1);
    expect(practice.effects).toEqual([]);
  });

  test('of a connection that never came about was not sent', async () => {
    const { alma, practice } = await almaDesk();
    const loan = got(await alma.loanOf(practice.access.things.loans[0]!.barcode))!;
    await practice.reach(false);
    expect((await alma.setDueDate(loan, NEXT_YEAR)).outcome).toBe('not-sent');
  });
});

describe('cancelling quietly', () => {
  const ask = (one: { readonly user: string; readonly requestId: string }) => ({
    user: one.user,
    requestId: one.requestId,
    reason: 'HandledInWorldShare',
    note: 'Closed in WorldShare',
  });

  test('tells nobody and leaves the request in Alma as cancelled; a second time nothing is sent', async () => {
    const { alma, practice } = await almaDesk();
    const [stale] = practice.access.things.stale;
    expect(await alma.cancelQuietly(ask(stale!))).toMatchObject({ outcome: 'done' });
    expect(practice.effects).toMatchObject([{ action: 'cancel', requestId: stale!.requestId, told: false }]);
    expect(got(await alma.borrowingRequest(stale!.user, stale!.requestId))?.status.label).toBe('Canceled by staff');
    expect(await alma.cancelQuietly(ask(stale!))).toMatchObject({ outcome: 'done' });
    expect(practice.effects).toHaveLength(1);
  });

  test('leaves alone what was received or lent meanwhile', async () => {
    const { alma, practice } = await almaDesk();
    const { received, loans } = practice.access.things;
    for (const one of [received, loans[0]!]) {
      expect(await alma.cancelQuietly(ask(one))).toMatchObject({ outcome: 'refused', error: { mender: 'ill-office' } });
    }
    expect(practice.effects).toEqual([]);
  });

  test('with a reason the table does not have is refused, and the sentence says whose job it is', async () => {
    const { alma, practice } = await almaDesk();
    const [stale] = practice.access.things.stale;
    expect(await alma.cancelQuietly({ ...ask(stale!), reason: 'OldReason' })).toMatchObject({
      outcome: 'refused',
      error: { code: 'configuration', mender: 'library-administrator' },
    });
    expect(practice.effects).toEqual([]);
  });

  test.each(['drop-after', 'html-500-after'] as const)(
    'whose answer is lost (%s) is settled by looking',
    async (kind) => {
      const { alma, practice, lines } = await almaDesk();
      const [stale] = practice.access.things.stale;
      practice.faults.add({ where: /^DELETE /, kind, times: 1 });
      expect((await alma.cancelQuietly(ask(stale!))).outcome).toBe('done');
      expect(lines.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
      expect(practice.effects).toHaveLength(1);
    },
  );

  test.each(['drop-before', 'html-500'] as const)('that never happened (%s) stays unknown', async (kind) => {
    const { alma, practice } = await almaDesk();
    const [stale] = practice.access.things.stale;
    practice.faults.add({ where: /^DELETE /, kind, times: 1 });
    expect((await alma.cancelQuietly(ask(stale!))).outcome).toBe('unknown');
    expect(practice.effects).toEqual([]);
  });
});

describe('scanning in', () => {
  test('is not done before the library says that it tried', async () => {
    const unproven = await almaDesk();
    const { barcode } = unproven.practice.access.things.loans[0]!;
    expect(unproven.alma.modes.scanIn).toBe('api-unproven');
    expect(await unproven.alma.scanIn(barcode)).toMatchObject({ outcome: 'refused', error: { mender: 'desk' } });
    expect(unproven.practice.effects).toEqual([]);
    expect(unproven.lines).toEqual([]);
  });

  test('is done once when it is proved, and says where the item goes', async () => {
    const { alma, practice } = await almaDesk({}, { proved: ['scan-in'] });
    const { barcode } = practice.access.things.loans[0]!;
    expect(await alma.scanIn(barcode)).toMatchObject({
      outcome: 'done',
      value: { barcode, next: "Item's destination is: Resource Sharing Request." },
    });
    expect(practice.effects).toMatchObject([{ action: 'scan-in', items: [barcode] }]);
    expect(got(await alma.loanOf(barcode))).toBeUndefined();
  });

  test('whose answer is lost is unknown', async () => {
    const { alma, practice } = await almaDesk({}, { proved: ['scan-in'] });
    practice.faults.add({ where: /op=scan/, kind: 'drop-after', times: 1 });
    expect((await alma.scanIn(practice.access.things.loans[0]!.barcode)).outcome).toBe('unknown');
    expect(practice.effects).toHaveLength(1);
  });

  test('at a desk Alma does not know is an administrator’s job', async () => {
    const { alma } = await almaDesk({}, { proved: ['scan-in'], scanDesk: { library: 'RSLIB', desk: 'NONE' } });
    expect(await alma.scanIn('39999000012345')).toMatchObject({
      outcome: 'refused',
      error: { code: 'configuration', mender: 'library-administrator' },
    });
  });
});

describe('the limits', () => {
  test('over the calls of a second a look-up waits and tries again; a third refusal is not taken for “not there”', async () => {
    const { alma, practice, waits } = await almaDesk();
    practice.faults.add({ where: 'everything', kind: 'per-second', times: 2 });
    expect(got(await alma.requester('D0001234'))?.user).toBe('D0001234');
    expect(waits).toEqual(expect.arrayContaining([1_000, 2_000]));
    practice.faults.add({ where: 'everything', kind: 'per-second', times: 3 });
    expect(await alma.requester('D0001234')).toMatchObject({ ok: false, error: { code: 'not-sent', retry: 'now' } });
  });

  test('over the calls of the day look-ups stop asking, and a change is still tried: Alma has the last word', async () => {
    const clock = { now: Date.parse('2026-11-23T12:00:00Z') };
    const { alma, practice } = await almaDesk({ allowance: { perDay: 3 }, now: () => clock.now });
    expect((await alma.libraries()).ok).toBe(true);
    expect(alma.calls()).toMatchObject({ made: 1, remaining: { count: 2 }, state: 'low' });
    await alma.libraries();
    await alma.libraries();
    expect(await alma.libraries()).toMatchObject({ ok: false, error: { mender: 'library-administrator' } });
    expect(alma.calls().state).toBe('used-up');
    const before = practice.limits.made;
    expect((await alma.libraries()).ok).toBe(false);
    expect(practice.limits.made).toBe(before);
    expect((await alma.markPrinted('5')).outcome).toBe('not-sent');
    expect(practice.limits.made).toBe(before + 1);
  });
});

describe('what is no answer of Alma’s', () => {
  test.each(['html-500', 'html-200', 'truncated', 'empty', 'wrong-types', 'other-record'] as const)(
    '%s: the look-up fails with a sentence, and never says “not there”',
    async (kind) => {
      const { alma, practice } = await almaDesk();
      practice.faults.add({ where: 'everything', kind });
      const [stale] = practice.access.things.stale;
      const read = await alma.borrowingRequest(stale!.user, stale!.requestId);
      expect(read).toMatchObject({ ok: false, error: { code: 'unreadable-answer' } });
    },
  );

  test('an error in XML is read like one in JSON', async () => {
    const { alma, practice } = await almaDesk();
    practice.faults.add({ where: 'everything', kind: 'xml-error' });
    expect(await alma.libraries()).toMatchObject({ ok: false, error: { code: 'refused', mender: 'ill-office' } });
  });

  test('a redirect to another host is not followed: the key stays here', async () => {
    const { alma, practice } = await almaDesk();
    practice.faults.add({ where: /^GET \/items/, kind: 'redirect-away' });
    expect(await alma.item('39999000012345')).toMatchObject({
      ok: false,
      error: { code: 'configuration', mender: 'it' },
    });
    expect(practice.limits.made).toBe(0);
  });
});

test('no log line names a patron, an item or the key', async () => {
  const { alma, practice, lines } = await almaDesk();
  const [first] = practice.access.things.loans;
  const loan = got(await alma.loanOf(first!.barcode))!;
  await alma.setDueDate(loan, NEXT_YEAR);
  await alma.requester(first!.user);
  await alma.cancelQuietly({ user: first!.user, requestId: first!.requestId, reason: 'CannotBeFulfilled' });
  const logged = JSON.stringify(lines);
  for (const secret of [first!.barcode, first!.user, first!.requestId, loan.loanId, practice.access.keys.full]) {
    expect(logged).not.toContain(secret);
  }
  expect(lines.length).toBeGreaterThan(5);
});

describe('“Test Alma”', () => {
  const outcomes = (lines: Awaited<ReturnType<typeof testAlma>>) =>
    Object.fromEntries(lines.map(({ what, outcome }) => [what, outcome]));

  test('goes through the areas and the codes, and changes nothing', async () => {
    const { parts, practice } = await almaDesk();
    const lines = await testAlma(parts);
    expect(outcomes(lines)).toEqual({
      'API key': 'ok',
      'Users and requests': 'ok',
      Partners: 'ok',
      Configuration: 'ok',
      'Task lists': 'ok',
      Items: 'ok',
      'Resource sharing library': 'ok',
      'WorldShare partner': 'ok',
      'Reason for cancelling': 'ok',
      'Scan-in desk': 'ok',
      'Scan-in': 'skipped',
      'Calls left today': 'ok',
    });
    expect(practice.effects).toEqual([]);
  });

  test('a key that may only read: what Carrel cannot do without writing', async () => {
    const { parts } = await almaDesk({}, {}, 'readOnly');
    const lines = await testAlma(parts);
    expect(lines.filter(({ outcome }) => outcome === 'failed').map(({ what }) => what)).toEqual([
      'Users and requests',
      'Task lists',
    ]);
    expect(lines.find(({ what }) => what === 'Users and requests')?.sentence).toMatch(/not write.*cancel requests/);
  });

  test('a key of one area: each missing one has its line, and the codes that cannot be looked up have none', async () => {
    const { parts } = await almaDesk({}, {}, 'usersOnly');
    const lines = await testAlma(parts);
    expect(lines.filter(({ outcome }) => outcome === 'failed').map(({ what }) => what)).toEqual([
      'Partners',
      'Configuration',
      'Task lists',
      'Items',
    ]);
  });

  test('a key Alma does not know at all, and none', async () => {
    const { parts } = await almaDesk();
    const [line, ...rest] = await testAlma({ ...parts, key: () => Promise.resolve('mistyped') });
    expect(rest).toEqual([]);
    expect(line).toMatchObject({ what: 'API key', outcome: 'failed' });
    expect(await testAlma({ ...parts, key: () => Promise.resolve(undefined) })).toMatchObject([{ outcome: 'failed' }]);
  });

  test('codes Alma does not have: the line lists those it has', async () => {
    const { parts } = await almaDesk({}, { library: 'NOLIB', partner: 'NOBODY', cancelReason: 'OldReason' });
    const failed = (await testAlma(parts)).filter(({ outcome }) => outcome === 'failed');
    expect(failed.map(({ what }) => what)).toEqual([
      'Resource sharing library',
      'WorldShare partner',
      'Reason for cancelling',
    ]);
    expect(failed[1]?.sentence).toContain('WSILL (WorldShareILL)');
  });

  test('an Alma that is not there: one line', async () => {
    const { parts, practice } = await almaDesk();
    await practice.reach(false);
    expect(await testAlma(parts)).toMatchObject([{ what: 'Alma', outcome: 'failed', code: 'not-sent' }]);
  });
});
