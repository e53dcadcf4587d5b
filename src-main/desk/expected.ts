import type { RequestView } from '../contract/request.ts';
import type { Context } from './context.ts';
import { askForItem, collect, fillAction, itemForFill, stillWaiting } from './fill.ts';
import type { Match } from './matching.ts';
import { TRY_AGAIN, offerId } from './offers.ts';
import { nothingToDo } from './onehit.ts';
import { notAsked } from './readings.ts';
import { isWaitingForNetwork } from './steps.ts';
import type { Decision, Expectation } from './types.ts';
import { partner, requestName, shorten, shownBarcode, stateName } from './words.ts';

/** A scan that is itself about another open request, while the desk waits for an item to lend. */
function otherRequest(found: readonly Match[], expected: RequestView): Match | undefined {
  return found.find((m) => m.request.id !== expected.id && !m.request.state.terminal);
}

/** An item that is already on another open request cannot simply go out on this one. */
function itemInConflict(ctx: Context, expectation: Expectation, expected: RequestView, other: RequestView): Decision {
  const borrowed = other.side === 'borrowing';
  const name = requestName(other);
  const why = borrowed
    ? [`${shownBarcode(ctx.evidence.reading)} is borrowed from ${partner(other)} on ${name}, so it cannot be lent.`]
    : [`${shownBarcode(ctx.evidence.reading)} is already on ${name} for ${partner(other)}.`];
  const fillAnyway = {
    id: offerId({ kind: 'fill', requestId: expected.id }),
    key: 'F11',
    label: `Fill ${requestName(expected)} with it`,
    caution: `It is still on ${name}`,
  } as const;
  return stillWaiting(
    ctx,
    expectation,
    [...why, `Scan the right item for ${expectation.hrid}, or press F10 to go on with ${name}.`],
    [
      { id: offerId({ kind: 'as', requestId: other.id }), key: 'F10', label: `Go on with ${name}` },
      ...(borrowed || expectation.several ? [] : [fillAnyway]),
    ],
  );
}

/**
 * Decides a scan while the desk waits for an item to lend, or returns undefined when the scan is plainly about something
 * else and takes over (another slip).
 */
export function decideExpected(ctx: Context, expectation: Expectation, found: readonly Match[]): Decision | undefined {
  const { reading, named = [], hits, source } = ctx.evidence;
  const expected = [...named, ...hits].find((r) => r.id === expectation.requestId);
  const self = found.find((m) => m.request.id === expectation.requestId);
  const other = found.find((m) => m.request.id !== expectation.requestId && !m.request.state.terminal);
  // Another slip or a temporary label: staff have moved on, unless it is the slip they began with.
  if (self === undefined && other !== undefined && other.by !== 'item-barcode') return undefined;
  if (source !== 'live') return notAsked(ctx);
  if (expected === undefined) {
    return stillWaiting(
      ctx,
      expectation,
      [`ReShare did not give request ${shorten(expectation.hrid, 40)}, so the item was not used. Try again with F10.`],
      [TRY_AGAIN],
    );
  }
  if (isWaitingForNetwork(expected)) {
    return stillWaiting(ctx, expectation, [
      `ReShare is still telling ${partner(expected)} about the last step, so the item was not used.`,
      'Scan the item again in a minute.',
    ]);
  }
  const action = fillAction(expected, ctx);
  if (action === undefined) {
    const state = stateName(expected);
    return nothingToDo(ctx, { request: expected, by: 'request-number' }, [
      `${requestName(expected)} can no longer be filled: ReShare says “${state}”. The item was not used.`,
    ]);
  }
  if (self !== undefined && self.by !== 'item-barcode') {
    return expectation.several
      ? collect(ctx, expected, expectation, undefined)
      : askForItem(ctx, expected, ['That was the slip again.']);
  }
  if (reading.kind === 'request' || reading.kind === 'temporary-item') {
    return stillWaiting(ctx, expectation, [
      `${shownBarcode(reading)} is no item barcode, and ReShare has no request with that number.`,
      `Scan the barcode of the item that goes out on ${shorten(expectation.hrid, 40)}.`,
    ]);
  }
  const conflict = self === undefined ? otherRequest(found, expected) : undefined;
  if (conflict !== undefined) return itemInConflict(ctx, expectation, expected, conflict.request);
  if (expectation.several) return collect(ctx, expected, expectation, reading.barcode);
  return itemForFill(ctx, expected, action);
}
