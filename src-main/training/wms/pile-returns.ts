import type { WmsBranch } from './branches.ts';
import { own, type PileMaker, type WmsThing } from './pile-types.ts';

const times = <T>(count: number, make: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i + 1));

/** Own books that come back over the desk. */
export function returns(maker: PileMaker): readonly WmsThing[] {
  const { stock, main, science, music } = maker;
  let reader = 2;
  const next = (): string => maker.card(2 + (reader++ % 20));
  const home = (key: string, branch: WmsBranch, count: number): readonly WmsThing[] =>
    times(count, (n) =>
      own(
        `${key}-${n}`,
        stock.lend(stock.item({ home: branch }), next()),
        branch,
        'Nothing waits for it: back to the shelf.',
      ),
    );
  const away = (key: string, at: WmsBranch, from: WmsBranch): WmsThing =>
    own(key, stock.lend(stock.item({ home: from }), next()), at, `Belongs to ${from.name}: send it home.`);
  return [
    ...home('return-main', main, 6),
    ...home('return-science', science, 3),
    ...home('return-music', music, 3),
    away('away-science-at-main', main, science),
    away('away-music-at-main', main, music),
    away('away-main-at-science', science, main),
    away('away-music-at-science', science, music),
    away('away-main-at-music', music, main),
    away('away-science-at-music', music, science),
    ...times(3, (n) =>
      own(
        `overdue-${n}`,
        stock.lend(stock.item({ home: main }), next(), -3 * n),
        main,
        `${3 * n} days late: back to the shelf, and a bill arises.`,
      ),
    ),
    own(
      'lost-found',
      stock.lend(stock.item({ home: main }), next(), -60, 'Lost'),
      main,
      'Marked lost, and here it is: back to the shelf, a bill arises.',
    ),
    own('missing-found', stock.item({ home: main, status: 'Missing' }), main, 'Marked missing: back to the shelf.'),
    own(
      'claimed-returned',
      stock.lend(stock.item({ home: science }), next(), 4, 'Claimed Returned'),
      science,
      'Its reader said it was back: checked in, back to the shelf.',
    ),
  ];
}

/** Books in transit between branches, and books that need staff. */
export function travellers(maker: PileMaker): readonly WmsThing[] {
  const { stock, main, science, music } = maker;
  const coming = (key: string, to: WmsBranch): WmsThing => {
    const item = stock.item({ home: to });
    stock.onTheWay(item, to);
    return own(key, item, to, 'Home again from another branch: back to the shelf.');
  };
  const arriving = (key: string, home: WmsBranch, to: WmsBranch, n: number): WmsThing => {
    const item = stock.item({ home });
    stock.onTheWay(item, to, stock.hold(item, maker.card(n), to));
    return own(key, item, to, `Arrives at ${to.name} for a patron: hold shelf here.`);
  };
  const lostWay = stock.item({ home: science });
  stock.onTheWay(lostWay, science);
  const withWords = (key: string, branch: WmsBranch, words: string, expects: string): WmsThing => {
    const item = stock.lend(stock.item({ home: branch }), maker.card(12));
    item.process = words;
    return own(key, item, branch, expects);
  };
  return [
    coming('home-to-main', main),
    coming('home-to-science', science),
    coming('home-to-music', music),
    arriving('arrives-for-hold-main', science, main, 5),
    arriving('arrives-for-hold-science', music, science, 6),
    arriving('arrives-for-hold-music', main, music, 7),
    own('wrong-stop', lostWay, music, 'On its way to the Science Library and seen here: send it on.'),
    withWords('process-plain', main, '', 'Staff handling, without any words: give it to circulation staff.'),
    withWords('process-bindery', main, 'Bindery', 'Staff handling: the words WMS gives are shown as they are.'),
    withWords('process-reserves', science, 'Course reserves', 'Staff handling: shown as it is.'),
    ...[main, music].map((branch, i) =>
      own(
        `withdrawn-${i + 1}`,
        stock.item({ home: branch, status: 'Withdrawn' }),
        branch,
        'Withdrawn from the collection: set it aside.',
      ),
    ),
  ];
}
