import type { Leg, Prompt } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import type { PrintOutcome, Slip, SlipKind } from '../contract/slip.ts';
import type { CheckInResult, CirculationRules } from './circulation-types.ts';
import type { Place } from './data/place.ts';
import { homeElsewhere } from './ill-home.ts';
import type { Scene } from './scene.ts';
import { code128 } from './slip-code128.ts';
import type { Reading } from './types.ts';
import { condition, day, given, partner, partnerName, pickup, shorten } from './words.ts';

/** What stands on hold slips and routing slips. No slip names a patron: shelves and crates are public. */

type Line = Slip['lines'][number];

/** Symbol of the consortium's directory without its naming authority (`ISIL:NFD` → `NFD`). */
function symbolOf(request: RequestView): string | undefined {
  return given(request.partner.symbol?.replace(/^[^:]*:/, ''), 40);
}

function linesOf(entries: readonly (readonly [label: string, value: string | undefined])[]): Line[] {
  return entries.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));
}

interface Parts {
  readonly kind: SlipKind;
  readonly heading: string;
  readonly destination: string;
  readonly title: string | undefined;
  readonly lines: readonly Line[];
  readonly barcode: string;
  readonly at: string;
}

function slip({ title, lines, barcode, ...rest }: Parts): Slip {
  const widths = code128(barcode);
  return {
    ...rest,
    ...(title === undefined ? {} : { title }),
    lines: [...lines],
    barcode: { text: barcode, ...(widths === undefined ? {} : { widths }) },
  };
}

/** The numbered slip of a thing that waits for a system; its bars are the label that was scanned. */
export function offlineSlip(given: {
  readonly no: number;
  readonly waitsFor: string;
  readonly place: string;
  readonly what: string;
  readonly hrid: string | undefined;
  readonly title: string | undefined;
  readonly barcode: string;
  readonly scannedAt: string;
  readonly at: string;
}): Slip {
  return slip({
    kind: 'offline',
    heading: `${given.place} · waits for ${given.waitsFor}`,
    destination: `No. ${String(given.no)}`,
    title: given.title,
    lines: linesOf([
      ['To do', given.what],
      ['Request', given.hrid],
      ['Scanned', given.scannedAt],
    ]),
    barcode: shorten(given.barcode, 40),
    at: given.at,
  });
}

/** The slip somebody takes to the shelves: where it stands first; its bars are the request's number, for the fill. */
export function pullSlip(request: RequestView, at: string): Slip {
  return slip({
    kind: 'routing',
    heading: 'Pull slip · interlibrary loan',
    destination: given(request.shelvingLocation ?? request.pickLocation, 40) ?? 'Find it',
    title: given(request.title, 120),
    lines: linesOf([
      ['Call number', given(request.callNumber, 60)],
      ['Place', given(request.pickLocation, 60)],
      ['Author', given(request.author, 60)],
      ['Volume', given(request.volumeText, 60)],
      ['For', given(request.partner.name ?? request.partner.symbol, 60)],
      ['Service', given(request.serviceType, 40)],
    ]),
    barcode: shorten(request.hrid ?? request.id, 40),
    at,
  });
}

/**
 * The slip of a request whose item goes to the hold shelf, home to another branch, back to its lender or out to its borrower; undefined for
 * every other place and for a request without a number, because a slip that cannot be scanned again is of no use.
 */
