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
  const copy = copyOf(task, leg, scene.settings);
  const link = linkOf(task, leg, scene.settings);
  return {
    seq: leg.seq,
    action: isInDoubt(leg) ? 'settle' : call ? 'send' : 'confirm',
    button: call ? stepName(leg) : 'I did it',
    steps: isInDoubt(leg) ? [doubtStep(leg, scene.settings)] : [...guideSteps(task, leg, scene)],
    ...(copy === undefined || (call && !isInDoubt(leg)) ? {} : { copy }),
    ...(link === undefined ? {} : { link }),
    fields: [...fields],
    notes: [...notesOf(task, leg, scene.settings)],
  };
}

function doubtStep(leg: TaskLeg, settings: TaskSettings): string {
  return `Look in ${systemName(leg.system, settings)} whether it happened, and say so here. Nothing more is sent until then.`;
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
      return receivedFields(task, there(scene), 'The lender’s own barcode is advised.');
    case 'mark-received':
      return leg.system === 'relais' ? receivedFields(task, 'Relais D2D', 'The one WMS’s temporary item carries.') : [];
    case 'look-up-status':
      return [
        {
          name: 'status',
          label: `What ${there(scene)} says`,
          kind: 'choice',
          options: [...CLOSED_IN_WORLDSHARE, ...OPEN_IN_WORLDSHARE].map((one) => ({ value: one, label: one })),
        },
      ];
    case 'cancel-quietly':
      return [reasonField(scene)];
    default:
      return [];
  }
}

/** The item's name from now on, and when its lender wants it. */
function receivedFields({ subject }: Task, from: string, hint: string): readonly TaskField[] {
  const { label } = subject;
  return [
    { name: 'barcode', label: 'Temporary barcode', kind: 'text', hint, ...(label === '' ? {} : { suggested: label }) },
    dayField('The lender’s due date', undefined, `From ${from}, such as 2026-12-04.`),
  ];
}

/** The system in which the lender's half of Alma's requests is done. */
function there({ settings }: GuideScene): string {
  return systemName('worldshare-ill', settings);
}

/** The library's usual reason is chosen already, where Alma still has it. */
function reasonField({ reasons, settings }: GuideScene): TaskField {
  const usual = reasons.find(({ code }) => code === settings.cancelReason);
  return {
    name: 'reason',
    label: 'Reason, as Alma lists them',
    kind: 'choice',
    options: reasons.map(({ code, label }) => ({ value: code, label })),
    ...(usual === undefined ? {} : { suggested: usual.code }),
  };
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

function copyOf(task: Task, leg: TaskLeg, settings: TaskSettings): TaskGuide['copy'] {
  const { label, refs } = task.subject;
  const number = {
    'worldshare-ill': refs.worldshareRequest,
    relais: refs.relaisRequest,
    alma: refs.almaExternal ?? refs.almaRequest,
    reshare: refs.reshareNumber,
    wms: label === '' ? undefined : label,
  }[leg.system];
  if (number === undefined) return undefined;
  return {
    label: leg.system === 'wms' ? 'Item barcode' : `Request in ${systemName(leg.system, settings)}`,
    text: number,
  };
}

function notesOf(task: Task, leg: TaskLeg, settings: TaskSettings): readonly string[] {
  if (task.kind === 'exported' && leg.part === 'receive') return [whoNote(settings)];
  if (leg.step === 'cancel-quietly') {
    return ['Alma is told not to notify: the patron hears nothing. The request is not removed for good.'];
  }
  if (leg.step === 'patron-date' && leg.system === 'wms') {
    return [
      'WMS’s interface shows no loan of a temporary item: where it cannot be seen there, it counts on your word.',
    ];
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

/** OCLC's and FLVC's guides differ on whether the export carries the patron, so it goes by what the library says. */
function whoNote(settings: TaskSettings): string {
  const name = systemName('worldshare-ill', settings);
  if (settings.patronTravels === true) return `${name} names the patron of this request as well.`;
  const said = settings.patronTravels === false ? 'does not name' : 'may not name';
  return `${name} ${said} the patron of this request. Who it is for stands in Alma: “Who is it for?” asks there.`;
}
