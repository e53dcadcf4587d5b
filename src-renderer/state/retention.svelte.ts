import { t } from '../i18n/index.ts';
import { DEFAULT_RETENTION, type Settings } from './contract.ts';
import type { DeskClient } from './desk-client.svelte.ts';
import { readRetention, retentionDraft, type RetentionDraft } from './retention-draft.ts';

/** How long the journal keeps what, on the settings screen. */
export class RetentionForm {
  draft = $state<RetentionDraft>(retentionDraft(DEFAULT_RETENTION));
  mistakes = $state.raw<readonly (keyof RetentionDraft)[]>([]);
  /** What came of the last save. */
  news = $state.raw<string | undefined>();

  private readonly client: DeskClient;

  constructor(client: DeskClient) {
    this.client = client;
  }

  take({ retention }: Settings): void {
    this.draft = retentionDraft(retention ?? DEFAULT_RETENTION);
  }

  async save(): Promise<void> {
    this.news = undefined;
    const reading = readRetention($state.snapshot(this.draft));
    this.mistakes = reading.ok ? [] : reading.mistakes;
    if (!reading.ok) return;
    const answer = await this.client.call('keeping.saveRetention', { retention: reading.value });
    this.news = answer.ok ? t.keeping.settings.done : answer.error.sentence;
    if (answer.ok) this.draft = retentionDraft(answer.value);
  }
}
