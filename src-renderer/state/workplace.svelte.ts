import type { AppEvent } from '../../src-main/contract/events.ts';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { Bridge } from '../../src-main/contract/methods.ts';
import type { Offer, Sound } from '../../src-main/contract/prompt.ts';
import type { ScanSource } from '../../src-main/contract/scan.ts';
import type { Snapshot } from '../../src-main/contract/shift.ts';
import { tick } from 'svelte';
import { t } from '../i18n/index.ts';
import { AgreementView } from './agreement.svelte.ts';
import { announcementFor } from './announcement.ts';
import { Announcer } from './announcer.svelte.ts';
import { isUrgent, refusingAnew, settledAnew, soundOf } from './cues.ts';
import { nowIso } from './days.ts';
import { DeskClient } from './desk-client.svelte.ts';
import { LockView } from './lock.svelte.ts';
import { DueField } from './due-field.svelte.ts';
import { bindIntake } from './intake-dom.ts';
import { markTerminator } from './marks.ts';
import { ItemView } from './item.svelte.ts';
import { OfflineView } from './offline.svelte.ts';
import { KeepView } from './keep.svelte.ts';
import { RequestPanel } from './request-panel.svelte.ts';
import { ScanQueue, type PendingScan } from './scan-queue.ts';
import { PlaceView } from './place.svelte.ts';
import { PileView } from './pile.svelte.ts';
import { ReadinessView } from './readiness.svelte.ts';
import { SettingsForm } from './settings-form.svelte.ts';
import type { Burst } from './scan-intake.ts';
import { SetupView } from './setup.svelte.ts';
import { Shortcuts } from './shortcuts.ts';
import { slipShown, type SlipShown } from './slip-shown.ts';
import { SoundPlayer } from './sounds.ts';
import { TasksView, taskElementId } from './tasks.svelte.ts';
import { WorklistsView } from './worklists.svelte.ts';

/** `item` belongs to a scan and is reached by its key only. */
export type Screen =
  | 'desk'
  | 'requests'
  | 'offline'
  | 'agreement'
  | 'history'
  | 'settings'
  | 'readiness'
  | 'setup'
  | 'keep'
  | 'item'
  | 'place'
  | 'tasks';

/** What the prompt area shows: a scan on disk, or one that could not be put there. */
export type Shown =
  { readonly type: 'line'; readonly line: ScanLine } | { readonly type: 'failed'; readonly scan: PendingScan };

/** Id in the document of the button that opens a scan of the shift. */
export function rowElementId(scanId: string): string {
  return `scan-${scanId}`;
}

/** The state of the window and what can be done in it; everything else comes from main through the client. */
export class Workplace {
  screen = $state<Screen>('desk');
  helpOpen = $state(false);
  pileOpen = $state(false);
  /** The scan for which F9 asked what to do about a mistake. */
  mistakeFor = $state<string | undefined>();
  /** The window has the keyboard, so a scan would arrive. */
  listening = $state(document.hasFocus());
  /** What stands in the scan box; typing only. */
  typed = $state('');
  /** The scan whose prompt is shown; undefined shows the newest. */
  openId = $state<string | undefined>();
  /** The scan box has the focus. */
  atBox = $state(false);
  /** Scans that are not on disk, oldest first. */
  pending = $state.raw<readonly PendingScan[]>([]);
  /** The offer that was chosen and has not been answered yet. */
  choosing = $state<string | undefined>();
  /** The scan whose slip is being printed. */
  printing = $state<string | undefined>();
  /** Why the last choice did not work, and for which scan. */
  choiceTrouble = $state.raw<{ readonly scanId: string; readonly sentence: string } | undefined>();

  readonly client: DeskClient;
  readonly settings: SettingsForm;
  readonly agreement: AgreementView;
  readonly readiness: ReadinessView;
  readonly setup: SetupView;
  readonly keep: KeepView;
  readonly item: ItemView;
  readonly due: DueField;
  readonly worklists: WorklistsView;
  readonly pile: PileView;
  readonly request: RequestPanel;
  readonly offline: OfflineView;
  readonly lock: LockView;
  readonly place: PlaceView;
  readonly tasks: TasksView;
  readonly announcer = new Announcer();
  readonly sounds = new SoundPlayer();
  readonly shortcuts = new Shortcuts((ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  });
  /** The scan box's field, while it is on the screen. */
  scanBox: HTMLInputElement | undefined;

