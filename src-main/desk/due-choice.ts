import type { DueChoice, Leg, Offer, Prompt } from '../contract/prompt.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import { calendarDay, dayWords } from './check-out-due.ts';
import { offerId, parseOfferId } from './offers.ts';
import { dayWithYear, shorten } from './words.ts';

/**
 * Another due date than the systems', set by staff before the item is handed over (OCLC help: *Change Due Date*). WMS's
 * check-out carries none: it reads and ignores `DesiredDateDue`. So the prompt says what to type there, until staff say that
 * it is done.
 */

/** Who sets a date, when, and what the circulation system is called. */
export interface DueScene {
  readonly system: string;
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly timeZone?: string | undefined;
}

/** A prompt on which staff may set a date. */
export type DuePrompt = Prompt & { readonly due: DueChoice };

const RULE = 'OCLC help: Change Due Date; WMS NCIP ignores DesiredDateDue';
const DESK = 'Desk';
const DAY = 86_400_000;
const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/**
 * The calendar day that staff typed: `2026-12-04`, `4 December 2026`, `Dec 4`, or `+14` for so many days from today. A day
 * without a year is the next one there is. Numbers alone are no date: 4/12 is another day on the other side of the ocean.
 * @param now ISO 8601 UTC
 */
export function readDueDay(text: string, now: string, timeZone?: string): Result<string> {
  const today = calendarDay(now, timeZone) ?? now.slice(0, 10);
  const day = dayOf(text.trim().replaceAll(/\s+/g, ' '), today);
  if (day === undefined) {
    return refuse(`“${shorten(text.trim(), 30)}” is no date Carrel can read. Type it as 2026-12-04 or 4 December.`);
  }
  if (day < today) return refuse(`${dayWithYear(day)} has passed. A loan cannot be due before today.`);
  return ok(day);
}

function refuse(sentence: string): Result<string> {
  return fail('bad-input', sentence, { mender: 'desk', retry: 'now' });
}

function dayOf(text: string, today: string): string | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso !== null) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const later = /^\+ ?(\d{1,3})$/.exec(text);
  if (later !== null) return new Date(midnight(today) + Number(later[1]) * DAY).toISOString().slice(0, 10);
  const words =
    /^(?<day>\d{1,2})\.? (?<month>[a-z]{3,9})\.?,?(?: (?<year>\d{4}))?$/i.exec(text) ??
    /^(?<month>[a-z]{3,9})\.? (?<day>\d{1,2}),?(?: (?<year>\d{4}))?$/i.exec(text);
  const { day = '', month = '', year } = words?.groups ?? {};
  const place = MONTHS.findIndex((name) => name.startsWith(month.toLowerCase()));
  if (words === null || place < 0) return undefined;
  if (year !== undefined) return existing(Number(year), place + 1, Number(day));
  const thisYear = Number(today.slice(0, 4));
  // 29 February is in one year of eight at the latest.
  const years = Array.from({ length: 9 }, (_, index) => thisYear + index);
  return years.map((one) => existing(one, place + 1, Number(day))).find((one) => one !== undefined && one >= today);
}

function existing(year: number, month: number, day: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, day));
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return real ? at.toISOString().slice(0, 10) : undefined;
}

function midnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** Whether staff may set a date on this prompt. */
export function mayChooseDue(prompt: Prompt | undefined): prompt is DuePrompt {
  return prompt?.due !== undefined && !prompt.working;
}

