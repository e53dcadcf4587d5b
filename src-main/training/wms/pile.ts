import { libraryBarcode } from '../barcodes.ts';
import { library } from '../story/libraries.ts';
import { checkOuts, holds } from './pile-holds.ts';
import { returns, travellers } from './pile-returns.ts';
import type { PileMaker, WmsThing } from './pile-types.ts';
import { balance } from './policy.ts';

const MAX_COMMUNITY_LOANS = 5;

/** Builds the library's own side of the practice pile: enough for a whole day at three desks. */
export function buildPile(maker: PileMaker): readonly WmsThing[] {
  return [
    ...returns(maker),
    ...travellers(maker),
    ...holds(maker),
    ...checkOuts(maker),
    ...cards(maker),
    stranger(maker),
  ];
}

function cards(maker: PileMaker): readonly WmsThing[] {
  const { stock, main } = maker;
  // The card that may borrow no more has as many loans as its category allows.
  for (let n = 0; n < MAX_COMMUNITY_LOANS; n += 1) stock.lend(stock.item({ home: main }), maker.special('full'));
  const card = (key: string, barcode: string, expects: string): WmsThing => ({
    key: `wms-${key}`,
    barcode,
    what: 'patron card',
    title: 'Library card',
    expects,
    branch: main.id,
  });
  const { special } = maker;
  const owed = (who: 'bills' | 'smallBill'): string => (balance(maker.context.store, special(who)) / 100).toFixed(2);
  return [
    ...[0, 1, 2, 3, 4].map((n) => card(`card-${n + 1}`, maker.card(n), 'A good card: lend to it.')),
    card('card-lapsed', special('lapsed'), 'Its membership has run out: WMS refuses, the account needs renewing.'),
    card('card-blocked', special('blocked'), 'A blocked account: WMS refuses to lend.'),
    card('card-bills', special('bills'), `Owes ${owed('bills')}, more than allowed: WMS refuses to lend.`),
    card('card-small-bill', special('smallBill'), `Owes ${owed('smallBill')}, and may borrow all the same.`),
    card('card-full', special('full'), 'Has as many loans as it may have: WMS refuses one more.'),
    card('card-ill-blocked', special('illBlocked'), 'May borrow here; interlibrary loan is blocked for it.'),
  ];
}

function stranger({ main }: PileMaker): WmsThing {
  return {
    key: 'wms-unknown-item',
    barcode: libraryBarcode(3, library('riverside').barcodeCode, 99_999_111),
    what: 'other',
    title: '',
    expects: 'One of our labels, and WMS does not know it: set it aside for the catalogue.',
    branch: main.id,
  };
}
