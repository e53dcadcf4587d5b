import type { StepBody } from '../contract/journal.ts';
import type { Task, TaskLeg } from '../contract/tasks.ts';
import type { Result } from '../contract/result.ts';
import { showsStep } from '../desk/request-shown.ts';
import { dayWithYear } from '../desk/words.ts';
import { dayOf } from './days.ts';
import type { Look, TaskSettings, TaskSystems } from './ports.ts';

export interface LookScene {
  readonly systems: TaskSystems;
  readonly settings: TaskSettings;
  /** The patron's whole id, where it is kept. */
  readonly patron: string | undefined;
  readonly timeZone?: string | undefined;
  /** The newest record of the leg's call, where it has one. */
  readonly step?: StepBody | undefined;
}

/** Labels of borrowing requests that nobody received or closed (Ex Libris help). */
const STILL_OPEN = /sent to partner|exported to|locate|ready to|^created|pending|^rejected|in process|will supply/i;

const CANNOT_SAY: Look = { look: 'unknown' };

/**
 * Looks whether what a leg is about has come about. Only reads. A system that does not answer, or has nothing to say, is
 * `unknown`: no answer is never taken for "no".
 * @param typed what staff typed for the leg, such as the date to look for
 */
export async function lookAt(
  task: Task,
  leg: TaskLeg,
  typed: Readonly<Record<string, string>>,
  scene: LookScene,
): Promise<Look> {
  switch (leg.step) {
    case 'ask-lender':
      return leg.system === 'reshare' ? lookAtMessage(task, scene) : CANNOT_SAY;
    case 'lender-answer':
      return leg.system === 'reshare' ? lookAtAnswer(task, typed['date'], scene) : CANNOT_SAY;
    case 'patron-date':
      return lookAtDate(task, leg, typed['date'], scene);
    case 'see-exported':
    case 'receive':
    case 'record-renewal':
    case 'cancel-quietly':
      return leg.system === 'alma' ? lookAtRequest(task, leg, typed, scene) : CANNOT_SAY;
    case 'check-in':
      return leg.system === 'alma' ? lookAtReturn(task, scene) : CANNOT_SAY;
    case 'mark-returned':
    case 'complete':
    case 'see-closed':
      return leg.system === 'relais' ? lookAtRelais(task, scene) : CANNOT_SAY;
    default:
      return CANNOT_SAY;
  }
}

/** The message stands in the request's thread, since it was sent. Right after a yes its absence says nothing yet. */
async function lookAtMessage(task: Task, { systems, step }: LookScene): Promise<Look> {
  const id = task.subject.refs.reshareRequest;
  const { record } = systems.reshare ?? {};
  if (step === undefined || id === undefined || record === undefined) return CANNOT_SAY;
  const read = await record(id);
  if (!read.ok) return silent(read);
  const sent = { ...step, action: 'message', params: { note: step.params['message'] } };
  if (showsStep(read.value, sent)) return { look: 'yes', sentence: 'ReShare shows the message on the request.' };
  return step.state === 'done' ? CANNOT_SAY : { look: 'no', sentence: 'ReShare shows no such message.' };
}

/** ReShare shows the lender's new date, where the lender's system sent one; that it shows the old one proves nothing. */
async function lookAtAnswer(task: Task, wanted: string | undefined, { systems, timeZone }: LookScene): Promise<Look> {
  const id = task.subject.refs.reshareRequest;
  if (wanted === undefined || id === undefined || systems.reshare === undefined) return CANNOT_SAY;
  const read = await systems.reshare.get(id);
  if (!read.ok) return silent(read);
  const look = sameDay('ReShare', read.value.dueDate, wanted, timeZone);
  return look.look === 'no' ? { ...look, look: 'unknown' } : look;
}

async function lookAtDate(task: Task, leg: TaskLeg, wanted: string | undefined, scene: LookScene): Promise<Look> {
  const { systems, timeZone } = scene;
  if (wanted === undefined) return CANNOT_SAY;
  if (leg.system === 'alma') {
    const loan = await systems.alma?.loanOf(task.subject.label);
    if (loan === undefined) return CANNOT_SAY;
    if (!loan.ok) return silent(loan);
    if (loan.value === undefined) return { look: 'unknown', sentence: 'Alma has no loan of this item now.' };
    return sameDay('Alma', loan.value.due, wanted, timeZone);
  }
  const { oclcNumber } = task.subject.refs;
  const asked = oclcNumber === undefined ? undefined : await systems.wms?.dueOf?.(task.subject.label, oclcNumber);
  if (asked === undefined) return CANNOT_SAY;
  if (!asked.ok) return silent(asked);
  return asked.value === undefined ? CANNOT_SAY : sameDay('WMS', asked.value, wanted, timeZone);
}

