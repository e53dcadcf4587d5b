import type { AuditLine } from '../contract/request.ts';
import { readHostCall, type HostCall } from './audit.ts';

/** A call to the circulation system with the history line that tells of it. */
export interface ToldCall extends HostCall {
  readonly line: AuditLine;
}

/** A history line read for what it says of the circulation system. */
function readToldCall(line: AuditLine): ToldCall | undefined {
  const read = readHostCall(line);
  return read === undefined ? undefined : { ...read, line };
}

/** Every call the history tells of, in its order. */
export function toldCalls(audit: readonly AuditLine[]): readonly ToldCall[] {
  return [...audit]
    .sort((a, b) => a.no - b.no)
    .map(readToldCall)
    .filter((call) => call !== undefined);
}

/**
 * The last word on each item and call. A later line about the whole request is the last word on all of its items: it
 * stands in for each of them.
 */
export function lastWords(calls: readonly ToldCall[]): readonly ToldCall[] {
  return calls.filter(
    (call, at) =>
      !calls
        .slice(at + 1)
        .some((later) => later.call === call.call && (later.item === call.item || later.item === undefined)),
  );
}
