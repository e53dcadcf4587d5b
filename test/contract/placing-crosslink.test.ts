import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { crosslinkNumber } from '../../src-main/systems/openurl/place-crosslink.ts';
import { instance, office } from './placing-office.ts';
import { value } from './systems-desk.ts';

/** A request placed into CrossLink, once, under an id chosen beforehand, with everything that can go wrong on the way. */
const ID = '6a1b7c4e-0d4e-4aaa-b10b-cd605d57a473';
const NUMBER = crosslinkNumber(ID);
const CREATE = /^POST \/broker\/patron_requests$/;

async function crosslink() {
  const at = await office({ door: 'crosslink' });
  const { broker } = at.consortium.controls;
  if (broker === undefined) throw new Error('this consortium has no CrossLink');
  return { ...at, broker };
}

test('it is written down, looked for, sent once, and has its number at once', async () => {
  const at = await crosslink();
  const { flow, send } = at.run();
  const placed = value(await send({}, ID));
  expect(placed).toMatchObject({ id: ID, step: 'done', request: NUMBER });
  expect(at.written(ID).slice(0, 3)).toEqual(['recorded', 'sending', 'done']);
  await flow.idle();
  await expect.poll(() => flow.list[0]?.number).toBe(NUMBER);
  expect(flow.list[0]?.state?.code).toBe('REQ_REQUEST_SENT_TO_SUPPLIER');
  expect(at.created()).toBe(1);
  expect(at.faults).toEqual([]);
});

test('what it carries: record, title, patron, pickup location, day and note, where ISO 18626 has them', async () => {
  const at = await crosslink();
  value(await at.run('never').send({ neededBy: '2026-12-24' }, ID));
  const request = at.broker.find(NUMBER);
  expect(request.patron).toBe(at.order.patron);
  expect(request.asked).toMatchObject({
    bibliographicInfo: {
      supplierUniqueRecordId: instance('duplicate-2'),
      title: expect.stringContaining('Tide tables'),
    },
    serviceInfo: { serviceType: 'Loan', needBeforeDate: '2026-12-24T23:59:59Z', note: 'For a reading group' },
    requestedDeliveryInfo: [{ address: { physicalAddress: { line1: 'riverside-main-desk' } } }],
  });
  expect(at.systems.door).toMatchObject({ ok: true, value: { kind: 'crosslink', pickupHint: expect.any(String) } });
});

test.each(['drop-after', 'half-close', 'status-500-after', 'truncated-json', 'wrong-types', 'empty'] as const)(
  'an answer lost or spoilt after it was created (%s): a look finds it, and it is not sent again',
  async (kind) => {
    const at = await crosslink();
    at.consortium.faults.add({ where: CREATE, kind, times: 1 });
    const { flow, send } = at.run('never');
    expect(value(await send({}, ID))).toMatchObject({ step: 'done', number: NUMBER });
    expect(value(await flow.again(ID)).step).toBe('done');
    expect(at.created()).toBe(1);
  },
);

test('an answer lost before it was created: a person is asked, one more look, and then it is sent again', async () => {
  const at = await crosslink();
  at.consortium.faults.add({ where: CREATE, kind: 'status-500', times: 1 });
  const { flow, send } = at.run();
  expect(value(await send({}, ID)).step).toBe('unknown');
  await expect.poll(() => flow.list[0]?.step).toBe('needs-person');
  expect(at.created()).toBe(0);
  expect(value(await flow.again(ID))).toMatchObject({ step: 'done', request: NUMBER });
  expect(at.created()).toBe(1);
});

test('Carrel ended while it was being sent: the next run looks by the same id and does not send', async () => {
  const at = await crosslink();
  at.run('never', 'sending')
    .send({}, ID)
    .catch((error: unknown) => at.faults.push(error));
  await expect.poll(at.created).toBe(1);
  const next = at.run();
  await next.flow.recover();
  await expect.poll(() => next.flow.list[0]?.step).toBe('done');
  expect(next.flow.list[0]).toMatchObject({ request: NUMBER });
  expect(at.created()).toBe(1);
});

test('an account that may not create is told which permission is missing; nothing is placed', async () => {
  const at = await crosslink();
  const account = at.consortium.controls.world.tenants.get('riverside')?.accounts[0];
  if (account === undefined) throw new Error('Riverside has an account');
  account.permissions = account.permissions.filter((one) => one !== 'broker.patron_requests.post');
  const placed = value(await at.run('never').send({}, ID));
  expect(placed.step).toBe('refused');
  expect(placed.sentences.join(' ')).toContain('broker.patron_requests.post');
  expect(at.created()).toBe(0);
});

test('the same id twice at the same moment is one request', async () => {
  const at = await crosslink();
  const { send } = at.run('never');
  await Promise.all([send({}, ID), send({}, ID)]);
  expect(at.created()).toBe(1);
});

test('the number says nothing of the patron, is short, and is another one for each id', () => {
  const numbers = Array.from({ length: 2_000 }, () => crosslinkNumber(randomUUID()));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.every((one) => /^CRL-[0-9A-HJKMNP-TV-Z]{12}$/.test(one))).toBe(true);
});
