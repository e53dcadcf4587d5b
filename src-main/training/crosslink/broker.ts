import type { JsonObject } from '../http.ts';
import type { LmsResult } from '../lms.ts';
import type { Tenant, World } from '../world.ts';
import { allowedActions, ownerOf, type BrokerEvent, type BrokerRequest, type LmsMessage } from './request.ts';
import { stateOf, type BrokerSide } from './state-model.ts';

/** What an action came to, as `POST …/action` answers it. */
export type ActionEnd =
  | { readonly end: 'not-allowed' }
  | {
      readonly end: 'ran';
      readonly result: 'SUCCESS' | 'ERROR';
      readonly outcome: BrokerEvent['outcome'];
      readonly fromState: string;
      readonly toState?: string;
      readonly message?: string;
    };

type Listener = (data: string) => void;

/** What an action did in the circulation system, and the broker's words where that failed. */
interface Called {
  readonly calls: readonly LmsMessage[];
  readonly failed?: string;
}

/**
 * The practice broker of one library: its requests in CrossLink's own state model, their actions with what they do in the
 * library's circulation system, messages of the other libraries, and who listens to them.
 */
export class Broker {
  readonly requests = new Map<string, BrokerRequest>();
  readonly #world: World;
  readonly #tenant: Tenant;
  readonly #listeners = new Map<string, Set<Listener>>();
  #hangUps: (() => void)[] = [];

  constructor(world: World, tenant: Tenant) {
    this.#world = world;
    this.#tenant = tenant;
  }

  /** Connections that listen now. */
  get listening(): number {
    return this.#hangUps.length;
  }

  add(request: BrokerRequest): void {
    this.requests.set(request.id, request);
  }

  /** The library's copy with that number or id. @throws RangeError when there is none. */
  find(name: string): BrokerRequest {
    const found = this.requests.get(name) ?? [...this.requests.values()].find(({ number }) => number === name);
    if (found === undefined) throw new RangeError(`The broker has no request ${name}`);
    return found;
  }

