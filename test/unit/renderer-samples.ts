import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { Prompt } from '../../src-main/contract/prompt.ts';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import type { Snapshot } from '../../src-main/contract/shift.ts';

/** A picture of main with nothing in it. */
export function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    revision: 0,
    version: '0.0.0',
    training: false,
    desk: DEFAULT_SETTINGS.desk,
    lights: [{ system: 'reshare', name: 'ReShare', state: 'unknown' }],
    journal: { writable: true, saved: 0 },
    lines: [],
    cachedRequests: 0,
    pile: [],
    notices: [],
    ...more,
  };
}

/** The scan with this place in the journal. */
export function line(seq: number, more: Partial<ScanLine> = {}): ScanLine {
  return {
    scanId: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`,
    seq,
    at: '2025-11-23T14:02:07.000Z',
    barcode: '30234000517861',
    raw: '30234000517861',
    kind: 'item',
    source: 'wedge',
    desk: 'Main desk',
    staff: '',
    cancelled: false,
    ...more,
  };
}

/** An outcome that sends a book back to its lender. */
export function prompt(more: Partial<Prompt> = {}): Prompt {
  return {
    kind: 'ill',
    kindText: 'Interlibrary loan',
    destination: { verb: 'Ship back', to: 'Northfield' },
    title: 'The mapping of the heavens',
    why: ['Put it on the return shelf.'],
    legs: [],
    offers: [],
    tag: 'Ship back',
    rowTitle: 'The mapping of the heavens',
    rowId: 'RVR-3184',
    sound: 'attention',
    rule: 'written for this test',
    working: false,
    ...more,
  };
}
