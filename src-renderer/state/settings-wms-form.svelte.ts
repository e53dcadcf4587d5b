import type { CallQuota } from '../../src-main/contract/item.ts';
import { t } from '../i18n/index.ts';
import type { CheckLine, SecretState, Settings, WmsConnection } from './contract.ts';
import type { DeskClient } from './desk-client.svelte.ts';
import { readWms, wmsDraft, type WmsDraft, type WmsField } from './settings-wms.ts';

/** The fields of the library's WMS. */
export class WmsForm {
  draft = $state<WmsDraft>(wmsDraft(undefined));
  secret = $state('');
  /** Where the secret that was typed earlier is. */
  kept = $state.raw<SecretState>('none');
  /** A WMS is set up. */
  saved = $state(false);
  mistakes = $state.raw<readonly WmsField[]>([]);
  checks = $state.raw<readonly CheckLine[]>([]);
  testing = $state(false);
  /** Calls of the WSKey in the last 24 hours, while a WMS is in use. */
  quota = $state.raw<CallQuota | undefined>();
  /** What came of the last save. */
  news = $state.raw<string | undefined>();

  private readonly client: DeskClient;
  private readonly onSaved: () => void;

  /** `onSaved` hears that there is something to restart for. */
  constructor(client: DeskClient, onSaved: () => void) {
    this.client = client;
    this.onSaved = onSaved;
  }

  /** Shows what is saved. */
  take(settings: Settings, kept: SecretState): void {
    this.draft = wmsDraft(settings.wms);
    this.saved = settings.wms !== undefined;
    this.kept = kept;
    void this.client.call('item.quota', {}).then((answer) => {
      if (answer.ok) this.quota = answer.value.quota;
    });
  }

  /** `later` as in {@link readWms}: the set-up guide tests before everything is filled in. */
  async test(later: readonly WmsField[] = []): Promise<void> {
    const wms = this.read(later);
    if (!wms || this.testing) return;
    this.testing = true;
    const answer = await this.client.call('settings.testWms', { wms, ...this.typed() });
    this.testing = false;
    if (answer.ok) this.checks = answer.value;
    else this.news = answer.error.sentence;
  }

  async save(): Promise<void> {
    const wms = this.read();
    if (wms) await this.send({ wms, ...this.typed() }, t.settings.wms.isSaved);
  }

  /** Forgets WMS; prompts then tell staff to check items in on its own screen. */
  async remove(): Promise<void> {
    this.checks = [];
    this.mistakes = [];
    await this.send({}, t.settings.wms.isRemoved);
  }

  private async send(what: { wms?: WmsConnection; secret?: string }, done: string): Promise<void> {
    const answer = await this.client.call('settings.saveWms', what);
    this.news = answer.ok ? done : answer.error.sentence;
    if (!answer.ok) return;
    this.secret = '';
    if (answer.value.restartNeeded) this.onSaved();
    const again = await this.client.call('settings.get', {});
    this.take(answer.value.settings, again.ok ? again.value.secrets['wms-secret'] : this.kept);
  }

  private read(later: readonly WmsField[] = []): WmsConnection | undefined {
    this.news = undefined;
    this.checks = [];
    const reading = readWms($state.snapshot(this.draft), later);
    this.mistakes = reading.ok ? [] : reading.mistakes;
    return reading.ok ? reading.value : undefined;
  }

  /** A field left empty keeps the secret that is there. */
  private typed(): { secret?: string } {
    return this.secret === '' ? {} : { secret: this.secret };
  }
}
