import type { LockState } from '../../src-main/contract/lock.ts';
import { t } from '../i18n/index.ts';
import type { DeskClient } from './desk-client.svelte.ts';

/** Main is told that somebody is here at most this often, milliseconds. */
const TELL_EVERY_MS = 20_000;
const PIN = /^\d{4,12}$/u;

/** The lock as the window knows it: what is typed to open it, and how it is set up. */
export class LockView {
  staff = $state('');
  secret = $state('');
  /** Why it did not open. */
  trouble = $state<string | undefined>();
  opening = $state(false);

  /** As typed in the settings; undefined until it is changed there. */
  minutes = $state<string | undefined>();
  pin = $state('');
  tried = $state(false);
  news = $state<string | undefined>();

  private readonly client: DeskClient;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(client: DeskClient) {
    this.client = client;
  }

  get state(): LockState | undefined {
    return this.client.state?.lock;
  }

  get locked(): boolean {
    return this.state?.locked === true;
  }

  get minutesShown(): string {
    return this.minutes ?? String(this.state?.afterMinutes ?? '');
  }

  /** The field in the settings. */
  get minutesTyped(): string {
    return this.minutesShown;
  }

  set minutesTyped(typed: string) {
    this.minutes = typed;
  }

  get minutesWrong(): boolean {
    return !/^\d{1,3}$/u.test(this.minutesShown.trim()) || Number(this.minutesShown) > 240;
  }

  get pinWrong(): boolean {
    return this.pin !== '' && !PIN.test(this.pin);
  }

  async lock(): Promise<void> {
    await this.client.call('lock.now', {});
  }

  async open(): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    const answer = await this.client.call('lock.open', { staff: this.staff, secret: this.secret });
    this.opening = false;
    this.secret = '';
    this.trouble = answer.ok ? undefined : answer.error.sentence;
  }

  /** The screen was locked or opened: nothing typed stays. */
  changed(): void {
    this.staff = '';
    this.secret = '';
    this.trouble = undefined;
    this.pin = '';
    this.minutes = undefined;
    this.news = undefined;
  }

  /** A key or the mouse was used. */
  touched(at: number): void {
    if (this.locked || at - this.toldAt < TELL_EVERY_MS) return;
    this.toldAt = at;
    void this.client.call('lock.active', {});
  }

  async save(pin: string | undefined): Promise<void> {
    this.tried = true;
    if (this.minutesWrong || this.pinWrong) return;
    this.tried = false;
    const afterMinutes = Number(this.minutesShown);
    const answer = await this.client.call('lock.configure', { afterMinutes, ...(pin === undefined ? {} : { pin }) });
    if (answer.ok) {
      this.pin = '';
      this.minutes = undefined;
    }
    this.news = answer.ok ? t.lock.settings.done : answer.error.sentence;
  }
}
