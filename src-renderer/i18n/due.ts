/** Words of the field for another due date. */
export const due = {
  key: 'Due date',
  label: 'Due date for this loan',
  set: 'Set this date',
  close: 'Close without setting',
  hint: 'As 2026-12-04, 4 December or +14. Arrow keys: a day; Page Up and Page Down: a week. A scan is taken as always.',
  taken: (said: string) => `The date is set. ${said}`,
  inSession: (day: string) => `due ${day}`,
};
