import { tick } from 'svelte';
import { SCANNER_LABEL, type SetupGuide, type SetupState, type SetupStep } from '../../src-main/contract/setup.ts';
import { t } from '../i18n/index.ts';
import { Sound, type CheckLine, type ReadinessLine } from './contract.ts';
import type { DeskClient } from './desk-client.svelte.ts';
import type { ReadinessView } from './readiness.svelte.ts';
import type { Burst } from './scan-intake.ts';
import { isLabel, readLabel, type ScannerFindings } from './scanner-findings.ts';
import { almaDraft, readAlma } from './settings-alma.ts';
import { connectionDraft, readConnection } from './settings-drafts.ts';
import type { SettingsForm } from './settings-form.svelte.ts';
import { readWms, wmsDraft } from './settings-wms.ts';
import {
  almaMistakesAt,
  connectionMistakesAt,
  isLast,
  laterWmsFields,
  pendingOf,
  reopened,
  STEP_LINES,
  stepAfter,
  stepBefore,
  withPending,
} from './setup-steps.ts';

/** What the guide needs of the window. */
export interface SetupPort {
  readonly form: SettingsForm;
  readonly readiness: ReadinessView;
  /** Plays a sound, also one that is switched off. */
  readonly play: (sound: Sound) => void;
  /** Says something at once. */
  readonly status: (sentence: string) => void;
}

/** Ids in the document: of the heading of the open step, and of what its test said. */
export const SETUP_HEADING = 'setup-step';
export const SETUP_RESULT = 'setup-result';

/** The set-up guide: which step is open, what its test said, and how far it has come. */
export class SetupView {
  guide = $state.raw<SetupGuide | undefined>();
  testing = $state(false);
  /** What the test of the open step said, where it is a list of lines. */
  checks = $state.raw<readonly CheckLine[]>([]);
  /** What came of the last key. */
  news = $state.raw<string | undefined>();
  /** The newest scan of the test label. */
  findings = $state.raw<ScannerFindings | undefined>();
  /** The newest scan during the scanner test was something else. What, is not kept: it may be a library card. */
  other = $state(false);

  private readonly client: DeskClient;
  private readonly port: SetupPort;

  constructor(client: DeskClient, port: SetupPort) {
    this.client = client;
    this.port = port;
  }

  get step(): SetupStep {
    return this.guide?.state.at ?? 'systems';
  }

  /** Reads how far the guide has come; true when it is to open by itself. */
  async begin(): Promise<boolean> {
    const answer = await this.client.call('setup.get', {});
    if (!answer.ok) return false;
    this.guide = answer.value;
    return answer.value.opens;
  }

  /** The guide is on the screen: what was typed before a restart stands in the fields again. */
  async open(): Promise<void> {
    if (this.guide === undefined) await this.begin();
    const { guide } = this;
    if (guide === undefined) return;
    const { form } = this.port;
    const first = !form.loaded;
    await form.load();
    const { drafts } = guide.state;
    if (first && drafts !== undefined) {
      form.connection = withPending($state.snapshot(form.connection), drafts.connection);
      form.wms.draft = withPending($state.snapshot(form.wms.draft), drafts.wms);
      form.alma.draft = withPending($state.snapshot(form.alma.draft), drafts.alma ?? {});
      form.alma.opened = drafts.alma?.['opened'] === true;
    }
    this.guide = { ...guide, state: reopened(guide.state) };
    this.toHeading();
  }

  /** Readiness lines about what the open step asks for, once Carrel works with the library's own systems. */
  readonly lines: readonly ReadinessLine[] = $derived.by(() => {
    const ids = STEP_LINES[this.step] ?? [];
    const { list } = this.port.readiness;
    if (this.inTraining || list?.lookedAt === undefined) return [];
    return list.lines.filter(({ id }) => ids.includes(id));
  });

  /** What Carrel looks at now is the practice library, so that readiness would say nothing of the library's own. */
  get inTraining(): boolean {
    return this.client.state?.training !== false;
  }

  /** A WMS is entered, wholly or in part. */
  get withWms(): boolean {
    const { wms } = this.port.form;
    return wms.saved || wms.draft.registryId.trim() !== '' || wms.draft.keyId.trim() !== '';
  }

