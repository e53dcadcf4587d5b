import { actionData, manualTransitions } from './machine.ts';
import type { AuditLine, PracticeRequest } from './request.ts';

export interface ValidAction {
  readonly actionCode: string;
  readonly isPrimary?: boolean;
  readonly primaryOnly?: boolean;
}

/** Whether the network is busy with this request, so that nothing may be done to it. */
export function isBusy(request: PracticeRequest): boolean {
  return request.networkStatus === 'Waiting' || request.networkStatus === 'Retry';
}

/** What staff may do now: nothing while the network is busy, else what the state model offers, and `undo` after a fill. */
export function validActions(request: PracticeRequest): readonly ValidAction[] {
  return isBusy(request) ? [] : offered(request);
}

/** What the state alone offers, whatever the network does. */
export function offered(request: PracticeRequest): readonly ValidAction[] {
  const ofModel = manualTransitions(request.model, request.state).map(({ action, isPrimary, primaryOnly }) =>
    isPrimary ? { actionCode: action, isPrimary, primaryOnly } : { actionCode: action },
  );
  const fromState = [...ofModel, ...(request.ownActions ?? []).map((actionCode) => ({ actionCode }))];
  return undoable(request) === undefined ? fromState : [...fromState, { actionCode: 'undo' }];
}

/** The audit line an `undo` would take back: the last one that counts, if it is a fill. */
export function undoable(request: PracticeRequest): AuditLine | undefined {
  const last = request.audit.findLast((line) => counts(line));
  if (last?.action === undefined || last.undone === true || last.from === last.to) return undefined;
  return actionData(last.action)?.undo === 'YES' ? last : undefined;
}

/** Messages are skipped; a notification only counts when it moved the state. */
function counts(line: AuditLine): boolean {
  if (line.action === undefined) return false;
  const rule = actionData(line.action)?.undo;
  return rule !== 'SKIP' && !(rule === 'DECIDE' && line.from === line.to);
}
