import { tick } from 'svelte';
import type { CallQuota, HoldNews, ItemKnown, TitleCopies } from '../../src-main/contract/item.ts';
import type { AppError, Result } from '../../src-main/contract/result.ts';
import { t } from '../i18n/index.ts';
import type { DeskClient } from './desk-client.svelte.ts';
import { cardIn, oclcNumberIn } from './item-scans.ts';

export interface ItemPort {
  /** Something to be read out. */
  status(sentence: string): void;
  /** Something to be read out at once, with the sound of a refusal. */
  refused(sentence: string): void;
  /** The sound of something that happened. */
  done(): void;
}

/** The item panel: one scan, what is known of it, its copies, and holds. It stays with its scan while others are made. */
export class ItemView {
  scanId = $state<string | undefined>();
  known = $state.raw<ItemKnown | undefined>();
  /** Why what is known could not be read. */
  trouble = $state<string | undefined>();
  oclcNumber = $state('');
  copies = $state.raw<TitleCopies | undefined>();
  copiesTrouble = $state.raw<AppError | undefined>();
  looking = $state(false);
  quota = $state.raw<CallQuota | undefined>();
  card = $state('');
  onTitle = $state(false);
  pickup = $state('');
  /** Id of the hold to be cancelled. */
  request = $state('');
  busy = $state(false);
  /** Why the last hold was not sent, or what is missing. */
  holdTrouble = $state<string | undefined>();
  /** The scan for which something was sent from here. */
  sentFor = $state<string | undefined>();
  /** The card of the hold placed last from here, to cancel that hold by; forgotten with the panel. */
  placedFor = $state.raw<{ readonly request: string; readonly card: string } | undefined>();

  /** Fields that take a scan while they have the focus. */
  cardField: HTMLInputElement | undefined;
  oclcField: HTMLInputElement | undefined;
  requestField: HTMLInputElement | undefined;

  private readonly client: DeskClient;
  private readonly port: ItemPort;

  constructor(client: DeskClient, port: ItemPort) {
    this.client = client;
    this.port = port;
  }

  /** A step sent without an answer, for which a person must say how it ended. */
  readonly doubt: HoldNews | undefined = $derived.by(() => this.known?.holds.find((hold) => hold.open));

  /** The number a hold on the title would be for. */
  readonly titleNumber: string | undefined = $derived.by(() => this.copies?.oclcNumber ?? this.known?.oclcNumber);

  /** Opens the panel for a scan; nothing of the one before stays, no patron's card above all. */
  async open(scanId: string): Promise<void> {
    this.forget();
    this.scanId = scanId;
    await Promise.all([this.read(), this.readQuota()]);
    if (this.scanId !== scanId || this.known === undefined) return;
    const { system, oclcNumber, copy, routedTo } = this.known;
    this.oclcNumber = oclcNumber ?? '';
    this.request = routedTo ?? '';
    this.onTitle = !copy;
    this.pickup = (system?.pickups.find(({ here }) => here) ?? system?.pickups[0])?.id ?? '';
    const spare = this.quota?.state === 'fine';
    if (oclcNumber !== undefined && system?.titles === true && spare) await this.look();
  }

  /** The panel was left: nothing of a patron stays. */
  forget(): void {
    this.scanId = undefined;
    this.known = undefined;
    this.trouble = undefined;
    this.oclcNumber = '';
    this.copies = undefined;
    this.copiesTrouble = undefined;
    this.card = '';
    this.onTitle = false;
    this.request = '';
    this.holdTrouble = undefined;
    this.placedFor = undefined;
    this.sentFor = undefined;
  }

  /** Looks the copies of the title up. */
  async look(): Promise<void> {
    const { scanId } = this;
    const oclcNumber = this.oclcNumber.trim();
    if (scanId === undefined || this.looking) return;
    if (oclcNumber === '') {
      this.port.status(t.item.oclcMissing);
      this.oclcField?.focus();
      return;
    }
    this.looking = true;
    const answer = await this.client.call('item.copies', { scanId, oclcNumber });
    this.looking = false;
    await this.readQuota();
    if (this.scanId !== scanId) return;
    this.copies = answer.ok ? answer.value : undefined;
    this.copiesTrouble = answer.ok ? undefined : answer.error;
    this.port.status(answer.ok ? answer.value.summary : answer.error.sentence);
  }

  /** The cursor goes into the card field, which then takes a scanned card. */
  toCard(): void {
    this.cardField?.focus();
    this.cardField?.select();
  }

