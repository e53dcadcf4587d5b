import { z } from 'zod';
import type { Consortium } from '../../src-main/training/consortium.ts';
import { OTHER_ACCOUNTS } from '../../src-main/training/story/tenants.ts';

/** What is done next with a thing in these states of mod-rs, where it needs nothing but the request. */
const NEXT: Readonly<Record<string, string>> = {
  REQ_SHIPPED: 'requesterReceived',
  REQ_CHECKED_IN: 'patronReturnedItem',
  REQ_AWAITING_RETURN_SHIPPING: 'shippedReturn',
  RES_NEW_AWAIT_PULL_SLIP: 'supplierPrintPullSlip',
  RES_AWAIT_SHIP: 'supplierMarkShipped',
  RES_ITEM_RETURNED: 'supplierCheckOutOfReshare',
};

const State = z.object({ state: z.object({ code: z.string() }) });

/** Somebody at another desk of the same library, who works in ReShare itself and on a network that is well. */
export class Colleague {
  readonly #consortium: Consortium;

  constructor(consortium: Consortium) {
    this.#consortium = consortium;
  }

  /** Does the next step of a request, if there is one; Carrel may be about to do the same. */
  async act(requestId: string): Promise<void> {
    const { url, tenants } = this.#consortium;
    const tenant = tenants[0]?.id ?? '';
    // A token may end at any time; a person logs in again.
    const { username, password } = OTHER_ACCOUNTS.administrator;
    const login = await fetch(`${url}/authn/login`, {
      method: 'POST',
      headers: { 'x-okapi-tenant': tenant, 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    const headers = {
      'x-okapi-tenant': tenant,
      'x-okapi-token': login.headers.get('x-okapi-token') ?? '',
      'content-type': 'application/json',
    };
    const address = `${url}/rs/patronrequests/${requestId}`;
    const seen = State.safeParse(await (await fetch(address, { headers })).json());
    const action = seen.success ? NEXT[seen.data.state.code] : undefined;
    if (action === undefined) return;
    await fetch(`${address}/performAction`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ action, actionParams: {} }),
    });
  }
}
