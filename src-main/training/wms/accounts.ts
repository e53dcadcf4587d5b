import type { Random } from '../random.ts';
import { LIBRARIES } from '../story/libraries.ts';
import type { Patron } from '../world.ts';
import type { WmsContext, WmsPatron } from './model.ts';

const DAY = 86_400_000;

/** Which of the story's patrons stand out, by their place in the list. The first ones are ordinary and have cards on the desk. */
export const SPECIAL = {
  lapsed: 30,
  blocked: 31,
  bills: 32,
  smallBill: 33,
  full: 34,
  illBlocked: 35,
} as const;

const account = (random: Random, fields: Omit<WmsPatron, 'id' | 'ppid' | 'illBlocked' | 'verified' | 'blocked'>) => ({
  id: random.uuid(),
  ppid: random.uuid(),
  blocked: false,
  illBlocked: false,
  verified: true,
  ...fields,
});

/** Puts the library's patrons and the accounts of the other libraries into the store; patrons are the same people ReShare knows. */
export function addAccounts(context: WmsContext, random: Random, patrons: readonly Patron[]): void {
  const { store } = context;
  const { branches } = store.institution;
  const year = context.now() + 400 * DAY;
  for (const [place, patron] of patrons.entries()) {
    const made: WmsPatron = account(random, {
      barcode: patron.barcode,
      givenName: patron.givenName,
      familyName: patron.surname,
      email: patron.email,
      category: place === SPECIAL.full ? 'COMMUNITY' : patron.profile,
      homeBranch: branches[place % branches.length]?.id ?? '',
      expires: year,
    });
    store.patrons.set(made.barcode, {
      ...made,
      illBlocked: place === SPECIAL.illBlocked,
      blocked: place === SPECIAL.blocked,
      expires: place === SPECIAL.lapsed ? context.now() - 20 * DAY : year,
    });
    const owed = place === SPECIAL.bills ? 4200 : place === SPECIAL.smallBill ? 250 : 0;
    if (owed > 0) {
      store.bills.push({
        id: random.uuid(),
        patron: made.barcode,
        type: 'Fine',
        amount: owed,
        at: context.now() - 30 * DAY,
      });
    }
  }
  for (const [barcode, symbol, name] of [
    ...LIBRARIES.map((one) => [one.institutionalPatronId, one.symbol, one.name] as const),
    ['90000001', 'RESHARE', 'Resource sharing, any library'] as const,
  ]) {
    const made = account(random, {
      barcode,
      symbol,
      givenName: 'Library',
      familyName: name,
      email: 'ill@riverside.example.edu',
      category: 'INSTITUTION',
      homeBranch: branches[0]?.id ?? '',
      expires: year + 4000 * DAY,
    });
    store.patrons.set(barcode, made);
  }
}
