import type { RequestView } from '../contract/request.ts';
import { about, act, doOffer } from './context.ts';
import type { Context } from './context.ts';
import type { ActionWords } from './data/actions.ts';
import { requestPrompt, seenLeg, stateRule, wordsOfState } from './look.ts';
import { NOT_THIS_ONE, offerId } from './offers.ts';
import type { Decision, StepPlan } from './types.ts';

/**
 * A borrowed item that was received here and, as far as Carrel knows, never lent: a scan of it need not mean that it comes
 * back. "Circulation will not notify ReShare if a borrowing hold expires" (OCLC ReShare integration), and WMS has no look by
 * which a temporary item on loan could be told from one on the hold shelf.
 */

/**
 * Whether only staff can know if the item comes back from its patron. Not asked where there is no reason to doubt it: this
 * library's loans do not go through Carrel, somebody else received the item, or it was lent here since.
 */
export function mayBeUnfetched(ctx: Context, request: RequestView, action: ActionWords): boolean {
  const received = ctx.evidence.received?.find(({ requestId }) => requestId === request.id);
  const lends = ctx.rules.circulation?.lends === true;
  return action.step === 'returned' && lends && received?.lent === false;
}

/** Comes it back, or was it never fetched? Either key sends it back; what is left to do in WMS differs. */
export function askWhetherFetched(ctx: Context, request: RequestView, action: ActionWords): Decision {
  const prompt = requestPrompt(request, ctx, {
    words: { ...wordsOfState(request), tag: 'Back, or unfetched?' },
    why: [
      'It was received at this desk and no loan of it is known here: it may still wait for its patron {pickup}.',
      'If its patron brings it back, press F10. If nobody fetched it and it goes back to {partner}, press F11. Else put it on the hold shelf.',
    ],
    legs: [seenLeg(request)],
    offers: [
      NOT_THIS_ONE,
      { ...doOffer(request, action, 'F10'), label: 'Its patron brings it back' },
      {
        ...doOffer(request, action, 'F11'),
        id: offerId({ kind: 'unfetched', requestId: request.id }),
        label: 'Never fetched: send it back',
      },
    ],
    sound: 'attention',
    rule: stateRule(request, '; received here and not lent here: staff say whether it comes back'),
    reading: ctx.evidence.reading,
  });
  return about(request, prompt);
}

/** Staff say that nobody fetched it: it goes back, and its hold is still there. */
export function sendUnfetched(
  ctx: Context,
  request: RequestView,
  action: ActionWords,
  params: StepPlan['params'],
): Decision {
  const system = ctx.rules.circulation?.name ?? 'your circulation system';
  return act(ctx, request, action, params, {
    remarks: [`It was never fetched: cancel its hold in ${system}, if it is still there.`],
  });
}
