import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PracticeRequest } from '../../src-main/training/modrs/request.ts';
import { requestOffice } from './request-office.ts';
import { value } from './systems-desk.ts';

/** Answers lost on the way to what makes a new request, sends one once more, or marks messages as read. */
const ACT = 'POST /rs/patronrequests/{id}/performAction';
type Office = Awaited<ReturnType<typeof requestOffice>>;

function loses(at: Office, kind: 'drop-after' | 'drop-before' | 'status-500-after'): void {
  at.consortium.faults.add({ where: 'performAction', kind, times: 1 });
}

/** How many requests the library has. */
function requests(at: Office): number {
  return at.consortium.counts()['riverside'] ?? 0;
}

/** A message of the other library that nobody has read. */
function write(at: Office, request: PracticeRequest, content: string): string {
  const id = randomUUID();
  request.notifications.push({
    id,
    at: at.consortium.clock.now(),
    seen: false,
    isSender: false,
    attachedAction: 'Notification',
    sender: request.supplyingInstitutionSymbol!,
    receiver: request.requestingInstitutionSymbol,
    content,
  });
  return id;
}

describe('placed anew', () => {
  test.each(['REQ_END_OF_ROTA', 'REQ_CANCELLED'])('from %s: shown by the new request, which is one', async (state) => {
    const at = await requestOffice();
    const request = at.inState(state);
    const before = requests(at);
    loses(at, 'drop-after');
    const form = await at.form(request.id, 'rerequest');
    expect(value(await at.act(request.id, 'rerequest', { ...form, edition: '1st' })).state).toBe('done');
    expect([at.sent(), requests(at) - before, at.doubts.all()]).toEqual([[ACT], 1, []]);
  });

  test('one that never arrived waits for a person, and is not sent again by itself', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_CANCELLED');
    const form = await at.form(request.id, 'rerequest');
    const before = requests(at);
    loses(at, 'drop-before');
    expect(value(await at.act(request.id, 'rerequest', { ...form, edition: '2nd' })).state).toBe('unknown');
    await at.looks();
    await expect.poll(() => at.doubts.all().map(({ body }) => body.state)).toEqual(['needs-person']);
    expect([at.sent(), requests(at) - before]).toEqual([[ACT], 0]);
    // While nobody knows, pressing again sends nothing.
    expect(value(await at.act(request.id, 'rerequest', { ...form, edition: '2nd' })).state).toBe('needs-person');
    expect(at.sent()).toEqual([ACT]);
  });
});

describe('changed and sent again', () => {
  test.each(['drop-after', 'status-500-after'] as const)('“%s”: shown by its state, sent once', async (kind) => {
    const at = await requestOffice();
    const request = at.inState('REQ_BLANK_FORM_REVIEW');
    loses(at, kind);
    const form = await at.form(request.id, 'requesterRetryValidation');
    const acted = value(await at.act(request.id, 'requesterRetryValidation', { ...form, title: 'The whole title' }));
    expect([acted.state, at.sent(), at.doubts.all()]).toEqual(['done', [ACT], []]);
    expect(at.kept(request.id).bib.title).toBe('The whole title');
  });

  test('one that never arrived waits for a person, with the request as it was', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_BLANK_FORM_REVIEW');
    loses(at, 'drop-before');
    const form = await at.form(request.id, 'requesterRetryValidation');
    expect(value(await at.act(request.id, 'requesterRetryValidation', form)).state).toBe('unknown');
    await at.looks();
    await expect.poll(() => at.doubts.all().map(({ body }) => body.state)).toEqual(['needs-person']);
    expect([at.sent(), at.kept(request.id).state]).toEqual([[ACT], 'REQ_BLANK_FORM_REVIEW']);
  });
});

describe('messages marked as read', () => {
  test.each(['messageSeen', 'messagesAllSeen'])('%s: shown by the marks, sent once', async (action) => {
    const at = await requestOffice();
    const request = at.inState('REQ_SHIPPED', ({ peerRequestIdentifier }) => peerRequestIdentifier !== undefined);
    const id = write(at, request, 'Which volume?');
    loses(at, 'drop-after');
    expect(value(await at.act(request.id, action, action === 'messageSeen' ? { id } : {})).state).toBe('done');
    expect([at.sent(), at.doubts.all()]).toEqual([[ACT], []]);
    expect(request.notifications.find((one) => one.id === id)?.seen).toBe(true);
  });

  test('marks that never arrived: the message stays unread, and a person is asked', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_SHIPPED', ({ peerRequestIdentifier }) => peerRequestIdentifier !== undefined);
    write(at, request, 'Which volume?');
    loses(at, 'drop-before');
    expect(value(await at.act(request.id, 'messagesAllSeen')).state).toBe('unknown');
    await at.looks();
    await expect.poll(() => at.doubts.all().map(({ body }) => body.state)).toEqual(['needs-person']);
    expect([at.sent(), value(await at.detail(request.id)).unread > 0]).toEqual([[ACT], true]);
  });
});
