import type { Task, TaskLeg } from '../contract/tasks.ts';
import { dayWithYear } from '../desk/words.ts';
import { dayOf, patronDay, type Clock } from './days.ts';
import type { TaskSettings } from './ports.ts';
import { systemName } from './words.ts';

export interface StepsScene extends Clock {
  readonly settings: TaskSettings;
}

/**
 * What to do on the other system's screen, in its words. Sources: FLVC, "Alma/WorldShare integration"; Ex Libris help,
 * "Managing Resource Sharing Borrowing Requests"; OCLC help, "Relais D2D integration: Integration workflow" and "NCIP".
 */
export function guideSteps(task: Task, leg: TaskLeg, scene: StepsScene): readonly string[] {
  switch (leg.system) {
    case 'reshare':
      return reshareSteps(leg);
    case 'wms':
      return wmsSteps(task, leg, scene);
    case 'relais':
      return relaisSteps(leg);
    case 'alma':
      return almaSteps(task, leg, scene);
    case 'worldshare-ill':
      return oclcSteps(leg, scene.settings);
  }
}

function reshareSteps({ step, mode }: TaskLeg): readonly string[] {
  if (step === 'lender-answer') {
    return ['When the lender answers, in ReShare’s messages or otherwise, write the answer down here.'];
  }
  return mode === 'api'
    ? ['The key sends this message to the lender on the request. ReShare has no renewal of its own.']
    : ['Open the request in ReShare and send the lender a message that asks for more time.'];
}

function wmsSteps(task: Task, leg: TaskLeg, { settings, ...clock }: StepsScene): readonly string[] {
  const day = patronDay(task, settings.returnMarginDays, clock);
  switch (leg.step) {
    case 'patron-date':
      return [
        'In WMS, Circulation, open the patron’s account and select the item.',
        `Click Change Due Date${day === undefined ? '' : `, type ${dayWithYear(day)}`} and click OK.`,
      ];
    case 'tell-patron':
      return ['Tell the patron that the lender said no and that the old date stands.'];
    case 'check-in':
      return ['In WMS, Circulation, click Check In and scan the item. If WMS asks to route it, route it home.'];
    case 'see-temporary-item':
      return [
        'In WMS, Discover Items, Temporary Items: search the title, open it, and look under Holds for the patron’s hold.',
        'Not there: F7 begins “The temporary item was not made”. End this step when it is done.',
      ];
    case 'make-temporary-item':
      return temporaryItemSteps(task, settings);
    case 'place-hold':
      return ['In WMS, on the item’s details, click Holds and place an item-level hold for the patron of the request.'];
    case 'delete-temporary-item':
      return ['In WMS, Discover Items, Temporary Items: find the item by its barcode, open it and delete it.'];
    default:
      return [];
  }
}

function temporaryItemSteps(task: Task, { temporaryItems }: TaskSettings): readonly string[] {
  const { title, label, lender, refs } = task.subject;
  const line = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`${name}: ${value}`];
  return [
    'In WMS, Circulation, make a temporary item with these fields:',
    ...line('Title', title),
    ...line('Barcode', label === '' ? undefined : label),
    ...line('Holding location', temporaryItems?.holding),
    ...line('Shelving location', temporaryItems?.shelving),
    ...line('Request ID', refs.relaisRequest),
    ...line('Lending library', lender),
  ];
}

function relaisSteps({ step }: TaskLeg): readonly string[] {
  switch (step) {
    case 'ask-lender':
      return ['Open the request in Relais D2D and ask the lender for a renewal.'];
    case 'lender-answer':
      return ['When the answer is there in Relais D2D, write it down here.'];
    case 'mark-received':
      return [
        'Open the request in Relais D2D and click Update as Loan. That makes the temporary item and its hold in WMS.',
      ];
    case 'mark-returned':
      return [
        'Open the request in Relais D2D and mark it Returned. That checks the item in in WMS, where it was not yet.',
      ];
    case 'continue-by-hand':
      return [
        'In Relais D2D, Update as Loan said that WMS did not take the item. Answer Yes to continue in Relais.',
        'The temporary item and its hold are then made by hand, in the next steps.',
      ];
    case 'complete':
      return ['Open the request in Relais D2D and complete it: the item is home.'];
    case 'see-closed':
      return ['Look in Relais D2D whether the lender closed the request. The temporary item is only then deleted.'];
    default:
      return [];
  }
}

function almaSteps(task: Task, leg: TaskLeg, { settings, ...clock }: StepsScene): readonly string[] {
  const lender = task.lenderDate === undefined ? undefined : dayOf(task.lenderDate.date, clock.timeZone);
  const day = lender === undefined ? '' : `: ${dayWithYear(lender)}`;
  switch (leg.step) {
    case 'see-exported':
      return [
        'In Alma, Borrowing Requests: Lending Library “WorldShare ILL”, Activity Status “Request sent to partner”.',
      ];
    case 'receive':
      if (settings.tipasa?.circulates === true) {
        return [
          'Tipasa made the item in Alma. Look in Alma’s borrowing request whether it did, and write down here what it says.',
          `The lender’s due date${day} stands in Tipasa.`,
        ];
      }
      return [
        'In Alma: Fulfillment, Resource Sharing, Receiving Items. Type the External identifier.',
        `Enter the lender’s due date${day}, give the temporary barcode, and save.`,
      ];
    case 'record-renewal':
      return [
        'In Alma, find the borrowing request, open its menu (…) and click Request Renewal.',
        `Enter the date the lender gave${day}. Alma writes to the patron and sets “Renewed by partner”.`,
      ];
    case 'patron-date':
      return [
        leg.mode === 'api'
          ? 'The key changes the due date of the patron’s loan in Alma and looks whether it shows.'
          : `In Alma, open the patron’s loan and change its due date.`,
      ];
    case 'check-in':
      if (settings.tipasa?.circulates === true) {
        return ['Tipasa checked the item in in Alma. The key looks whether Alma still has a loan of it.'];
      }
      return leg.mode === 'api'
        ? ['The key scans the item in in Alma and looks whether the loan is gone.']
        : ['Scan the item in in Alma. The borrowing request closes by itself.'];
    case 'cancel-quietly':
      return leg.mode === 'api'
        ? ['The key cancels the borrowing request in Alma. Right before, Carrel looks once more how it stands.']
        : ['In Alma: the request’s menu (…), Cancel, choose the reason, and leave Notify User NOT selected.'];
    case 'tell-patron':
      return ['Tell the patron that the lender said no and that the old date stands.'];
    default:
      return [];
  }
}

/** WorldShare ILL, or Tipasa, which is built on it. */
function oclcSteps({ step }: TaskLeg, settings: TaskSettings): readonly string[] {
  const name = systemName('worldshare-ill', settings);
  const inAlma = settings.tipasa?.circulates === true;
  switch (step) {
    case 'ask-lender':
      return [`In ${name}, open the request and ask the lender for a renewal with the date the patron wishes.`];
    case 'lender-answer':
      return [`Look at the request in ${name}: Renewals and New Due Date. Write the lender’s answer down here.`];
    case 'mark-received':
      return [
        `In ${name}, open the request and mark it received.`,
        ...(inAlma ? ['Tipasa then makes the item in Alma by itself; the next step looks whether it did.'] : []),
      ];
    case 'mark-returned':
      return [
        `In ${name}, open the request and mark it Returned. Then send the item to its lender.`,
        ...(inAlma ? ['Tipasa then checks it in in Alma by itself; the next step looks whether it did.'] : []),
      ];
    case 'look-up-status':
      return [`Look the request up in ${name}. What does it say?`];
    default:
      return [];
  }
}
