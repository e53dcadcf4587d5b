import type { RequestView } from '../contract/request.ts';
import type { StateWords } from './data/place.ts';
import type { DeskRules } from './types.ts';
import { shorten } from './words.ts';

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/**
 * Name of the branch where borrowed items live, when this desk stands in another one: "Circulation staff may be instructed
 * to route the item to the configured temporary item home branch" (OCLC Relais D2D integration workflow; ILL settings of
 * the WMS service configuration). Undefined at that branch, and where no setting names one.
 */
export function homeElsewhere({ circulation, desk }: DeskRules): string | undefined {
  const wanted = circulation?.illBranch?.trim();
  if (circulation === undefined || wanted === undefined || wanted === '') return undefined;
  const { branches, hereCodes } = circulation;
  const named = branches.find(({ code, name }) => same(code, wanted) || same(name, wanted));
  const name = named?.name ?? wanted;
  const codes = [wanted, ...branches.filter((branch) => same(branch.name, name)).map(({ code }) => code)];
  const here = same(name, desk.branch) || codes.some((code) => hereCodes.some((one) => same(one, code)));
  return here ? undefined : name;
}

/**
 * The words for a borrowed item that is to be sent back, at a desk of another branch than the one where such items live: it
 * travels there first. Other words stay as they are.
 */
export function sentHome(words: StateWords, request: RequestView, rules: DeskRules): StateWords {
  const home = request.side === 'borrowing' && words.place === 'ship-back' ? homeElsewhere(rules) : undefined;
  if (home === undefined) return words;
  return {
    event: words.event,
    place: 'home-branch',
    kind: 'route',
    tag: `To ${shorten(home, 24)}`,
    why: [
      `Borrowed items live at ${home}, which sends this one back to {partner}. Put the routing slip in it and place it in the courier crate.`,
    ],
  };
}
