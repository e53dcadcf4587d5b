import type { KeepRange } from '../contract/keep.ts';
import type { Selection } from '../store/journal-keep.ts';

/**
 * Which scans of the journal a range means.
 * @param shift what the desk's list shows now
 */
export function selectionOf(range: KeepRange, shift: Selection): Selection {
  switch (range.range) {
    case 'shift':
      return { ...shift, archived: false, imported: false };
    case 'day':
      return { since: range.from, to: range.to, archived: false };
    case 'pending':
      return { pending: true };
    case 'all':
      return {};
    case 'archived':
      return { archived: true };
    case 'chosen':
      return { scanIds: range.scanIds };
  }
}
