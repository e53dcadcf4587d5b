import type { Prompt } from '../contract/prompt.ts';
import type { Result } from '../contract/result.ts';
import type { PatronFacts, PatronStanding } from './check-out-types.ts';
import type { CirculationRules } from './circulation-types.ts';
import { decided } from './context.ts';
import type { Context } from './context.ts';
import { plainPrompt } from './look.ts';
import type { Decision, Reading } from './types.ts';
import { day, given } from './words.ts';

/**
 * The card that begins a lending session. Prompts are journaled, so none of them says whose card it is or how the account
 * stands; that is on the session's strip, which is kept in memory alone.
 */

const RULE = 'OCLC help: check out to a patron begins with the patron’s barcode';

/** A library card where Carrel lends: a session begins, unless the card may have been misread. */
export function cardForLending(ctx: Context, circulation: CirculationRules): Decision {
  const { reading } = ctx.evidence;
  const keep = { expectation: 'keep' } as const;
  if (reading.notes.includes('check-digit-wrong')) {
    const prompt = plainPrompt(reading, {
      kind: 'stop',
      kindText: 'A library card, perhaps misread',
      verb: 'Scan the card again',
      why: [
        'Its check digit is wrong, so this may be another patron’s number. Nothing is lent to it.',
        `If it reads the same again, lend on ${circulation.name}’s own screen.`,
      ],
      tag: 'Card misread',
      rowTitle: 'A library card, perhaps misread',
      sound: 'attention',
      rule: 'Library barcode labels: 14 digits with a mod-10 check digit',
    });
    return decided(prompt, { ...keep, session: 'end' });
  }
  return decided({ ...lendingPrompt(reading), working: true }, { ...keep, session: 'start' });
}

function lendingPrompt(reading: Reading): Prompt {
  return plainPrompt(reading, {
    kind: 'route',
    kindText: 'A library card',
    verb: 'Scan the items',
    why: ['Items scanned now are lent to this card. Press F2 when this patron has everything.'],
    tag: 'Lending',
    rowTitle: 'Lending began',
    sound: 'accepted',
    rule: RULE,
  });
}

/** The card's prompt once the look-up has answered. */
export function concludeCard(reading: Reading, standing: PatronStanding, circulation: CirculationRules): Prompt {
  if (standing.state !== 'stopped') return { ...lendingPrompt(reading), due: { also: [] } };
  return plainPrompt(reading, {
    kind: 'stop',
    kindText: 'A library card',
    verb: 'Do not lend',
    why: [
      `${circulation.name} says that this account may not borrow now. The line above says why.`,
      `Mend the account in ${circulation.name} and scan the card again, or press F2.`,
    ],
    tag: 'Do not lend',
    rowTitle: 'The account may not borrow',
    sound: 'refused',
    rule: 'OCLC SCIM: isCircBlocked, oclcExpirationDate',
  });
}

/** First name and the initial of the last: enough to ask "is that you?", too little to read over a shoulder. */
export function safeName(name: string | undefined): string | undefined {
  const shown = given(name, 80);
  if (shown === undefined) return undefined;
  const [before = '', after] = shown.split(',', 2);
  const first = (after ?? before).trim().split(' ')[0] ?? '';
  const last = after === undefined ? (before.trim().split(' ').slice(1).at(-1) ?? '') : before.trim();
  const [initial] = Array.from(last);
  return [first, initial === undefined ? '' : `${initial.toUpperCase()}.`].filter((part) => part !== '').join(' ');
}

/** What a look-up of the card means for the session. */
export function standingOf(
  answer: Result<PatronFacts | undefined>,
  circulation: CirculationRules,
  now: string,
  timeZone?: string,
): PatronStanding {
  const { name: system } = circulation;
  if (!answer.ok) {
    return { state: 'not-asked', sentence: `The account could not be looked up. ${system} decides with each item.` };
  }
  const facts = answer.value;
  if (facts === undefined) return { state: 'stopped', sentence: `${system} knows nobody with this card.` };
  const name = safeName(facts.name);
  const named = name === undefined ? {} : { name };
  const until = day(facts.expires, now, timeZone);
  const lapsed = facts.expires !== undefined && Date.parse(facts.expires) <= Date.parse(now);
  if (facts.blocked === true) return { state: 'stopped', ...named, sentence: `The account is blocked in ${system}.` };
  if (lapsed && until !== undefined) {
    return { state: 'stopped', ...named, sentence: `The membership ended on ${until}: renew it in ${system} first.` };
  }
  return facts.illBlocked === true
    ? { state: 'good', ...named, sentence: 'Interlibrary loan is blocked for this account.', illBlocked: true }
    : { state: 'good', ...named };
}
