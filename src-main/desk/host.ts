import type { HostSettings } from '../contract/agreement.ts';
import type { Leg } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import { CIRCULATION as SYSTEM, leftToLibrary } from './agreement-legs.ts';
import { hostCalls, hostNotConfigured } from './audit.ts';
import type { HostCall } from './audit.ts';
import type { StepResult } from './types.ts';
import { tellsHost, unseenLeg } from './unseen.ts';
import { count, day, list, partner, shorten } from './words.ts';

const OK: Readonly<Record<HostCall['call'], string>> = {
  AcceptItem: 'Temporary item created',
  CheckoutItem: 'Checked out',
  CheckinItem: 'Checked in',
};

const BY_HAND: Readonly<Record<HostCall['call'], string>> = {
  AcceptItem: 'Not connected to ReShare: create the temporary item there',
  CheckoutItem: 'Not connected to ReShare: check the item out there',
  CheckinItem: 'Not connected to ReShare: check the item in there',
};

const REFUSED: Readonly<Record<HostCall['call'], string>> = {
  AcceptItem: 'Refused the temporary item',
  CheckoutItem: 'Refused the check-out',
  CheckinItem: 'Refused the check-in',
};

/** Only the latest word on each item counts: mod-rs may try an item again. */
function latest(calls: readonly HostCall[]): readonly HostCall[] {
  return [...new Map(calls.map((c) => [`${c.call} ${c.item ?? ''}`, c])).values()];
}

function legOf(calls: readonly HostCall[], due: string | undefined): Leg | undefined {
  const first = calls[0];
  if (first === undefined) return undefined;
  const { call, at } = first;
  const failed = calls.filter((c) => c.outcome === 'failed');
  const many = calls.length > 1 ? ` (${String(calls.length - failed.length)} of ${String(calls.length)})` : '';
  if (failed.length === calls.length) return { system: SYSTEM, state: 'not-done', text: REFUSED[call], at };
  if (failed.length > 0) return { system: SYSTEM, state: 'not-done', text: `${OK[call]}${many}`, at };
  if (calls.some((c) => c.outcome === 'not-connected')) {
    return { system: SYSTEM, state: 'by-hand', text: BY_HAND[call], at };
  }
  if (calls.some((c) => c.outcome === 'already-in')) {
    return { system: SYSTEM, state: 'by-hand', text: 'Was not out there, or is not known: look it up', at };
  }
  return {
    system: SYSTEM,
    state: 'done',
    text: `${OK[call]}${calls.length > 1 ? `: ${count(calls.length, 'item', 'items')}` : ''}${
      call === 'CheckoutItem' && due !== undefined ? ` · due back ${due}` : ''
    }`,
    at,
  };
}

/** What is known of the library's systems when a step has ended. */
export interface HostScene {
  readonly host?: HostSettings;
  /** What staff call the circulation system, such as `WMS`. */
  readonly systemName?: string;
  /** The request before the step. */
  readonly before?: RequestView | undefined;
  /** ISO 8601 UTC; for days in words. */
  readonly now?: string;
  readonly timeZone?: string;
}

/**
 * What the history says of the circulation system since the step began, one line for each kind of call; then, quietly, what
 * it should have brought about and nobody can look at from here. What no source tells is said as not known.
 */
export function hostLegs(result: StepResult, scene: HostScene = {}): readonly Leg[] {
  const { step } = result.plan;
  const finished = result.state === 'done';
  if (result.after === undefined) {
    const unsure = finished && (tellsHost(step) || step === 'undo');
    return unsure ? [{ system: SYSTEM, state: 'unknown', text: 'Not known: the request could not be read again' }] : [];
  }
  const calls = latest(hostCalls(result.newAudit));
  const kinds = [...new Set(calls.map((c) => c.call))];
  const due = dueFrom(result.after, scene);
  const legs = kinds
    .map((kind) =>
      legOf(
        calls.filter((c) => c.call === kind),
        due,
      ),
    )
    .filter((l) => l !== undefined);
  if (legs.length === 0 && hostNotConfigured(result.newAudit)) {
    return [{ system: SYSTEM, state: 'not-done', text: 'ReShare has no circulation system chosen', at: result.at }];
  }
  if (legs.length > 0) {
    return finished ? [...legs, ...unseenLeg(step, calls, scene.systemName)] : legs;
  }
  const left = leftToLibrary(result, scene.host);
  if (left !== undefined) return [{ system: SYSTEM, state: 'by-hand', text: BY_HAND[left], at: result.at }];
  return finished && tellsHost(step) ? [{ system: SYSTEM, state: 'unknown', text: UNTOLD }] : [];
}

