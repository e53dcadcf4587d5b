import type { HeldBody, HeldSystem, OfflineLine, OfflineState, OfflineTodo } from '../contract/offline.ts';
import type { RequestView } from '../contract/request.ts';
import type { Result } from '../contract/result.ts';
import { matches } from '../desk/matching.ts';
import { placeOf, planName } from '../desk/offline-words.ts';
import type { DownSystem } from '../desk/offline.ts';
import type { DeskRules, Reading } from '../desk/types.ts';
import { asksForWord } from '../desk/unanswered.ts';
import { clockAt } from '../desk/words.ts';
import { isCalledOff } from './actions.ts';
import { judge, nameOf } from './look.ts';
import type { HeldEntry } from './offline.ts';

/** What a fresh look says about a line of the offline list, before anything is sent. */
export interface Finding {
  readonly state: Extract<OfflineState, 'would-do' | 'already' | 'conflict' | 'unknown' | 'again'>;
  readonly sentence: string;
  readonly todo: OfflineTodo;
  /** When it was looked, ISO 8601 UTC. */
  readonly at: string;
  /** The planned request as it is now. */
  readonly request?: RequestView;
}

/** What was read: requests that carry the label, and the planned one where it is not among them. */
export interface ReplayLook {
  readonly hits: Result<readonly RequestView[]>;
  readonly planned?: Result<RequestView>;
}

type HeldStep = Extract<HeldEntry['held']['plan'], { readonly kind: 'step' }>;

export interface VerdictScene {
  readonly rules: DeskRules;
  readonly now: string;
}

/** Clocks further apart than this cannot tell which of two things came first, milliseconds. */
const CLOCK_LIMIT_MS = 2 * 60_000;

/** Pure: what may be done with a line, by what was just read. */
export function findingOf(entry: HeldEntry, reading: Reading, look: ReplayLook, scene: VerdictScene): Finding {
  const { plan, mode, no } = entry.held;
  const at = scene.now;
  if (!look.hits.ok) return { state: 'unknown', sentence: look.hits.error.sentence, todo: 'wait', at };
  const found = matches(look.hits.value, reading).map(({ request }) => request);
  const open = found.filter(({ state }) => !state.terminal);
  switch (plan.kind) {
    case 'look':
      return again(`Scan No. ${String(no)} again: Carrel then says what it is and where it goes.`, 'rescan', at);
    case 'check-out':
      return again('Scan the card and the item again: nothing is lent without its patron.', 'card', at);
    case 'check-in':
      return open.length > 0 ? onRequest(open, at) : checkIn(entry, scene);
    case 'step': {
      const planned = found.find(({ id }) => id === plan.requestId) ?? valueOf(look.planned);
      if (planned === undefined) return lost(look, at);
      const other = open.find(({ id }) => id !== plan.requestId);
      const still = found.includes(planned);
      const finding = stepFinding(entry, plan, { planned, other, still }, scene);
      if (mode !== 'intent' || finding.state !== 'would-do') return { ...finding, request: planned };
      return {
        ...again(`“${planName(plan)}” is only noted. Scan it again to do it now.`, 'rescan', at),
        request: planned,
      };
    }
  }
}

function again(sentence: string, todo: OfflineTodo, at: string): Finding {
  return { state: 'again', sentence, todo, at };
}

function valueOf(read: Result<RequestView> | undefined): RequestView | undefined {
  return read?.ok === true ? read.value : undefined;
}

function lost({ planned }: ReplayLook, at: string): Finding {
  if (planned?.ok === false && planned.error.code !== 'not-found') {
    return { state: 'unknown', sentence: planned.error.sentence, todo: 'wait', at };
  }
  return {
    state: 'conflict',
    sentence: 'Its request is not in ReShare any more. Scan the item again.',
    todo: 'rescan',
    at,
  };
}

function onRequest(open: readonly RequestView[], at: string): Finding {
  const name = open[0] === undefined ? 'a request' : nameOf(open[0]);
  const sentence = `It was taken for an item of ours, but it is on ${name.charAt(0).toLowerCase()}${name.slice(1)}. Scan it again: ReShare then tells the circulation system itself.`;
  return { state: 'conflict', sentence, todo: 'rescan', at };
}

