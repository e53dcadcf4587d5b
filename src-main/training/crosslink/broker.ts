import { isObject, type JsonObject } from '../http.ts';
import type { LedgerEntry } from '../ledger.ts';
import type { Tenant, World } from '../world.ts';
import { callLms } from './circulation.ts';
import { incomingMessage, WORDS } from './iso18626.ts';
import { answerConditions, keepWords, type Words } from './notifications.ts';
import { paramsTrouble } from './params.ts';
import { allowedActions, ownerOf, type ActionRan, type BrokerRequest, type Notification } from './request.ts';
import { stateOf, type BrokerAction, type BrokerSide } from './state-model.ts';

/** What an action came to, as `POST …/action` answers it. */
export type ActionEnd =
  | { readonly end: 'not-allowed' }
  | {
      readonly end: 'ran';
      readonly result: 'SUCCESS' | 'ERROR';
      readonly outcome: ActionRan['outcome'];
      readonly fromState: string;
      readonly toState?: string;
      readonly message?: string;
    };

type Listener = (data: string) => void;

/** How an action ended: the state it led to, or the broker's words where it failed. */
interface Ran {
  readonly outcome: ActionRan['outcome'];
  readonly calls: ActionRan['calls'];
  readonly error?: string;
  readonly toState?: string;
}

const NO_ONE = 'the broker';

/**
 * The practice broker of one library: its requests in CrossLink's own state model, their actions with what they do in the
 * library's circulation system, messages of the other libraries, and who listens to them.
 */
export class Broker {
  readonly requests = new Map<string, BrokerRequest>();
  readonly world: World;
  readonly tenant: Tenant;
  readonly #listeners = new Map<string, Set<Listener>>();
  #hangUps: (() => void)[] = [];

  constructor(world: World, tenant: Tenant) {
    this.world = world;
    this.tenant = tenant;
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
    const key = `${side}${this.tenant.symbol ?? ''}`;
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

  /** Says something to everyone who listens for a side, whatever it is. */
  say(side: BrokerSide, data: string): void {
    for (const listener of this.#listeners.get(`${side}${this.tenant.symbol ?? ''}`) ?? []) listener(data);
  }

  /** Staff act. What the state asks for next without people follows at once. */
  act(request: BrokerRequest, name: string, user: string, params: JsonObject = {}): ActionEnd {
    const action = allowedActions(request).find((one) => one.name === name);
    const fromState = request.state;
    if (action === undefined) {
      this.#record(request, name, 'refused', fromState, user);
      return { end: 'not-allowed' };
    }
    this.world.reserved.delete(request.id);
    const ran = this.#run(request, action, params);
    this.#took(request, name, ran, fromState, user);
    if (ran.outcome === 'success') this.settle(request);
    const { outcome, toState, error } = ran;
    if (error !== undefined) return { end: 'ran', result: 'ERROR', outcome, fromState, message: error };
    return { end: 'ran', result: 'SUCCESS', outcome, fromState, ...(toState === undefined ? {} : { toState }) };
  }

  /** Ends a request by hand: by its closing action, or else on this side only. Undefined for one that is over already. */
  terminate(request: BrokerRequest, user: string): ActionEnd | undefined {
    const fromState = request.state;
    if (stateOf(request.side, fromState).terminal === true) {
      this.#record(request, 'terminate', 'refused', fromState, user);
      return undefined;
    }
    this.world.reserved.delete(request.id);
    const closing = allowedActions(request).find(({ name }) => name === 'close-request' || name === 'cannot-supply');
    const toState = closing?.success ?? 'MANUALLY_CLOSED';
    this.#took(request, 'terminate', { outcome: 'success', calls: [], toState }, fromState, user);
    return { end: 'ran', result: 'SUCCESS', outcome: 'success', fromState, toState };
  }

  /** What the broker does by itself on entering a state, until a person or another library is next. */
  settle(request: BrokerRequest): void {
    for (;;) {
      const action = stateOf(request.side, request.state).actions.find(({ auto }) => auto === true);
      if (action === undefined) return;
      const fromState = request.state;
      const ran = this.#run(request, action, {});
      this.#took(request, action.name, ran, fromState);
      if (ran.outcome !== 'success') return;
    }
  }

  /** Staff write to the other library; answers the notification as the broker keeps it. */
  write(request: BrokerRequest, note: string, user: string): Notification {
    const at = this.#touch(request);
    const kept = keepWords(request, 'sent', { note }, at, this.world.random);
    if (kept === undefined) throw new RangeError('a note has words');
    kept.receipt = 'SENT';
    kept.acknowledgedAt = at;
    request.events.push({ kind: 'notification', id: this.world.random.uuid(), at, user });
    this.#record(request, 'notification', 'done', request.state, user);
    return kept;
  }

  /** A message of the other library arrives: the request moves as the state model says, and who listens is told. */
  message(request: BrokerRequest, event: string, words: Words = {}): void {
    const to = event === WORDS ? request.state : stateOf(request.side, request.state).events[event];
    if (to === undefined) throw new RangeError(`${request.number} in ${request.state} takes no ${event}`);
    const fromState = request.state;
    request.state = to;
    if (event !== WORDS) request.needsAttention = stateOf(request.side, to).needsAttention === true;
    const at = this.#touch(request);
    keepWords(request, 'received', words, at, this.world.random);
    if (event === 'conditions-accepted') answerConditions(request, 'sent', 'ACCEPTED', at);
    if (event === 'condition-rejected') answerConditions(request, 'sent', 'REJECTED', at);
    const { note } = words;
    request.events.push({
      kind: 'message',
      id: this.world.random.uuid(),
      at,
      event,
      ...(note === undefined ? {} : { note }),
    });
    this.#write(request, { kind: 'network', action: event, result: 'done', fromState });
    const name = request.side === 'borrowing' ? 'message-requester' : 'message-supplier';
    const data = incomingMessage(request.side, request.number, event, note);
    const listeners = this.#listeners.get(`${request.side}${ownerOf(request)}`) ?? [];
    for (const listener of listeners) listener(JSON.stringify({ event: name, data }));
  }

  /** A request was created, or changed by staff. */
  noted(request: BrokerRequest, kind: 'create' | 'edit', user: string): void {
    this.#touch(request);
    this.#write(request, { kind, action: kind, result: 'done', user });
  }

  #run(request: BrokerRequest, action: BrokerAction, params: JsonObject): Ran {
    const trouble = paramsTrouble(action.name, params);
    if (trouble !== undefined) return { outcome: 'failure', calls: [], error: trouble };
    if (action.review !== undefined && !this.#passes(request, action.name)) {
      return { outcome: 'review', calls: [], toState: action.review };
    }
    const { calls, failed } = callLms(this.tenant, this.world.random, request, action.name);
    if (failed !== undefined) return { outcome: 'failure', calls, error: failed };
    this.#answer(request, action.name, params);
    return { outcome: 'success', calls, toState: action.success };
  }

  /** Checks that may end in a person's hands: the patron in the circulation system, the title in the shared inventory. */
  #passes({ patron, asked }: BrokerRequest, action: string): boolean {
    if (action === 'validate-patron') return this.tenant.patrons.some(({ barcode }) => barcode === patron);
    const bib = asked['bibliographicInfo'];
    return isObject(bib) && this.world.inventory.has(String(bib['supplierUniqueRecordId']));
  }