  /** @param side what is listened for; @param hangUp ends the connection */
  listen(side: BrokerSide, listener: Listener, hangUp: () => void): () => void {
    const key = `${side}${this.#tenant.symbol ?? ''}`;
    const all = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, all.add(listener));
    this.#hangUps.push(hangUp);
    return () => {
      all.delete(listener);
      this.#hangUps = this.#hangUps.filter((one) => one !== hangUp);
    };
  }

  /** Ends every listening connection, as a restart of the server does. */
  hangUp(): void {
    for (const end of [...this.#hangUps]) end();
  }

  act(request: BrokerRequest, name: string, user: string): ActionEnd {
    const action = allowedActions(request).find((one) => one.name === name);
    const fromState = request.state;
    if (action === undefined) {
      this.#record(request, name, user, 'refused', fromState);
      return { end: 'not-allowed' };
    }
    const { calls, failed } = this.#inLibrarySystem(request, name);
    const outcome = failed === undefined ? 'success' : 'failure';
    request.lastAction = name;
    request.lastOutcome = outcome;
    if (failed === undefined) request.state = action.success;
    request.needsAttention = failed !== undefined || stateOf(request.side, request.state).needsAttention === true;
    this.#touch(request);
    request.events.push({
      id: this.#world.random.uuid(),
      at: request.updatedAt,
      action: name,
      outcome,
      user,
      calls,
      ...(failed === undefined ? { toState: request.state } : { error: failed }),
    });
    this.#record(request, name, user, failed === undefined ? 'done' : 'failed', fromState);
    if (failed !== undefined) return { end: 'ran', result: 'ERROR', outcome, fromState, message: failed };
    return { end: 'ran', result: 'SUCCESS', outcome, fromState, toState: request.state };
  }

  /** Staff write to the other library; answers the notification as the broker keeps it. */
  write(request: BrokerRequest, note: string, user: string): JsonObject {
    this.#record(request, 'notification', user, 'done', request.state);
    const [fromSymbol, toSymbol] =
      request.side === 'borrowing' ? [request.requester, request.supplier] : [request.supplier, request.requester];
    const createdAt = new Date(this.#world.clock.now()).toISOString();
    return { id: this.#world.random.uuid(), fromSymbol, toSymbol, direction: 'sent', kind: 'note', note, createdAt };
  }

  /** A message of the other library arrives: the request moves as the state model says, and who listens is told. */
  message(request: BrokerRequest, event: string): void {
    const to = stateOf(request.side, request.state).events[event];
    if (to === undefined) throw new RangeError(`${request.number} in ${request.state} takes no ${event}`);
    const fromState = request.state;
    request.state = to;
    request.needsAttention = stateOf(request.side, to).needsAttention === true;
    this.#touch(request);
    this.#world.ledger.record({
      tenant: this.#tenant.id,
      kind: 'network',
      action: event,
      result: 'done',
      requestId: request.id,
      hrid: request.number,
      fromState,
      toState: to,
    });
    const header = { requestingAgencyRequestId: request.number };
    const [name, body] =
      request.side === 'borrowing'
        ? ['message-requester', { supplyingAgencyMessage: { header } }]
        : ['message-supplier', { requestingAgencyMessage: { header } }];
    const data = JSON.stringify({ event: name, data: body });
    for (const listener of this.#listeners.get(`${request.side}${ownerOf(request)}`) ?? []) listener(data);
  }

  /** The calls the broker makes inside an action (`action.go`); the words of a failure are its own, not the library system's. */
  #inLibrarySystem(request: BrokerRequest, action: string): Called {
    const { lms } = this.#tenant;
    const { number, items, bib, patron, pickup } = request;
    switch (action) {
      case 'receive': {
        const { title, author } = bib;
        const item = { hrid: number, title, pickup, patron, ...(author === undefined ? {} : { author }) };
        return this.#each(request, 'AcceptItem', (barcode) => lms.acceptItem(barcode, item));
      }
      case 'check-out':
        return this.#each(request, 'CheckOutItem', (barcode) => lms.checkOutItem(barcode, patron, number));
      case 'check-in':
      case 'mark-received':
        return this.#each(request, 'CheckInItem', (barcode) => lms.checkInItem(barcode, number));
      case 'ship': {
        if (items.length === 0) return { calls: [], failed: 'no items for shipping in the request' };
        const account = this.#accountOf(request);
        return this.#each(request, 'CheckOutItem', (barcode) => {
          const result = lms.checkOutItem(barcode, account, number);
          if (result.ok && result.due !== undefined) request.due = result.due;
          return result;
        });
      }
      default:
        return { calls: [] };
    }
  }

  /** One call for each item, up to the first that is refused. */
  #each(request: BrokerRequest, call: LmsMessage['call'], ask: (barcode: string) => LmsResult): Called {
    const calls: LmsMessage[] = [];
    for (const { barcode } of request.items) {
      const result = ask(barcode);
      const message = { id: this.#world.random.uuid(), call, barcode };
      calls.push(result.ok ? message : { ...message, problem: result.problem });
      if (!result.ok) return { calls, failed: `LMS ${call} failed` };
    }
    return { calls };
  }

  /** The borrower's account in our circulation system, by its directory entry. */
  #accountOf({ requester }: BrokerRequest): string {
    const entry = this.#tenant.directory.find((one) => one.symbolSummary === requester);
    const listed = entry?.customProperties['local_institutionalPatronId'] as
      readonly { readonly value?: string }[] | undefined;
    return listed?.[0]?.value ?? '';
  }

  #touch(request: BrokerRequest): void {
    request.updatedAt = Math.max(this.#world.clock.now(), request.updatedAt + 1);
  }

  #record(
    request: BrokerRequest,
    action: string,
    user: string,
    result: 'done' | 'refused' | 'failed',
    fromState: string,
  ): void {
    this.#world.ledger.record({
      tenant: this.#tenant.id,
      kind: 'action',
      action,
      result,
      user,
      requestId: request.id,
      hrid: request.number,
      items: request.items.map(({ barcode }) => barcode),
      fromState,
      toState: request.state,
      httpStatus: result === 'refused' ? 400 : 200,
    });
  }
}