  /** A scan made while a field of the panel has the focus; false where it is to be scanned as always. */
  takes(raw: string): boolean {
    const desk = this.client.state?.desk;
    const at = document.activeElement;
    if (desk === undefined || at === null) return false;
    if (at === this.cardField) {
      const card = cardIn(raw, desk);
      if (card === undefined) return false;
      this.card = card;
      this.holdTrouble = undefined;
      this.port.status(t.item.cardTaken(card.slice(-4)));
      return true;
    }
    const number = at === this.oclcField ? oclcNumberIn(raw) : undefined;
    if (number === undefined) return false;
    this.oclcNumber = number;
    void this.look();
    return true;
  }

  /** @param insisted a person looked after a lost answer and found that it had not happened */
  async place(insisted: boolean): Promise<void> {
    const { scanId, pickup } = this;
    const card = this.card.trim();
    if (scanId === undefined || this.busy) return;
    if (card === '') {
      await this.missing(t.item.cardMissing, this.cardField);
      return;
    }
    const title = this.onTitle && this.titleNumber !== undefined ? { oclcNumber: this.titleNumber } : {};
    const answer = await this.send(scanId, () =>
      this.client.call('item.hold', { scanId, card, pickup, insisted, ...title }),
    );
    if (answer?.ok !== true || answer.value.state !== 'done') return;
    // The number leaves the screen; to take this hold back it need not be scanned again.
    this.card = '';
    const { request } = answer.value;
    if (request === undefined) return;
    this.request = request;
    this.placedFor = { request, card };
  }

  async cancel(insisted: boolean): Promise<void> {
    const { scanId } = this;
    const request = this.request.trim();
    if (scanId === undefined || this.busy) return;
    if (request === '') {
      await this.missing(t.item.requestMissing, this.requestField);
      return;
    }
    const card = this.cancelCard();
    if (card === '') {
      await this.missing(t.item.cardMissing, this.cardField);
      return;
    }
    const answer = await this.send(scanId, () =>
      this.client.call('item.cancelHold', { scanId, request, card, insisted }),
    );
    if (answer?.ok !== true || answer.value.state !== 'done') return;
    this.card = '';
    this.request = '';
    this.placedFor = undefined;
  }

  /** The card typed or scanned, else the one for which that hold was placed here. */
  cancelCard(): string {
    const typed = this.card.trim();
    if (typed !== '') return typed;
    return this.placedFor?.request === this.request.trim() ? this.placedFor.card : '';
  }

  /** A person looked after a lost answer. */
  async settle(happened: boolean): Promise<void> {
    const { scanId, doubt } = this;
    if (scanId === undefined || doubt === undefined) return;
    if (happened) {
      const { stepId } = doubt;
      const answer = await this.send(scanId, () => this.client.call('item.confirmHold', { scanId, stepId }));
      if (answer?.ok === true) this.card = '';
      return;
    }
    if (doubt.action === 'cancel') {
      this.request = doubt.request ?? this.request;
      await this.cancel(true);
    } else await this.place(true);
  }

  async readQuota(): Promise<void> {
    const answer = await this.client.call('item.quota', {});
    if (answer.ok) this.quota = answer.value.quota;
  }

  private async send(scanId: string, call: () => Promise<Result<HoldNews>>): Promise<Result<HoldNews> | undefined> {
    this.busy = true;
    this.sentFor = scanId;
    this.holdTrouble = undefined;
    const answer = await call();
    this.busy = false;
    if (this.scanId !== scanId) return undefined;
    if (!answer.ok) {
      this.holdTrouble = answer.error.sentence;
      this.port.refused(answer.error.sentence);
    } else {
      const { heading, sentences, state } = answer.value;
      const said = [`${heading}.`, ...sentences].join(' ');
      if (state === 'done' || state === 'confirmed') {
        this.port.status(said);
        this.port.done();
      } else this.port.refused(said);
    }
    await Promise.all([this.read(), this.readQuota()]);
    return answer;
  }

  private async missing(sentence: string, field: HTMLInputElement | undefined): Promise<void> {
    this.holdTrouble = sentence;
    this.port.status(sentence);
    await tick();
    field?.focus();
  }

  private async read(): Promise<void> {
    const { scanId } = this;
    if (scanId === undefined) return;
    const answer = await this.client.call('item.get', { scanId });
    if (this.scanId !== scanId) return;
    if (answer.ok) this.known = answer.value;
    this.trouble = answer.ok ? undefined : answer.error.sentence;
  }
}
