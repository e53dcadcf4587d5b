import { t } from '../i18n/index.ts';
import type { CheckLine, SecretName, SecretState, Settings } from './contract.ts';
import type { DeskClient } from './desk-client.svelte.ts';
import {
  connectionDraft,
  deskDraft,
  isManaged,
  readConnection,
  readDesk,
  type ConnectionDraft,
  type DeskDraft,
} from './settings-drafts.ts';
import { RetentionForm } from './retention.svelte.ts';
import { ProfileForm } from './profile-form.svelte.ts';
import { AlmaForm } from './settings-alma-form.svelte.ts';
import { TwoSystemsForm } from './settings-two-systems-form.svelte.ts';
import { WmsForm } from './settings-wms-form.svelte.ts';

/** The secrets of the connection that is set here. */
export type ConnectionSecret = Extract<SecretName, 'reshare-password' | 'inventory-password'>;

/** The settings screen's fields. Lives as long as the window, so that what was typed survives a look at the desk. */
export class SettingsForm {
  loaded = $state(false);
  connection = $state<ConnectionDraft>(connectionDraft(undefined));
  desk = $state<DeskDraft | undefined>();
  passwords = $state<Record<ConnectionSecret, string>>({ 'reshare-password': '', 'inventory-password': '' });
  secrets = $state.raw<Partial<Record<SecretName, SecretState>>>({});
  secretsSentence = $state.raw<string | undefined>();
  managed = $state.raw<readonly string[]>([]);
  /** A library's own system is set up, and not only the practice consortium. */
  connected = $state(false);

  connectionMistakes = $state.raw<readonly (keyof ConnectionDraft)[]>([]);
  deskMistakes = $state.raw<readonly (keyof DeskDraft)[]>([]);
  checks = $state.raw<readonly CheckLine[]>([]);
  testing = $state(false);
  /** Whose settings were saved last and wait for a restart. */
  restartFor = $state<'reshare' | 'wms' | 'alma' | 'two-systems' | undefined>();
  /** What came of the last save. */
  connectionNews = $state.raw<string | undefined>();
  deskNews = $state.raw<string | undefined>();

  readonly wms: WmsForm;
  readonly retention: RetentionForm;
  readonly alma: AlmaForm;
  readonly profile: ProfileForm;
  readonly twoSystems: TwoSystemsForm;
  private readonly client: DeskClient;

  constructor(client: DeskClient) {
    this.client = client;
    this.retention = new RetentionForm(client);
    this.wms = new WmsForm(client, () => (this.restartFor = 'wms'));
    this.profile = new ProfileForm(client, async () => {
      this.loaded = false;
      await this.load();
    });
    this.alma = new AlmaForm(client, () => (this.restartFor = 'alma'));
    this.twoSystems = new TwoSystemsForm(client, () => (this.restartFor = 'two-systems'));
  }

  /** Reads the settings the first time the screen is opened. */
  async load(): Promise<void> {
    if (this.loaded) return;
    const answer = await this.client.call('settings.get', {});
    if (!answer.ok) {
      this.connectionNews = answer.error.sentence;
      return;
    }
    const { settings, secrets, managed, secretsSentence } = answer.value;
    this.take(settings);
    this.wms.take(settings, secrets['wms-secret']);
    this.retention.take(settings);
    this.alma.take(settings, secrets['alma-key']);
    this.twoSystems.take(settings, secrets['relais-key']);
    this.desk = deskDraft(settings.desk);
    this.secrets = secrets;
    this.managed = managed;
    this.secretsSentence = secretsSentence;
    this.loaded = true;
  }

  locked(path: string): boolean {
    return isManaged(this.managed, path);
  }

  async test(): Promise<void> {
    const reshare = this.readConnection();
    if (!reshare || this.testing) return;
    this.testing = true;
    const answer = await this.client.call('settings.test', { reshare, passwords: this.typedPasswords() });
    this.testing = false;
    if (answer.ok) this.checks = answer.value;
    else this.connectionNews = answer.error.sentence;
  }

  async saveConnection(): Promise<void> {
    const reshare = this.readConnection();
    if (!reshare) return;
    const answer = await this.client.call('settings.saveReshare', { reshare, passwords: this.typedPasswords() });
    this.savedConnection(answer.ok ? undefined : answer.error.sentence);
    if (!answer.ok) return;
    this.take(answer.value.settings);
    if (answer.value.restartNeeded) this.restartFor = 'reshare';
    this.passwords = { 'reshare-password': '', 'inventory-password': '' };
    const again = await this.client.call('settings.get', {});
    if (again.ok) this.secrets = again.value.secrets;
  }

  /** Forgets the library's own system; Carrel then opens on the practice consortium. */
  async usePractice(): Promise<void> {
    const answer = await this.client.call('settings.saveReshare', { passwords: {} });
    this.savedConnection(answer.ok ? undefined : answer.error.sentence);
    if (!answer.ok) return;
    this.take(answer.value.settings);
    if (answer.value.restartNeeded) this.restartFor = 'reshare';
  }

  async saveDesk(): Promise<void> {
    if (!this.desk) return;
    this.deskNews = undefined;
    const reading = readDesk($state.snapshot(this.desk));
    this.deskMistakes = reading.ok ? [] : reading.mistakes;
    if (!reading.ok) return;
    const answer = await this.client.call('settings.saveDesk', { desk: reading.value });
    this.deskNews = answer.ok ? t.settings.deskSaved : answer.error.sentence;
    if (answer.ok) this.desk = deskDraft(answer.value.desk);
  }

  async restart(): Promise<void> {
    const answer = await this.client.call('app.restart', {});
    if (!answer.ok) this.connectionNews = answer.error.sentence;
  }

  private readConnection() {
    this.connectionNews = undefined;
    this.checks = [];
    const reading = readConnection($state.snapshot(this.connection));
    this.connectionMistakes = reading.ok ? [] : reading.mistakes;
    return reading.ok ? reading.value : undefined;
  }

  private savedConnection(trouble: string | undefined): void {
    this.connectionNews = trouble ?? t.settings.connectionSaved;
  }

  private take(settings: Settings): void {
    this.connection = connectionDraft(settings.reshare);
    this.connected = settings.reshare !== undefined;
  }

  /** A field left empty keeps the password that is there. */
  private typedPasswords(): Partial<Record<ConnectionSecret, string>> {
    return Object.fromEntries(Object.entries($state.snapshot(this.passwords)).filter(([, value]) => value !== ''));
  }
}
