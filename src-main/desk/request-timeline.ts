import type { DueDate, Timeline, TimelineMark } from '../contract/request-detail.ts';
import type { RequestRecord } from '../contract/request-record.ts';
import type { AuditLine, RequestView } from '../contract/request.ts';
import { awaitedIn, happenedIn } from './data/request-steps.ts';

export interface TimelineScene {
  readonly due: readonly DueDate[];
  /** Our library's name. */
  readonly ours: string;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** A day as people say it. */
  readonly day: (iso: string) => string;
}

/** Most steps drawn: of a long life the beginning and the newest. */
const DRAWN = 7;

const WAITS: Readonly<Record<string, string>> = {
  Waiting: 'A message is on its way to the other library; nothing can be done until it is through.',
  Retry: 'The other library’s system did not take a message; ReShare tries again, and nothing can be done meanwhile.',
  Timeout: 'The other library’s system did not answer in time.',
  Error: 'A message to the other library failed.',
};

/** The way of a request between the two libraries, from its history; what its state alone says where that is cut short. */
export function timelineOf(record: RequestRecord, scene: TimelineScene): Timeline {
  const { view } = record;
  const theirs = view.partner.name ?? view.partner.symbol ?? (view.side === 'borrowing' ? 'Lender' : 'Borrower');
  const marks = shortened([...happened(record), ...awaited(record)]);
  const waiting = WAITS[view.networkStatus ?? ''];
  // Of a request that is over no day stands in the way any more.
  const due = view.state.terminal ? [] : scene.due.toSorted((a, b) => a.at.localeCompare(b.at));
  const posts = due.map(({ what, short, at: moment }) => ({
    label: what,
    short,
    at: moment,
    past: moment < scene.now.slice(0, moment.length),
  }));
  const timeline = {
    ours: scene.ours,
    theirs,
    marks,
    posts,
    messages: record.messages.map(({ at, mine }) => ({
      at,
      lane: mine ? ('ours' as const) : ('theirs' as const),
      after: marks.filter((mark) => mark.at !== undefined && mark.at <= at).length,
    })),
    ...(waiting === undefined ? {} : { waiting }),
  };
  return { ...timeline, text: sentencesOf(timeline, scene) };
}

function happened({ view, history }: RequestRecord): readonly TimelineMark[] {
  const moves = history.filter(({ from, to }) => to !== undefined && from !== to);
  const marks = moves.flatMap((line) => markOf(line, view));
  const first = marks[0];
  const begins = happenedIn(view.side === 'borrowing' ? 'REQ_IDLE' : 'RES_IDLE', view);
  const beginning =
    begins === undefined || first?.label === begins.label
      ? []
      : [{ lane: begins.lane, label: begins.label, state: 'done' as const, ...at(view.dateCreated) }];
  // A history that does not reach to the present, or is missing, still ends where the request stands.
  const stands = moves.at(-1)?.to === view.state.code ? undefined : happenedIn(view.state.code, view);
  const known = [...beginning, ...marks];
  if (stands === undefined) {
    const strange = awaitedIn(view.state.code, view) === undefined;
    return strange
      ? [...known, { lane: 'ours', label: view.state.label, state: 'trouble', ...at(moves.at(-1)?.at) }]
      : known;
  }
  if (known.at(-1)?.label === stands.label) return known;
  return [...known, { lane: stands.lane, label: stands.label, state: stands.trouble === true ? 'trouble' : 'done' }];
}

function markOf({ to, at: moment }: AuditLine, view: RequestView): readonly TimelineMark[] {
  const words = happenedIn(to ?? '', view);
  if (words === undefined) return [];
  return [{ lane: words.lane, label: words.label, at: moment, state: words.trouble === true ? 'trouble' : 'done' }];
}

function at(moment: string | undefined): { readonly at?: string } {
  return moment === undefined ? {} : { at: moment };
}

function awaited({ view }: RequestRecord): readonly TimelineMark[] {
  const next = view.state.terminal ? undefined : awaitedIn(view.state.code, view);
  return next === undefined ? [] : [{ lane: next.lane, label: next.label, state: 'next' }];
}

/** Of too many steps the first and the newest stay. */
function shortened(marks: readonly TimelineMark[]): TimelineMark[] {
  const [first, ...rest] = marks;
  if (first === undefined || marks.length <= DRAWN) return [...marks];
  return [first, ...rest.slice(-(DRAWN - 1))];
}

function sentencesOf(timeline: Omit<Timeline, 'text'>, { day }: TimelineScene): string[] {
  const where = (lane: TimelineMark['lane']): string => (lane === 'ours' ? timeline.ours : timeline.theirs);
  return [
    ...timeline.marks.map(({ label, lane, at: moment, state }) =>
      state === 'next'
        ? `Next: ${label}, at ${where(lane)}.`
        : `${label}, at ${where(lane)}${moment === undefined ? '' : `, ${day(moment)}`}.`,
    ),
    ...timeline.posts.map(({ label, at: moment, past }) => `${label} ${day(moment)}${past ? ', which is over' : ''}.`),
    ...timeline.messages.map(({ lane, at: moment }) => `Message from ${where(lane)}, ${day(moment)}.`),
    ...(timeline.waiting === undefined ? [] : [timeline.waiting]),
  ];
}
