import type { StoredRecord } from '../contract/journal.ts';
import type { DeskSettings } from '../contract/settings.ts';
import { readScan } from '../desk/barcodes.ts';

/** What stands in an export where a card's number was. */
const HIDDEN = '••••';

/**
 * Takes whole numbers of library cards out of records that are to leave this computer. A card scanned by itself is masked
 * in the journal already; one read in one burst with another label is not known for a card before it is told apart.
 */
export class CardsHidden {
  readonly #desk: DeskSettings;
  /** Numbers found, by the scan they came with: its prompts may repeat them. */
  readonly #byScan = new Map<string, readonly string[]>();

  constructor(desk: DeskSettings) {
    this.#desk = desk;
  }

  /** The record without them. Records of a scan come in their order, the scan first. */
  hide(record: StoredRecord): StoredRecord {
    const { body, scanId } = record;
    if (body.type === 'scan' && body.kind === 'run-together') this.#byScan.set(scanId, this.#cardsIn(body.raw));
    const cards = this.#byScan.get(scanId) ?? [];
    if (cards.length === 0) return record;
    const hidden = cards.reduce((text, card) => text.replaceAll(card, HIDDEN), JSON.stringify(body));
    return { ...record, body: JSON.parse(hidden) as StoredRecord['body'] };
  }

  #cardsIn(raw: string): readonly string[] {
    const { halves = [] } = readScan(raw, this.#desk);
    return halves.filter((half) => readScan(half, this.#desk).kind === 'patron-card');
  }
}