/** ReShare did its step, and nothing it wrote says what the circulation system made of it. */
const UNTOLD = 'ReShare does not say whether it was told: look it up there';

/** The date a fill brought with it: what the circulation system answered becomes the request's (mod-rs `ncip_use_due_date`). */
function dueFrom(after: RequestView, { before, now, timeZone }: HostScene): string | undefined {
  if (now === undefined || after.side !== 'lending' || after.dueDate === before?.dueDate) return undefined;
  return day(after.dueDate, now, timeZone);
}

/** Calls that failed and were not made good since. */
export function hostFailures(result: StepResult): readonly HostCall[] {
  return latest(hostCalls(result.newAudit)).filter((c) => c.outcome === 'failed');
}

function words(calls: readonly HostCall[]): string {
  const said = [...new Set(calls.map((c) => c.words).filter((w) => w !== undefined))];
  return said.length === 0 ? 'without saying why' : `saying “${shorten(said.join(' · '), 160)}”`;
}

function things(calls: readonly HostCall[], one: string): string {
  const items = calls.map((c) => c.item).filter((i) => i !== undefined);
  return items.length === 0 ? one : list(items.map((i) => shorten(i, 40)));
}

/** Why ReShare did not do a step, when the circulation system refused its part; undefined when it did not. */
export function refusedByHost(result: StepResult, request: RequestView): readonly string[] | undefined {
  const failed = hostFailures(result);
  const call = failed[0]?.call;
  if (call === undefined) return undefined;
  const worked = latest(hostCalls(result.newAudit)).filter((c) => c.call === call && c.outcome !== 'failed');
  const rest = worked.length === 0 ? [] : [`Done for ${things(worked, 'the others')}.`];
  switch (call) {
    case 'AcceptItem':
      return [
        `ReShare did not mark it received: your circulation system refused the temporary item ${things(failed, '')}, ${words(failed)}.`.replace(
          / ,/,
          ',',
        ),
        ...rest,
        'Give it to the ILL office with its slip.',
      ];
    case 'CheckoutItem':
      if (request.side === 'borrowing') {
        return [
          `ReShare did not mark it checked out to the patron: your circulation system refused to check out ${things(failed, 'the item')}, ${words(failed)}.`,
          ...rest,
          'Keep it at the desk, and ask the ILL office.',
        ];
      }
      return [
        `Your circulation system refused to check out ${things(failed, 'the item')} for ${partner(request)}, ${words(failed)}.`,
        ...rest,
        'Do not send it. Give it to the ILL office with its slip.',
      ];
    case 'CheckinItem':
      return [
        `ReShare did not ${request.side === 'borrowing' ? 'mark it returned by the patron' : 'close the loan'}: your circulation system refused to check in ${things(failed, 'the item')}, ${words(failed)}.`,
        ...rest,
        'Give it to the ILL office.',
      ];
  }
}

/** What is still to be done by hand although ReShare counts the step as done. */
export function leftUndone(result: StepResult, host?: HostSettings): readonly string[] {
  const failed = hostFailures(result);
  if (failed.some((c) => c.call === 'CheckinItem')) {
    return [`Your circulation system did not check it in, ${words(failed)}. Check it in there by hand.`];
  }
  if (failed.length > 0)
    return [`Your circulation system refused ${things(failed, 'a part')}, ${words(failed)}. Tell the ILL office.`];
  const calls = latest(hostCalls(result.newAudit));
  const byHand = calls.find((c) => c.outcome === 'not-connected')?.call ?? leftToLibrary(result, host);
  if (byHand === 'AcceptItem')
    return ['ReShare is not connected to your circulation system: create the temporary item there.'];
  if (byHand === 'CheckoutItem')
    return ['ReShare is not connected to your circulation system: check it out there too.'];
  if (byHand === 'CheckinItem') return ['ReShare is not connected to your circulation system: check it in there too.'];
  if (calls.some((c) => c.outcome === 'already-in')) {
    return [
      'Your circulation system did not have it as out, or does not know it. Look it up there if that surprises you.',
    ];
  }
  return [];
}