/** WMS has no look at an item by its label, so that somebody lent it out since is for people to see: then it is not on the cart. */
function checkIn(entry: HeldEntry, { rules, now }: VerdictScene): Finding {
  const system = rules.circulation?.name;
  if (system === undefined) return again('Check it in in your circulation system, then dismiss the line.', 'look', now);
  const number = `No. ${String(entry.held.no)}`;
  const sentence = `Would check it in in ${system}, which then says where it goes. ${system} cannot be asked first: if ${number} is not on the cart any more, somebody may have lent it out since, and a check-in would end that loan. Then take the line off (F11).${clockNote(entry)}`;
  return { state: 'would-do', sentence, todo: 'wait', at: now };
}

interface Found {
  readonly planned: RequestView;
  /** Another open request that carries the label. */
  readonly other: RequestView | undefined;
  /** The planned one still carries it. */
  readonly still: boolean;
}

function stepFinding(entry: HeldEntry, plan: HeldStep, { planned, other, still }: Found, scene: VerdictScene): Finding {
  const at = scene.now;
  const label = planName(plan);
  const since =
    planned.lastUpdated === undefined ? '' : `, at ${clockAt(planned.lastUpdated, at, scene.rules.timeZone)}`;
  const said = `“${planned.state.label}”`;
  if (isCalledOff(planned.state.code)) {
    const who = planned.partner.name ?? 'the other library';
    const sentence = `${nameOf(planned)} was cancelled meanwhile: ${said}${since}. “${label}” is not done. Call ${who} before the item goes anywhere.`;
    return { state: 'conflict', sentence, todo: 'call', at };
  }
  if (other !== undefined) {
    const sentence = still
      ? `The item now belongs to another request as well: ${nameOf(other)} (“${other.state.label}”). Scan it again to choose.`
      : `The item now belongs to another request: ${nameOf(other)} (“${other.state.label}”). Scan it again to see what is next.`;
    return { state: 'conflict', sentence, todo: 'rescan', at };
  }
  const verdict = judge(planned, plan.action, plan.params);
  switch (verdict.verdict) {
    case 'confirmed':
      return {
        state: 'already',
        sentence: `Done already: ${nameOf(planned)} is ${said}${since}. Nothing is sent.`,
        todo: 'rescan',
        at,
      };
    case 'not-sent':
      return { state: 'unknown', sentence: verdict.sentence, todo: 'wait', at };
    case 'needs-person': {
      const sentence = `Somebody has handled it since: ${nameOf(planned)} is ${said}${since}, where “${label}” is not possible. Scan it again to see what is next.`;
      return { state: 'conflict', sentence, todo: 'rescan', at };
    }
    case 'send':
      if (clockDecides(entry, planned)) {
        const sentence = `This computer’s clock was ${apart(entry)} off when it was scanned, and ${nameOf(planned)} was changed about then: nobody can say which came first. Scan it again.`;
        return { state: 'conflict', sentence, todo: 'rescan', at };
      }
      return {
        state: 'would-do',
        sentence: `Would do “${label}”: ${nameOf(planned)} is ${said}.${clockNote(entry)}`,
        todo: 'wait',
        at,
      };
  }
}

/** The request moved on since it was cached, within the time by which the clocks were apart. */
function clockDecides(entry: HeldEntry, planned: RequestView): boolean {
  const offset = entry.serverOffsetMs;
  if (offset === undefined || Math.abs(offset) <= CLOCK_LIMIT_MS) return false;
  const moved = entry.held.basis.state !== planned.state.code;
  const changed = planned.lastUpdated === undefined ? Number.NaN : Date.parse(planned.lastUpdated);
  const scanned = Date.parse(entry.line.at);
  const from = Math.min(scanned, scanned + offset);
  return moved && changed >= from && changed <= Math.max(scanned, scanned + offset);
}

function apart({ serverOffsetMs = 0 }: HeldEntry): string {
  const minutes = Math.round(Math.abs(serverOffsetMs) / 60_000);
  return `${String(minutes)} minutes`;
}

function clockNote(entry: HeldEntry): string {
  const { serverOffsetMs } = entry;
  if (serverOffsetMs === undefined || Math.abs(serverOffsetMs) <= CLOCK_LIMIT_MS) return '';
  return ` This computer’s clock was ${apart(entry)} ${serverOffsetMs > 0 ? 'behind' : 'ahead'} then.`;
}

