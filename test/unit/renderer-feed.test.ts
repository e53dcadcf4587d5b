import { describe, expect, test } from 'vitest';
import type { AppEvent } from '../../src-main/contract/events.ts';
import { ok, fail, type Result } from '../../src-main/contract/result.ts';
import type { Snapshot } from '../../src-main/contract/shift.ts';
import { Feed, withLine } from '../../src-renderer/state/feed.ts';
import { line, snapshot } from './renderer-samples.ts';

/** A main process that answers when told to, and a feed that listens to it. */
class Bench {
  readonly shown: Snapshot[] = [];
  readonly applied: AppEvent[] = [];
  readonly failures: string[] = [];
  asked = 0;
  private answers: ((result: Result<Snapshot>) => void)[] = [];
  private later: (() => void)[] = [];
  readonly feed = new Feed({
    snapshot: () => {
      this.asked += 1;
      return new Promise((resolve) => this.answers.push(resolve));
    },
    changed: (state) => this.shown.push(state),
    applied: (event) => this.applied.push(event),
    failed: (sentence) => this.failures.push(sentence),
    after: (_ms, callback) => this.later.push(callback),
  });

  get state(): Snapshot {
    return this.shown.at(-1)!;
  }

  async answer(result: Result<Snapshot>): Promise<void> {
    this.answers.shift()!(result);
    await Promise.resolve();
    await Promise.resolve();
  }

  timePasses(): void {
    for (const callback of this.later.splice(0)) callback();
  }

  cached(revision: number, cachedRequests: number): void {
    this.feed.receive({ revision, event: { type: 'cache', cachedRequests } });
  }
}

describe('the feed', () => {
  test('events that come before the snapshot wait for it, and older ones are dropped', async () => {
    const bench = new Bench();
    void bench.feed.refresh();
    bench.cached(7, 70);
    bench.cached(8, 80);
    expect(bench.shown).toEqual([]);
    await bench.answer(ok(snapshot({ revision: 7, cachedRequests: 71 })));
    expect(bench.state.cachedRequests).toBe(80);
    expect(bench.state.revision).toBe(8);
    expect(bench.applied).toHaveLength(1);
  });

  test('a gap asks for a new snapshot and loses nothing that came meanwhile', async () => {
    const bench = new Bench();
    void bench.feed.refresh();
    await bench.answer(ok(snapshot({ revision: 1 })));
    bench.cached(3, 30);
    expect(bench.asked).toBe(2);
    bench.cached(4, 40);
    await bench.answer(ok(snapshot({ revision: 3, cachedRequests: 30 })));
    expect(bench.state.cachedRequests).toBe(40);
    expect(bench.asked).toBe(2);
  });

  test('an event seen twice changes nothing', async () => {
    const bench = new Bench();
    void bench.feed.refresh();
    await bench.answer(ok(snapshot({ revision: 1 })));
    bench.cached(2, 20);
    bench.cached(2, 99);
    expect(bench.state.cachedRequests).toBe(20);
    expect(bench.asked).toBe(1);
  });

  test('an event that cannot be read asks for a snapshot', async () => {
    const bench = new Bench();
    void bench.feed.refresh();
    await bench.answer(ok(snapshot({ revision: 1 })));
    bench.feed.receive({ revision: 2, event: { type: 'weather' } });
    expect(bench.asked).toBe(2);
  });

  test('a failed snapshot is said and asked for again', async () => {
    const bench = new Bench();
    void bench.feed.refresh();
    await bench.answer(fail('internal', 'Starting.'));
    expect(bench.failures).toEqual(['Starting.']);
    bench.timePasses();
    expect(bench.asked).toBe(2);
    await bench.answer(ok(snapshot({ revision: 5 })));
    expect(bench.state.revision).toBe(5);
  });

  test('an answered line does not replace what its event already said', async () => {
    const bench = new Bench();
    void bench.feed.refresh();
    await bench.answer(ok(snapshot({ revision: 1 })));
    bench.feed.receive({ revision: 2, event: { type: 'line', line: line(1, { cancelled: true }) } });
    bench.feed.answered(line(1));
    expect(bench.state.lines).toEqual([line(1, { cancelled: true })]);
    bench.feed.answered(line(2));
    expect(bench.state.lines.map((one) => one.seq)).toEqual([2, 1]);
  });
});

test('lines stand newest first, each once, whatever order they come in', () => {
  const lines = [2, 5, 1, 5, 4].reduce<ReturnType<typeof line>[]>((all, seq) => withLine(all, line(seq)), []);
  expect(lines.map((one) => one.seq)).toEqual([5, 4, 2, 1]);
});
