import type { DeskStep } from '../../contract/settings.ts';
import type { StateWords } from './place.ts';

/**
 * What to do with the thing in the hand once a step is done, by the step and, where two steps are one action, by both.
 * Sources: OCLC Relais D2D integration workflow (receive, return, complete); ReShare staff guides (fill, ship).
 */
export type Afterwards = DeskStep | 'returned+return-shipped' | 'fill+ship' | 'fill-sequestered' | 'pull-copy';

export const AFTERWARDS: Readonly<Record<Afterwards, StateWords>> = {
  receive: {
    event: 'arrived',
    place: 'hold-shelf',
    kind: 'ill',
    tag: 'Hold shelf · ILL',
    why: ['It comes from {partner} for your patron. Put the hold slip in it and place it on the hold shelf{pickup}.'],
  },
  returned: {
    event: 'returned by patron',
    place: 'ship-back',
    kind: 'ill',
    tag: 'Ship back',
    why: ['It belongs to {partner} and is back from your patron. Put it on the ILL return shelf.'],
  },
  'returned+return-shipped': {
    event: 'returned by patron',
    place: 'ship-back',
    kind: 'ill',
    tag: 'Ship back',
    why: ['It belongs to {partner} and is back from your patron. Pack it and put it with the outgoing ILL parcels.'],
  },
  'return-shipped': {
    event: 'going back',
    place: 'ship-back',
    kind: 'ill',
    tag: 'Ship back',
    why: ['Pack it and put it with the outgoing ILL parcels. {partner} has been told that it is on its way.'],
  },
  'pull-slip': {
    event: 'to be pulled',
    place: 'fetch',
    kind: 'ill',
    tag: 'Pull',
    why: ['{partner} asks for it. Get it from the shelf, then scan this slip again and the item after it.'],
  },
  'pull-copy': {
    event: 'to be copied',
    place: 'fetch',
    kind: 'ill',
    tag: 'Pull for copy',
    why: ['{partner} asks for a copy from it. Get it from the shelf and take it to the ILL office with this slip.'],
  },
  fill: {
    event: 'filled',
    place: 'ship-to',
    kind: 'ill',
    tag: 'To ship',
    why: ['It is on loan to {partner} now. Pack it with its slip and scan the slip again when it leaves.'],
  },
  'fill+ship': {
    event: 'filled and shipped',
    place: 'ship-to',
    kind: 'ill',
    tag: 'Ship',
    why: ['It is on loan to {partner} now. Pack it with its slip and put it with the outgoing ILL parcels.'],
  },
  'fill-sequestered': {
    event: 'sequestered',
    place: 'sequester',
    kind: 'ill',
    tag: 'Sequester',
    why: ['It will be lent to {partner} online, so it must not circulate. Keep it with the sequestered items.'],
  },
  ship: {
    event: 'shipped',
    place: 'ship-to',
    kind: 'ill',
    tag: 'Ship',
    why: ['Put it with the outgoing ILL parcels. {partner} has been told that it is on its way.'],
  },
  complete: {
    event: 'loan closed',
    place: 'shelve',
    kind: 'shelve',
    tag: 'Shelve',
    why: [
      'It is ours and back from {partner}. Check it in in your circulation system to see whether somebody waits for it; if nobody does, shelve it.',
    ],
  },
};
