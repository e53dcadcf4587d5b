import { describe, expect, it } from 'vitest';
import type { RecordBody, StepState } from '../../src-main/contract/journal.ts';
import { audit, type AuditInput, type Findings } from '../faults/audit.ts';
import { bookOf, type Effect } from '../faults/books.ts';
import { prompt, scanBody, stepBody } from '../fixtures/store-records.ts';

type Entry = readonly [scanId: string, body: RecordBody];

const scanned = (scanId: string): Entry => [scanId, scanBody()];
const told = (scanId: string): Entry => [scanId, { type: 'prompt', prompt: prompt() }];
const stepped = (scanId: string, action: string, ...states: readonly StepState[]): readonly Entry[] =>
  states.map((state): Entry => [scanId, stepBody(state, { stepId: `${scanId} ${action}`, action })]);
const effect = (action: string): Effect => ({ thing: 'request-1', action });
const DONE = ['recorded', 'sending', 'done'] as const;

/** The findings that are not empty, for a journal of these records. */
function found(entries: readonly Entry[], more: Partial<AuditInput>): readonly string[] {
  const book = bookOf(entries.map(([scanId, body], index) => ({ seq: index + 1, scanId, body })));
  const findings = audit({ acknowledged: [], errands: [], labels: [], effects: [], ...more, book });
  return (Object.keys(findings) as (keyof Findings)[]).filter((what) => findings[what].length > 0);
}

describe('the journal held against the servers’ books', () => {
  const day = [scanned('a'), ...stepped('a', 'receive', ...DONE), told('a')];

  it('agrees where each step that is told done happened once', () => {
    expect(found(day, { acknowledged: ['a'], labels: [['a']], effects: [effect('receive')] })).toEqual([]);
  });

  it('notices a scan that was acknowledged and is not there', () => {
    expect(found(day, { acknowledged: ['a', 'b'], effects: [effect('receive')] })).toEqual(['lost']);
  });

  it('takes what others did for done where Carrel saw it done, once', () => {
    const again = [...day, scanned('b'), ...stepped('b', 'receive', ...DONE), told('b')];
    expect(found(day, { others: [effect('receive')] })).toEqual([]);
    expect(found(day, {})).toEqual(['untrue']);
    expect(found(again, { others: [effect('receive')] })).toEqual(['untrue']);
  });

  it('notices an effect too many', () => {
    expect(found(day, { effects: [effect('receive'), effect('receive')] })).toContain('twice');
  });

  it('notices a label read twice that took two steps, unless a person chose the second', () => {
    const again = [...day, scanned('b'), ...stepped('b', 'return', ...DONE), told('b')];
    const chosen = [
      ...day,
      ['a', { type: 'choice', offerId: 'do' }] as const,
      ...stepped('a', 'return', ...DONE),
      told('a'),
    ];
    const effects = [effect('receive'), effect('return')];
    expect(found(again, { labels: [['a', 'b']], effects })).toEqual(['twice']);
    expect(found(again, { labels: [['a'], ['b']], errands: [['a', 'b']], effects })).toEqual(['twice']);
    expect(found(again, { labels: [['a'], ['b']], effects })).toEqual([]);
    expect(found(chosen, { labels: [['a']], effects })).toEqual([]);
  });

  it('notices effects in another order than their scans', () => {
    const both = [...day, scanned('b'), ...stepped('b', 'return', ...DONE), told('b')];
    expect(found(both, { effects: [effect('return'), effect('receive')] })).toEqual(['outOfOrder']);
  });

  it.each(['recorded', 'sending', 'unknown'] as const)('notices a step left at %s', (state) => {
    expect(found([scanned('a'), ...stepped('a', 'receive', state), told('a')], {})).toEqual(['unsettled']);
  });

  it('notices a scan without a last word', () => {
    expect(found([scanned('a')], {})).toEqual(['unsettled']);
    expect(found([scanned('a'), ['a', { type: 'prompt', prompt: prompt({ working: true }) }]], {})).toEqual([
      'unsettled',
    ]);
  });

  it.each([
    ['done', []],
    ['refused', [effect('receive')]],
    ['not-sent', [effect('receive')]],
  ] as const)('notices a step told %s that went otherwise', (state, effects) => {
    const entries = [scanned('a'), ...stepped('a', 'receive', 'recorded', 'sending', state), told('a')];
    expect(found(entries, { effects })).toEqual(['untrue']);
  });

  it('lets what is left to a person be either', () => {
    const entries = [scanned('a'), ...stepped('a', 'receive', 'recorded', 'sending', 'needs-person'), told('a')];
    expect(found(entries, { effects: [] })).toEqual([]);
    expect(found(entries, { effects: [effect('receive')] })).toEqual([]);
  });

  it('notices words that are not what happened', () => {
    const leg = (state: 'done' | 'not-done'): RecordBody => ({
      type: 'prompt',
      prompt: prompt({ legs: [{ system: 'ReShare', state, text: 'said' }] }),
    });
    const refused = [scanned('a'), ...stepped('a', 'receive', 'recorded', 'sending', 'refused')];
    expect(found([...refused, ['a', leg('done')]], {})).toEqual(['untrue']);
    const denied = [scanned('a'), ...stepped('a', 'receive', ...DONE), ['a', leg('not-done')] as const];
    expect(found(denied, { effects: [effect('receive')] })).toEqual(['untrue']);
  });
});
