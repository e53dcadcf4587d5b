import type { Pile, ScanLine } from './contract.ts';

/** What a thing of a pile needs: nothing any more, a person, time, or it is not known yet. */
export type PileNeed = 'needs-you' | 'working' | 'waiting' | 'done';

/** Lines of a pile with one need and one reason. */
export interface PileGroup {
  readonly need: PileNeed;
  /** The reason, or for what is done where it goes: the words of the prompt. */
  readonly reason: string;
  readonly lines: readonly ScanLine[];
}

const ORDER: readonly PileNeed[] = ['needs-you', 'working', 'waiting', 'done'];

/** Sorts a pile into what each thing needs: what wants a person first, each reason once, the largest first. */
export function sortPile(lines: readonly ScanLine[]): readonly PileGroup[] {
  const groups = new Map<string, { need: PileNeed; reason: string; lines: ScanLine[] }>();
  for (const line of lines) {
    const need = needOf(line);
    const reason = reasonOf(line, need);
    const key = `${need}\n${reason}`;
    const group = groups.get(key) ?? { need, reason, lines: [] };
    group.lines.push(line);
    groups.set(key, group);
  }
  return [...groups.values()].sort(
    (a, b) => ORDER.indexOf(a.need) - ORDER.indexOf(b.need) || b.lines.length - a.lines.length,
  );
}

function needOf({ prompt, cancelled }: ScanLine): PileNeed {
  if (cancelled) return 'done';
  if (prompt === undefined || prompt.working) return 'working';
  if (prompt.kind === 'saved' || prompt.legs.some((leg) => leg.state === 'unknown')) return 'waiting';
  // A step the desk only offers waits for somebody, whatever kind of thing it is.
  const undone = prompt.legs.every((leg) => leg.state !== 'done' && leg.state !== 'seen' && leg.state !== 'confirmed');
  const offered = prompt.offers.some((offer) => offer.id.startsWith('do:'));
  return prompt.kind === 'stop' || (undone && offered) ? 'needs-you' : 'done';
}

function reasonOf({ prompt }: ScanLine, need: PileNeed): string {
  if (prompt === undefined || need === 'working') return '';
  const { verb, to } = prompt.destination;
  if (need === 'done') return to === undefined ? verb : `${verb} → ${to}`;
  return prompt.tag === verb ? verb : `${verb} · ${prompt.tag}`;
}

/** The lines that belong to a pile, newest first. */
export function linesOf(pile: Pile, lines: readonly ScanLine[]): readonly ScanLine[] {
  if (pile.kind === 'orders') {
    const ids = new Set(pile.orders.map((order) => order.scanId));
    return lines.filter((line) => ids.has(line.scanId));
  }
  const { startedAt, endedAt } = pile;
  return lines.filter(
    (line) => line.source !== 'screen' && line.at >= startedAt && (endedAt === undefined || line.at <= endedAt),
  );
}
