import { describe, expect, it } from 'vitest';
import type { RecordBody, StepBody } from '../../src-main/contract/journal.ts';
import { fail, ok, type AppError } from '../../src-main/contract/result.ts';
import { runCheckIn } from '../../src-main/journal/check-in-step.ts';
import { createDoubts } from '../../src-main/journal/doubts.ts';
import type { CirculationPort } from '../../src-main/journal/ports.ts';

/** One staff check-in from its record to its outcome. */

const ERROR: AppError = { code: 'refused', sentence: 'WMS says no.', mender: 'desk', retry: 'never' };
type Outcome = Awaited<ReturnType<CirculationPort['checkIn']>>;

/** Runs one check-in; `trace` is the order of what reached the disk and the wire. */
async function play(outcome: Outcome, more: { readonly failAt?: StepBody['state']; readonly aborted?: boolean } = {}) {
  const trace: string[] = [];
  const bodies: StepBody[] = [];
  const controller = new AbortController();
  if (more.aborted === true) controller.abort(new Error('closing'));
  const result = await runCheckIn({
    plan: { system: 'wms', action: 'CheckInItem', barcode: '30234000517861' },
    scanId: 'scan-1',
    doubts: createDoubts(),
    lane: 'item:30234000517861',
    record: (body: RecordBody) => {
      if (body.type !== 'step') throw new Error(`a ${body.type} was recorded`);
      if (body.state === more.failAt) return Promise.resolve(fail('journal-closed', 'The disk is full.'));
      trace.push(body.state);
      bodies.push(body);
      return Promise.resolve(
        ok({
          id: '',
          scanId: '',
          at: '',
          mono: 0,
          workstation: '',
          desk: '',
          branch: '',
          staff: '',
          appVersion: '',
          body,
          seq: trace.length,
        }),
      );
    },
    newId: () => 'step-1',
    circulation: {
      checkIn: (barcode) => {
        trace.push(`sent ${barcode}`);
        return Promise.resolve(outcome);
      },
    },
    now: () => new Date('2026-11-23T14:02:00Z'),
    signal: controller.signal,
  });
  return { result, trace, bodies };
}

const DONE: Outcome = { outcome: 'done', value: { title: 'Chalk streams' } };

describe('one staff check-in', () => {
  it('has `sending` on disk before the first byte leaves, and is sent once', async () => {
    const { result, trace, bodies } = await play(DONE);
    expect(trace).toEqual(['recorded', 'sending', 'sent 30234000517861', 'done']);
    expect(result).toEqual({ state: 'done', answer: { title: 'Chalk streams' }, at: '2026-11-23T14:02:00.000Z' });
    expect(new Set(bodies.map((body) => body.stepId))).toEqual(new Set(['step-1']));
    expect(bodies[0]).toMatchObject({ action: 'CheckInItem', params: { barcode: '30234000517861' } });
  });

  it.each([
    ['refused', ['refused']],
    ['not-sent', ['not-sent']],
    ['unknown', ['unknown', 'needs-person']],
  ] as const)(
    'records %s with its sentence and sends nothing more; what no look can tell is a person’s to settle',
    async (outcome, ends) => {
      const { result, trace, bodies } = await play({ outcome, error: ERROR });
      expect(trace).toEqual(['recorded', 'sending', 'sent 30234000517861', ...ends]);
      expect(result).toMatchObject({ state: outcome, sentence: 'WMS says no.' });
      expect(bodies[2]?.sentence).toBe('WMS says no.');
      expect(bodies.at(-1)?.held).toBe(outcome === 'unknown' ? true : undefined);
    },
  );

  it('passes on what WMS itself said', async () => {
    const { result } = await play({ outcome: 'refused', error: { ...ERROR, theirWords: 'Unknown Item' } });
    expect(result).toMatchObject({ sentence: 'WMS says no. “Unknown Item”' });
  });

  it.each(['recorded', 'sending'] as const)('sends nothing when `%s` cannot be written', async (failAt) => {
    const { result, trace } = await play(DONE, { failAt });
    expect(result).toMatchObject({ state: 'not-sent', sentence: 'The disk is full.' });
    expect(trace.some((entry) => entry.startsWith('sent'))).toBe(false);
  });

  it('sends nothing when Carrel is closing', async () => {
    const { result, trace } = await play(DONE, { aborted: true });
    expect(result.state).toBe('not-sent');
    expect(trace).toEqual(['recorded', 'not-sent']);
  });
});