  readonly failed = $derived(this.pending.filter((scan) => scan.error !== undefined).toReversed());
  /** Scans cannot be saved, or one was not: the whole screen says so. */
  readonly refusing = $derived.by(() => this.failed.length > 0 || this.client.state?.journal.writable === false);
  readonly waiting = $derived(this.pending.filter((scan) => scan.error === undefined).length);

  /** Sequence of the newest scan when the screen was locked. */
  private lockedAfter = $state(0);
  /** The newest scan of this window; undefined right after a reload, when the newest line is meant. */
  private newestId = $state<string | undefined>();
  private readonly queue: ScanQueue;

  constructor(bridge: Bridge) {
    this.client = new DeskClient(bridge, (event, before) => this.applied(event, before));
    this.settings = new SettingsForm(this.client);
    this.offline = new OfflineView(this.client, (sentence) => this.announcer.alert(sentence));
    this.lock = new LockView(this.client);
    this.agreement = new AgreementView(this.client, {
      scanAgain: (label) => {
        this.screen = 'desk';
        this.scan(label, 'typed', performance.now());
        this.focusBox();
      },
      alert: (sentence) => this.announcer.alert(sentence),
    });
    this.worklists = new WorklistsView(this.client);
    this.pile = new PileView(this.client, (sentence) => this.announcer.alert(sentence));
    this.request = new RequestPanel(this.client, {
      status: (sentence) => this.announcer.status(sentence),
      refused: (sentence) => {
        this.announcer.alert(sentence);
        this.play('refused');
      },
    });
    this.readiness = new ReadinessView(this.client, (sentence) => this.announcer.status(sentence));
    this.setup = new SetupView(this.client, {
      form: this.settings,
      readiness: this.readiness,
      play: (sound) => this.listenTo(sound),
      status: (sentence) => this.announcer.status(sentence),
    });
    this.keep = new KeepView(this.client, (sentence) => this.announcer.status(sentence));
    this.item = new ItemView(this.client, {
      status: (sentence) => this.announcer.status(sentence),
      refused: (sentence) => {
        this.announcer.alert(sentence);
        this.play('refused');
      },
      done: () => this.play('attention'),
    });
    const spoken = {
      status: (sentence: string) => this.announcer.status(sentence),
      refused: (sentence: string) => {
        this.announcer.alert(sentence);
        this.play('refused');
      },
    };
    this.place = new PlaceView(this.client, spoken);
    this.tasks = new TasksView(this.client, { ...spoken, scanned: () => this.scannedLabel() });
    this.due = new DueField(this.client, { ...spoken, closed: () => this.focusBox() });
    this.queue = new ScanQueue({
      submit: (input) => this.client.call('scan.submit', input),
      accepted: (line) => this.accepted(line),
      failed: (scan) => this.refused(scan),
      changed: (pending) => {
        this.pending = pending;
      },
      newId: () => crypto.randomUUID(),
      now: nowIso,
    });
  }

  start(): void {
    this.client.start();
    void this.beginSetup();
    bindIntake({
      scanBox: () => this.scanBox,
      scan: (raw, endedAt, how) => {
        if (!this.takenByScreen(raw, how)) this.scan(raw, 'wedge', endedAt);
      },
      submitTyped: (endedAt) => this.submitTyped(endedAt),
      key: (at) => this.shortcuts.heard(at),
      heard: () => {
        this.sounds.wake();
        this.listening = true;
        this.lock.touched(performance.now());
      },
    });
    const pointed = (): void => {
      this.sounds.wake();
      this.lock.touched(performance.now());
    };
    window.addEventListener('pointerdown', pointed, { capture: true });
    window.addEventListener('blur', () => (this.listening = document.hasFocus()));
    window.addEventListener('focus', () => this.listen());
  }

  /** The window is in front (again): the scan box is ready unless a field is being used. */
  listen(): void {
    this.listening = true;
    if (document.activeElement === document.body || document.activeElement === null) this.focusBox();
  }

  /** What to do if the scan on the screen was a mistake; undefined where something can be taken back, or nothing was done. */
  readonly mistake: string | undefined = $derived.by(() => {
    if (this.screen !== 'desk' || this.shown?.type !== 'line' || this.shown.line.cancelled) return undefined;
    return this.shown.line.prompt?.mistake;
  });

  /** Shows or hides what to do about a mistake. */
  toggleMistake(): void {
    this.mistakeFor = this.mistakeFor === this.shownId ? undefined : this.shownId;
  }

  focusBox(): void {
    this.scanBox?.focus();
  }

