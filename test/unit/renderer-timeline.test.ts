import { expect, test } from 'vitest';
import type { Timeline, TimelineMark } from '../../src-main/contract/request-detail.ts';
import { layOut, nameLines } from '../../src-renderer/screens/request/timeline-layout.ts';

/** Where a request's way is drawn, in rem. */

const mark = (lane: TimelineMark['lane'], label: string, state: TimelineMark['state'] = 'done'): TimelineMark => ({
  lane,
  label,
  state,
  ...(state === 'next' ? {} : { at: '2026-11-16T09:00:00Z' }),
});
const way = (...marks: TimelineMark[]): Timeline => ({
  ours: 'Riverside',
  theirs: 'Northfield College Library',
  marks,
  posts: [{ label: 'At the lender by', short: 'lender', at: '2026-12-04T00:00:00Z', past: false }],
  messages: [],
  text: [],
});
const words = { day: () => 'Nov 16', next: () => 'next, here' };

test('a library’s name stands in whole words, in up to three lines; what is longer is cut at its end', () => {
  expect(nameLines('Riverside')).toEqual(['Riverside']);
  expect(nameLines('Northfield College Library')).toEqual(['Northfield', 'College', 'Library']);
  expect(nameLines('Eastport City Libraries')).toEqual(['Eastport', 'City', 'Libraries']);
  expect(nameLines('The Free Public Library of Hartland')).toEqual(['The Free', 'Public', 'Library of…']);
  expect(nameLines('Universitätsbibliothek')).toEqual(['Universitätsb…']);
});

test('marks and posts go from left to right inside the drawing, at any width', () => {
  for (const width of [18, 28, 70]) {
    const timeline = way(
      mark('ours', 'Placed'),
      mark('ours', 'Asked'),
      mark('theirs', 'Will lend'),
      mark('ours', 'Receive', 'next'),
    );
    const drawing = layOut(timeline, width, words);
    const xs = [...drawing.marks, ...drawing.posts].map(({ x }) => x);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(new Set(xs).size).toBe(xs.length);
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(drawing.left);
    expect(Math.max(...xs)).toBeLessThanOrEqual(width);
  }
});

test('words between the lanes stand before the way that leaves them; what comes next is dashed', () => {
  const timeline = way(
    mark('ours', 'Placed'),
    mark('ours', 'Asked'),
    mark('theirs', 'Will lend'),
    mark('theirs', 'Shipped'),
    mark('ours', 'Receive', 'next'),
  );
  const drawing = layOut(timeline, 28, words);
  const [placed, asked, willLend, shipped] = drawing.marks;
  expect(placed?.textY).toBeGreaterThan(placed?.y ?? 0);
  expect(asked).toMatchObject({ anchor: 'end' });
  expect(asked?.textY).toBeLessThan(asked?.y ?? 0);
  expect(willLend?.anchor).toBe('middle');
  expect(shipped).toMatchObject({ anchor: 'end' });
  expect(shipped?.textY).toBeGreaterThan(shipped?.y ?? 0);
  expect(drawing.ways.map(({ dashed }) => dashed)).toEqual([false, false, false, true]);
});

test('where there is no room for names beside the lanes they are left out', () => {
  expect(layOut(way(mark('ours', 'Placed')), 15, words).lanes.map(({ name }) => name)).toEqual([[], []]);
});
