import type { Locator, Page } from '@playwright/test';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { Snapshot } from '../../src-main/contract/shift.ts';
import { scan, snapshot } from '../e2e/support.ts';
import { legsOf } from './shift-words.ts';
import { destinationOf } from './shift-script.ts';

/** Somebody who types; a scanner is faster. */
const HAND = { delay: 90 };
/** How long no key comes before and after a shortcut, milliseconds. */
const QUIET_MS = 300;
/** More stops of the tab key than any screen has. */
const STOPS = 150;

/** What staff do in Carrel's request screen, by keyboard alone. */
export class RequestScreen {
  /** Keeps a picture of the screen under a name. */
  readonly shoot: (name: string) => Promise<void>;
  readonly #page: Page;
  #deeds: string[] = [];

  constructor(page: Page, shoot: (name: string) => Promise<void>) {
    this.#page = page;
    this.shoot = shoot;
  }

  /** What was done since this was last asked, in lines. */
  get deeds(): readonly string[] {
    const deeds = this.#deeds;
    this.#deeds = [];
    return deeds;
  }

  tell(deed: string): void {
    this.#deeds.push(deed);
  }

  /** Finds a request by its number and gives it the whole screen. */
  async open(number: string): Promise<void> {
    const page = this.#page;
    const search = page.getByRole('searchbox', { name: 'Search requests' });
    const title = page.getByRole('heading', { level: 1, name: 'Requests' });
    const whole = page.locator('#request-title');
    if ((await title.count()) === 0 && (await whole.count()) === 0) await page.keyboard.press('F4');
    else if (!(await search.isVisible())) await page.keyboard.press('Shift+F4');
    await search.waitFor();
    await this.#toSearch(search);
    await page.keyboard.type(number, HAND);
    const row = page.getByRole('list', { name: 'Requests' }).getByRole('listitem').filter({ hasText: number });
    await row.waitFor();
    await this.#tabTo(row.getByRole('checkbox'));
    await page.keyboard.press('Home');
    await page.getByText(`Borrowing · ${number}`).waitFor();
    await page.getByRole('figure', { name: 'Where it is on its way' }).waitFor();
    await page.keyboard.press('Shift+F4');
    await search.waitFor({ state: 'hidden' });
  }

  /** Does the main action; the label is what the key has to say. */
  async press(label: string): Promise<void> {
    const page = this.#page;
    const bar = page.getByRole('region', { name: 'What can be done' });
    await bar.getByRole('button', { name: new RegExp(`^${label}`) }).waitFor();
    await this.#send(`F10 ${label}`);
  }

  /**
   * Opens a form from the list of everything that is allowed, fills it in and sends it.
   * @param choice label of the field with choices, and what is chosen there
   */
  async choose(label: string, choice: readonly [string, string] | undefined, picture?: string): Promise<void> {
    const page = this.#page;
    await page.getByRole('region', { name: 'What can be done' }).waitFor();
    await page.keyboard.press('F5');
    const list = page.getByRole('list', { name: /^All that ReShare allows now/ });
    await this.#tabTo(list.getByRole('button', { name: label }));
    await page.keyboard.press('Space');
    const form = page.locator('#request-form');
    await form.waitFor();
    if (choice !== undefined) await this.#pick(form.getByLabel(choice[0]), choice[1]);
    if (picture !== undefined) await this.shoot(picture);
    await this.#send(`${label}${choice === undefined ? '' : `: ${choice[1]}`}`);
  }

  /** Writes to the other library. */
  async message(text: string, picture?: string): Promise<void> {
    const page = this.#page;
    await page.keyboard.press('F3');
    const field = page.getByLabel(/^Message to the other library/);
    await field.waitFor();
    await page.keyboard.type(text, HAND);
    if ((await field.inputValue()) !== text) throw new Error('what was typed is not in the field');
    if (picture !== undefined) await this.shoot(picture);
    await this.#send(`F3 Message: “${text}”`);
  }

