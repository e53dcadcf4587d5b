import { describe, expect, it } from 'vitest';
import { LightKeeper } from '../../src-main/assembly/lights.ts';
import type { CallReport } from '../../src-main/contract/outcome.ts';
import { fail } from '../../src-main/contract/result.ts';

/** One light for each system, by what really happened to its calls. */

const AT = '2026-11-23T14:02:00.000Z';
const good: CallReport = { at: AT, ok: true, ms: 20 };
const away: CallReport = { at: AT, ok: false, ms: 20, error: fail('not-sent', 'The gateway got no answer.').error };
const said: CallReport = { at: AT, ok: false, ms: 20, error: fail('refused', 'No.').error };
/** HTTP 500 from the system itself, to a look and to a change. */
const stumbles: readonly CallReport[] = [
  { at: AT, ok: false, ms: 20, error: fail('refused', 'An error of its own.').error, stumbled: true },
  { at: AT, ok: false, ms: 20, error: fail('unknown-outcome', 'An error of its own.').error, stumbled: true },
];

function keeper() {
  let mono = 0;
  const light = new LightKeeper(
    'reshare',
    'ReShare',
    () => undefined,
    () => mono,
  );
  return {
    report: (...calls: readonly CallReport[]) => {
      for (const call of calls) light.report(call);
      return light.light.state;
    },
    pass: (ms: number) => {
      mono += ms;
    },
    light,
  };
}

describe('a light', () => {
  it('turns with the first call that is not answered, and back with the first that is', () => {
    const { report, light } = keeper();
    expect(report(good)).toBe('good');
    expect(report(away)).toBe('down');
    expect(light.light).toMatchObject({ lastGoodAt: AT, downSince: AT, sentence: 'The gateway got no answer.' });
    expect(report(said)).toBe('good');
  });

  it.each(stumbles)('one error of the system’s own, or many in a moment, does not turn it', (stumble) => {
    const { report, pass } = keeper();
    report(good);
    expect(report(stumble, stumble, stumble, stumble)).toBe('good');
    pass(4_999);
    expect(report(stumble)).toBe('good');
  });

  it.each(stumbles)('errors of its own that last turn it, and a good answer starts the count anew', (stumble) => {
    const { report, pass } = keeper();
    report(good, stumble, stumble);
    pass(5_000);
    report(good);
    expect(report(stumble, stumble, stumble)).toBe('good');
    pass(5_000);
    expect(report(stumble)).toBe('down');
    pass(1);
    expect(report(good)).toBe('good');
  });

  it('an error of its own says nothing good either: who was down stays so', () => {
    const { report } = keeper();
    report(good, away);
    expect(report(...stumbles)).toBe('down');
  });
});
