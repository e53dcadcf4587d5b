import type { AuditLine } from '../contract/request.ts';

/** How one call to the library's circulation system ended, as mod-rs wrote it into the request's history. */
export interface HostCall {
  readonly call: 'AcceptItem' | 'CheckoutItem' | 'CheckinItem';
  /**
   * `not-connected`: ReShare has no connection to a circulation system, so nothing was done there. `already-in`: the system
   * answered that the item was not out, or that it does not know it; mod-rs counts both as success.
   */
  readonly outcome: 'ok' | 'failed' | 'not-connected' | 'already-in';
  readonly item?: string;
  /** The circulation system's own words about a failure, without mod-rs' advice around them. */
  readonly words?: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

const FAILED =
  /NCIP (AcceptItem|CheckoutItem|CheckinItem) call failed(?: for (?:temporary item barcode|itemId|item): (\S+?))?\. Review configuration and try again or deconfigure host LMS integration in settings\.\s*(.*)$/is;

const SUCCEEDED =
  /^(?:(Receive) succeeded for item id|(Fill request) succeeded for item id|(Check in to (?:ReShare|ILL)) completed for itemId|NCIP (CheckinItem) call succeeded for item):\s*(\S+?)(?:\s*\((?:title|temporaryItemBarcode)[^]*?\))?[.]?\s+([^]*)$/i;

const NOT_CONFIGURED = /^Host LMS integration not configured/i;

function callOf(match: RegExpExecArray): HostCall['call'] {
  if (match[1] !== undefined) return 'AcceptItem';
  return match[4] !== undefined ? 'CheckinItem' : 'CheckoutItem';
}

/**
 * Reads one history line for what it says about the circulation system, or undefined when it says nothing of the kind.
 * Texts: mod-rs action services and HostLMSService, which write them in English whatever the tenant's language.
 */
export function readHostCall(line: AuditLine): HostCall | undefined {
  const message = line.message.trim();
  const failed = FAILED.exec(message);
  if (failed !== null) {
    const call = failed[1] === 'AcceptItem' || failed[1] === 'CheckinItem' ? failed[1] : 'CheckoutItem';
    const words = failed[3]?.trim();
    return {
      call,
      outcome: 'failed',
      at: line.at,
      ...(failed[2] === undefined ? {} : { item: failed[2] }),
      ...(words === undefined || words === '' || words === 'null' ? {} : { words }),
    };
  }
  const done = SUCCEEDED.exec(message);
  const rest = done?.[6];
  const item = done?.[5];
  if (done === null || rest === undefined || item === undefined) return readShort(message, line.at);
  const outcome = /No host LMS integration configured/i.test(rest)
    ? 'not-connected'
    : /not performed because the item was already checked in/i.test(rest)
      ? 'already-in'
      : 'ok';
  return { call: callOf(done), outcome, item, at: line.at };
}

const NAMES: Readonly<Record<string, HostCall['call']>> = {
  'accept item': 'AcceptItem',
  'check out item': 'CheckoutItem',
  'check in item': 'CheckinItem',
};
const CALLS: readonly HostCall['call'][] = ['AcceptItem', 'CheckoutItem', 'CheckinItem'];

const NOT_CONNECTED = /No host LMS integration configured for (accept item|check out item|check in item) call/i;
const WELL = /\b(AcceptItem|CheckoutItem|CheckinItem) call succeeded(?: for item: (\S+?))?\.?(?=\s|$)/i;
const ITEM = /item(?: ?id)?: (\S+?)\.?(?=[\s,)]|$)/i;

/** Sentences that name no step, or no item because they tell of a whole request: "Complete request succeeded. (No host …)". */
function readShort(message: string, at: string): HostCall | undefined {
  const item = ITEM.exec(message)?.[1];
  const named = item === undefined ? {} : { item };
  const without = NAMES[NOT_CONNECTED.exec(message)?.[1]?.toLowerCase() ?? ''];
  if (without !== undefined) return { call: without, outcome: 'not-connected', at, ...named };
  const well = WELL.exec(message);
  const call = CALLS.find((name) => name.toLowerCase() === well?.[1]?.toLowerCase());
  if (call === undefined) return undefined;
  return { call, outcome: 'ok', at, ...(well?.[2] === undefined ? named : { item: well[2] }) };
}

/** All calls told of in these lines, in their order. */
export function hostCalls(lines: readonly AuditLine[]): readonly HostCall[] {
  return [...lines]
    .sort((a, b) => a.no - b.no)
    .map(readHostCall)
    .filter((c) => c !== undefined);
}

/** The latest failure that no later success of the same call on the same item took back. */
export function newestFailure(lines: readonly AuditLine[]): HostCall | undefined {
  const calls = hostCalls(lines);
  return calls.findLast(
    (c, i) =>
      c.outcome === 'failed' &&
      !calls.slice(i + 1).some((later) => later.outcome !== 'failed' && later.call === c.call && later.item === c.item),
  );
}

/** True when a line says that ReShare is set to use a circulation system but none is chosen. */
export function hostNotConfigured(lines: readonly AuditLine[]): boolean {
  return lines.some((line) => NOT_CONFIGURED.test(line.message.trim()));
}

/** The newest line of which nothing is understood, for showing as it came. */
export function newestOther(lines: readonly AuditLine[]): AuditLine | undefined {
  return [...lines]
    .sort((a, b) => a.no - b.no)
    .findLast((line) => line.message.trim() !== '' && readHostCall(line) === undefined);
}
