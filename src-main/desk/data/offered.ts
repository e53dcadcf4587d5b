import type { DeskStep } from '../../contract/settings.ts';
import type { StateWords } from './place.ts';

/** Words while a step waits for its key: either this desk does not do it by itself, or it may be too early for it. */
export const OFFERED: Readonly<Record<DeskStep, StateWords>> = {
  receive: {
    event: 'sent to us',
    place: 'ill-office',
    kind: 'ill',
    tag: 'Receive?',
    why: ['It comes from {partner} and is not marked received yet. Press {key} to receive it here, or give it to the ILL office.'],
  },
  returned: {
    event: 'lent to your patron',
    place: 'ill-office',
    kind: 'ill',
    tag: 'Returned?',
    why: [
      'Update ReShare request {hrid}: if your patron has brought it back, press {key}.',
      'If the patron has not had it yet, it belongs on the hold shelf{pickup}.',
    ],
  },
  'return-shipped': {
    event: 'returned by patron',
    place: 'ship-back',
    kind: 'ill',
    tag: 'Ship back',
    why: ['It belongs to {partner}. Put it on the ILL return shelf; press {key} when it leaves.'],
  },
  'pull-slip': {
    event: 'to be pulled',
    place: 'fetch',
    kind: 'ill',
    tag: 'Pull',
    why: ['{partner} asks for it. Press {key} to mark the pull slip printed, then get the item.'],
  },
  fill: {
    event: 'to be filled',
    place: 'scan-item',
    kind: 'ill',
    tag: 'Fill?',
    why: ['Press {key} to lend this item to {partner}.'],
  },
  ship: {
    event: 'filled',
    place: 'ship-to',
    kind: 'ill',
    tag: 'To ship',
    why: ['It is checked out to {partner}. Pack it with its slip; press {key} when it leaves.'],
  },
  complete: {
    event: 'back from {partner}',
    place: 'ill-office',
    kind: 'ill',
    tag: 'Close the loan?',
    why: ['It is ours and back from {partner}. Press {key} to close the loan, or give it to the ILL office.'],
  },
};

/** The same question after this desk has just handled the thing: what must be true for the next step. */
export const AND_NOW: Readonly<Record<DeskStep, string>> = {
  receive: 'Press {key} only if it has arrived.',
  returned:
    'It belongs on the hold shelf{pickup}. Press {key} only if your patron has had it and brought it back.',
  'return-shipped': 'Press {key} when it leaves for {partner}.',
  'pull-slip': 'Press {key} if the pull slip is printed.',
  fill: 'Press {key} to lend this item to {partner}.',
  ship: 'Press {key} when it leaves for {partner}.',
  complete: 'Press {key} only if it has been away and is back from {partner}.',
};
