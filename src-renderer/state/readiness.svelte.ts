import { tick } from 'svelte';
import type { PromptKind } from '../../src-main/contract/prompt.ts';
import type { ReadinessLine, ReadinessList, ReadinessOutcome } from '../../src-main/contract/readiness.ts';
import type { Result } from '../../src-main/contract/result.ts';
import { t } from '../i18n/index.ts';
import type { DeskClient } from './desk-client.svelte.ts';

/** Colour and ground of an outcome, as prompts have them. */
export const READINESS_KINDS: Readonly<Record<ReadinessOutcome, PromptKind>> = {
  found: 'shelve',
  'not-needed': 'shelve',
  confirmed: 'saved',
  missing: 'stop',
  'not-permitted': 'route',
  unconfirmed: 'route',
  'not-looked': 'route',
};

/** The mark of an outcome. */
export const READINESS_MARKS = {
  found: 'seen',
  'not-needed': 'none',
  confirmed: 'confirmed',
  missing: 'not-done',
  'not-permitted': 'unknown',
  unconfirmed: 'by-hand',
  'not-looked': 'waiting',
} as const;

/** Id in the document of the button that opens a line. */
export function readinessElementId(id: string): string {
  return `readiness-${id}`;
}

/** The readiness list as the window shows it: main's lines, which of them is open, and what is typed to confirm it. */
export class ReadinessView {
  list = $state.raw<ReadinessList | undefined>();
  /** The line that was opened; undefined shows the first that is not settled. */
  openId = $state<string | undefined>();
  looking = $state(false);
  saving = $state(false);
  trouble = $state<string | undefined>();
  /** Who confirms; the signed-in account until another name is typed. */
  by = $state('');
  note = $state('');
  nameMissing = $state(false);

  private readonly client: DeskClient;
  /** Says something at once. */
  private readonly status: (sentence: string) => void;

  constructor(client: DeskClient, status: (sentence: string) => void) {
    this.client = client;
    this.status = status;
  }

  readonly chosen: ReadinessLine | undefined = $derived.by(() => {
    const lines = this.list?.lines ?? [];
    return lines.find(({ id }) => id === this.openId) ?? lines.find(isOpen) ?? lines[0];
  });

  /** The screen was opened: shows what is known, then looks. */
  async begin(): Promise<void> {
    if (this.list === undefined) this.take(await this.client.call('readiness.get', {}));
    await this.look();
  }

  async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    this.take(await this.client.call('readiness.look', {}));
    this.looking = false;
  }

  open(id: string): void {
    if (id !== this.chosen?.id) this.note = '';
    this.openId = id;
    this.trouble = undefined;
    this.nameMissing = false;
  }

  /** Opens the line so many places further down and gives it the focus. */
  move(step: number): void {
    const lines = this.list?.lines ?? [];
    const at = lines.findIndex(({ id }) => id === this.chosen?.id);
    const line = lines[Math.min(lines.length - 1, Math.max(0, at + step))];
    if (line === undefined) return;
    this.open(line.id);
    void tick().then(() => document.getElementById(readinessElementId(line.id))?.focus());
  }

  async confirm(): Promise<void> {
    const line = this.chosen;
    if (line?.confirmable !== true || this.saving) return;
    this.nameMissing = this.by.trim() === '';
    if (this.nameMissing) return;
    const note = this.note.trim();
    await this.save(line.id, () =>
      this.client.call('readiness.confirm', {
        line: line.id,
        by: this.by.trim(),
        ...(note === '' ? {} : { note }),
      }),
    );
    if (this.trouble === undefined) this.note = '';
  }

  async withdraw(): Promise<void> {
    const line = this.chosen;
    if (line?.word === undefined || this.saving) return;
    // Whoever takes it back is whoever stands here; without a name it is the account that is signed in.
    const by = this.by.trim() === '' ? line.word.by : this.by.trim();
    await this.save(line.id, () => this.client.call('readiness.withdraw', { line: line.id, by }));
  }

  private async save(id: string, send: () => Promise<Result<ReadinessList>>): Promise<void> {
    this.openId = id;
    this.saving = true;
    this.take(await send());
    this.saving = false;
    const line = this.chosen;
    if (this.trouble !== undefined) this.status(this.trouble);
    else if (line !== undefined) this.status(t.readiness.said(t.readiness.outcomes[line.outcome]));
  }

  private take(answer: Result<ReadinessList>): void {
    this.trouble = answer.ok ? undefined : answer.error.sentence;
    if (!answer.ok) return;
    this.list = answer.value;
    if (this.by === '') this.by = answer.value.account;
  }
}

/** Something is left to do for this line. */
export function isOpen({ outcome }: ReadinessLine): boolean {
  return outcome !== 'found' && outcome !== 'not-needed' && outcome !== 'confirmed';
}
