import { describe, expect, it } from 'vitest';
import { fail } from '../../src-main/contract/result.ts';
import type { Api, Got } from '../../src-main/systems/reshare/api.ts';
import { readHostSettings } from '../../src-main/systems/reshare/host-settings.ts';

/** An Okapi that answers every question with one body, or with a failure. */
function answering(answer: unknown): { readonly api: Api; readonly asked: string[] } {
  const asked: string[] = [];
  const read = <T>(path: string, _template: string, shape: (body: unknown) => T | undefined): Promise<Got<T>> => {
    asked.push(path);
    if (answer instanceof Error) return Promise.resolve(fail('no-permission', answer.message));
    const value = shape(answer);
    return Promise.resolve(value === undefined ? fail('unreadable-answer', 'What?') : { ok: true, value });
  };
  const unused = (): never => {
    throw new Error('reading settings sends nothing else');
  };
  return { api: { read, send: unused, nowIso: unused, session: undefined as never }, asked };
}

const setting = (key: string, more: object): object => ({ section: 'hostLMSIntegration', key, ...more });

describe('settings of the host LMS', () => {
  it('a value counts before the default, in any case, as text or as a reference value', async () => {
    const { api, asked } = answering([
      setting('accept_item', { value: 'NCIP', defValue: 'none' }),
      setting('check_out_item', { defValue: 'none' }),
      setting('check_in_item', { value: { id: '1', value: 'off', label: 'Off' } }),
      setting('check_in_on_return', { value: null, defValue: 'off' }),
    ]);
    expect(await readHostSettings(api)).toEqual({
      ok: true,
      value: { known: true, acceptItem: 'ncip', checkOutItem: 'none', checkInItem: 'off', checkInOnReturn: 'off' },
    });
    expect(new URLSearchParams(asked[0]?.split('?')[1]).get('filters')).toBe('section==hostLMSIntegration');
  });

  it('a value nobody has told of, or none, is not known', async () => {
    const { api } = answering([setting('accept_item', { value: 'sometimes' }), setting('borrower_check', {})]);
    expect(await readHostSettings(api)).toEqual({ ok: true, value: { known: true } });
  });

  it.each([
    ['an empty list', []],
    ['another section, because the filter was dropped', [{ section: 'localNCIP', key: 'accept_item', value: 'ncip' }]],
    ['403', new Error('not allowed')],
  ])('nothing is known from %s', async (_what, answer) => {
    expect(await readHostSettings(answering(answer).api)).toEqual({ ok: true, value: { known: false } });
  });

  it('an answer that is no list is a failure, not “nothing known”', async () => {
    expect((await readHostSettings(answering({ settings: [] }).api)).ok).toBe(false);
  });
});
