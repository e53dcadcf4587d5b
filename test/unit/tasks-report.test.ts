import { expect, test } from 'vitest';
import { readReport } from '../../src-main/tasks/report.ts';

test.each([
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
])('a report separated by %s becomes requests to track', (_name, separator) => {
  const lines = [
    ['Request ID', 'Primary Identifier', 'WorldShare', 'Title'],
    ['43000000019999', 'D0001234', '234567890', 'Customary Law of the Tides'],
    ['43000000029999', '"D0001235"'],
  ];
  const { orders, left } = readReport(lines.map((line) => line.join(separator)).join('\r\n'));
  expect(left).toEqual([]);
  expect(orders).toEqual([
    {
      kind: 'exported',
      flow: 'alma-worldshare',
      label: '',
      refs: { almaRequest: '43000000019999', worldshareRequest: '234567890' },
      patron: 'D0001234',
      title: 'Customary Law of the Tides',
    },
    {
      kind: 'exported',
      flow: 'alma-worldshare',
      label: '',
      refs: { almaRequest: '43000000029999' },
      patron: 'D0001235',
    },
  ]);
});

test('a line that is no request is named, and the others are taken', () => {
  const { orders, left } = readReport('43000000019999,D1\nwhatever\n43000000029999,\n\n43000000039999,D2');
  expect(orders).toHaveLength(2);
  expect(left).toEqual(['Line 2: not a request id and a patron’s id.', 'Line 3: not a request id and a patron’s id.']);
});
