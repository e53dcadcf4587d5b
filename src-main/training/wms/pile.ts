import { libraryBarcode } from '../barcodes.ts';
import { library } from '../story/libraries.ts';
import { SPECIAL } from './accounts.ts';
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
  for (let n = 0; n < MAX_COMMUNITY_LOANS; n += 1) stock.lend(stock.item({ home: main }), maker.card(SPECIAL.full));
  const card = (key: string, n: number, expects: string): WmsThing => ({
    key: `wms-${key}`,
    barcode: maker.card(n),
    what: 'patron card',
    title: 'Library card',
    expects,
    branch: main.id,
  });
  const owed = (n: number): string => (balance(maker.context.store, maker.card(n)) / 100).toFixed(2);
  return [
    ...[0, 1, 2, 3, 4].map((n) => card(`card-${n + 1}`, n, 'A good card: lend to it.')),
    card('card-lapsed', SPECIAL.lapsed, 'Its membership has run out: WMS refuses, the account needs renewing.'),
    card('card-blocked', SPECIAL.blocked, 'A blocked account: WMS refuses to lend.'),
    card('card-bills', SPECIAL.bills, `Owes ${owed(SPECIAL.bills)}, more than allowed: WMS refuses to lend.`),
    card('card-small-bill', SPECIAL.smallBill, `Owes ${owed(SPECIAL.smallBill)}, and may borrow all the same.`),
    card('card-full', SPECIAL.full, 'Has as many loans as it may have: WMS refuses one more.'),
    card('card-ill-blocked', SPECIAL.illBlocked, 'May borrow here; interlibrary loan is blocked for it.'),
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
