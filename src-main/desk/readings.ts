import { cardForLending } from './check-out-patron.ts';
import { eanHolds, upcHolds } from './checkdigits.ts';
import { ownItem } from './circulation.ts';
import { decided } from './context.ts';
import type { Context } from './context.ts';
import { plainPrompt } from './look.ts';
import { NOT_THIS_ONE, TRY_AGAIN } from './offers.ts';
import type { Decision, Reading } from './types.ts';
import { minutesAgo, shorten, shownBarcode } from './words.ts';

const LABELS = 'Library barcode labels: 14 digits with a mod-10 check digit; ISO 2108 (ISBN)';

function shown(text: string): string {
  return shorten(text, 40);
}

export function unreadable(ctx: Context): Decision {
  const prompt = plainPrompt(ctx.evidence.reading, {
    kind: 'stop',
    kindText: 'Nothing readable',
    verb: 'Scan again',
    why: ['The scanner sent nothing that could be a barcode. Scan the label again, or type what is printed under it.'],
    tag: 'Scan again',
    rowTitle: 'Nothing readable',
    sound: 'attention',
    rule: LABELS,
  });
  return decided(prompt, { expectation: 'keep' });
}

export function publisherLabel(ctx: Context): Decision {
  const { reading } = ctx.evidence;
  const typo = reading.notes.includes('check-digit-wrong') ? ' (and a digit of it is wrong)' : '';
  const what = reading.symbology === undefined || /^97[789]/.test(reading.barcode) ? 'ISBN' : 'publisher’s label';
  const prompt = plainPrompt(reading, {
    kind: 'stop',
    kindText: `The ${what}, not our label`,
    verb: 'Scan the library label',
    why: [
      `That is the ${what} from the cover${typo}; it does not tell one copy from another.`,
      reading.candidates.length > 0
        ? 'If it is an item label of ours after all, check it in in your circulation system; it is on no ILL request.'
        : 'Scan the library’s own barcode or the ILL label instead.',
    ],
    tag: 'Scan again',
    rowTitle: `That is the ${what}, not our label`,
    sound: 'attention',
    rule: 'ISO 2108 (ISBN), GS1 prefixes 977 to 979',
  });
  return decided(prompt, { expectation: 'keep' });
}

export function libraryCard(ctx: Context): Decision {
  const { circulation } = ctx.rules;
  if (circulation?.lends === true) return cardForLending(ctx, circulation);
  const wrong = ctx.evidence.reading.notes.includes('check-digit-wrong');
  const prompt = plainPrompt(ctx.evidence.reading, {
    kind: 'route',
    kindText: 'A library card',
    verb: 'Library card',
    why: [
      'That is a library card, not an item. Check out in your circulation system.',
      wrong ? 'Its check digit is wrong, so it may have been misread.' : 'Scan an item, a slip or a request here.',
    ],
    tag: 'Library card',
    rowTitle: 'A library card',
    sound: 'attention',
    rule: `Desk settings: card prefixes; ${LABELS}`,
  });
  return decided(prompt, { expectation: 'keep' });
}

/** Two labels in one burst. With proof in both halves they become two scans; otherwise the person scans again. */
export function runTogether(ctx: Context, chosen: boolean): Decision {
  const { reading } = ctx.evidence;
  const { halves } = reading;
  const expectation = 'keep';
  if (halves === undefined) {
    const long = reading.barcode.length > 64 ? 'That is longer than any label' : 'That looks like two labels in one';
    const prompt = plainPrompt(reading, {
      kind: 'stop',
      kindText: 'Scans ran together',
      verb: 'Scan one at a time',
      why: [`${long}, and it is not clear where the second begins. Nothing was done. Scan each thing by itself.`],
      tag: 'Scan again',
      rowTitle: 'Scans ran together',
      sound: 'attention',
      rule: LABELS,
    });
    return decided(prompt, { expectation });
  }
  const [first, second] = halves;
  if (reading.sureSplit === true || chosen) {
    const prompt = plainPrompt(reading, {
      kind: 'saved',
      kindText: 'Two scans in one',
      verb: 'Two scans',
      why: [`${shown(first)} and ${shown(second)} came in one burst. Each has a line of its own; follow those.`],
      tag: 'Split in two',
      rowTitle: 'Two scans ran together',
      sound: 'accepted',
      rule: LABELS,
    });
    return decided(prompt, { expectation, split: halves });
  }
  const prompt = plainPrompt(reading, {
    kind: 'stop',
    kindText: 'Two scans in one?',
    verb: 'Scan one at a time',
    why: [
      `This looks like ${shown(first)} and ${shown(second)} in one burst. Nothing was done. Scan each thing by itself.`,
    ],
    tag: 'Scan again',
    rowTitle: 'Two scans ran together',
    sound: 'attention',
    rule: LABELS,
    offers: [NOT_THIS_ONE, { id: 'split', key: 'F10', label: 'Read as two scans' }],
  });
  return decided(prompt, { expectation });
}

