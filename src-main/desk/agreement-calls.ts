import type { AuditLine } from '../contract/request.ts';
import { readHostCall, type HostCall } from './audit.ts';

/** A call to the circulation system with the history line that tells of it. */
export interface ToldCall extends HostCall {
  readonly line: AuditLine;
}

const NAMES: Readonly<Record<string, HostCall['call']>> = {
  'accept item': 'AcceptItem',
  'check out item': 'CheckoutItem',
  'check in item': 'CheckinItem',
};

const NOT_CONNECTED = /No host LMS integration configured for (accept item|check out item|check in item) call/i;
const WELL = /\b(AcceptItem|CheckoutItem|CheckinItem) call succeeded(?: for item: (\S+?))?\.?(?=\s|$)/i;
const ITEM = /item(?: ?id)?: (\S+?)\.?(?=[\s,)]|$)/i;

const CALLS: readonly HostCall['call'][] = ['AcceptItem', 'CheckoutItem', 'CheckinItem'];

/**
 * A history line read for what it says of the circulation system. Beside the sentences of the desk steps it knows those
 * that tell of a whole request ("Complete request succeeded. (No host LMS integration configured …)"); their item is then
 * not named (mod-rs HostLMSService and action services).
 */
export function readToldCall(line: AuditLine): ToldCall | undefined {
  const read = readHostCall(line);
  if (read !== undefined) return { ...read, line };
  const { message, at } = line;
  const item = ITEM.exec(message)?.[1];
  const named = item === undefined ? {} : { item };
  const without = NAMES[NOT_CONNECTED.exec(message)?.[1]?.toLowerCase() ?? ''];
  if (without !== undefined) return { call: without, outcome: 'not-connected', at, line, ...named };
  const well = WELL.exec(message);
  const call = CALLS.find((name) => name.toLowerCase() === well?.[1]?.toLowerCase());
  if (call === undefined) return undefined;
  return { call, outcome: 'ok', at, line, ...(well?.[2] === undefined ? named : { item: well[2] }) };
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
