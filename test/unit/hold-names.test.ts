import { describe, expect, it } from 'vitest';
import { HoldNames } from '../../src-main/assembly/hold-names.ts';
import { fail, ok } from '../../src-main/contract/result.ts';

/** For whom an item waits: kept for minutes, looked up for a slip and for nothing else. */

const ITEM = '30234000517861';
const FOR_MARIA = { kind: 'request', requester: { value: '21234000001234' } } as const;

function names(
  lookUp?: (card: string) => ReturnType<NonNullable<ConstructorParameters<typeof HoldNames>[0]['lookUp']>>,
) {
  let mono = 0;
  const asked: string[] = [];
  const holds = new HoldNames({
    mono: () => mono,
    patienceMs: 20,
    ...(lookUp === undefined
      ? {}
      : {
          lookUp: (card) => {
            asked.push(card);
            return lookUp(card);
          },
        }),
  });
  return { holds, asked, later: (minutes: number) => (mono += minutes * 60_000) };
}

const MARIA = () => Promise.resolve(ok({ name: 'Maria Svensson' }));

describe('the patron for whom an item waits', () => {
  it('is looked up by the card of the routing answer, and only when a slip asks', async () => {
    const { holds, asked } = names(MARIA);
    holds.checkedIn('abc', FOR_MARIA);
    expect(asked).toEqual([]);
    expect(await holds.of('ABC')).toBe('Maria Svensson');
    expect(asked).toEqual(['21234000001234']);
  });

  it('is nobody where nothing waits, where another check-in said otherwise, and after some minutes', async () => {
    const { holds, asked, later } = names(MARIA);
    holds.checkedIn(ITEM, { kind: 'reshelve' });
    expect(await holds.of(ITEM)).toBeUndefined();
    holds.checkedIn(ITEM, FOR_MARIA);
    holds.checkedIn(ITEM, undefined);
    expect(await holds.of(ITEM)).toBeUndefined();
    holds.checkedIn(ITEM, FOR_MARIA);
    later(11);
    expect(await holds.of(ITEM)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('is nobody where the look-up is not allowed, fails, finds nobody or takes too long', async () => {
    const never = () => new Promise<never>(() => undefined);
    const failed = () => Promise.resolve(fail('not-sent', 'OCLC does not answer.'));
    const nobody = () => Promise.resolve(ok(undefined));
    for (const lookUp of [undefined, failed, nobody, never]) {
      const { holds } = names(lookUp);
      holds.checkedIn(ITEM, FOR_MARIA);
      expect(await holds.of(ITEM)).toBeUndefined();
    }
  });
});
