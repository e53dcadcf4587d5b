import type { OfflineChange, OfflineList } from '../contract/offline.ts';

/** What of the offline list is new since it was told last. */
export class ListChanges {
  /** The lines as they were told, written out, by scan. */
  #told = new Map<string, string>();

  /** A window was given this list, of which others know nothing: the next change holds every line, and all that are gone. */
  given(list: OfflineList): void {
    const ids = [...this.#told.keys(), ...list.lines.map(({ scanId }) => scanId)];
    this.#told = new Map(ids.map((scanId) => [scanId, '']));
  }

  /** The difference between this list and what was told before; it counts as told from now on. */
  since(list: OfflineList): OfflineChange {
    const before = this.#told;
    const now = new Map(list.lines.map((line) => [line.scanId, JSON.stringify(line)]));
    this.#told = now;
    return {
      ...list,
      lines: list.lines.filter(({ scanId }) => before.get(scanId) !== now.get(scanId)),
      gone: [...before.keys()].filter((scanId) => !now.has(scanId)),
    };
  }
}