  scan(raw: string, source: ScanSource, endedAt: number): void {
    const id = this.queue.add(raw, source);
    markTerminator(id, endedAt);
  }

  submitTyped(endedAt: number): void {
    const typed = this.typed;
    this.typed = '';
    if (typed.trim() === '' || (this.screen === 'place' && this.place.takes(typed))) return;
    if (this.screen === 'setup' && this.setup.takes(typed, undefined)) return;
    this.scan(typed, 'typed', endedAt);
  }

  /** A scan that the open screen says it takes for a field of its own; every other is taken as always. */
  private takenByScreen(raw: string, how?: Burst): boolean {
    if (this.screen === 'setup') return this.setup.takes(raw, how);
    if (this.screen === 'item') return this.item.takes(raw);
    return this.screen === 'place' && this.place.takes(raw);
  }

  /** The label of the scan on the screen; a library card has none to tell. */
  private scannedLabel(): string | undefined {
    const { shown } = this;
    return shown?.type === 'line' && shown.line.kind !== 'patron-card' ? shown.line.barcode : undefined;
  }

  /** Tries once more to save what could not be saved. */
  handOverAgain(): void {
    void this.queue.retryAll();
  }

  /** The scan whose prompt is to be seen now. */
  readonly shown: Shown | undefined = $derived.by(() => {
    const lines = this.client.state?.lines ?? [];
    const scan = this.failed.find((one) => one.id === this.openId);
    if (scan) return { type: 'failed', scan };
    const line = lines.find((one) => one.scanId === this.openId) ?? lines[0];
    return line ? { type: 'line', line } : undefined;
  });

  readonly shownId: string | undefined = $derived(
    this.shown?.type === 'line' ? this.shown.line.scanId : this.shown?.scan.id,
  );

  /** Everything in the list of the shift, from the top. */
  readonly rowIds: readonly string[] = $derived.by(() => {
    const lines = this.client.state?.lines ?? [];
    return [...this.failed.map((scan) => scan.id), ...lines.map((line) => line.scanId)];
  });

  /** What the prompt on the screen offers; nothing when it cannot be seen. */
  readonly offers: readonly Offer[] = $derived.by(() => {
    if (this.screen !== 'desk' || this.pileShown || this.shown?.type !== 'line' || this.shown.line.cancelled) return [];
    return this.shown.line.prompt?.offers ?? [];
  });

  /** The scan on the screen, where staff may set a due date for it: a lent item, or the card of the open session. */
  readonly dueLine: ScanLine | undefined = $derived.by(() => {
    if (this.screen !== 'desk' || this.pileShown || this.shown?.type !== 'line') return undefined;
    const { line } = this.shown;
    if (line.cancelled || line.prompt?.due === undefined || line.prompt.working) return undefined;
    const session = this.client.state?.session;
    const over = session?.state !== 'open' || session.id !== line.scanId;
    return line.kind === 'patron-card' && over ? undefined : line;
  });

  /** The pile stands where the prompt would be: when asked for, and in training before the first scan. */
  readonly pileShown: boolean = $derived.by(() => {
    const state = this.client.state;
    return state !== undefined && state.pile.length > 0 && (this.pileOpen || this.shown === undefined);
  });

  async choose(offer: Offer): Promise<void> {
    const shown = this.shown;
    if (shown?.type !== 'line' || this.choosing !== undefined) return;
    const scanId = shown.line.scanId;
    this.choosing = offer.id;
    this.choiceTrouble = undefined;
    const answer = await this.client.call('scan.choose', { scanId, offerId: offer.id });
    this.choosing = undefined;
    if (answer.ok) return;
    this.choiceTrouble = { scanId, sentence: answer.error.sentence };
    this.announcer.alert(answer.error.sentence);
    this.play('refused');
  }

  /** The slip of the prompt on the screen, where there is one and this desk uses its kind. */
  readonly slipShown: SlipShown | undefined = $derived.by(() => {
    const state = this.client.state;
    if (this.screen !== 'desk' || this.pileShown || this.shown?.type !== 'line' || state === undefined)
      return undefined;
    return slipShown(this.shown.line, state.desk.slips, this.printing);
  });

