import { closableStates } from './machine.ts';
import { badParameters, EMPTY, STATUS_TRUE, textParam, type ActionHandler } from './action-types.ts';
import { tell } from './network.ts';

const message: ActionHandler = (job) => {
  const note = textParam(job.params, 'note');
  if (note === undefined || note === '') return badParameters({});
  job.lines.push('Message sent to the other library');
  job.afterwards.push(() => {
    tell(job.world, job.request, { event: 'ISO18626Notification', note });
  });
  return STATUS_TRUE;
};

const manualClose: ActionHandler = (job) => {
  const target = textParam(job.params, 'terminalState');
  if (target === undefined || !closableStates(job.request.model).includes(target)) {
    return badParameters({ status: false });
  }
  job.lines.push(`Manually closed: ${target}`);
  job.afterwards.push(() => {
    tell(job.world, job.request, {
      event: 'ISO18626Notification',
      note: `The request was closed by hand at the other library: ${target}`,
    });
  });
  return { ...STATUS_TRUE, qualifier: target, moveTo: target };
};

const localNote: ActionHandler = (job) => {
  const note = textParam(job.params, 'localNote');
  if (note === undefined || note === '') delete job.request.localNote;
  else job.request.localNote = note;
  return EMPTY;
};

/** Read marks leave `lastUpdated` alone on purpose (ActionMessagesAllSeenService, withoutLastUpdated). */
const messagesAllSeen: ActionHandler = (job) => {
  const { seenStatus, excludes } = job.params;
  if (typeof seenStatus !== 'boolean') return badParameters({ status: false });
  for (const one of job.request.notifications) {
    if (one.isSender || (excludes === true && one.attachedAction !== 'Notification')) continue;
    one.seen = seenStatus;
  }
  return { ...STATUS_TRUE, silent: true };
};

const messageSeen: ActionHandler = (job) => {
  const { id, seenStatus } = job.params;
  const found = job.request.notifications.find((one) => one.id === id);
  if (found === undefined || typeof seenStatus !== 'boolean') return badParameters({ status: false });
  found.seen = seenStatus;
  return { ...STATUS_TRUE, silent: true };
};

/** An action a tenant made itself. */
export const ownAction: ActionHandler = (job) => {
  const note = textParam(job.params, 'note');
  job.afterwards.push(() => {
    tell(job.world, job.request, { event: 'ISO18626Notification', ...(note === undefined ? {} : { note }) });
  });
  return STATUS_TRUE;
};

/** Actions both sides have. */
export const sharedActions: Readonly<Record<string, ActionHandler>> = {
  message,
  manualClose,
  localNote,
  messagesAllSeen,
  messageSeen,
};
