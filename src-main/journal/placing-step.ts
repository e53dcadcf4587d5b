import type { RecordBody, StepBody, StoredRecord } from '../contract/journal.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { RequestView } from '../contract/request.ts';
import type { AppError, Result } from '../contract/result.ts';
import { withSeen } from '../desk/placing.ts';

/** What the journal needs of a front door for requests. `place` sends once and never rejects. */
export interface DoorPort<Order> {
  readonly kind: string;
  /** The request gets the id that was chosen. */
  readonly keepsId: boolean;
  /** The request's own id, made of the UUID that was chosen; left out where it is that UUID. */
  readonly idOf?: (uuid: string) => string;
  place(
    order: Order,
  ): Promise<
    | { readonly outcome: 'done'; readonly request: string }
    | { readonly outcome: 'refused' | 'not-sent' | 'unknown'; readonly error: AppError }
  >;
}

/** By what a placed request is looked up. */
export interface PlacingKeys {
  /** Undefined where the door gives an id of its own and it is not known. */
  readonly request: string | undefined;
  readonly identifier: string;
}

export type PlacingLook =
  | { readonly look: 'there'; readonly view: RequestView }
  | { readonly look: 'not-there' }
  | { readonly look: 'failed'; readonly error: AppError };

/** Looks whether a request was created, by its id and by the identifier Carrel gave it. Only reads. */
export async function lookForPlaced(
  system: Pick<RequestSystem, 'get' | 'findByScan'>,
  { request, identifier }: PlacingKeys,
): Promise<PlacingLook> {
  if (request !== undefined) {
    const got = await system.get(request);
    if (got.ok) return { look: 'there', view: got.value };
    if (got.error.code !== 'not-found') return { look: 'failed', error: got.error };
  }
  // mod-rs makes ids of its own as well; the identifier is kept whatever id it chose.
  const found = await system.findByScan([identifier]);
  if (!found.ok) return { look: 'failed', error: found.error };
  const view = found.value.find((one) => one.otherIdentifiers.includes(identifier));
  return view === undefined ? { look: 'not-there' } : { look: 'there', view };
}

export interface PlacingStepOptions<Order> {
  /** The step before its first record, without a state. */
  readonly body: Omit<StepBody, 'state'>;
  readonly order: Order;
  readonly keys: PlacingKeys;
  readonly door: DoorPort<Order>;
  readonly system: Pick<RequestSystem, 'get' | 'findByScan'>;
  readonly record: (body: RecordBody) => Promise<Result<StoredRecord>>;
  /** Told of each record that is on disk. */
  readonly onRecorded: (body: StepBody, at: string) => void;
  readonly signal: AbortSignal;
}

const STOPPED = 'Carrel was closed before this was sent. Nothing was sent.';
const THERE_ALREADY = 'It was in ReShare already, so nothing was sent.';
const SEEN_AFTER = 'No clear answer came, but a look shows that ReShare has the request.';

/**
 * Places one request: recorded, looked for, durable `sending`, sent once, outcome recorded, and looked for again where the
 * answer leaves a doubt. Never sent without a look that shows it is not there, nor without `sending` on disk.
 * @returns an error only when the journal did not take a record before sending: then nothing was sent
 */
export async function runPlacingStep<Order>(options: PlacingStepOptions<Order>): Promise<AppError | undefined> {
  const { body, door, keys, order, system, signal } = options;
  const put = async (state: StepBody['state'], changes: Partial<StepBody> = {}): Promise<AppError | undefined> => {
    const next: StepBody = { ...body, ...changes, state };
    const stored = await options.record(next);
    if (!stored.ok) return stored.error;
    options.onRecorded(next, stored.value.at);
    return undefined;
  };

  const unrecorded = await put('recorded');
  if (unrecorded !== undefined) return unrecorded;
  const before = await lookForPlaced(system, keys);
  if (before.look === 'failed') {
    return put('not-sent', {
      sentence: `It was not sent, because ReShare cannot be asked whether it is there already: ${before.error.sentence}`,
    });
  }
  if (before.look === 'there') {
    return put('confirmed', { ...withSeen({ ...body, state: 'confirmed' }, before.view), sentence: THERE_ALREADY });
  }
  if (signal.aborted) return put('not-sent', { sentence: STOPPED });

  const notDurable = await put('sending');
  if (notDurable !== undefined) return notDurable;
  const outcome = await door.place(order);
  if (outcome.outcome === 'done') {
    await put('done', { requestId: outcome.request });
    return undefined;
  }
  const { sentence } = outcome.error;
  // On disk before the look: a crash in between leaves what is known.
  await put(outcome.outcome, { sentence });
  if (outcome.outcome === 'not-sent') return undefined;
  const after = await lookForPlaced(system, keys);
  if (after.look === 'there') {
    await put('done', { ...withSeen({ ...body, state: 'done' }, after.view), sentence: SEEN_AFTER });
  }
  return undefined;
}
