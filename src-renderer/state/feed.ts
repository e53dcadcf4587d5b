import { Envelope, type AppEvent } from '../../src-main/contract/events.ts';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { OfflineChange, OfflineLine, OfflineList } from '../../src-main/contract/offline.ts';
import type { Result } from '../../src-main/contract/result.ts';
import type { Snapshot } from '../../src-main/contract/shift.ts';

/** The lines with one put in its place: newest first, each scan once. */
export function withLine(lines: readonly ScanLine[], line: ScanLine): ScanLine[] {
  const rest = lines.filter((one) => one.scanId !== line.scanId);
  const place = rest.findIndex((one) => one.seq < line.seq);
  return place < 0 ? [...rest, line] : rest.toSpliced(place, 0, line);
}

/** The offline list after a change: known lines keep their place, new ones come last, as they were scanned. */
export function withChange(before: readonly OfflineLine[], { gone, lines, ...rest }: OfflineChange): OfflineList {
  const left = new Set(gone);
  const changed = new Map(lines.map((line) => [line.scanId, line]));
  const known = before.filter(({ scanId }) => !left.has(scanId)).map((line) => changed.get(line.scanId) ?? line);
  const ids = new Set(known.map(({ scanId }) => scanId));
  return { ...rest, lines: [...known, ...lines.filter(({ scanId }) => !ids.has(scanId))] };
}

/** What the screen knows after an event. */
export function applyEvent(state: Snapshot, event: AppEvent): Snapshot {
  switch (event.type) {
    case 'line':
      return { ...state, lines: withLine(state.lines, event.line) };
    case 'gone':
      return { ...state, lines: state.lines.filter(({ scanId }) => !event.scanIds.includes(scanId)) };
    case 'light': {
      const system: string = event.light.system;
      return { ...state, lights: state.lights.map((light) => (light.system === system ? event.light : light)) };
    }
    case 'journal':
      return { ...state, journal: event.journal };
    case 'desk':
      return { ...state, desk: event.desk };
    case 'session': {
      const { session: _before, ...rest } = state;
      return event.session === undefined ? rest : { ...rest, session: event.session };
    }
    case 'cache':
      return { ...state, cachedRequests: event.cachedRequests };
    case 'lock':
      return { ...state, lock: event.lock };
    case 'keeping':
      return { ...state, keeping: event.notices };
    case 'pile':
      // The office's screen keeps it for itself.
      return state;
    case 'agreement':
      return { ...state, agreement: event.agreement };
    case 'tasks':
      return { ...state, tasks: event.tasks };
    case 'offline':
      return { ...state, offline: withChange(state.offline?.lines ?? [], event.change) };
    case 'placed-news':
      return { ...state, placedNews: event.news };
    case 'placed':
      // The screen that shows it keeps its own list.
      return state;
  }
}

export interface FeedPort {
  snapshot(): Promise<Result<Snapshot>>;
  /** The whole picture changed. */
  changed(state: Snapshot): void;
  /** An event was applied to the picture that stood before it. */
  applied(event: AppEvent, before: Snapshot): void;
  /** The picture could not be had; asked again by itself. */
  failed(sentence: string): void;
  after(ms: number, callback: () => void): void;
}

const ASK_AGAIN_MS = 500;

/**
 * Keeps the renderer's picture equal to main's: one snapshot, then events with revisions that rise by one. Events that
 * come before the snapshot wait; a gap, or an event that cannot be read, asks for a new snapshot.
 */
export class Feed {
  private state: Snapshot | undefined;
  private asking = false;
  private waiting: Envelope[] = [];
  private readonly port: FeedPort;

  constructor(port: FeedPort) {
    this.port = port;
  }

  /** Asks for the whole picture; events wait meanwhile. */
  async refresh(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    const answer = await this.port.snapshot();
    this.asking = false;
    if (!answer.ok) {
      this.port.failed(answer.error.sentence);
      this.port.after(ASK_AGAIN_MS, () => void this.refresh());
      return;
    }
    this.state = answer.value;
    this.port.changed(answer.value);
    const waiting = this.waiting;
    this.waiting = [];
    for (const envelope of waiting) this.take(envelope);
  }

  receive(raw: unknown): void {
    const envelope = Envelope.safeParse(raw);
    if (envelope.success) this.take(envelope.data);
    else void this.refresh();
  }

  /** Puts a line in that main gave as an answer, unless its event, which may know more, was here first. */
  answered(line: ScanLine): void {
    if (!this.state || this.state.lines.some((one) => one.scanId === line.scanId)) return;
    this.state = { ...this.state, lines: withLine(this.state.lines, line) };
    this.port.changed(this.state);
  }

  private take(envelope: Envelope): void {
    const before = this.state;
    if (this.asking || !before) {
      this.waiting.push(envelope);
      return;
    }
    if (envelope.revision <= before.revision) return;
    if (envelope.revision > before.revision + 1) {
      this.waiting.push(envelope);
      void this.refresh();
      return;
    }
    this.state = { ...applyEvent(before, envelope.event), revision: envelope.revision };
    this.port.changed(this.state);
    this.port.applied(envelope.event, before);
  }
}
