import { t } from '../i18n/index.ts';
import type { ProfilePreview } from './contract.ts';
import type { DeskClient } from './desk-client.svelte.ts';

/** No profile is larger, characters. */
const LARGEST = 1024 * 1024;

/** The library's settings as one file: taken out, looked at, brought in. */
export class ProfileForm {
  library = $state('');
  libraryWrong = $state(false);
  preview = $state.raw<ProfilePreview | undefined>();
  /** Which of the profile's desks this one is; empty for none. */
  desk = $state('');
  doing = $state(false);
  /** What came of the last thing that was done. */
  news = $state.raw<string | undefined>();
  restartNeeded = $state(false);

  private text = '';
  private readonly client: DeskClient;
  private readonly onImported: () => Promise<void>;

  /** `onImported` hears that the settings are others now. */
  constructor(client: DeskClient, onImported: () => Promise<void>) {
    this.client = client;
    this.onImported = onImported;
  }

  async save(): Promise<void> {
    this.news = undefined;
    this.libraryWrong = this.library.trim() === '';
    if (this.libraryWrong || this.doing) return;
    this.doing = true;
    const answer = await this.client.call('profile.export', { library: this.library });
    this.doing = false;
    if (!answer.ok) this.news = answer.error.sentence;
    else this.news = answer.value.path === undefined ? t.profile.notExported : t.profile.exported(answer.value.path);
  }

  /** Reads a file a person chose and shows what it would change. */
  async open(file: Blob): Promise<void> {
    this.leave();
    if (file.size > LARGEST) {
      this.news = t.profile.tooLarge;
      return;
    }
    this.text = await file.text();
    await this.look();
    const [only, ...more] = this.preview?.desks ?? [];
    if (only !== undefined && more.length === 0) await this.choose(only);
  }

  async choose(desk: string): Promise<void> {
    this.desk = desk;
    await this.look();
  }

  async bringIn(): Promise<void> {
    if (this.doing || this.preview?.library === undefined) return;
    this.doing = true;
    const answer = await this.client.call('profile.import', { text: this.text, ...this.chosen() });
    this.doing = false;
    if (!answer.ok) {
      this.news = answer.error.sentence;
      return;
    }
    this.leave();
    this.restartNeeded = answer.value.restartNeeded;
    await this.onImported();
    this.news = t.profile.imported;
  }

  /** Forgets the file; nothing was changed by it. */
  leave(): void {
    this.text = '';
    this.desk = '';
    this.preview = undefined;
    this.news = undefined;
  }

  private async look(): Promise<void> {
    const answer = await this.client.call('profile.preview', { text: this.text, ...this.chosen() });
    if (answer.ok) this.preview = answer.value;
    else this.news = answer.error.sentence;
  }

  private chosen(): { desk?: string } {
    return this.desk === '' ? {} : { desk: this.desk };
  }
}
