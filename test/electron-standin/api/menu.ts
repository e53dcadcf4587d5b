import type { MenuItemConstructorOptions } from 'electron';
import { Carried } from '../not-carried.ts';
import { StandinBrowserWindow } from './browser-window.ts';

/** One entry of a menu. There is no menu bar: tests and the app press it with `click()`. */
export interface StandinMenuItem extends Omit<MenuItemConstructorOptions, 'click' | 'submenu'> {
  readonly submenu: StandinMenu | undefined;
  click(): void;
}

/** A menu kept as data: nothing is drawn and accelerators do nothing. */
export class StandinMenu extends Carried {
  static #application: StandinMenu | null = null;
  readonly items: StandinMenuItem[] = [];

  constructor() {
    super('electron.Menu');
  }

  static setApplicationMenu(menu: StandinMenu | null): void {
    StandinMenu.#application = menu;
  }

  static getApplicationMenu(): StandinMenu | null {
    return StandinMenu.#application;
  }

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): StandinMenu {
    const menu = new StandinMenu();
    for (const options of template) menu.append(makeItem(options));
    return menu;
  }

  append(item: StandinMenuItem): void {
    this.items.push(item);
  }

  getMenuItemById(id: string): StandinMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

function makeItem(options: MenuItemConstructorOptions): StandinMenuItem {
  const { click, submenu, ...rest } = options;
  const item: StandinMenuItem = {
    enabled: true,
    visible: true,
    checked: false,
    label: '',
    ...rest,
    type: rest.type ?? (submenu ? 'submenu' : 'normal'),
    submenu: Array.isArray(submenu) ? StandinMenu.buildFromTemplate(submenu) : (submenu as StandinMenu | undefined),
    click() {
      click?.(item as never, (StandinBrowserWindow.getFocusedWindow() ?? undefined) as never, {});
    },
  };
  return item;
}
