import type { JsonObject, Reply } from '../http.ts';
import { json } from '../http.ts';
import { tenantOf, type World } from '../world.ts';
import { audit } from './audit.ts';
import { borrowingActions } from './actions-borrowing.ts';
import { lendingActions } from './actions-lending.ts';
import { ownAction, sharedActions } from './actions-shared.ts';
import type { ActionAnswer, ActionHandler, ActionJob } from './action-types.ts';
import { outcomeOf, SYSTEM_ACTIONS } from './machine.ts';
import type { PracticeRequest } from './request.ts';
import { isBusy, offered } from './valid-actions.ts';

const HANDLERS: Readonly<Record<string, ActionHandler>> = { ...sharedActions, ...borrowingActions, ...lendingActions };

/** Who acts: a user of the token, or nobody when the story acts for a library. */
export interface Actor {
  readonly id: string;
  readonly username: string;
}

/**
 * Performs one action on one request the way mod-rs's ActionService does: is it valid now, is the network busy, do it, move the state
 * by the model's outcome, write the audit. The caller holds the request's lock.
 */
export function perform(
  world: World,
  request: PracticeRequest | undefined,
  requestId: string,
  action: string,
  params: JsonObject,
  actor: Actor | undefined,
): Reply {
  if (request === undefined) return json(400, { message: `Unable to find request with id: ${requestId}` });
  const refusal = refuse(request, action);
  if (refusal !== undefined) {
    note(world, request, action, { ok: false, status: refusal.status, body: {} }, actor, request.state, 'refused');
    return refusal;
  }
  const handler = request.ownActions?.includes(action) === true ? ownAction : HANDLERS[action];
  if (handler === undefined) return systemError(request);
  const from = request.state;
  const job: ActionJob = {
    world,
    tenant: tenantOf(world, request),
    request,
    action,
    params,
    ...(actor === undefined ? {} : { userId: actor.id }),
    lines: [],
    afterwards: [],
  };
  let answer: ActionAnswer;
  try {
    answer = handler(job);
  } catch (error) {
    // Parameters of the wrong shape end in an exception on the real server as well.
    if (!(error instanceof TypeError)) throw error;
    return systemError(request);
  }
  applyOutcome(job, answer, from);
  note(world, request, action, answer, actor, from, answer.ok ? 'done' : answer.silent === true ? 'refused' : 'failed');
  // Once the desk has had it in hand, the other libraries may go on with it.
  if (answer.ok && actor !== undefined) release(world, request);
  for (const step of job.afterwards) step();
  return json(answer.status, answer.body);
}

function release(world: World, request: PracticeRequest): void {
  world.reserved.delete(request.id);
  if (request.peerRequestIdentifier !== undefined) world.reserved.delete(request.peerRequestIdentifier);
}

/** Why ActionService would not even start, in its own words. */
function refuse(request: PracticeRequest, action: string): Reply | undefined {
  if (SYSTEM_ACTIONS.includes(action)) return undefined;
  if (!offered(request).some((one) => one.actionCode === action)) {
    return json(400, {
      message: `A valid action was not supplied, isRequester: ${request.isRequester} Current state: ${request.state}, network status: ${request.networkStatus} Action being performed: ${action}`,
    });
  }
  if (isBusy(request)) {
    return json(400, {
      message: `Unable to perform action as we are waiting for existing network activity to complete, network status: ${request.networkStatus}, Action being performed: ${action}`,
    });
  }
  return undefined;
}

function systemError(request: PracticeRequest): Reply {
  return json(500, { message: `System error occurred while trying to process request ${request.id}` });
}

/** Moves the state as the model says and writes the audit lines; the last one carries the change. */
function applyOutcome(job: ActionJob, answer: ActionAnswer, from: string): void {
  const { request, world, action } = job;
  const outcome = outcomeOf(request.model, from, action, answer.ok, answer.qualifier);
  const restored = outcome?.saveRestore === 'restore' ? request.previousStates[from] : undefined;
  const to = answer.moveTo ?? restored ?? (outcome?.saveRestore === 'restore' ? from : (outcome?.to ?? from));
  if (outcome?.saveRestore === 'save') request.previousStates[to] = from;
  const { userId } = job;
  const by = userId === undefined ? { action } : { user: userId, action };
  if (answer.silent === true) {
    request.state = to;
    return;
  }
  const messages = job.lines.length > 0 ? job.lines : [`Executing action: ${action}`];
  messages.forEach((message, i) => {
    const last = i === messages.length - 1;
    if (last) request.state = to;
    audit(world, request, { from: last ? from : request.state, message, ...by });
  });
}

function note(
  world: World,
  request: PracticeRequest,
  action: string,
  answer: ActionAnswer,
  actor: Actor | undefined,
  fromState: string,
  result: 'done' | 'refused' | 'failed',
): void {
  world.ledger.record({
    tenant: request.tenant,
    kind: 'action',
    action,
    result,
    requestId: request.id,
    ...(request.hrid === undefined ? {} : { hrid: request.hrid }),
    ...(request.volumes.length === 0 ? {} : { items: request.volumes.map((one) => one.itemId) }),
    ...(actor === undefined ? {} : { user: actor.username }),
    fromState,
    toState: request.state,
    httpStatus: answer.status,
  });
}
