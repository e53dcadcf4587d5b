import type { AgreementItem, AgreementKind } from '../contract/agreement.ts';
import type { StepBody } from '../contract/journal.ts';
import type { Mender } from '../contract/result.ts';
import { actionWords } from './data/actions.ts';
import { asksForWord } from './unanswered.ts';
import { shorten } from './words.ts';

/** A step of Carrel that did not end well, with the scan it belongs to. */
export interface StepSeen {
  readonly scanId: string;
  readonly body: StepBody;
  /** When it came to stand like that, ISO 8601 UTC. */
  readonly at: string;
  /** The label that was scanned. */
  readonly label: string;
  readonly title?: string;
}

const KINDS: Readonly<Partial<Record<StepBody['state'], AgreementKind>>> = {
  unknown: 'step-unknown',
  'needs-person': 'step-needs-person',
  refused: 'step-refused',
};

/** What Carrel asks of a circulation system, by the NCIP service. */
const CIRCULATION_STEPS: Readonly<Record<string, { readonly name: string; readonly refusalEndsIt?: true }>> = {
  CheckInItem: { name: 'Check in' },
  CheckOutItem: { name: 'Check out' },
  RequestItem: { name: 'Place a hold', refusalEndsIt: true },
  CancelRequestItem: { name: 'Cancel a hold', refusalEndsIt: true },
};

/**
 * A step that was refused, got no answer or ended with a question, as an item of the list; undefined for any other. What
 * was done since is not judged here: whoever gathers the steps leaves those out.
 */
export function agreementOfStep(step: StepSeen, systemName: string | undefined): AgreementItem | undefined {
  const { body } = step;
  const kind = KINDS[body.state];
  if (kind === undefined) return undefined;
  // A hold that was refused leaves the systems as they were: it was said at the desk, and nothing is to be mended.
  if (kind === 'step-refused' && CIRCULATION_STEPS[body.action]?.refusalEndsIt === true) return undefined;
  const inReshare = body.system === 'reshare';
  const system = inReshare ? 'ReShare' : (systemName ?? 'your circulation system');
  const words = asksForWord(body) ? heldWords(step, system) : wordsOf(kind, step, system);
  return {
    key: `step|${body.stepId}|${body.state}`,
    kind,
    ...(inReshare ? { requestId: body.requestId } : {}),
    label: step.label,
    ...(step.title === undefined ? {} : { title: step.title }),
    since: step.at,
    ...words,
    look: inReshare
      ? 'The request shows whether it happened: open it, or look at it in ReShare.'
      : (body.looked?.showed ?? `${system} gives no way to look whether it happened; check on its screen.`),
    evidence: body.sentence === undefined ? [] : [shorten(body.sentence, 240)],
    basis: 'carrel',
    seenAt: body.looked?.at ?? step.at,
  };
}

type Words = Pick<AgreementItem, 'reason' | 'todo' | 'action'> & { readonly mender: Mender };

/** A step that holds its lanes: nothing more is sent for the thing until somebody has looked. */
function heldWords({ body }: StepSeen, system: string): Words {
  return {
    reason: `Carrel sent ${nameOf(body, system)} to ${system} and got no answer. Nothing more is sent for it until somebody says whether it happened.`,
    todo: `Look at it in ${system}, then press the key for what you find.`,
    mender: 'desk',
    action: 'say',
  };
}

/** The step in the words of the system’s own screens, in quotation marks. */
function nameOf(body: StepSeen['body'], system: string): string {
  const named = actionWords(body.action, 'borrowing') ?? actionWords(body.action, 'lending');
  const own = CIRCULATION_STEPS[body.action]?.name ?? shorten(body.action, 60);
  return `“${system === 'ReShare' ? (named?.todo ?? shorten(body.action, 60)) : own}”`;
}

function wordsOf(kind: AgreementKind, { body }: StepSeen, system: string): Words {
  const inReshare = system === 'ReShare';
  const what = nameOf(body, system);
  if (kind === 'step-unknown') {
    return {
      reason: `Carrel sent ${what} to ${system} and got no answer. It may or may not have happened.`,
      todo: `Look at it in ${system}. When it stands as it should there, confirm it here; nothing is sent again by itself.`,
      mender: 'desk',
      action: 'confirm',
    };
  }
  if (kind === 'step-needs-person') {
    return {
      reason: `Carrel could not settle ${what} in ${system}.`,
      todo: `Look at it in ${system}, do what is missing there, then confirm it here.`,
      mender: 'ill-office',
      action: 'confirm',
    };
  }
  return {
    reason: `${system} refused ${what}, and Carrel has not seen it done since.`,
    todo: inReshare
      ? 'When the cause is mended, scan it once more: Carrel looks first and does only what is still to be done.'
      : `Do it at the screen of ${system}, then confirm it here.`,
    mender: 'ill-office',
    action: inReshare ? 'again' : 'confirm',
  };
}
