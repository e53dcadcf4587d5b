import { t } from '../i18n/index.ts';
import type { AlmaCalls, AlmaConnection, CheckLine, SecretState, Settings } from './contract.ts';
import type { DeskClient } from './desk-client.svelte.ts';
import { almaDraft, readAlma, type AlmaDraft, type AlmaField } from './settings-alma.ts';

/** The fields of the library's Alma; shown where the library has one, or says that it has. */
export class AlmaForm {
  draft = $state<AlmaDraft>(almaDraft(undefined));
  key = $state('');
  /** Where the key that was typed earlier is. */
  kept = $state.raw<SecretState>('none');
  /** An Alma is set up. */
  saved = $state(false);
  /** Somebody said that the library uses Alma. */
  opened = $state(false);
  mistakes = $state.raw<readonly AlmaField[]>([]);
  checks = $state.raw<readonly CheckLine[]>([]);
  testing = $state(false);
  calls = $state.raw<AlmaCalls | undefined>();
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
    this.draft = almaDraft(settings.alma);
    this.saved = settings.alma !== undefined;
    this.kept = kept;
    void this.client.call('alma.calls', {}).then((answer) => {
      if (answer.ok) this.calls = answer.value.calls;
    });
  }

  async test(): Promise<void> {
    const alma = this.read();
    if (!alma || this.testing) return;
    this.testing = true;
    const answer = await this.client.call('settings.testAlma', { alma, ...this.typed() });
    this.testing = false;
    if (answer.ok) this.checks = answer.value;
    else this.news = answer.error.sentence;
  }

  async save(): Promise<void> {
    const alma = this.read();
    if (alma) await this.send({ alma, ...this.typed() }, t.alma.isSaved);
  }

  /** Forgets Alma. */
  async remove(): Promise<void> {
    this.checks = [];
    this.mistakes = [];
    await this.send({}, t.alma.isRemoved);
  }

  private async send(what: { alma?: AlmaConnection; key?: string }, done: string): Promise<void> {
    const answer = await this.client.call('settings.saveAlma', what);
    this.news = answer.ok ? done : answer.error.sentence;
    if (!answer.ok) return;
    this.key = '';
    if (answer.value.restartNeeded) this.onSaved();
    const again = await this.client.call('settings.get', {});
    this.take(answer.value.settings, again.ok ? again.value.secrets['alma-key'] : this.kept);
  }

  private read(): AlmaConnection | undefined {
    this.news = undefined;
    this.checks = [];
    const reading = readAlma($state.snapshot(this.draft));
    this.mistakes = reading.ok ? [] : reading.mistakes;
    return reading.ok ? reading.value : undefined;
  }

  /** A field left empty keeps the key that is there. */
  private typed(): { key?: string } {
    return this.key === '' ? {} : { key: this.key };
  }
}
