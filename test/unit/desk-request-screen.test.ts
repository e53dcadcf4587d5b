import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RequestRecord, TenantChoices } from '../../src-main/contract/request-record.ts';
import { detailOf, type DetailScene } from '../../src-main/desk/request-detail.ts';
import { formOf } from '../../src-main/desk/request-forms.ts';
import { paramsOf } from '../../src-main/desk/request-params.ts';
import { readFull } from '../../src-main/systems/reshare/full-record.ts';

const NOW = '2026-11-20T12:00:00.000Z';
const CHOICES: TenantChoices = {
  reference: { cancellationReasons: [{ value: 'patron_requested', label: 'The patron asked for it' }] },
  notes: [],
};
const SCENE: DetailScene = { choices: CHOICES, ours: 'Riverside', marginDays: 5, now: NOW };

async function record(name: string): Promise<Record<string, unknown>> {
  const text = await readFile(new URL(`../fixtures/reshare/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(text) as Record<string, unknown>;
}

function read(json: Record<string, unknown>): RequestRecord {
  const full = readFull(json, NOW);
  if (full === undefined) throw new Error('the record could not be read');
  return full;
}

let conditional: Record<string, unknown>;
beforeAll(async () => {
  conditional = await record('03-requester-REQ_CONDITIONAL_ANSWER_RECEIVED-full');
});

describe('the screen of one request', () => {
  it('draws what is next at the library it waits for, and says it in words', () => {
    const { timeline, review, conditions } = detailOf(read(conditional), SCENE);
    expect(timeline.marks.at(-1)).toEqual({ lane: 'ours', label: 'Agree or reject', state: 'next' });
    expect(timeline.text).toContain('Next: Agree or reject, at Riverside.');
    expect(review?.heading).toBe('Conditions to answer');
    expect(conditions[0]?.accepted).toBe(false);
  });

  it('says that the network is waited for', () => {
    const { timeline } = detailOf(read({ ...conditional, networkStatus: 'Waiting' }), SCENE);
    expect(timeline.waiting).toContain('nothing can be done until it is through');
    expect(timeline.text).toContain(timeline.waiting);
  });

  it('shows a state and an action of the tenant’s own as they came', () => {
    const state = { ...(conditional['state'] as object), code: 'REQ_OURS_ALONE' };
    const validActions = [{ actionCode: 'tenantAction', isPrimary: true, primaryOnly: false }];
    const { timeline, actions, request } = detailOf(read({ ...conditional, state, validActions }), SCENE);
    expect(timeline.marks.at(-1)).toMatchObject({ label: request.state.label, state: 'trouble' });
    expect(actions[0]).toMatchObject({ action: 'tenantAction', label: 'tenantAction', known: false, main: true });
    expect(actions[0]?.caution).toContain('does not know this action');
  });

  it('puts the system’s main action first and says before what cannot be taken back', () => {
    const { actions } = detailOf(read(conditional), SCENE);
    expect(actions[0]).toMatchObject({ action: 'requesterAgreeConditions', main: true });
    expect(actions.find(({ action }) => action === 'requesterRejectConditions')?.caution).toContain(
      'cannot be taken back',
    );
  });
});

describe('what is sent from a form', () => {
  it('takes reasons from the tenant’s reference data alone', () => {
    const full = read(conditional);
    const form = formOf('requesterCancel', { record: full, choices: CHOICES });
    expect(form.fields[0]?.options).toEqual(CHOICES.reference['cancellationReasons']);
    expect(paramsOf(form, { reason: 'patron_requested', note: ' ' }, full.view)).toEqual({
      ok: true,
      value: { reason: 'patron_requested' },
    });
    expect(paramsOf(form, { reason: 'made_up' }, full.view)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  });

  it('cannot be sent where the tenant’s reasons could not be read', () => {
    const form = formOf('requesterCancel', { record: read(conditional), choices: { reference: {}, notes: [] } });
    expect(form.obstacle).toContain('did not tell the choices');
  });

  it('closes by hand in the allowed states only', () => {
    const full = read(conditional);
    const closeStates = [{ value: 'REQ_CANCELLED', label: 'Cancelled' }];
    const form = formOf('manualClose', { record: full, choices: CHOICES, closeStates });
    expect(paramsOf(form, { terminalState: 'REQ_CANCELLED' }, full.view)).toMatchObject({ ok: true });
    expect(paramsOf(form, { terminalState: 'REQ_SHIPPED' }, full.view)).toMatchObject({ ok: false });
    expect(form.caution).toContain('closed here only');
  });
});