  /** Prints the slip on the screen, again if need be; scanning goes on meanwhile. */
  async printSlip(): Promise<void> {
    const scanId = this.slipShown?.scanId;
    if (scanId === undefined || this.printing !== undefined) return;
    this.printing = scanId;
    this.choiceTrouble = undefined;
    const answer = await this.client.call('slip.print', { scanId });
    this.printing = undefined;
    if (!answer.ok) this.choiceTrouble = { scanId, sentence: answer.error.sentence };
    const said = answer.ok
      ? answer.value.prompt?.legs.findLast((leg) => leg.system === 'Slip')?.text
      : answer.error.sentence;
    if (said !== undefined) this.announcer.status(t.slip.news(said));
  }

  /** The request that is open has the whole screen; its list is hidden. */
  requestWide = $state(false);

  /** The scan that is open among those of all days. */
  found = $state.raw<ScanLine | undefined>();

  /** Goes to a screen; one that searches is ready to be typed into. */
  show(screen: Screen): void {
    this.screen = screen;
    this.requestWide = false;
    this.helpOpen = false;
    void tick().then(() => document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus());
  }

  /** The screen of work in two systems, at what is half done there. */
  openHalfDone(): void {
    this.tasks.toHalfDone();
    this.show('tasks');
    void tick().then(() => document.getElementById(taskElementId(this.tasks.chosen?.id ?? ''))?.focus());
  }

  /** Goes to what was placed, with the newest change in view. */
  showPlaced(): void {
    this.place.inView = this.place.unseen[0]?.id;
    this.show('place');
  }

  /** Opens the row so many places further down the list and gives it the focus. */
  moveRow(step: number): void {
    const at = this.pileShown || this.shownId === undefined ? -1 : this.rowIds.indexOf(this.shownId);
    const id = this.rowIds[Math.min(this.rowIds.length - 1, Math.max(0, at + step))];
    if (id === undefined) return;
    this.open(id);
    document.getElementById(rowElementId(id))?.focus();
  }

  /** The scan on the screen whose item can be shown: on disk, and of something that is no patron's card. */
  readonly itemId: string | undefined = $derived.by(() => {
    if (this.pileShown || this.shown?.type !== 'line' || this.shown.line.kind === 'patron-card') return undefined;
    return this.shown.line.scanId;
  });

  /** The scan whose request can be opened from here: on the desk's prompt, or found among the scans of all days. */
  readonly requestScan: string | undefined = $derived.by(() => {
    const line = this.screen === 'history' ? this.found : this.shown?.type === 'line' ? this.shown.line : undefined;
    if ((this.screen !== 'history' && this.screen !== 'desk') || line === undefined || this.pileShown) return undefined;
    const asked = line.prompt?.legs.some(({ system, state }) => system === 'ReShare' && state !== 'none');
    return asked === true && line.kind !== 'patron-card' ? line.scanId : undefined;
  });

  /** Opens the request of that scan on the office's screen. */
  async openRequest(): Promise<void> {
    const scanId = this.requestScan;
    if (scanId === undefined) return;
    const answer = await this.client.call('item.get', { scanId });
    const request = answer.ok ? answer.value.requests[0] : undefined;
    if (request === undefined) {
      this.announcer.alert(answer.ok ? t.request.noneKept : answer.error.sentence);
      this.play('refused');
      return;
    }
    this.show('requests');
    this.worklists.choose(request.id);
    this.requestWide = true;
    this.focusBox();
  }

  /** One request over the whole screen, or beside its list. */
  toggleWide(): void {
    this.requestWide = !this.requestWide;
    const { chosenIndex } = this.worklists;
    void tick().then(() => document.getElementById('request-title')?.scrollIntoView({ block: 'center' }));
    if (this.requestWide || chosenIndex < 0) this.focusBox();
    else void this.worklists.goTo(chosenIndex);
  }

  /** The item panel is open, and another item has been scanned since. */
  readonly otherShown: boolean = $derived.by(
    () => this.screen === 'item' && this.itemId !== undefined && this.itemId !== this.item.scanId,
  );

  /** Opens the item panel for the scan on the screen. The cursor stays in the scan box. */
  showItem(): void {
    const id = this.itemId;
    if (id === undefined) return;
    this.screen = 'item';
    this.helpOpen = false;
    this.focusBox();
    void this.item.open(id);
  }

  /** The set-up guide, from Settings. */
  async openSetup(): Promise<void> {
    if (this.setup.guide === undefined) await this.setup.begin();
    this.show('setup');
  }

  async putSetupAway(): Promise<void> {
    await this.setup.putAway();
    this.screen = 'desk';
    this.announcer.status(t.setup.away);
    this.focusBox();
  }