/** The prompt of a lent item after staff set a date for it. */
export function withDue(prompt: DuePrompt, day: string, scene: DueScene): DuePrompt {
  const { due } = prompt;
  const { system, by, at } = scene;
  const words = dayWords(day, at, scene.timeZone);
  const full = dayWithYear(day);
  const there = due.system === day;
  const late = lateSentence(due, day, scene);
  const chosen: Leg = { system: DESK, state: 'confirmed', text: `Due ${full}, set by ${by}`, at };
  return {
    ...prompt,
    destination: there ? { verb: 'Hand it out', to: `due ${words}` } : { verb: 'Change the date', to: words },
    why: [
      there ? `Due ${words}: ${system} has that date.` : `Change it in ${system}: type ${full}. Then hand it out.`,
      ...(there || due.system === undefined ? [] : [`${system}’s date: ${dayWords(due.system, at, scene.timeZone)}.`]),
      ...late,
      ...due.also,
    ],
    legs: [...prompt.legs.filter((leg) => !isOfDue(leg)), chosen, ...(there ? [] : [byHand(system, day, at)])],
    offers: [...prompt.offers.filter((offer) => !isChanged(offer)), ...(there ? [] : [changedOffer(system, day)])],
    tag: there ? `Due ${shorten(words, 18)}` : `Change to ${shorten(words, 18)}`,
    sound: there && late.length === 0 ? 'accepted' : 'attention',
    rule: RULE,
    due: { ...due, day },
  };
}

/** The prompt after staff said that the date is changed in the circulation system. */
export function dueChanged(prompt: DuePrompt, day: string, scene: DueScene): DuePrompt {
  const { system, by, at } = scene;
  const words = dayWords(day, at, scene.timeZone);
  const changed: Leg = { system, state: 'confirmed', text: `${CHANGED} ${dayWithYear(day)}, says ${by}`, at };
  return {
    ...prompt,
    destination: { verb: 'Hand it out', to: `due ${words}` },
    why: [`Due ${words}, changed in ${system} by hand.`, ...lateSentence(prompt.due, day, scene), ...prompt.due.also],
    legs: [...prompt.legs.filter((leg) => leg.state !== 'by-hand' || !isOfDue(leg)), changed],
    offers: prompt.offers.filter((offer) => !isChanged(offer)),
    tag: `Due ${shorten(words, 18)}`,
    sound: 'accepted',
    due: { ...prompt.due, day, system: day },
  };
}

/** The prompt of a card after staff set one date for everything lent in its session from now on. */
export function withSessionDue(prompt: DuePrompt, day: string, scene: DueScene): DuePrompt {
  const full = dayWithYear(day);
  return {
    ...prompt,
    why: [`Items scanned now are lent to this card, due ${full}. Press F2 when this patron has everything.`],
    legs: [
      ...prompt.legs.filter((leg) => !isOfDue(leg)),
      { system: DESK, state: 'confirmed', text: `Due ${full}, set by ${scene.by}`, at: scene.at },
    ],
    due: { ...prompt.due, day },
  };
}

/** A date later than the lender allows is staff's to choose, and is said. */
function lateSentence({ lender, latest }: DueChoice, day: string, { at, timeZone }: DueScene): readonly string[] {
  if (lender === undefined || latest === undefined || day <= latest) return [];
  const wanted = dayWords(lender, at, timeZone);
  return [
    day > lender
      ? `That is after ${wanted}, when the lender wants it back. Ask the ILL office first.`
      : `The lender wants it back on ${wanted}: that leaves less time for the way back than the library keeps.`,
  ];
}

const CHANGE = 'Change the due date to';
const CHANGED = 'Due date changed to';

/** What is left to do in the circulation system. */
export function byHand(system: string, day: string, at: string): Leg {
  return { system, state: 'by-hand', text: `${CHANGE} ${dayWithYear(day)}`, at };
}

/** The key by which staff say that they have done it. */
export function changedOffer(system: string, day: string): Offer {
  return { id: offerId({ kind: 'due-changed', day }), key: 'F11', label: `Changed in ${system}` };
}

function isChanged({ id }: Offer): boolean {
  return parseOfferId(id)?.kind === 'due-changed';
}

function isOfDue({ system, state, text }: Leg): boolean {
  return system === DESK || (state === 'by-hand' && text.startsWith(CHANGE)) || text.startsWith(CHANGED);
}
