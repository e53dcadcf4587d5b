import type { AlmaCode } from '../contract/alma.ts';
import type { Task, TaskField, TaskGuide, TaskLeg } from '../contract/tasks.ts';
import { dayWithYear } from '../desk/words.ts';
import { isCall } from './calls.ts';
import { CLOSED_IN_WORLDSHARE, OPEN_IN_WORLDSHARE } from './change.ts';
import { dayOf, patronDay, type Clock } from './days.ts';
import { guideSteps } from './guide-steps.ts';
import { linkOf } from './links.ts';
import type { TaskSettings } from './ports.ts';
import { isInDoubt } from './standing.ts';
import { stepName, systemName } from './words.ts';

export interface GuideScene extends Clock {
  readonly settings: TaskSettings;
  /** Alma's reasons for cancelling, once read. */
  readonly reasons: readonly AlmaCode[];
  /** The lender's date as ReShare has it now. */
  readonly lenderDate?: string | undefined;
}

/** What a leg needs of a person now. */
export function guideOf(task: Task, leg: TaskLeg, scene: GuideScene): TaskGuide {
  const call = isCall(leg);
  const fields = isInDoubt(leg) ? [] : fieldsOf(task, leg, scene);
  const copy = copyOf(task, leg);
  const link = linkOf(task, leg, scene.settings);
  return {
    seq: leg.seq,
    action: isInDoubt(leg) ? 'settle' : call ? 'send' : 'confirm',
    button: call ? stepName(leg) : 'I did it',
    steps: isInDoubt(leg) ? [doubtStep(leg)] : [...guideSteps(task, leg, scene)],
    ...(copy === undefined || (call && !isInDoubt(leg)) ? {} : { copy }),
    ...(link === undefined ? {} : { link }),
    fields: [...fields],
    notes: [...notesOf(leg)],
  };
}

function doubtStep(leg: TaskLeg): string {
  return `Look in ${systemName(leg.system)} whether it happened, and say so here. Nothing more is sent until then.`;
}

function fieldsOf(task: Task, leg: TaskLeg, scene: GuideScene): readonly TaskField[] {
  switch (leg.step) {
    case 'ask-lender':
      return leg.mode === 'api'
        ? [{ name: 'message', label: 'Message to the lender', kind: 'text', suggested: messageTo(task, scene) }]
        : [];
    case 'lender-answer':
      return [answerField(), answerDay(task, scene)];
    case 'patron-date': {
      const day = patronDay(task, scene.settings.returnMarginDays, scene);
      return [dayField('Patron’s new date', day, 'Your library keeps some days for the way back.')];
    }
    case 'receive':
      return [
        { name: 'barcode', label: 'Temporary barcode', kind: 'text', hint: 'The lender’s own barcode is advised.' },
        dayField('The lender’s due date', undefined, 'From WorldShare ILL, such as 2026-12-04.'),
      ];
    case 'look-up-status':
      return [
        {
          name: 'status',
          label: 'What WorldShare ILL says',
          kind: 'choice',
          options: [...CLOSED_IN_WORLDSHARE, ...OPEN_IN_WORLDSHARE].map((one) => ({ value: one, label: one })),
        },
      ];
    case 'cancel-quietly':
      return [
        {
          name: 'reason',
          label: 'Reason, as Alma lists them',
          kind: 'choice',
          options: scene.reasons.map(({ code, label }) => ({ value: code, label })),
        },
      ];
    default:
      return [];
  }
}

function answerField(): TaskField {
  return {
    name: 'outcome',
    label: 'The lender’s answer',
    kind: 'choice',
    options: [
      { value: 'granted', label: 'Yes, with a new date' },
      { value: 'refused', label: 'No' },
    ],
  };
}

function answerDay(task: Task, { lenderDate, timeZone }: GuideScene): TaskField {
  const now = lenderDate === undefined ? undefined : dayOf(lenderDate, timeZone);
  const before = task.lenderDate === undefined ? undefined : dayOf(task.lenderDate.date, timeZone);
  const news = now !== undefined && now !== before ? now : undefined;
  const hint =
    news === undefined ? 'As the lender gave it, such as 2026-12-04.' : 'ReShare shows this date since then.';
  return { ...dayField('The lender’s new date', news, hint), when: { name: 'outcome', value: 'granted' } };
}

function dayField(label: string, suggested: string | undefined, hint: string): TaskField {
  return { name: 'date', label, kind: 'day', hint, ...(suggested === undefined ? {} : { suggested }) };
}

function messageTo(task: Task, { timeZone }: GuideScene): string {
  const { title, refs } = task.subject;
  const about = [title, refs.reshareNumber].filter((part) => part !== undefined).join(', ');
  const day = task.lenderDate === undefined ? undefined : dayOf(task.lenderDate.date, timeZone);
  const due = day === undefined ? '' : ` It is due back with you on ${dayWithYear(day)}.`;
  return `Our patron asks to keep ${about === '' ? 'this loan' : about} longer.${due} May we renew it? Please answer with the new due date.`;
}

function copyOf(task: Task, leg: TaskLeg): TaskGuide['copy'] {
  const { label, refs } = task.subject;
  const number = {
    'worldshare-ill': refs.worldshareRequest,
    relais: refs.relaisRequest,
    alma: refs.almaExternal ?? refs.almaRequest,
    reshare: refs.reshareNumber,
    wms: label === '' ? undefined : label,
  }[leg.system];
  if (number === undefined) return undefined;
  return { label: leg.system === 'wms' ? 'Item barcode' : `Request in ${systemName(leg.system)}`, text: number };
}

function notesOf(leg: TaskLeg): readonly string[] {
  if (leg.step === 'cancel-quietly') {
    return ['Alma is told not to notify: the patron hears nothing. The request is not removed for good.'];
  }
  if (leg.step === 'patron-date' && leg.system === 'alma') {
    return ['This changes the patron’s date. It does not mark the request renewed; that is the leg before.'];
  }
  if (leg.mode === 'api-unproven') {
    return [
      'Alma has a call for this, and your library has not said that it proved it. Until then staff do it in Alma.',
    ];
  }
  return [];
}
