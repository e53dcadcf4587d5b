import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OfflineLine, OfflineList } from '../../src-main/contract/offline.ts';
import { ListChanges } from '../../src-main/journal/list-changes.ts';
import { withChange } from '../../src-renderer/state/feed.ts';

const line = (scanId: string, sentence: string): OfflineLine => ({
  scanId,
  no: 1,
  day: '2026-11-23',
  at: '2026-11-23T09:00:00Z',
  staff: 'sam',
  barcode: scanId,
  title: 'A title',
  mode: 'record',
  what: 'Check in',
  place: 'Offline cart',
  state: 'waiting',
  sentence,
  todo: 'wait',
  todoSentence: 'Leave it.',
});

/** Lists as they follow each other: things come last, change, and leave from anywhere. */
const lists = fc
  .array(fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('a', 'b')), { selector: ([n]) => n }))
  .map((all) =>
    all.map((lines): OfflineList => ({
      lines: lines.toSorted(([a], [b]) => a - b).map(([n, sentence]) => line(String(n), sentence)),
      down: [],
    })),
  );

const byScan = ({ lines }: OfflineList): ReadonlyMap<string, OfflineLine> =>
  new Map(lines.map((one) => [one.scanId, one]));

describe('changes of the offline list', () => {
  it('make the list of every window the same as main’s, also of one that begins in between', () => {
    fc.assert(
      fc.property(lists, lists, (all, given) => {
        const changes = new ListChanges();
        const windows: OfflineList[] = [{ lines: [], down: [] }];
        for (const [at, list] of all.entries()) {
          const first = given[at];
          if (first !== undefined) {
            windows.push(first);
            changes.given(first);
          }
          const change = changes.since(list);
          for (const [index, known] of windows.entries()) {
            windows[index] = withChange(known.lines, change);
            expect(byScan(windows[index])).toEqual(byScan(list));
          }
        }
      }),
    );
  });

  it('hold one line where one changed', () => {
    const changes = new ListChanges();
    const lines = Array.from({ length: 1000 }, (_, index) => line(String(index), 'a'));
    changes.since({ lines, down: [] });
    const change = changes.since({ lines: lines.with(500, line('500', 'b')).slice(1), busy: 'running', down: [] });
    expect(change).toEqual({ lines: [line('500', 'b')], gone: ['0'], busy: 'running', down: [] });
  });
});
