import type { ShiftScan } from './shift-script.ts';

const SCIENCE = 'Science Library';
const MUSIC = 'Music and Arts Library';

/** The library’s other two branches, each at its own desk: what the main library sent them, and their own patrons. */
export const BRANCHES: readonly ShiftScan[] = [
  {
    chapter: 'Eleven o’clock: the Science Library',
    story: 'The branch courier is at Science. The book a patron waits for, which WMS was so slow about.',
    at: SCIENCE,
    thing: 'wms-send-main-to-science',
    expect: 'Hold shelf',
    says: /patron picks it up here/,
    checksIn: true,
    picture: 'science-hold',
  },
  {
    story: 'The one from the main library’s box is home again.',
    at: SCIENCE,
    thing: 'wms-away-science-at-main',
    expect: 'Shelve',
    says: /done: Checked in/,
    checksIn: true,
  },
  {
    story:
      'The book borrowed from another library, by its lender’s barcode: received this morning, to be picked up here.',
    at: SCIENCE,
    thing: 'arrival-1',
    expect: 'Hold shelf',
    says: /received/i,
  },
  {
    story: 'A book of Science’s own comes back, and somebody at Science waits for it.',
    at: SCIENCE,
    thing: 'wms-hold-science-1',
    expect: 'Hold shelf',
    says: /patron picks it up here/,
    checksIn: true,
  },
  {
    story: 'A novel among the journals: it lives at the main library.',
    at: SCIENCE,
    thing: 'wms-away-main-at-science',
    expect: 'Send to → Main Library Desk',
    says: /belongs there/,
    checksIn: true,
  },
  {
    story: 'One of Science’s own that somebody at the main library wants.',
    at: SCIENCE,
    thing: 'wms-send-science-to-main',
    expect: 'Send to → Main Library Desk',
    says: /patron is waiting/,
    checksIn: true,
  },
  {
    story: 'A student with a card.',
    at: SCIENCE,
    thing: 'wms-card-4',
    expect: 'Scan the items',
  },
  {
    story: '… for whom a book waits on the hold shelf. F2, and the next patron may come.',
    at: SCIENCE,
    thing: 'wms-pickup-science',
    expect: 'Hand it out',
    says: /WMS’s date/,
    picture: 'science-lent',
    press: 'F2',
  },

  {
    chapter: 'Half past eleven: Music and Arts',
    story: 'The courier’s last stop. The quartet’s score.',
    at: MUSIC,
    thing: 'wms-send-main-to-music',
    expect: 'Hold shelf',
    says: /patron picks it up here/,
    checksIn: true,
  },
  {
    story: 'The score that strayed is with the musicians again.',
    at: MUSIC,
    thing: 'wms-away-music-at-main',
    expect: 'Shelve',
    says: /done: Checked in/,
    checksIn: true,
  },
  {
    story: 'In the wrong crate: it was on its way to Science.',
    at: MUSIC,
    thing: 'wms-wrong-stop',
    expect: 'Send to → Science Library',
    says: /belongs there/,
    checksIn: true,
  },
  {
    story: 'A patron of Music and Arts.',
    at: MUSIC,
    thing: 'wms-card-5',
    expect: 'Scan the items',
  },
  {
    story: '… and what waited for her.',
    at: MUSIC,
    thing: 'wms-pickup-music',
    expect: 'Hand it out',
    says: /WMS’s date/,
    picture: 'music-lent',
    press: 'F2',
  },
];