  /** Says that every message was read. */
  async markRead(): Promise<void> {
    const page = this.#page;
    await this.#tabTo(page.getByRole('button', { name: 'Mark all as read' }));
    await this.#send('Mark all as read', 'Space');
  }

  /** Scans what came, wherever the cursor is; where Carrel asks before it does anything, says yes at the desk. */
  async scan(label: string): Promise<void> {
    const page = this.#page;
    const line = await this.#lineAfter(() => scan(page, label));
    this.#tellLine(`scanned ${label}`, line);
    const offer = line.prompt?.offers.find(({ key }) => key === 'F10');
    if (offer === undefined) return;
    for (const sentence of line.prompt?.why.slice(0, 2) ?? []) this.tell(sentence);
    await page.getByRole('navigation').getByRole('button', { name: /^Desk/ }).click();
    await page.keyboard.press('F10');
    this.#tellLine(`F10 ${offer.label}`, await this.#settled(({ lines }) => lines[0], offer.id));
  }

  #tellLine(deed: string, line: ScanLine): void {
    this.tell(`${deed}: ${destinationOf(line)}`);
    for (const leg of legsOf(line)) this.tell(leg);
  }

  async #send(told: string, key: 'F10' | 'Space' = 'F10'): Promise<void> {
    const line = await this.#lineAfter(() => this.#page.keyboard.press(key));
    this.tell(told);
    for (const leg of legsOf(line)) this.tell(leg);
  }

  /** The line that a deed left in the shift's list, when its prompt has settled. */
  async #lineAfter(deed: () => Promise<void>): Promise<ScanLine> {
    const before = (await snapshot(this.#page)).lines.length;
    await deed();
    return this.#settled(({ lines }) => (lines.length > before ? lines[0] : undefined));
  }

  /** A line whose prompt has settled and no longer makes an offer. */
  async #settled(pick: (picture: Snapshot) => ScanLine | undefined, offer?: string): Promise<ScanLine> {
    for (let tries = 0; tries < 600; tries += 1) {
      const line = pick(await snapshot(this.#page));
      const waits = line?.prompt?.offers.some(({ id }) => id === offer);
      if (line?.prompt?.working === false && waits === false) return line;
      await this.#page.waitForTimeout(50);
    }
    throw new Error('what was done did not settle');
  }

  /** Ctrl F acts when it is clear that no scanner sent it: the field then has the cursor and all of its text is marked. */
  async #toSearch(search: Locator): Promise<void> {
    const page = this.#page;
    const isReady = (): Promise<boolean> =>
      search.evaluate((element) => {
        const field = element as HTMLInputElement;
        const marked = (field.selectionEnd ?? 0) - (field.selectionStart ?? 0);
        return field === document.activeElement && marked === field.value.length;
      });
    for (let tries = 0; tries < 20; tries += 1) {
      await page.waitForTimeout(QUIET_MS);
      if (await isReady()) return;
      await page.keyboard.press('Control+f');
    }
    throw new Error('Ctrl F does not reach the search');
  }

  async #tabTo(wanted: Locator): Promise<void> {
    await wanted.waitFor();
    for (let stops = 0; stops < STOPS; stops += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await this.#page.keyboard.press('Tab');
    }
    throw new Error('the tab key does not reach it');
  }

  /** Chooses in a list with the arrow keys. */
  async #pick(field: Locator, option: string): Promise<void> {
    await field.waitFor();
    await this.#tabTo(field);
    const labels = await field.locator('option').allTextContents();
    const at = labels.findIndex((label) => label.trim() === option);
    if (at < 0) throw new Error(`no “${option}” among ${labels.join(', ')}`);
    for (let step = 0; step < at; step += 1) await this.#page.keyboard.press('ArrowDown');
    const chosen = await field.evaluate((element) => (element as HTMLSelectElement).selectedIndex);
    if (chosen !== at) throw new Error(`“${option}” could not be chosen with the arrow keys`);
  }
}
