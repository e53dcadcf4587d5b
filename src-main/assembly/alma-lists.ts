import type { AlmaRequest } from '../contract/alma.ts';
import type { ALMA_LIST_METHODS, AlmaLendingRow, AlmaLists, AlmaSlip, AlmaSlipDone } from '../contract/alma-lists.ts';
import type { Handlers } from '../contract/methods.ts';
import { fail, ok, type Failure, type Result } from '../contract/result.ts';
import type { PrintOutcome, Slip, SlipPrinter, SlipSettings } from '../contract/slip.ts';
import { code128 } from '../desk/slip-code128.ts';
import type { AlmaSystem } from '../systems/alma/alma.ts';
import { letterWords } from '../systems/alma/letter.ts';
import type { AlmaPrintout } from '../systems/alma/read.ts';

export interface AlmaListsParts {
  /** Undefined where the library has no Alma. */
  readonly alma: Pick<AlmaSystem, 'lendingTasks' | 'printouts' | 'markPrinted'> | undefined;
  readonly printer: SlipPrinter;
  readonly settings: () => SlipSettings;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}

/** Alma's lending task list and its print queue, where the library works with both systems. Nothing of them is kept. */
export function almaListHandlers(parts: AlmaListsParts): Pick<Handlers, keyof typeof ALMA_LIST_METHODS> {
  const { alma, now } = parts;
  return {
    'alma.lists': async () => (alma === undefined ? noAlma() : ok(await lists(alma, now()))),
    'alma.printSlip': async ({ id }) => (alma === undefined ? noAlma() : printSlip(parts, alma, id)),
    'alma.markSlip': async ({ id }) => (alma === undefined ? noAlma() : ok(await mark(alma, id, false))),
  };
}

type Alma = NonNullable<AlmaListsParts['alma']>;

async function lists(alma: Alma, now: Date): Promise<AlmaLists> {
  const [lending, slips] = await Promise.all([alma.lendingTasks(), alma.printouts()]);
  return {
    at: now.toISOString(),
    lending: lending.ok ? { rows: lending.value.map(rowOf) } : { rows: [], sentence: lending.error.sentence },
    slips: slips.ok ? { rows: slips.value.map(slipOf) } : { rows: [], sentence: slips.error.sentence },
  };
}

/** Looked at right before, so that what somebody else printed meanwhile does not come out twice. */
async function printSlip(parts: AlmaListsParts, alma: Alma, id: string): Promise<Result<AlmaSlipDone>> {
  const waiting = await alma.printouts();
  if (!waiting.ok) return waiting;
  const found = waiting.value.find((one) => one.id === id);
  if (found === undefined) return ok({ printed: false, marked: true, sentence: GONE });
  const lending = await alma.lendingTasks();
  const outcome = await print(parts, letterSlip(found, lending.ok ? lending.value : [], parts.now()));
  if (outcome.outcome !== 'printed') {
    return ok({ printed: false, marked: false, sentence: `${outcome.reason} It still waits in Alma.` });
  }
  return ok(await mark(alma, id, true));
}

/** To mark a slip a second time changes nothing; a lost answer is settled by the queue itself. */
async function mark(alma: Alma, id: string, printed: boolean): Promise<AlmaSlipDone> {
  const began = printed ? 'Printed' : 'Marked as printed';
  const marked = await alma.markPrinted(id);
  if (marked.outcome === 'done') return { printed, marked: true, sentence: `${began}; Alma no longer lists it.` };
  const after = marked.outcome === 'unknown' ? await alma.printouts() : undefined;
  if (after?.ok === true && !after.value.some((one) => one.id === id)) {
    return { printed, marked: true, sentence: `${began}; Alma no longer lists it.` };
  }
  const still = printed ? 'Printed, and Alma still lists it.' : 'Alma still lists it.';
  return { printed, marked: false, sentence: `${still} ${marked.error.sentence}` };
}

async function print(parts: AlmaListsParts, slip: Slip): Promise<PrintOutcome> {
  const { paper, printer } = parts.settings();
  try {
    return await parts.printer.print({ slip, paper }, printer);
  } catch (error) {
    parts.onFault(error);
    return { outcome: 'failed', reason: 'Carrel could not draw it; tell IT.' };
  }
}

/** The letter on the desk's own paper, with the request's number as bars where it names one of the lending list. */
function letterSlip(printout: AlmaPrintout, lending: readonly AlmaRequest[], now: Date): Slip {
  const { kind = 'Letter', words } = slipOf(printout);
  const named = lending
    .map(({ externalId }) => externalId)
    .find((number) => number !== undefined && words.some((line) => line.includes(number)));
  const widths = named === undefined ? undefined : code128(named);
  return {
    kind: 'routing',
    heading: 'From Alma',
    destination: kind,
    text: [...words],
    lines: [],
    barcode: { text: named ?? '', ...(widths === undefined ? {} : { widths }) },
    at: printout.date ?? now.toISOString(),
  };
}

function slipOf({ id, kind, date, html }: AlmaPrintout): AlmaSlip {
  const words = letterWords(html ?? '');
  return {
    id,
    ...(kind === undefined ? {} : { kind }),
    ...(date === undefined ? {} : { at: date }),
    // A letter begins with its own name.
    words: words[0] === kind ? words.slice(1) : [...words],
  };
}

/** Without the requester: a lending request names none, and a list needs nobody. */
function rowOf({ requestId, externalId, status, title, author, partner, barcode, lastModified }: AlmaRequest) {
  return {
    requestId,
    status: status.label,
    ...(externalId === undefined ? {} : { externalId }),
    ...(title === undefined ? {} : { title }),
    ...(author === undefined ? {} : { author }),
    ...(partner === undefined ? {} : { partner: partner.name }),
    ...(barcode === undefined ? {} : { barcode }),
    ...(lastModified === undefined ? {} : { changed: lastModified }),
  } satisfies AlmaLendingRow;
}

const GONE = 'It no longer waits in Alma: somebody printed it elsewhere. Nothing was printed.';

function noAlma(): Failure {
  return fail('configuration', 'No Alma is set up in Carrel.', { mender: 'library-administrator' });
}