  /** What goes to the other library with an action. */
  #answer(request: BrokerRequest, action: string, params: JsonObject): void {
    const at = this.world.clock.now();
    if (action === 'accept-condition') answerConditions(request, 'received', 'ACCEPTED', at);
    if (action === 'reject-condition') answerConditions(request, 'received', 'REJECTED', at);
    if (action !== 'add-condition') return;
    const { note, loanCondition, cost, currency } = params;
    const words: Words = {
      ...(typeof note === 'string' && note !== '' ? { note } : {}),
      ...(typeof loanCondition === 'string' ? { condition: loanCondition } : {}),
      ...(typeof cost === 'number' ? { cost } : {}),
      ...(typeof currency === 'string' ? { currency } : {}),
    };
    keepWords(request, 'sent', words, at, this.world.random);
  }

  #took(request: BrokerRequest, name: string, ran: Ran, fromState: string, user?: string): void {
    const { outcome, toState, error, calls } = ran;
    request.lastAction = name;
    request.lastOutcome = outcome;
    if (toState !== undefined) request.state = toState;
    request.needsAttention = error !== undefined || stateOf(request.side, request.state).needsAttention === true;
    const at = this.#touch(request);
    request.events.push({
      kind: 'action',
      id: this.world.random.uuid(),
      at,
      action: name,
      outcome,
      user: user ?? NO_ONE,
      calls,
      ...(toState === undefined ? {} : { toState }),
      ...(error === undefined ? {} : { error }),
    });
    if (user !== undefined) this.#record(request, name, error === undefined ? 'done' : 'failed', fromState, user);
  }

  #touch(request: BrokerRequest): number {
    request.updatedAt = Math.max(this.world.clock.now(), request.updatedAt + 1);
    return request.updatedAt;
  }

  #record(
    request: BrokerRequest,
    action: string,
    result: LedgerEntry['result'],
    fromState: string,
    user: string,
  ): void {
    this.#write(request, {
      kind: 'action',
      action,
      result,
      user,
      fromState,
      items: request.items.map(({ barcode }) => barcode),
      httpStatus: result === 'refused' ? 400 : 200,
    });
  }

  #write(request: BrokerRequest, entry: Pick<LedgerEntry, 'kind' | 'action' | 'result'> & Partial<LedgerEntry>): void {
    this.world.ledger.record({
      tenant: this.tenant.id,
      requestId: request.id,
      hrid: request.number,
      toState: request.state,
      ...entry,
    });
  }
}
