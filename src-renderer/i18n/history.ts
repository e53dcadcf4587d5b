/** The scans of all days. */
export const history = {
  title: 'Did I scan this?',
  field: 'Barcode, request, title or staff',
  day: 'Day',
  dayHint: 'YYYY-MM-DD',
  dayWrong: 'Write the day as year-month-day, for example 2025-11-23.',
  anyDay: 'Any day',
  today: 'Today',
  earlier: 'Day before',
  later: 'Day after',
  results: 'Scans found',
  none: 'No scan found. Cancelled and refused scans would be listed here too.',
  found: { one: (count: string) => `${count} scan`, other: (count: string) => `${count} scans` },
  foundMore: (count: string) => `The newest ${count} scans`,
  pick: 'Choose a scan to see what Carrel said.',
  whileLocked: 'The screen was locked then: the name is of whoever had it open before.',
  scannedAt: (when: string, desk: string, staff: string) =>
    `Scanned ${when}${desk === '' ? '' : ` at ${desk}`}${staff === '' ? '' : ` by ${staff}`}`,
  rawIs: (raw: string) => `As read: ${raw}`,
};