  /** At the first start, and while it is not gone through, the guide opens by itself; not over what somebody opened. */
  private async beginSetup(): Promise<void> {
    if ((await this.setup.begin()) && this.screen === 'desk') this.screen = 'setup';
  }

  toggleHelp(): void {
    this.helpOpen = !this.helpOpen;
  }

  togglePile(): void {
    this.pileOpen = !this.pileOpen;
  }

  open(id: string): void {
    if (this.due.scanId !== id) this.due.close();
    this.openId = id;
    this.pileOpen = false;
  }

  /** Esc: one step back towards the ready desk. */
  back(): void {
    if (this.helpOpen) this.helpOpen = false;
    else if (this.due.scanId !== undefined) this.due.close();
    else if (this.screen === 'requests' && this.request.back()) return;
    else if (this.screen === 'requests' && this.requestWide && !this.atBox) this.requestWide = false;
    else if (this.atBox && this.typed !== '') this.typed = '';
    else if (this.screen === 'requests' && (this.pile.deselect() || this.worklists.clearSearch())) return;
    else if (this.screen !== 'desk') this.screen = 'desk';
    else this.openNewest();
    this.focusBox();
  }

  /** Something is between here and the ready desk. */
  get canGoBack(): boolean {
    if (this.helpOpen || this.due.scanId !== undefined || this.pileOpen || this.screen !== 'desk') return true;
    return !this.atBox || this.typed !== '' || this.openId !== this.newestId;
  }

  /** Plays a sound so that it can be told from the others, also while it is muted. */
  listenTo(sound: Sound): void {
    this.sounds.wake();
    this.sounds.play(sound);
  }

  /** Plays a sound unless it is muted. The refusal of a journal that takes nothing cannot be. */
  play(sound: Sound): void {
    const state = this.client.state;
    const loud = sound === 'refused' && state?.journal.writable === false;
    if (loud || state?.desk.sounds[sound] === true) this.sounds.play(sound);
  }

  private openNewest(): void {
    this.openId = this.newestId;
    this.pileOpen = false;
  }

  private accepted(line: ScanLine): void {
    this.client.answered(line);
    this.newestId = line.scanId;
    this.open(line.scanId);
    this.play('accepted');
  }

  private refused(scan: PendingScan): void {
    this.newestId = scan.id;
    this.open(scan.id);
    // Not to be muted: whoever does not look at the screen would take the scan for saved.
    this.sounds.play('refused');
    if (scan.error) this.announcer.alert(scan.error.sentence);
  }

  /** True for scans made since the screen was locked, or since the window was drawn while it was. */
  sinceLocked(seq: number): boolean {
    return seq > this.lockedAfter;
  }

  /** Locked or opened: nothing of the other side stays in the window. */
  private turnedKey(locked: boolean, before: Snapshot): void {
    this.lockedAfter = locked ? (before.lines[0]?.seq ?? 0) : 0;
    this.lock.changed();
    this.announcer.status('');
    this.announcer.alert('');
    this.screen = 'desk';
    this.helpOpen = false;
    this.pileOpen = false;
    this.typed = '';
    this.openId = this.newestId;
    this.choiceTrouble = undefined;
    this.client.refresh();
    void tick().then(() => this.focusBox());
  }

  private applied(event: AppEvent, before: Snapshot): void {
    if (event.type === 'pile') this.pile.changed(event.pile);
    if (this.screen === 'requests') this.request.heard(event);
    if (event.type === 'cache' && this.screen === 'requests') void this.worklists.again();
    if (event.type === 'tasks' && this.screen === 'tasks') void this.tasks.load();
    if (event.type === 'lock' && event.lock.locked !== before.lock?.locked) this.turnedKey(event.lock.locked, before);
    const placing = this.screen === 'place';
    if (event.type === 'placed' && event.placed) this.place.heard(event.placed, placing);
    if (event.type === 'placed-news') this.place.heardNews(event.news, before.placedNews ?? [], placing);
    const refusal = refusingAnew(event, before);
    if (refusal !== undefined && this.waiting === 0 && this.choosing === undefined) {
      this.sounds.play('refused');
      this.announcer.alert(refusal);
    }
    if (event.type !== 'line') return;
    const line = event.line;
    const prompt = settledAnew(
      before.lines.find((one) => one.scanId === line.scanId),
      line,
    );
    if (!prompt) return;
    const sound = soundOf(prompt);
    if (sound) this.play(sound);
    if (isUrgent(prompt)) this.announcer.alert(announcementFor(prompt));
    else this.announcer.status(announcementFor(prompt));
  }
}
