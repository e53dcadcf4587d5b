import type { World } from '../world.ts';
import type { PracticeRequest } from './request.ts';

/** Adds an audit line with the next number and touches the record. */
export function audit(
  world: World,
  request: PracticeRequest,
  line: { readonly from?: string; readonly message: string; readonly user?: string; readonly action?: string },
): void {
  request.lastAuditNo += 1;
  request.audit.push({
    id: world.random.uuid(),
    at: world.clock.now(),
    auditNo: request.lastAuditNo,
    from: line.from ?? request.state,
    to: request.state,
    message: line.message,
    ...(line.user === undefined ? {} : { user: line.user }),
    ...(line.action === undefined ? {} : { action: line.action }),
  });
  request.updatedAt = world.clock.now();
}
