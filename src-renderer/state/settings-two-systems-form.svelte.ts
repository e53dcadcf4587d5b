import { t } from '../i18n/index.ts';
import type { SecretState, Settings } from './contract.ts';
import type { DeskClient } from './desk-client.svelte.ts';
import {
  NOTHING_SET,
  readTwoSystems,
  twoSystemsDraft,
  type TwoSystemsDraft,
  type TwoSystemsField,
} from './settings-two-systems.ts';

/** What a library sets for work in two systems. */
export class TwoSystemsForm {
  draft = $state<TwoSystemsDraft>({ ...NOTHING_SET });
  /** Something is set, or somebody said that the library needs it. */
  opened = $state(false);
  key = $state('');
  kept = $state.raw<SecretState>('none');
  mistakes = $state.raw<readonly TwoSystemsField[]>([]);
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
    this.draft = twoSystemsDraft(settings.twoSystems);
    this.kept = kept;
    if (settings.twoSystems !== undefined) this.opened = true;
  }

  async save(): Promise<void> {
    const reading = readTwoSystems($state.snapshot(this.draft));
    this.mistakes = reading.ok ? [] : reading.mistakes;
    this.news = reading.ok ? undefined : t.tasks.settings.wrong;
    if (!reading.ok) return;
    const relaisKey = this.key === '' ? {} : { relaisKey: this.key };
    const answer = await this.client.call('settings.saveTwoSystems', { twoSystems: reading.value, ...relaisKey });
    this.news = answer.ok ? t.tasks.settings.saved : answer.error.sentence;
    if (!answer.ok) return;
    this.key = '';
    this.onSaved();
    const again = await this.client.call('settings.get', {});
    this.take(answer.value.settings, again.ok ? again.value.secrets['relais-key'] : this.kept);
  }
}
