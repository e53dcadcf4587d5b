import type { Prompt } from '../../src-main/contract/prompt.ts';
import { shortened } from '../parts/shortened.ts';

/** Nobody listens longer than this to one sentence. */
const LONGEST = 240;

/** Ends a part so that a screen reader pauses after it. */
function sentence(part: string): string {
  return /[.!?…]$/u.test(part) ? part : `${part}.`;
}

/** What is read out for a prompt: where it goes, what it is, why, and the keys that act on it. */
export function announcementFor(prompt: Prompt): string {
  const { verb, to } = prompt.destination;
  const parts = [to === undefined ? verb : `${verb}: ${to}`, prompt.title ?? prompt.rowTitle, ...prompt.why];
  const offers = prompt.offers.map((offer) => `${offer.key}: ${offer.label}`);
  return [...new Set(parts), ...offers].map((part) => sentence(shortened(part, LONGEST))).join(' ');
}