function sameDay(system: string, due: string | undefined, wanted: string, timeZone: string | undefined): Look {
  const day = due === undefined ? undefined : dayOf(due, timeZone);
  if (day === undefined) return CANNOT_SAY;
  const seen = [`${system}: due ${due ?? ''}`];
  return day === wanted
    ? { look: 'yes', seen, sentence: `${system} shows ${dayWithYear(day)}.` }
    : { look: 'no', seen, sentence: `${system} still shows ${dayWithYear(day)}.` };
}

async function lookAtRequest(
  task: Task,
  leg: TaskLeg,
  typed: Readonly<Record<string, string>>,
  { systems, settings, patron }: LookScene,
): Promise<Look> {
  const { almaRequest } = task.subject.refs;
  if (systems.alma === undefined || almaRequest === undefined || patron === undefined) return CANNOT_SAY;
  const read = await systems.alma.borrowingRequest(patron, almaRequest);
  if (!read.ok) return silent(read);
  const request = read.value;
  if (request === undefined) {
    return leg.step === 'cancel-quietly'
      ? { look: 'yes', sentence: 'Alma no longer lists the request.' }
      : { look: 'unknown', sentence: 'Alma knows no such request of this patron.' };
  }
  const { label } = request.status;
  const seen = [`Alma: ${label}`, ...(request.partner === undefined ? [] : [`Partner: ${request.partner.name}`])];
  const saying = (look: Look['look']): Look => ({ look, seen, sentence: `Alma says “${label}”.` });
  switch (leg.step) {
    case 'receive':
      return received(saying, request.barcode ?? '', typed['date']);
    case 'cancel-quietly':
      // Labels of closed borrowing requests (Ex Libris help); the codes are the tenant's own.
      if (/^cancell?ed|^expired|^request completed/i.test(label)) return saying('yes');
      return saying(STILL_OPEN.test(label) ? 'no' : 'unknown');
    case 'see-exported':
      return saying(isExported(label, request.partner, settings) ? 'yes' : 'no');
    default:
      // The label may be in the library's own language, so another one proves nothing.
      return saying(/^renewed by partner/i.test(label) ? 'yes' : 'unknown');
  }
}

/** Alma fills a barcode in when the item is received; when its lender wants it, Alma does not say, so staff are asked. */
function received(saying: (look: Look['look']) => Look, barcode: string, lenderDate: string | undefined): Look {
  if (barcode === '') return saying('no');
  if (lenderDate !== undefined) return { ...saying('yes'), label: barcode };
  const said = saying('unknown');
  return {
    ...said,
    label: barcode,
    sentence: `${said.sentence ?? ''} Write down when its lender wants it back.`.trim(),
  };
}

function isExported(
  label: string,
  partner: { readonly code: string; readonly name: string } | undefined,
  { worldsharePartner }: TaskSettings,
): boolean {
  if (/^exported to third party/i.test(label)) return true;
  const wanted = worldsharePartner?.toLowerCase();
  const isPartner =
    partner !== undefined &&
    (wanted === undefined
      ? /world\s*share/i.test(`${partner.code} ${partner.name}`)
      : [partner.code.toLowerCase(), partner.name.toLowerCase()].includes(wanted));
  return isPartner && /^request sent to partner/i.test(label);
}

async function lookAtReturn(task: Task, { systems }: LookScene): Promise<Look> {
  const loan = await systems.alma?.loanOf(task.subject.label);
  if (loan === undefined) return CANNOT_SAY;
  if (!loan.ok) return silent(loan);
  return loan.value === undefined
    ? { look: 'yes', sentence: 'Alma has no loan of it any more.' }
    : { look: 'no', sentence: 'Alma still has it on loan.' };
}

async function lookAtRelais(task: Task, { systems, patron }: LookScene): Promise<Look> {
  const { relaisRequest } = task.subject.refs;
  if (systems.relais === undefined || relaisRequest === undefined || patron === undefined) return CANNOT_SAY;
  const found = await systems.relais.statusOf(relaisRequest, patron);
  if (!found.ok) return silent(found);
  if (found.value === undefined) return { look: 'unknown', sentence: 'Relais lists no such request of this patron.' };
  const { status } = found.value;
  const look = status === 'COMPLETE' ? 'yes' : status === 'UNKNOWN' ? 'unknown' : 'no';
  return { look, seen: [`Relais: ${status}`], sentence: `Relais says “${status}”.` };
}

function silent(failed: Extract<Result<unknown>, { ok: false }>): Look {
  return { look: 'unknown', sentence: `It could not be looked up. ${failed.error.sentence}` };
}
