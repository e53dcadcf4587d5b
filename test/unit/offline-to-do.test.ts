import { expect, it } from 'vitest';
import type { OfflineLine, OfflineTodo } from '../../src-main/contract/offline.ts';
import { f, t } from '../../src-renderer/i18n/index.ts';
import { toDoOf } from '../../src-renderer/state/offline-to-do.ts';

const line = (todo: OfflineTodo, partner?: string): OfflineLine => ({
  scanId: 'scan-1',
  no: 1,
  day: '2026-11-23',
  at: '2026-11-23T09:00:00Z',
  staff: 'sam',
  barcode: '30234991000018',
  title: 'A title',
  ...(partner === undefined ? {} : { partner }),
  mode: 'record',
  what: 'Mark received',
  place: 'Offline cart',
  state: 'done',
  todo,
  todoSentence: '',
});

it('what is left for hands and telephone is counted, and names each library to be called once', () => {
  const list = [
    line('wait'),
    line('rescan', 'Eastport'),
    line('call', 'Northfield'),
    line('rescan'),
    line('slip'),
    line('call', 'Northfield'),
  ];
  const told = toDoOf(list).map(({ todo, count, whom }) =>
    f.plural(count, t.offline.toDoCounts[todo])(f.number(count), whom.join(', ')),
  );
  expect(told).toEqual(['2 to scan again', '1 slip to print', '2 to call about: Northfield']);
  expect(toDoOf([line('wait')])).toEqual([]);
});
