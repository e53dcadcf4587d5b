import type { AgreementKind, HostMode, HostSettings } from '../contract/agreement.ts';
import type { Leg, Prompt } from '../contract/prompt.ts';
import { toldCalls } from './agreement-calls.ts';
import type { HostCall } from './audit.ts';
import type { StepResult } from './types.ts';

/** The line that stands for the library's circulation system on a prompt. */
export const CIRCULATION = 'Circulation';

/** What a step should have brought about in the circulation system (mod-rs action services). */
const CALLS: Readonly<Partial<Record<StepResult['plan']['step'], HostCall['call']>>> = {
  receive: 'AcceptItem',
  returned: 'CheckinItem',
  fill: 'CheckoutItem',
  complete: 'CheckinItem',
  undo: 'CheckinItem',
};

const isOff = (mode: HostMode | undefined): boolean => mode === 'none' || mode === 'off';

/**
 * The call that a finished step left to the library: ReShare's settings have it off, or its history says that it is not
 * connected. Undefined where the history tells of a call, and where nothing is known.
 */
export function leftToLibrary(result: StepResult, host: HostSettings | undefined): HostCall['call'] | undefined {
  const call = CALLS[result.plan.step];
  if (call === undefined || result.state !== 'done' || result.after === undefined) return undefined;
  const told = toldCalls(result.newAudit).filter((one) => one.call === call);
  if (told.length > 0) return told.every((one) => one.outcome === 'not-connected') ? call : undefined;
  if (host?.known !== true) return undefined;
  const off =
    call === 'AcceptItem'
      ? isOff(host.acceptItem)
      : call === 'CheckoutItem'
        ? isOff(host.checkOutItem)
        : isOff(host.checkInItem) || (result.plan.step === 'returned' && host.checkInOnReturn === 'off');
  return off ? call : undefined;
}

/** Which lines of a prompt tell of a trouble: the words host.ts has for the calls. */
const TELLS: Readonly<Partial<Record<AgreementKind, RegExp>>> = {
  'temporary-item-refused': /temporary item/i,
  'create-by-hand': /temporary item/i,
  'check-out-refused': /check(ed)?[ -](the item )?out/i,
  'check-out-by-hand': /check(ed)?[ -](the item )?out/i,
  'check-in-refused': /check(ed)?[ -](the item )?in\b/i,
  'check-in-by-hand': /check(ed)?[ -](the item )?in\b/i,
  'verify-check-in': /was not out/i,
  'no-system': /no circulation system/i,
};

/** A prompt after a person said that what was left by hand, or refused, is done: said by them, never shown as done by a system. */
export function confirmedPrompt(prompt: Prompt, kind: AgreementKind, by: string, at: string): Prompt {
  const legs = prompt.legs.map((leg): Leg => {
    const open = leg.system === CIRCULATION && (leg.state === 'by-hand' || leg.state === 'not-done');
    return open && TELLS[kind]?.test(leg.text) === true
      ? { system: leg.system, state: 'confirmed', text: `Done by hand, says ${by}`, at }
      : leg;
  });
  return { ...prompt, legs };
}

/** Whether a prompt ended with something for the agreement list. */
export function endsInTrouble(prompt: Prompt): boolean {
  return prompt.legs.some(({ state }) => state === 'by-hand' || state === 'not-done' || state === 'unknown');
}

/** Whether a prompt says that something was left to do in the circulation system. */
export function leavesByHand(prompt: Prompt): boolean {
  return prompt.legs.some((leg) => leg.system === CIRCULATION && leg.state === 'by-hand');
}
