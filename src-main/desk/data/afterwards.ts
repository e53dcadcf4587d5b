import type { DeskStep } from '../../contract/settings.ts';
import type { StateWords } from './place.ts';

/**
 * What to do with the thing in the hand once a step is done, by the step and, where two steps are one action, by both.
 * Nothing here claims that it is done: the same words stand while the step still runs.
 * Sources: OCLC Relais D2D integration workflow (receive, return, complete); ReShare staff guides (fill, ship).
 */
export type Afterwards =
  DeskStep | 'returned+return-shipped' | 'fill+ship' | 'fill-sequestered' | 'pull-copy' | 'pull-in-hand';

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
    why: ['It goes back to {partner}. Pack it and put it with the outgoing ILL parcels.'],
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
  'pull-in-hand': {
    event: 'to be filled',
    place: 'scan-item',
    kind: 'ill',
    tag: 'Scan again',
    why: ['{partner} asks for it and you have it already: scan its barcode once more to fill the request.'],
  },
  fill: {
    event: 'to be shipped',
    place: 'ship-to',
    kind: 'ill',
    tag: 'To ship',
    why: ['It goes to {partner}. Pack it with its slip and scan the slip again when it leaves.'],
  },
  'fill+ship': {
    event: 'going out',
    place: 'ship-to',
    kind: 'ill',
    tag: 'Ship',
    why: ['It goes to {partner}. Pack it with its slip and put it with the outgoing ILL parcels.'],
  },
  'fill-sequestered': {
    event: 'sequestered',
    place: 'sequester',
    kind: 'ill',
    tag: 'Sequester',
    why: ['It will be lent to {partner} online, so it must not circulate. Keep it with the sequestered items.'],
  },
  ship: {
    event: 'going out',
    place: 'ship-to',
    kind: 'ill',
    tag: 'Ship',
    why: ['It goes to {partner}. Put it with the outgoing ILL parcels.'],
  },
  complete: {
    event: 'back from {partner}',
    place: 'shelve',
    kind: 'shelve',
    tag: 'Shelve',
    why: [
      'It is ours and back from {partner}. {checkIn} to see whether somebody waits for it; if nobody does, shelve it.',
    ],
  },
};
