import type { WmsBranch } from './branches.ts';
import { own, type PileMaker, type WmsThing } from './pile-types.ts';

/** Returned books somebody waits for. */
export function holds(maker: PileMaker): readonly WmsThing[] {
  const { stock, main, science, music } = maker;
  let reader = 0;
  const next = (): string => maker.card(3 + (reader++ % 18));
  const wanted = (key: string, at: WmsBranch, pickup: WmsBranch): WmsThing => {
    const item = stock.lend(stock.item({ home: at }), next());
    stock.hold(item, next(), pickup);
    const where = at === pickup ? 'Hold shelf here.' : `Send it to ${pickup.name}.`;
    return own(key, item, at, `A patron waits for it. ${where}`);
  };
  return [
    wanted('hold-main-1', main, main),
    wanted('hold-main-2', main, main),
    wanted('hold-science-1', science, science),
    wanted('hold-science-2', science, science),
    wanted('hold-music-1', music, music),
    wanted('hold-music-2', music, music),
    wanted('send-main-to-science', main, science),
    wanted('send-main-to-music', main, music),
    wanted('send-science-to-main', science, main),
    wanted('send-science-to-music', science, music),
    wanted('send-music-to-main', music, main),
    wanted('send-music-to-science', music, science),
    ...twoCopies(maker),
    twoInQueue(maker),
  ];
}

/** One hold on the title and two copies: the copy scanned first goes to it. */
function twoCopies({ stock, main, science, card }: PileMaker): readonly WmsThing[] {
  const work = stock.work();
  const first = stock.lend(stock.item({ home: main, work }), card(8));
  const second = stock.lend(stock.item({ home: science, work, copy: '2' }), card(9), 15);
  stock.hold(first, card(10), main, 'Bibliographic Item');
  return [
    own(
      'title-copy-1',
      first,
      main,
      'A patron waits for any copy: hold shelf here, if it is scanned before the other.',
    ),
    own('title-copy-2', second, science, 'The other copy: back to the shelf once the first went to the hold.'),
  ];
}

/** Two people wait for one book: scanned twice, it goes to the second of them. */
function twoInQueue({ stock, main, card }: PileMaker): WmsThing {
  const item = stock.lend(stock.item({ home: main }), card(11));
  stock.hold(item, card(12), main, 'Item', 40);
  stock.hold(item, card(13), main, 'Item', 20);
  return own(
    'queue-of-two',
    item,
    main,
    'Hold shelf here for the first of two patrons. Scanned again it would go to the second.',
  );
}

/** Things to lend: on the shelf, on the hold shelf, and those that may not go. */
export function checkOuts(maker: PileMaker): readonly WmsThing[] {
  const { stock, main, science, music, card } = maker;
  const shelf = (key: string, branch: WmsBranch): WmsThing =>
    own(key, stock.item({ home: branch }), branch, 'On the shelf: may be lent to any good card.');
  const ready = (key: string, branch: WmsBranch, n: number): WmsThing => {
    const item = stock.item({ home: branch });
    stock.onShelf(item, stock.hold(item, card(n), branch));
    return own(key, item, branch, `On the hold shelf for patron card ${n + 1}: lend it to that card and no other.`);
  };
  return [
    ...[1, 2, 3, 4].map((n) => shelf(`shelf-main-${n}`, main)),
    ...[1, 2].map((n) => shelf(`shelf-science-${n}`, science)),
    ...[1, 2].map((n) => shelf(`shelf-music-${n}`, music)),
    ready('pickup-main', main, 2),
    ready('pickup-science', science, 3),
    ready('pickup-music', music, 4),
    own(
      'reference',
      stock.item({ home: main, restriction: 'In Library Use Only' }),
      main,
      'Does not leave the house: WMS refuses the check-out and says why.',
    ),
    own(
      'loan-fee',
      stock.item({ home: main, restriction: 'In Library Use Only', fee: 1500 }),
      main,
      'Lending it costs 15.00 and it stays in the house: WMS refuses and names both.',
    ),
    own(
      'out-to-another',
      stock.lend(stock.item({ home: main }), card(14)),
      main,
      'Still on loan to somebody else: WMS refuses the check-out.',
    ),
  ];
}
