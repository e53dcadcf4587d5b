import type { FilePicker } from '../contract/keep.ts';
import type { Handlers } from '../contract/methods.ts';
import type { PULL_SLIP_METHODS, PullSlipsDone, PullSlipsFile } from '../contract/pull-slips.ts';
import type { RequestView } from '../contract/request.ts';
import { fail, ok, type Failure, type Result } from '../contract/result.ts';
import type { PrintOutcome, SlipPrinter, SlipSettings } from '../contract/slip.ts';
import { pullSlip } from '../desk/slips.ts';
import { stepOf, wantsPullSlip } from '../desk/worklists.ts';
import type { PileRun } from '../journal/pile-run.ts';
import { writeNewFile } from '../settings/new-file.ts';
import { shelfOrder } from '../store/shelf-order.ts';
import type { RemoteCache } from '../store/calls.ts';
import { EXPORT_TROUBLE, fileTrouble } from './keep-words.ts';
import { saving } from './saving.ts';

export interface PullSlipParts {
  readonly cache: Pick<RemoteCache, 'get'>;
  readonly printer: SlipPrinter;
  readonly picker: Pick<FilePicker, 'forSaving' | 'open'>;
  readonly settings: () => SlipSettings;
  readonly pile: Pick<PileRun, 'order' | 'busy'>;
  /** The tenant's own slips as a PDF. */
  readonly report: (requestIds: readonly string[]) => Promise<Result<Uint8Array>>;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}

/** ReShare's action that says that a slip was printed. */
const MARK = 'supplierPrintPullSlip';

/** Pull slips: printed in the order of the shelves and marked printed in one act, with what failed of either said. */
export function pullSlipHandlers(parts: PullSlipParts): Pick<Handlers, keyof typeof PULL_SLIP_METHODS> {
  return {
    'pullslips.print': async ({ requestIds }) =>
      parts.pile.busy ? pileBusy() : ok(await printAndMark(parts, await wantedOf(parts, requestIds))),
    'pullslips.report': async ({ requestIds }) =>
      parts.pile.busy ? pileBusy() : fileAndMark(parts, await wantedOf(parts, requestIds)),
  };
}

interface Wanted {
  /** With a number and still to be fetched, in the order a person walks. */
  readonly views: readonly RequestView[];
  readonly leftOut: number;
}

async function wantedOf({ cache }: PullSlipParts, requestIds: readonly string[]): Promise<Wanted> {
  const read = await Promise.all(requestIds.map((id) => cache.get(id)));
  const views = read
    .filter((view) => view !== undefined)
    .filter((view) => view.hrid !== undefined && wantsPullSlip(view))
    .toSorted(byShelf);
  return { views, leftOut: requestIds.length - views.length };
}

/**
 * Prints one slip after the other and orders the mark for each that came out. The first that does not come out ends the
 * printing: a printer without paper has none for the next one either. What was not printed is not marked.
 */
async function printAndMark(parts: PullSlipParts, { views, leftOut }: Wanted): Promise<PullSlipsDone> {
  const printed: RequestView[] = [];
  let trouble: string | undefined;
  for (const view of views) {
    const outcome = await print(parts, view);
    if (outcome.outcome !== 'printed') {
      trouble = outcome.reason;
      break;
    }
    printed.push(view);
  }
  return {
    printed: printed.length,
    ...(await mark(parts, printed)),
    leftOut,
    notPrinted: views.slice(printed.length).map((view) => view.hrid ?? view.id),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

/** The tenant's own slips in a file, opened to be printed. Only when the file is there is anything marked. */
async function fileAndMark(parts: PullSlipParts, { views, leftOut }: Wanted): Promise<Result<PullSlipsFile>> {
  const nothing = { opened: false, slips: 0, marking: 0, leftOut };
  if (views.length === 0) return ok(nothing);
  const made = await parts.report(views.map(({ id }) => id));
  if (!made.ok) return made;
  const path = await parts.picker.forSaving(`pull-slips-${parts.now().toISOString().slice(0, 10)}.pdf`);
  if (path === undefined) return ok({ ...nothing, slips: views.length });
  try {
    await writeNewFile(path, Buffer.from(made.value));
  } catch (error) {
    return fileTrouble(error, EXPORT_TROUBLE);
  }
  const opened = await parts.picker.open(path);
  return ok({ path, opened, slips: views.length, ...(await mark(parts, views)), leftOut });
}

/** Orders the mark for what is printed: each becomes a line of the shift, which says what came of it. */
async function mark(
  { pile }: PullSlipParts,
  views: readonly RequestView[],
): Promise<Pick<PullSlipsDone, 'marking' | 'unmarked'>> {
  const marks = views.flatMap((view) => {
    const action = stepOf(view)?.code;
    if (action !== MARK || view.hrid === undefined) return [];
    const { id: requestId, hrid: label, title } = view;
    return [{ requestId, label, action, ...(title === undefined ? {} : { title }) }];
  });
  if (marks.length === 0) return { marking: 0 };
  const ordered = await saving(() => pile.order(marks));
  if (!ordered.ok) return { marking: 0, unmarked: ordered.error.sentence };
  return ordered.value ? { marking: marks.length } : { marking: 0, unmarked: pileBusy().error.sentence };
}

/** Nothing can be marked before the pile that is being worked through is done, so nothing is printed either. */
export function pileBusy(): Failure {
  return fail('refused', 'An earlier pile is still being worked through. Wait until it is done, or stop it first.', {
    mender: 'desk',
    retry: 'later',
  });
}

async function print(parts: PullSlipParts, view: RequestView): Promise<PrintOutcome> {
  const { paper, printer } = parts.settings();
  try {
    return await parts.printer.print({ slip: pullSlip(view, parts.now().toISOString()), paper }, printer);
  } catch (error) {
    parts.onFault(error);
    return { outcome: 'failed', reason: 'Carrel could not draw it; tell IT.' };
  }
}

/** By pick location, shelving location and call number: the way a person walks. */
function byShelf(a: RequestView, b: RequestView): number {
  return (
    compare(a.pickLocation, b.pickLocation) ||
    compare(a.shelvingLocation, b.shelvingLocation) ||
    compare(shelfOrder(a.callNumber ?? ''), shelfOrder(b.callNumber ?? ''))
  );
}

/** Shelf orders are made to be compared as they are, not by the rules of a language. */
function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
