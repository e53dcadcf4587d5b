import type { Cards } from './accounts.ts';
import type { WmsBranch } from './branches.ts';
import type { WmsContext, WmsItem } from './model.ts';
import type { Stock } from './stock.ts';

/** A thing of the practice pile; the same form as the things of the ReShare story, and where it is meant to be scanned. */
export interface WmsThing {
  /** Stable name for tests and demonstrations; begins with `wms-`. */
  readonly key: string;
  readonly barcode: string;
  readonly what: 'own item' | 'patron card' | 'temporary item' | 'other';
  readonly title: string;
  /** What should happen, in a plain sentence. */
  readonly expects: string;
  /** Registry id of the branch at whose desk it is meant to be scanned. */
  readonly branch: string;
}

/** What the builders of the pile have at hand. */
export interface PileMaker extends Cards {
  readonly context: WmsContext;
  readonly stock: Stock;
  readonly main: WmsBranch;
  readonly science: WmsBranch;
  readonly music: WmsBranch;
}

export function own(key: string, item: WmsItem, branch: WmsBranch, expects: string): WmsThing {
  return { key: `wms-${key}`, barcode: item.barcode, what: 'own item', title: item.title, expects, branch: branch.id };
}