export function requestSlip(request: RequestView, place: Place, scene: Scene): Slip | undefined {
  const barcode = given(request.hrid, 40);
  if (barcode === undefined) return undefined;
  const title = given(request.title, 120);
  const due = day(request.dueDate, scene.now, scene.rules.timeZone);
  const from = given(scene.rules.desk.branch, 80);
  const volumes = request.volumes.length > 1 ? String(request.volumes.length) : undefined;
  const conditions = request.conditions.map(condition).join('; ');
  const common = { title, barcode, at: scene.now };
  switch (place) {
    case 'hold-shelf':
      return slip({
        ...common,
        kind: 'hold',
        heading: 'Hold shelf · interlibrary loan',
        destination: pickup(request) ?? from ?? 'Hold shelf',
        lines: linesOf([
          ['Lender', partnerName(request)],
          ['Due at lender', due],
          ['Volumes', volumes],
          ['Conditions', conditions],
        ]),
      });
    case 'ship-back':
      return slip({
        ...common,
        kind: 'routing',
        heading: 'Interlibrary loan · return to lender',
        destination: partnerName(request) ?? 'The lending library',
        lines: linesOf([
          ['Symbol', symbolOf(request)],
          ['From', from],
          ['Due at lender', due],
          ['Volumes', volumes],
        ]),
      });
    case 'home-branch':
      return slip({
        ...common,
        kind: 'routing',
        heading: 'To another branch · interlibrary loan',
        destination: homeElsewhere(scene.rules) ?? 'The ILL office',
        lines: linesOf([
          ['From', from],
          ['There', `Ship it back to ${partner(request)}`],
          ['Due at lender', due],
          ['Volumes', volumes],
        ]),
      });
    case 'ship-to':
      return slip({
        ...common,
        kind: 'routing',
        heading: 'Interlibrary loan · lent to',
        destination: partnerName(request) ?? 'The borrowing library',
        lines: linesOf([
          ['Symbol', symbolOf(request)],
          ['From', from],
          ['Due back', due],
          ['Call number', given(request.callNumber, 60)],
          ['Volumes', volumes],
          ['Conditions', conditions],
        ]),
      });
    default:
      return undefined;
  }
}

/** A prompt about a request with its slip, when it has one. While it is worked on, the thing may still go elsewhere. */
export function withRequestSlip(prompt: Prompt, request: RequestView, place: Place, scene: Scene): Prompt {
  const made = prompt.working ? undefined : requestSlip(request, place, scene);
  return made === undefined ? prompt : { ...prompt, slip: made };
}

/**
 * The prompt of a check-in with its slip, when the item goes to the hold shelf here (WMS `Request:<id>`) or to another
 * branch; a refused or lost check-in has none.
 */
export function withItemSlip(
  prompt: Prompt,
  reading: Reading,
  result: CheckInResult,
  circulation: CirculationRules,
): Prompt {
  if (result.state !== 'done' || (prompt.kind !== 'hold' && prompt.kind !== 'route')) return prompt;
  const here = circulation.branches.find(({ code }) =>
    circulation.hereCodes.some((one) => one.toLowerCase() === code.toLowerCase()),
  )?.name;
  const waiting = result.answer.routing?.kind === 'request';
  const hold = prompt.kind === 'hold';
  const made = slip({
    kind: hold ? 'hold' : 'routing',
    heading: hold ? 'Hold shelf' : 'To another branch',
    destination: hold ? (here ?? 'Hold shelf') : (prompt.destination.to ?? prompt.destination.verb),
    title: given(result.answer.title, 120),
    lines: linesOf([
      ['From', hold ? undefined : here],
      ['There', hold ? undefined : waiting ? 'A patron is waiting for it' : 'Shelve it'],
    ]),
    barcode: shorten(reading.barcode, 40),
    at: result.at,
  });
  return { ...prompt, slip: made };
}

/** The line on the prompt that says what came of printing. */
const SLIP = 'Slip';

/** Whether printing this prompt's slip has been tried before. */
export function triedBefore(prompt: Prompt): boolean {
  return prompt.legs.some((leg) => leg.system === SLIP);
}

const PRINTED = /^Printed/;

/** The prompt with what came of printing its slip; an earlier outcome gives way to this one. */
export function withPrintOutcome(prompt: Prompt, outcome: PrintOutcome, at: string): Prompt {
  const before = prompt.legs.find((leg) => leg.system === SLIP);
  const leg: Leg = { system: SLIP, ...told(outcome, before !== undefined && PRINTED.test(before.text)), at };
  return { ...prompt, legs: [...prompt.legs.filter((one) => one.system !== SLIP), leg] };
}

function told(outcome: PrintOutcome, printedBefore: boolean): Pick<Leg, 'state' | 'text'> {
  switch (outcome.outcome) {
    case 'printed':
      return { state: 'done', text: printedBefore ? 'Printed again' : 'Printed' };
    case 'failed':
      return { state: 'not-done', text: `Not printed: ${outcome.reason}` };
    case 'unknown':
      return { state: 'unknown', text: `Sent to the printer: ${outcome.reason}` };
  }
}
