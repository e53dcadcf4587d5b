import { describe, expect, it } from 'vitest';
import { METHODS, type Handlers } from '../../src-main/contract/methods.ts';
import { fail, ok } from '../../src-main/contract/result.ts';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import { dispatch, isOurs } from '../../src-main/shell/dispatch.ts';

const ours = { url: 'app://desk/index.html', isMainFrame: true };

/** Handlers that all refuse, with the given ones in their place. */
function handlers(given: Partial<Handlers>): Handlers {
  const refusing = Object.fromEntries(
    Object.keys(METHODS).map((name) => [
      name,
      () => Promise.resolve(fail('not-found', `${name} is not part of this test`)),
    ]),
  );
  return { ...(refusing as unknown as Handlers), ...given };
}

function log() {
  const lines: string[] = [];
  return {
    lines,
    refused: (method: string, why: string) => lines.push(`refused ${method} ${why}`),
    failed: (method: string) => lines.push(`failed ${method}`),
  };
}

describe('the sender check', () => {
  it.each([
    ['no frame at all (navigated away or destroyed)', undefined],
    ['a subframe of ours', { url: 'app://desk/index.html', isMainFrame: false }],
    ['another host of our scheme', { url: 'app://other/index.html', isMainFrame: true }],
    ['a host that only begins like ours', { url: 'app://desk.example/index.html', isMainFrame: true }],
    ['the web', { url: 'https://desk/index.html', isMainFrame: true }],
    ['a blank page', { url: 'about:blank', isMainFrame: true }],
    ['nothing', { url: '', isMainFrame: true }],
  ])('refuses %s', async (_what, frame) => {
    const seen: unknown[] = [];
    const spied = handlers({
      'settings.get': (input) => {
        seen.push(input);
        return Promise.resolve(fail('internal', 'should not be reached'));
      },
    });
    const result = await dispatch(spied, frame, 'settings.get', {}, log());
    expect(result).toMatchObject({ ok: false, error: { code: 'sender-refused' } });
    expect(seen).toEqual([]);
    expect(isOurs(frame)).toBe(false);
  });

  it('accepts our main frame', () => {
    expect(isOurs(ours)).toBe(true);
  });
});

describe('the call', () => {
  it.each(['no.such.method', 'constructor', '__proto__', 'toString', 7, null, undefined, {}])(
    'refuses the method name %s',
    async (name) => {
      expect(await dispatch(handlers({}), ours, name, {}, log())).toMatchObject({
        ok: false,
        error: { code: 'no-such-method' },
      });
    },
  );

  it('refuses input that does not fit, and logs the method without the input', async () => {
    const lines = log();
    const result = await dispatch(
      handlers({}),
      ours,
      'scan.submit',
      { id: 'not-a-uuid', raw: 'secret-label', source: 'wedge' },
      lines,
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-input', mender: 'desk' } });
    expect(lines.lines).toEqual(['refused scan.submit input']);
  });

  it('turns a thrown error into a refusal that does not leak its text', async () => {
    const lines = log();
    const throwing = handlers({ 'app.snapshot': () => Promise.reject(new Error('token abc at /home/someone')) });
    const result = await dispatch(throwing, ours, 'app.snapshot', {}, lines);
    expect(result).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(result)).not.toContain('abc');
    expect(lines.lines).toEqual(['failed app.snapshot']);
  });

  it('lets nothing out that the contract does not list', async () => {
    const leaking = handlers({
      'settings.saveDesk': () => Promise.resolve(ok({ ...DEFAULT_SETTINGS, password: 'swordfish', token: 'eyJ' })),
    });
    const result = await dispatch(leaking, ours, 'settings.saveDesk', { desk: DEFAULT_SETTINGS.desk }, log());
    expect(result).toEqual({ ok: true, value: DEFAULT_SETTINGS });
  });

  it('refuses an answer that does not have the promised shape', async () => {
    const wrong = handlers({ 'settings.saveDesk': () => Promise.resolve(ok({ version: 2 } as never)) });
    expect(await dispatch(wrong, ours, 'settings.saveDesk', { desk: DEFAULT_SETTINGS.desk }, log())).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    });
  });

  it('passes a handler’s own refusal through', async () => {
    const result = await dispatch(handlers({}), ours, 'app.snapshot', {}, log());
    expect(result).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});
