import type { RequestView } from '../contract/request.ts';
import type { Place } from './data/place.ts';
import { newestFailure } from './audit.ts';
import type { Scene } from './scene.ts';
import { condition, day, given, list, partner, sentence, shorten } from './words.ts';

/** Pieces of general advice that matter only where a thing is handed on. */
const HANDED_ON: ReadonlySet<Place> = new Set<Place>([
  'hold-shelf',
  'ship-to',
  'ship-back',
  'home-branch',
  'scan-item',
  'fetch',
]);

function conditionsOf(request: RequestView): string | undefined {
  const conditions = request.conditions.filter(({ rejected }) => rejected !== true);
  if (conditions.length === 0) return undefined;
  const open = conditions.some((c) => !c.accepted);
  const words = list(conditions.map(condition));
  const whose = request.side === 'borrowing' ? `${partner(request)}’s conditions` : 'Our conditions';
  // The lender's own words may end their sentence themselves.
  const end = /[.!?]”$/.test(words) ? '' : '.';
  return `${sentence(whose)}${open ? ', not agreed yet' : ''}: ${words}${end}`;
}

function lateness(request: RequestView, place: Place, scene: Scene): string | undefined {
  if (request.state.terminal) return undefined;
  const late = request.overdue || request.state.code.endsWith('_OVERDUE');
  if (!late) return undefined;
  const due = day(request.dueDate, scene.now, scene.rules.timeZone);
  if (request.side === 'lending') {
    return place === 'shelve' || due === undefined ? undefined : `It was due back on ${due}.`;
  }
  const when = due === undefined ? 'It is overdue' : `It was due at ${partner(request)} on ${due}`;
  return place === 'ship-back' || place === 'home-branch' ? `${when}: send it first.` : `${when}.`;
}

function trouble(request: RequestView): string | undefined {
  if (!request.needsAttention || request.state.terminal) return undefined;
  const words = newestFailure(request.audit)?.words;
  const said = words === undefined ? '' : ` It said: “${shorten(words, 120)}”.`;
  return `Your circulation system had trouble with this request.${said} The ILL office should know.`;
}

/** Where to look for an item of ours that is still on its shelf, or which copy to scan. */
function callNumber(request: RequestView, place: Place): string | undefined {
  const number = given(request.callNumber, 60);
  const wanted = place === 'fetch' || place === 'scan-item';
  return wanted && number !== undefined ? `Call number ${number}.` : undefined;
}

/** Sentences any prompt about a request may need: call number, conditions, lateness, host trouble, unread messages. In that order. */
export function extras(request: RequestView, place: Place, scene: Scene): readonly string[] {
  const all = [
    callNumber(request, place),
    HANDED_ON.has(place) || place === 'ill-office' ? conditionsOf(request) : undefined,
    lateness(request, place, scene),
    trouble(request),
    request.unreadMessages
      ? `There is an unread message from ${partner(request)}; the ILL office reads it.`
      : undefined,
  ];
  return all.filter((s) => s !== undefined);
}
