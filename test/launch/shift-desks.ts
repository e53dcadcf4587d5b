import type { Page } from '@playwright/test';
import { launchCarrel, type Carrel } from '../e2e/support.ts';

/** Desks at other branches of the practice library; each is opened when it is needed. */
export class BranchDesks {
  readonly #open = new Map<string, Promise<Carrel>>();

  /**
   * The window of a branch’s desk.
   * @param join address of the practice consortium that the first desk started
   * @param desk the branch’s name
   */
  async page(join: string, desk: string): Promise<Page> {
    const opened = this.#open.get(desk) ?? launchCarrel({ env: { CARREL_PRACTICE: JSON.stringify({ desk, join }) } });
    this.#open.set(desk, opened);
    return (await opened).page;
  }

  async close(): Promise<void> {
    for (const opened of this.#open.values()) await (await opened).remove();
    this.#open.clear();
  }
}