  /** The library uses Alma: it is set up, or somebody said so in the first step. */
  get withAlma(): boolean {
    const { alma } = this.port.form;
    return alma.saved || alma.opened;
  }

  /** Tries what the open step asks for. */
  async test(): Promise<void> {
    if (this.testing) return;
    this.testing = true;
    this.news = undefined;
    this.checks = [];
    await this.tryOut();
    if ((STEP_LINES[this.step] ?? []).length > 0 && !this.inTraining) await this.port.readiness.look();
    this.testing = false;
    await this.keep({});
    await tick();
    document.getElementById(SETUP_RESULT)?.scrollIntoView({ block: 'nearest' });
  }

  private async tryOut(): Promise<void> {
    const { form } = this.port;
    switch (this.step) {
      case 'systems':
        return this.testAddress();
      case 'credentials':
      case 'locations':
        await form.test();
        if (this.withWms && this.step === 'credentials') await form.wms.test(laterWmsFields('credentials'));
        if (this.withAlma) await form.alma.test();
        this.checks = [
          ...form.checks,
          ...(this.withWms && this.step === 'credentials' ? form.wms.checks : []),
          ...(this.withAlma ? form.alma.checks : []),
        ];
        this.news = form.connectionNews ?? form.wms.news ?? form.alma.news;
        return;
      case 'branches':
        if (this.withWms) await form.wms.test();
        this.checks = form.wms.checks;
        this.news = this.withWms ? form.wms.news : t.setup.noWms;
        return;
      case 'desk':
        for (const sound of Sound.options) {
          this.port.play(sound);
          await new Promise((resolve) => setTimeout(resolve, SOUND_MS));
        }
        this.say(t.setup.played);
        return;
      case 'scanner':
        this.findings = undefined;
        this.other = false;
        return;
      case 'print':
        return this.testPrint();
    }
  }

  private async testAddress(): Promise<void> {
    if (!this.fieldsRight()) return;
    const { okapiUrl, tenant } = this.port.form.connection;
    const answer = await this.client.call('setup.testAddress', { okapiUrl: okapiUrl.trim(), tenant: tenant.trim() });
    if (answer.ok) this.checks = answer.value;
    else this.say(answer.error.sentence);
  }

  private async testPrint(): Promise<void> {
    const slips = this.port.form.desk?.slips;
    if (slips === undefined) return;
    const { paper, printer } = slips;
    const answer = await this.client.call('setup.testPrint', { paper, printer });
    this.say(answer.ok ? t.setup.printed(answer.value.outcome, answer.value.reason) : answer.error.sentence);
  }

  /** The open step is done: keeps what it asked for and goes on. Stays where something in it is wrong. */
  async done(): Promise<void> {
    if (!this.fieldsRight() || !(await this.save())) return;
    await this.decide('done');
  }

  /** Goes on without this step; it can be come back to. */
  async skip(): Promise<void> {
    await this.decide('skipped');
  }

  async back(): Promise<void> {
    await this.go(stepBefore(this.step), {});
  }

  /** Opens a step. */
  async choose(step: SetupStep): Promise<void> {
    await this.go(step, {});
  }

  /** Puts the guide away: it opens only from Settings from now on. */
  async putAway(): Promise<void> {
    await this.keep({ ended: true });
  }

  async restart(): Promise<void> {
    await this.keep({});
    await this.port.form.restart();
  }

  /** A scan while the scanner test is open. Only the test label is the guide's own; anything else is recorded as always. */
  takes(raw: string, how: Burst | undefined): boolean {
    if (this.step !== 'scanner') return false;
    if (!isLabel(raw, SCANNER_LABEL)) {
      this.other = true;
      return false;
    }
    this.other = false;
    this.findings = readLabel(
      { raw, ending: how === undefined ? 'Enter' : how.ending, gapMs: how?.gapMs },
      SCANNER_LABEL,
    );
    this.port.status(this.findings.good ? t.setup.scanner.good : t.setup.scanner.notGood);
    return true;
  }

  private async decide(what: 'done' | 'skipped'): Promise<void> {
    const ended = isLast(this.step);
    const steps = { ...this.guide?.state.steps, [this.step]: what };
    await this.go(stepAfter(this.step), { steps, ended });
    if (ended) this.say(t.setup.ended);
  }