export function doubleScan(ctx: Context, secondsAgo: number): Decision {
  const when =
    secondsAgo < 1 ? 'a moment' : secondsAgo < 1.5 ? '1 second' : `${String(Math.round(secondsAgo))} seconds`;
  const prompt = plainPrompt(ctx.evidence.reading, {
    kind: 'saved',
    kindText: 'Double scan',
    verb: 'Already scanned',
    why: [
      `The same label was scanned ${when} ago, so nothing was done again. The line before this one says where it goes.`,
    ],
    tag: 'Double scan',
    rowTitle: 'Same label again',
    sound: 'accepted',
    rule: 'Desk settings: double-scan window',
  });
  return decided(prompt, { expectation: 'keep' });
}

export function setAside(ctx: Context): Decision {
  const prompt = plainPrompt(ctx.evidence.reading, {
    kind: 'saved',
    kindText: 'Set aside',
    verb: 'Not this one',
    why: [
      'You said “not this one”. Nothing further is done for this scan; it stays in the list. Scan it again to start over.',
    ],
    tag: 'Not this one',
    rowTitle: 'Set aside',
    sound: 'accepted',
    rule: 'Chosen at the desk',
  });
  return decided(prompt);
}

/** Words for the reading where a label that no request carries may still have been misread or taken for another. */
function doubts(reading: Reading, ctx: Context): string | undefined {
  const { itemPrefixes } = ctx.rules.desk;
  if (/^\d+$/.test(reading.barcode) && (eanHolds(reading.barcode) || upcHolds(reading.barcode))) {
    return 'If that was the maker’s product label, scan the library label instead.';
  }
  const upper = reading.barcode.toUpperCase();
  if (itemPrefixes.length > 0 && !itemPrefixes.some((p) => upper.startsWith(p.toUpperCase()))) {
    return 'The label does not begin like ours: if another library’s name is in it, give it to the ILL office.';
  }
  return undefined;
}

/** ReShare knows no request with this label. */
export function notListed(ctx: Context): Decision {
  const { reading } = ctx.evidence;
  if (reading.kind === 'request' || reading.kind === 'temporary-item') {
    const prompt = plainPrompt(reading, {
      kind: 'stop',
      kindText: 'No such request',
      verb: 'ILL office',
      why: [
        `ReShare has no request ${shown(reading.barcode)} at this library. Look at the label and scan it again.`,
        'If it reads the same, give the item to the ILL office: it may belong to another library.',
      ],
      tag: 'Not found',
      rowTitle: 'No such request',
      sound: 'attention',
      rule: 'ReShare: no request carries this number',
      legs: [{ system: 'ReShare', state: 'none', text: 'No request with this number', at: ctx.now }],
      offers: [NOT_THIS_ONE, TRY_AGAIN],
    });
    return decided(prompt, { expectation: 'keep' });
  }
  const own = ownItem(ctx);
  if (own !== undefined) return own;
  const legs = [{ system: 'ReShare', state: 'none', text: 'On no ILL request', at: ctx.now } as const];
  if (reading.notes.includes('check-digit-wrong')) {
    const prompt = plainPrompt(reading, {
      kind: 'stop',
      kindText: 'Perhaps misread',
      verb: 'Scan again',
      why: [
        `The check digit of ${shownBarcode(reading)} is wrong, so the label was probably misread.`,
        'If it reads the same again, it is on no ILL request: check it in in your circulation system.',
      ],
      tag: 'Check digit',
      rowTitle: 'Check digit is wrong',
      sound: 'attention',
      rule: LABELS,
      legs,
    });
    return decided(prompt, { expectation: 'keep' });
  }
  const doubt = doubts(reading, ctx);
  const prompt = plainPrompt(reading, {
    kind: 'route',
    kindText: 'On no ILL request',
    verb: 'Not an ILL item',
    why: [
      'ReShare knows nothing of this label. Check it in in your circulation system.',
      ...(doubt === undefined ? [] : [doubt]),
    ],
    tag: 'Not ILL',
    rowTitle: 'Not an ILL item',
    sound: 'attention',
    rule: 'ReShare: no request carries this label',
    legs,
  });
  return decided(prompt);
}

/** Nothing could be asked and nothing is known. */
export function notAsked(ctx: Context): Decision {
  const { reading, outage } = ctx.evidence;
  const prompt = plainPrompt(reading, {
    kind: 'saved',
    kindText: 'Waiting for ReShare',
    verb: 'Keep here',
    why: [
      outage ?? 'ReShare could not be asked.',
      'The scan is saved and nothing was done. Keep the item here and scan it again when ReShare answers.',
    ],
    tag: 'Keep here',
    rowTitle: 'Waiting for ReShare to answer',
    sound: 'saved',
    rule: 'Outage: no system was changed',
    legs: [{ system: 'ReShare', state: 'waiting', text: 'Not asked yet' }],
    offers: [NOT_THIS_ONE, TRY_AGAIN],
  });
  return decided(prompt, { expectation: 'keep' });
}

/** A sentence for a step this desk has just done. */
export function settledSentence(doneWords: string, minutes: number): string {
  return `${doneWords} at this desk ${minutesAgo(minutes)}.`;
}
