import { tick } from 'svelte';
import type { AgreementItem, AgreementList } from '../../src-main/contract/agreement.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import type { Result } from '../../src-main/contract/result.ts';
import { t } from '../i18n/index.ts';
import type { DeskClient } from './desk-client.svelte.ts';

const NOTHING: AgreementList = { items: [], open: 0, tidy: [], toTidy: 0, looking: false, looked: 0, notes: [] };

export interface AgreementPort {
  /** Scans a label as if it had been typed, and shows the desk. */
  scanAgain(label: string): void;
  /** Something to be read out at once. */
  alert(sentence: string): void;
}

/** Id in the document of the button that opens an item. */
export function itemElementId(key: string): string {
  return `agreement-${key}`;
}

/** How an item is marked: seen to, to be done by hand, or in need of somebody. */
export function kindOf({ kind, confirmed }: AgreementItem): 'saved' | 'route' | 'stop' {
  if (confirmed !== undefined) return 'saved';
  return kind.endsWith('by-hand') || kind in t.agreement.tidied ? 'route' : 'stop';
}

/** What the one action of an item is called. */
export function actionLabel({ kind, action }: AgreementItem): string {
  return t.agreement.tidied[kind] ?? t.agreement.actions[action];
}

/** The key that opens the request of an item: F11 says "it happened" where a step asks for that. */
export function requestKey({ action, confirmed }: AgreementItem): 'F5' | 'F11' {
  return action === 'say' && confirmed === undefined ? 'F5' : 'F11';
}

/** The agreement list as the window shows it: main's items, which of them is open, and its request once asked for. */
export class AgreementView {
  /** The item that was opened; undefined shows the first. */
  openKey = $state<string | undefined>();
  /** The key of the item that is being confirmed. */
  busy = $state<string | undefined>();
  trouble = $state<string | undefined>();
  /** The request of the open item, read anew. */
  request = $state.raw<{ readonly key: string; readonly view: RequestView | undefined } | undefined>();

  private readonly client: DeskClient;
  private readonly port: AgreementPort;

  constructor(client: DeskClient, port: AgreementPort) {
    this.client = client;
    this.port = port;
  }

  readonly list: AgreementList = $derived.by(() => this.client.state?.agreement ?? NOTHING);

  /** The disagreements, then what is to be tidied up: the order in which the arrow keys go through them. */
  readonly all: readonly AgreementItem[] = $derived.by(() => [...this.list.items, ...this.list.tidy]);

  /** The item the arrow keys start from. */
  readonly chosen: AgreementItem | undefined = $derived.by(
    () => this.all.find((item) => item.key === this.openKey) ?? this.all[0],
  );

  /** The systems agree, as far as anybody can see. */
  readonly calm: boolean = $derived.by(() => {
    const { open, lookedAt, notes } = this.list;
    return open === 0 && lookedAt !== undefined && notes.length === 0;
  });

  /** The item on the right. What was confirmed, and what is to be tidied up, waits until it is asked for: calm comes first. */
  readonly shown: AgreementItem | undefined = $derived.by(() =>
    this.calm && this.openKey === undefined ? undefined : this.chosen,
  );

  open(key: string): void {
    this.openKey = key;
    this.trouble = undefined;
    this.request = undefined;
  }

  /** Opens the item so many places further down the list and gives it the focus. */
  move(step: number): void {
    const { all } = this;
    const at = all.findIndex((item) => item.key === this.chosen?.key);
    const item = all[Math.min(all.length - 1, Math.max(0, at + step))];
    if (item === undefined) return;
    this.open(item.key);
    void tick().then(() => document.getElementById(itemElementId(item.key))?.focus());
  }

  /** The screen was opened, or a person asks for a look at everything. */
  async look(whole: boolean): Promise<void> {
    const answer = await this.client.call('agreement.look', { whole });
    this.trouble = answer.ok ? undefined : answer.error.sentence;
  }

  /** The one action of the open item. */
  async act(): Promise<void> {
    const item = this.shown;
    if (item === undefined || item.confirmed !== undefined || this.busy !== undefined) return;
    if (item.action === 'again') {
      this.port.scanAgain(item.label);
      return;
    }
    if (item.action === 'say') return this.say(false);
    // What is confirmed moves to the end of the list; it stays open, so that one sees what was said.
    this.openKey = item.key;
    await this.settle(item.key, () => this.client.call('agreement.confirm', { key: item.key }));
  }

  /** A person looked: the open item's step happened, or did not. */
  async say(happened: boolean): Promise<void> {
    const item = this.shown;
    if (item?.action !== 'say' || item.confirmed !== undefined || this.busy !== undefined) return;
    this.openKey = item.key;
    await this.settle(item.key, () => this.client.call('agreement.say', { key: item.key, happened }));
  }

  private async settle(key: string, ask: () => Promise<Result<AgreementList>>): Promise<void> {
    this.busy = key;
    const answer = await ask();
    this.busy = undefined;
    this.trouble = answer.ok ? undefined : answer.error.sentence;
    if (!answer.ok) this.port.alert(answer.error.sentence);
  }

  /** Reads the request of the open item anew and shows it below. */
  async openRequest(): Promise<void> {
    const item = this.shown;
    if (item?.requestId === undefined) return;
    this.request = { key: item.key, view: undefined };
    const answer = await this.client.call('request.get', { id: item.requestId });
    if (this.request.key !== item.key) return;
    this.request = answer.ok ? { key: item.key, view: answer.value } : undefined;
    this.trouble = answer.ok ? undefined : answer.error.sentence;
  }
}