  private async go(at: SetupStep, change: Partial<SetupState>): Promise<void> {
    this.checks = [];
    this.news = undefined;
    await this.keep({ at, ...change });
    this.toHeading();
  }

  /** What was asked for up to here is right. What is not is marked in its field. */
  private fieldsRight(): boolean {
    const { form } = this.port;
    const connection = readConnection($state.snapshot(form.connection));
    form.connectionMistakes = connection.ok ? [] : connectionMistakesAt(this.step, connection.mistakes);
    const wms = this.withWms ? readWms($state.snapshot(form.wms.draft), laterWmsFields(this.step)) : undefined;
    form.wms.mistakes =
      wms === undefined || wms.ok ? [] : wms.mistakes.filter((one) => !laterWmsFields(this.step).includes(one));
    const alma = this.withAlma ? readAlma($state.snapshot(form.alma.draft)) : undefined;
    form.alma.mistakes = alma === undefined || alma.ok ? [] : almaMistakesAt(this.step, alma.mistakes);
    const right = [form.connectionMistakes, form.wms.mistakes, form.alma.mistakes].every(({ length }) => length === 0);
    if (!right) this.markWrong();
    return right;
  }

  /** Saves as settings what is whole. False when it could not be. */
  private async save(): Promise<boolean> {
    const { form } = this.port;
    if (this.step === 'desk' || this.step === 'print') {
      await form.saveDesk();
      if (form.deskMistakes.length > 0) this.markWrong();
      return form.deskMistakes.length === 0;
    }
    if (this.step === 'systems' || this.step === 'scanner') return true;
    const { connection, wms, alma } = await this.pending();
    const typed = Object.values(form.passwords).some((value) => value !== '');
    if ((Object.keys(connection).length > 0 || typed) && !form.locked('reshare')) {
      await form.saveConnection();
      if (Object.keys((await this.pending()).connection).length > 0) return this.said(form.connectionNews);
    }
    const whole = this.withWms && readWms($state.snapshot(form.wms.draft)).ok;
    if (whole && (Object.keys(wms).length > 0 || form.wms.secret !== '') && !form.locked('wms')) {
      await form.wms.save();
      if (Object.keys((await this.pending()).wms).length > 0) return this.said(form.wms.news);
    }
    const known = this.withAlma && readAlma($state.snapshot(form.alma.draft)).ok;
    if (known && (Object.keys(alma).length > 0 || form.alma.key !== '') && !form.locked('alma')) {
      await form.alma.save();
      if (Object.keys((await this.pending()).alma).length > 0) return this.said(form.alma.news);
    }
    return true;
  }

  /** Goes to the first field that is wrong. */
  private markWrong(): void {
    this.say(t.setup.wrong);
    void tick().then(() => document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus());
  }

  private said(sentence: string | undefined): false {
    if (sentence !== undefined) this.say(sentence);
    return false;
  }

  /** What stands in the fields and is not saved. */
  private async pending() {
    const { form } = this.port;
    const answer = await this.client.call('settings.get', {});
    const saved = answer.ok ? answer.value.settings : undefined;
    return {
      connection: pendingOf($state.snapshot(form.connection), connectionDraft(saved?.reshare)),
      wms: pendingOf($state.snapshot(form.wms.draft), wmsDraft(saved?.wms)),
      alma: {
        ...pendingOf($state.snapshot(form.alma.draft), almaDraft(saved?.alma)),
        ...(form.alma.opened && saved?.alma === undefined ? { opened: true } : {}),
      },
    };
  }

  private async keep(change: Partial<SetupState>): Promise<void> {
    const { guide } = this;
    if (guide === undefined) return;
    const { drafts: _old, ...rest } = { ...guide.state, ...change };
    const state = rest.ended ? rest : { ...rest, drafts: await this.pending() };
    this.guide = { ...guide, state };
    const answer = await this.client.call('setup.save', { state });
    if (!answer.ok) this.say(answer.error.sentence);
  }

  private say(sentence: string): void {
    this.news = sentence;
    this.port.status(sentence);
  }

  private toHeading(): void {
    void tick().then(() => document.getElementById(SETUP_HEADING)?.focus());
  }
}

/** From one sound to the next, milliseconds: each can be heard by itself. */
const SOUND_MS = 700;
