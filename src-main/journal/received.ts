import type { RequestView } from '../contract/request.ts';
import type { DeskRules, Evidence } from '../desk/types.ts';

/** What this computer did with a borrowed item it received: whether it was lent since; undefined when it did not receive it. */
export type ReceivedHere = (request: RequestView) => Promise<{ readonly lent: boolean } | undefined>;

/**
 * Asked only where it matters: an item is here for its patron, and this desk lends. The journal alone knows; neither ReShare
 * nor WMS can be asked whether a temporary item is on the hold shelf or with its patron.
 */
export async function receivedOf(
  ask: ReceivedHere | undefined,
  requests: readonly RequestView[],
  rules: DeskRules,
): Promise<NonNullable<Evidence['received']>> {
  if (ask === undefined || rules.circulation?.lends !== true) return [];
  const found: { readonly requestId: string; readonly lent: boolean }[] = [];
  for (const request of new Map(requests.map((one) => [one.id, one])).values()) {
    if (request.side !== 'borrowing' || request.state.terminal) continue;
    const known = await ask(request);
    if (known !== undefined) found.push({ requestId: request.id, lent: known.lent });
  }
  return found;
}