/** The systems that a line needs before anything can be looked at or done. */
export function neededBy({ plan, system }: HeldBody): readonly HeldSystem[] {
  switch (plan.kind) {
    case 'step':
      return ['reshare'];
    case 'check-in':
      // ReShare says first whether it is on a request.
      return ['reshare', 'wms'];
    case 'check-out':
    case 'look':
      return [system];
  }
}

/** A line can be run by Carrel: recorded, and nothing of it was sent yet. */
export function mayRun({ held, step }: HeldEntry): boolean {
  if (held.mode !== 'record') return false;
  return step === undefined || step.state === 'not-sent' || step.state === 'recorded';
}

/** A line of the list as the screen shows it. */
export function offlineLine(
  entry: HeldEntry,
  given: { readonly finding: Finding | undefined; readonly running: boolean; readonly down: readonly DownSystem[] },
): OfflineLine {
  const { line, held } = entry;
  const { basis, no } = held;
  return {
    scanId: line.scanId,
    no,
    day: held.day,
    at: line.at,
    staff: line.staff,
    ...(line.locked === undefined ? {} : { locked: line.locked }),
    barcode: line.barcode,
    title: basis.title ?? line.prompt?.title ?? line.barcode,
    ...(basis.hrid === undefined ? {} : { hrid: basis.hrid }),
    ...(basis.partner === undefined ? {} : { partner: basis.partner }),
    mode: held.mode,
    what: planName(held.plan),
    place: placeOf(held.mode),
    ...standing(entry, given),
  };
}

type Standing = Pick<OfflineLine, 'state' | 'sentence' | 'seenAt' | 'todo' | 'todoSentence'>;

function standing(entry: HeldEntry, given: Parameters<typeof offlineLine>[1]): Standing {
  const { held, step, line } = entry;
  const number = `No. ${String(held.no)}`;
  const where = held.mode === 'intent' ? `${number} lies at the desk` : `Take ${number} from the offline cart`;
  if (given.running) return { state: 'running', todo: 'wait', todoSentence: 'Leave it where it is for a moment.' };
  const ended = step === undefined ? undefined : asksForWord(step) ? 'in-doubt' : ENDED[step.state];
  if (step !== undefined && ended !== undefined) {
    const { destination, slip } = line.prompt ?? {};
    const to = destination?.to === undefined ? destination?.verb : `${destination.verb}, ${destination.to}`;
    const known = ended === 'done' || ended === 'already';
    const paper = known && slip !== undefined && slip.kind !== 'offline';
    return {
      state: ended,
      ...(step.sentence === undefined ? {} : { sentence: step.sentence }),
      seenAt: step.evidence.seenAt,
      todo: paper ? 'slip' : ended === 'in-doubt' ? 'look' : 'rescan',
      todoSentence: known
        ? `${where} and scan it${to === undefined ? '' : `: ${to}`}.${paper ? ' Its slip can be printed with F8.' : ''}`
        : ended === 'in-doubt'
          ? `${where}, look at its status in the system itself, then scan it.`
          : `${where} and scan it again.`,
    };
  }
  const missing = given.down.find(({ system }) => neededBy(held).includes(system));
  if (given.finding === undefined || missing !== undefined) {
    return { state: 'waiting', todo: 'wait', todoSentence: waits(missing) };
  }
  const { state, sentence, todo, at } = given.finding;
  return { state, sentence, seenAt: at, todo, todoSentence: TODO[todo](where, entry) };
}

function waits(missing: DownSystem | undefined): string {
  return missing === undefined
    ? 'Not looked at yet since the system is back.'
    : `Waits for ${missing.name}. Leave it where it is.`;
}

const ENDED: Readonly<Partial<Record<NonNullable<HeldEntry['step']>['state'], OfflineState>>> = {
  done: 'done',
  confirmed: 'already',
  refused: 'refused',
  sending: 'in-doubt',
  unknown: 'in-doubt',
  'needs-person': 'conflict',
  'not-done': 'again',
};

const TODO: Readonly<Record<OfflineTodo, (where: string, entry: HeldEntry) => string>> = {
  wait: () => 'Leave it where it is until Carrel has done it.',
  rescan: (where) => `${where} and scan it again.`,
  card: (where) => `${where}: scan the card and the item again.`,
  slip: (where) => `${where} and print its slip.`,
  call: (where, { held }) => `${where} and call ${held.basis.partner ?? 'the other library'}; then scan it again.`,
  look: (where) => `${where} and look at its status in the system itself.`,
};
