import { describe, expect, test } from 'vitest';
import { fail, ok } from '../../src-main/contract/result.ts';
import { RAW_LIMIT, type ScanInput } from '../../src-main/contract/scan.ts';
import { ScanQueue, type PendingScan } from '../../src-renderer/state/scan-queue.ts';
import { line } from './renderer-samples.ts';

/** A journal that can be slow or closed. */
class Journal {
  closed = false;
  readonly submitted: ScanInput[] = [];
  readonly accepted: string[] = [];
  readonly failed: string[] = [];
  pending: readonly PendingScan[] = [];
  private count = 0;
  private gate: Promise<void> = Promise.resolve();
  readonly queue = new ScanQueue({
    submit: async (input) => {
      this.submitted.push(input);
      await this.gate;
      if (this.closed) return fail('journal-closed', 'The disk is full.');
      return ok(line(this.submitted.length, { scanId: input.id, raw: input.raw }));
    },
    accepted: (saved) => this.accepted.push(saved.raw),
    failed: (scan) => this.failed.push(scan.raw),
    changed: (pending) => (this.pending = pending),
    newId: () => `id-${String((this.count += 1))}`,
    now: () => '2025-11-23T14:02:07.000Z',
  });

  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.gate = promise.then(() => undefined);
    return () => resolve(undefined);
  }

  settle(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the scan queue', () => {
  test('hands over in order, one at a time, and takes more meanwhile', async () => {
    const journal = new Journal();
    const release = journal.hold();
    const raws = Array.from({ length: 30 }, (_, index) => `label-${String(index)}`);
    for (const raw of raws) journal.queue.add(raw, 'wedge');
    await journal.settle();
    expect(journal.submitted).toHaveLength(1);
    expect(journal.pending).toHaveLength(30);
    release();
    await journal.settle();
    expect(journal.accepted).toEqual(raws);
    expect(journal.pending).toEqual([]);
  });

  test('keeps what the journal refuses and hands it over again under the same id', async () => {
    const journal = new Journal();
    journal.closed = true;
    const id = journal.queue.add('label', 'typed');
    await journal.settle();
    expect(journal.failed).toEqual(['label']);
    expect(journal.pending).toMatchObject([{ id, raw: 'label', error: { code: 'journal-closed' } }]);
    journal.closed = false;
    journal.queue.retry(id);
    await journal.settle();
    expect(journal.submitted).toEqual([
      { id, raw: 'label', source: 'typed' },
      { id, raw: 'label', source: 'typed' },
    ]);
    expect(journal.pending).toEqual([]);
  });

  test('a refused scan does not hold up the next', async () => {
    const journal = new Journal();
    journal.closed = true;
    journal.queue.add('first', 'wedge');
    await journal.settle();
    journal.closed = false;
    journal.queue.add('second', 'wedge');
    await journal.settle();
    expect(journal.accepted).toEqual(['second']);
    expect(journal.pending.map((scan) => scan.raw)).toEqual(['first']);
  });

  test('all refused scans are handed over again in their order, and none after one that is refused once more', async () => {
    const journal = new Journal();
    journal.closed = true;
    for (const raw of ['first', 'second', 'third']) journal.queue.add(raw, 'wedge');
    await journal.settle();
    expect(journal.failed).toEqual(['first', 'second', 'third']);
    await journal.queue.retryAll();
    expect(journal.failed).toEqual(['first', 'second', 'third', 'first']);
    expect(journal.pending.map((scan) => scan.error?.code)).toEqual(Array(3).fill('journal-closed'));
    journal.closed = false;
    await journal.queue.retryAll();
    expect(journal.accepted).toEqual(['first', 'second', 'third']);
    expect(journal.pending).toEqual([]);
  });

  test('a scan on its way is not handed over twice', async () => {
    const journal = new Journal();
    const release = journal.hold();
    const id = journal.queue.add('label', 'wedge');
    journal.queue.retry(id);
    release();
    await journal.settle();
    expect(journal.submitted).toHaveLength(1);
  });

  test('what is longer than a scan may be is cut and still kept', async () => {
    const journal = new Journal();
    journal.queue.add('x'.repeat(RAW_LIMIT + 1), 'typed');
    await journal.settle();
    expect(journal.accepted[0]).toHaveLength(RAW_LIMIT);
  });
});
