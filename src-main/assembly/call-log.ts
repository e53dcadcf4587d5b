import type { LogFile } from '../shell/log-file.ts';
import type { CallLine } from '../systems/http/redact.ts';

/** One line per call to a system: what may be known of it, and nothing else. */
export function logCall(log: LogFile, line: CallLine): void {
  log.write(line.fault === undefined ? 'info' : 'warn', 'call', {
    method: line.method,
    path: line.template,
    ms: Math.round(line.ms),
    count: line.attempts,
    ...(line.status === undefined ? {} : { status: line.status }),
    ...(line.fault === undefined ? {} : { code: line.fault }),
  });
}
