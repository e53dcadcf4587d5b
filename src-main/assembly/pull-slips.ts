import type { Handlers } from '../contract/methods.ts';
import type { PULL_SLIP_METHODS, PullSlipsDone } from '../contract/pull-slips.ts';
import type { RequestView } from '../contract/request.ts';
import { ok, type Result } from '../contract/result.ts';
import type { PrintOutcome, SlipPrinter, SlipSettings } from '../contract/slip.ts';
import { pullSlip } from '../desk/slips.ts';
import { stepOf, wantsPullSlip } from '../desk/worklists.ts';
import type { PileRun } from '../journal/pile-run.ts';
import { shelfOrder } from '../store/shelf-order.ts';
import type { RemoteCache } from '../store/calls.ts';

export interface PullSlipParts {
  readonly cache: Pick<RemoteCache, 'get'>;
  readonly printer: SlipPrinter;
  readonly settings: () => SlipSettings;
  readonly pile: Pick<PileRun, 'order'>;
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
    'pullslips.print': async ({ requestIds }) => {
      const views = await Promise.all(requestIds.map((id) => parts.cache.get(id)));
      return ok(
        await printAndMark(
          parts,
          views.filter((view) => view !== undefined),
        ),
      );
    },
    'pullslips.report': async ({ requestIds }) => {
      const made = await parts.report(requestIds);
      return made.ok ? ok({ base64: Buffer.from(made.value).toString('base64') }) : made;
    },
  };
}

/**
 * Prints one slip after the other and orders the mark for each that came out. The first that does not come out ends the
 * printing: a printer without paper has none for the next one either. What was not printed is not marked.
 */
async function printAndMark(parts: PullSlipParts, views: readonly RequestView[]): Promise<PullSlipsDone> {
  const wanted = views.filter((view) => view.hrid !== undefined && wantsPullSlip(view)).toSorted(byShelf);
  const printed: RequestView[] = [];
  let trouble: string | undefined;
  for (const view of wanted) {
    const outcome = await print(parts, view);
    if (outcome.outcome !== 'printed') {
      trouble = outcome.reason;
      break;
    }
    printed.push(view);
  }
  const marks = printed.flatMap((view) => {
    const action = stepOf(view)?.code;
    if (action !== MARK || view.hrid === undefined) return [];
    const { id: requestId, hrid: label, title } = view;
    return [{ requestId, label, action, ...(title === undefined ? {} : { title }) }];
  });
  if (marks.length > 0) await parts.pile.order(marks);
  return {
    printed: printed.length,
    marking: marks.length,
    leftOut: views.length - wanted.length,
    notPrinted: wanted.slice(printed.length).map((view) => view.hrid ?? view.id),
    ...(trouble === undefined ? {} : { trouble }),
  };
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
