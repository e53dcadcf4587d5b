import { f, t } from '../i18n/index.ts';
import type { AlmaListsView } from './alma-lists.svelte.ts';
import { actionLabel, requestKey } from './agreement.svelte.ts';
import type { KeepView } from './keep.svelte.ts';
import { setupCommands } from './setup-commands.ts';
import { slipKeyLabel } from './slip-shown.ts';
import type { TasksView } from './tasks.svelte.ts';
import type { Workplace } from './workplace.svelte.ts';

/** Something a key does. Function keys, Esc and shortcuts with Ctrl: a letter alone could come from a scanner. */
export interface Command {
  /** As in `KeyboardEvent.key`, after `Shift+` where that is held down. */
  readonly key: string;
  /** Together with Ctrl; such a key acts a moment later, when it is clear that no scanner sent it. */
  readonly ctrl?: boolean;
  /** As printed on the key. */
  readonly face: string;
  readonly label: string;
  /** A button in sight has this key and its words on it, so the bar of keys need not say it again. */
  readonly onButton?: true;
  /** Undefined where the key only works in the part of the screen that has the focus. */
  readonly run?: () => void;
}

/** The keys that work now, in the order they are shown. */
export function commandsOf(workplace: Workplace): readonly Command[] {
  const command = (key: string, label: string, run: () => void): Command => ({ key, face: key, label, run });
  if (workplace.lock.locked) {
    return [lockCommand(t.lock.keys.open, () => void workplace.lock.open()), ...failedCommands(workplace)];
  }
  const commands: Command[] = [];
  const session = workplace.client.state?.session;
  if (session?.state === 'open') {
    const end = (): void => void workplace.client.call('session.end', { id: session.id });
    commands.push(command('F2', t.session.end, end));
  }
  if ((workplace.client.state?.pile.length ?? 0) > 0 && workplace.screen === 'desk') {
    const label = workplace.pileOpen ? t.keys.hidePile : t.keys.pile;
    if (workplace.pileOpen || !workplace.pileShown) commands.push(command('F3', label, () => workplace.togglePile()));
  }
  commands.push(
    workplace.screen === 'requests'
      ? command('F4', t.place.key, () => workplace.show('place'))
      : command('F4', t.keys.lookUp, () => workplace.show('requests')),
  );
  if (workplace.requestScan !== undefined) {
    const open = command('Shift+F4', t.request.openIt, () => void workplace.openRequest());
    commands.push({ ...open, face: t.request.openKey });
  }
  commands.push(...requestsCommands(workplace), ...itemCommands(workplace));
  commands.push(command('F6', t.keys.searchAll, () => workplace.show('history')));
  commands.push(...requestCommands(workplace));
  commands.push(...offlineCommands(workplace), ...agreementCommands(workplace), ...readinessCommands(workplace));
  commands.push(...placeCommands(workplace));
  commands.push(...setupCommands(workplace), ...keepCommands(workplace), ...tasksCommands(workplace));
  for (const offer of workplace.offers) {
    commands.push(command(offer.key, offer.label, () => void workplace.choose(offer)));
  }
  commands.push(...dueCommands(workplace), ...failedCommands(workplace));
  if (workplace.mistake !== undefined && !workplace.offers.some((offer) => offer.key === 'F9')) {
    commands.push(command('F9', t.keys.mistake, () => workplace.toggleMistake()));
  }
  if (workplace.slipShown !== undefined) {
    commands.push(command('F8', slipKeyLabel(workplace.slipShown), () => void workplace.printSlip()));
  }
  if (workplace.screen === 'desk' && (workplace.client.state?.lines.length ?? 0) > 1) {
    commands.push({ key: 'ArrowDown', face: `${t.keys.names.up} ${t.keys.names.down}`, label: t.keys.rows });
  }
  if (workplace.canGoBack) {
    commands.push({ ...command('Escape', t.keys.backToBox, () => workplace.back()), face: t.keys.names.escape });
  }
  commands.push(lockCommand(t.lock.keys.lock, () => void workplace.lock.lock()));
  commands.push(command('F1', workplace.helpOpen ? t.keys.closeHelp : t.keys.help, () => workplace.toggleHelp()));
  return commands;
}

/** The field for another due date: what opens it, and while it is open, what sets the date. */
function dueCommands({ due, dueLine }: Workplace): readonly Command[] {
  const command = (key: string, label: string, run: () => void): Command => ({ key, face: key, label, run });
  if (dueLine === undefined) return [];
  const { scanId, prompt } = dueLine;
  if (due.scanId !== scanId) return [command('F9', t.due.key, () => due.open(scanId, prompt?.due?.day))];
  return [command('F10', t.due.set, () => void due.set()), command('F9', t.due.close, () => due.close())];
}

/** Scans that could not be saved are handed over again. */
function failedCommands(workplace: Workplace): readonly Command[] {
  const { failed, lock, screen, shown, pileShown } = workplace;
  const seen = lock.locked || (screen === 'desk' && !pileShown && shown?.type === 'failed');
  if (failed.length === 0 || !seen) return [];
  const label = f.plural(failed.length, t.prompt.handOver)(f.number(failed.length));
  return [{ key: 'F10', face: 'F10', label, run: () => workplace.handOverAgain() }];
}

function lockCommand(label: string, run: () => void): Command {
  return { key: 'F12', face: t.lock.key, label, run };
}

/** What the offline list offers, and the way to it while something waits there. */
function offlineCommands(workplace: Workplace): readonly Command[] {
  const { screen, offline } = workplace;
  const { lines, busy } = offline.list;
  const command = (key: string, label: string, run: () => void): Command => ({ key, face: key, label, run });
  if (screen !== 'offline') {
    const open = { key: 'Shift+F12', face: t.offline.key, label: t.offline.open };
    return lines.length === 0 ? [] : [{ ...open, run: () => workplace.show('offline') }];
  }
  if (lines.length === 0) return [];
  const dismiss = offline.dismissing === undefined ? t.offline.dismiss : t.offline.dismissNow;
  return [
    command('F8', t.slip.print, () => void offline.printSlip()),
    ...(offline.slips.length === 0
      ? []
      : [
          {
            key: 'Shift+F8',
            face: t.offline.slipsKey,
            label: f.plural(offline.slips.length, t.offline.slips)(f.number(offline.slips.length)),
            run: () => void offline.printSlips(),
          },
        ]),
    ...(busy === undefined ? [command('F9', t.offline.preview, () => void offline.ask('offline.preview'))] : []),
    // While it looks, doing is what comes next; the key does not turn into its opposite under a finger.
    busy === 'running'
      ? command('F10', t.offline.stop, () => void offline.ask('offline.stop'))
      : command('F10', t.offline.run, () => void offline.ask('offline.run')),
    command('F11', dismiss, () => void offline.dismiss()),
  ];
}

/** What the office's lists offer. */
function requestsCommands({ screen, worklists, pile, requestWide }: Workplace): readonly Command[] {
  // While one request has the whole screen its list cannot be seen.
  if (screen !== 'requests' || (requestWide && worklists.chosen !== undefined)) return [];
  const words = t.worklists.keys;
  const find = { key: 'f', ctrl: true, face: words.ctrlF, label: words.search, run: () => worklists.toSearch() };
  const rows = { key: 'ArrowDown', face: `${t.keys.names.up} ${t.keys.names.down}`, label: words.row };
  const widen = { key: 'F9', face: 'F9', label: words.widen, run: () => void worklists.widen() };
  const scans = { key: 'F7', face: 'F7', label: pile.keyLabel, run: () => void pile.toggleScanning() };
  const slips = { key: 'F8', face: 'F8', label: t.piles.slips.print, run: () => void pile.printSlips() };
  const report = {
    key: 'Shift+F8',
    face: t.piles.slips.reportKey,
    label: t.piles.slips.report,
    run: () => void pile.report(),
  };
  const label = pile.asking ? t.piles.actNow : t.piles.act;
  const order = { key: 'F11', face: 'F11', label, run: () => void pile.order() };
  return [
    ...(worklists.total > 0 ? [rows, { key: ' ', face: t.keys.names.space, label: t.piles.select }] : []),
    find,
    scans,
    ...(worklists.text.trim() === '' ? [] : [widen]),
    ...(pile.selected.size === 0 ? [] : [slips, report, order].map(onButton)),
  ];
}

/** What the agreement list offers for the item that is open there. */
function agreementCommands({ screen, agreement }: Workplace): readonly Command[] {
  if (screen !== 'agreement') return [];
  const again = { key: 'F9', face: 'F9', label: t.agreement.lookAgain, run: () => void agreement.look(true) };
  const item = agreement.shown;
  if (item === undefined) return [again];
  const act = { key: 'F10', face: 'F10', label: actionLabel(item), run: () => void agreement.act() };
  const label = t.agreement.openRequest;
  const key = requestKey(item);
  const open = { key, face: key, label, run: () => void agreement.openRequest() };
  const happened = { key: 'F11', face: 'F11', label: t.agreement.happened, run: () => void agreement.say(true) };
  const todo = item.confirmed === undefined ? [act, ...(item.action === 'say' ? [happened] : [])] : [];
  return [again, ...todo, ...(item.requestId === undefined ? [] : [open])];
}

/** The way to the readiness list, and what it offers for the line that is open there. */
function readinessCommands(workplace: Workplace): readonly Command[] {
  const { screen, readiness } = workplace;
  const words = t.readiness;
  const command = (key: string, label: string, run: () => void): Command => ({ key, face: key, label, run });
  if (screen === 'settings') return [command('F9', words.open, () => workplace.show('readiness'))];
  if (screen !== 'readiness') return [];
  return [
    command('F9', words.lookAgain, () => void readiness.look()),
    ...(readiness.chosen?.confirmable === true ? [command('F10', words.confirm, () => void readiness.confirm())] : []),
    ...(readiness.chosen?.word === undefined ? [] : [command('F11', words.withdraw, () => void readiness.withdraw())]),
  ];
}

/** The keys of the screen where requests are placed. */
function placeCommands(workplace: Workplace): readonly Command[] {
  const { screen, place } = workplace;
  const words = t.place;
  const command = (key: string, label: string, run: () => void): Command => ({ key, face: key, label, run });
  if (screen !== 'place') {
    const look = { ...command('Shift+F7', words.lookPlaced, () => workplace.showPlaced()), face: words.lookKey };
    return place.news.length === 0 ? [] : [onButton(look)];
  }
  return [
    command('F3', words.toSearch, () => place.toSearch()),
    onButton(command('F9', words.search, () => void place.search(0))),
    ...(place.chosen?.standing === 'eligible'
      ? [command('F7', words.toPatron, () => place.toPatron()), command('F10', words.send, () => void place.send())]
      : []),
    ...(place.replaceable === undefined ? [] : [command('F5', words.anew, () => void place.anew(place.replaceable))]),
    ...(place.waiting === undefined ? [] : [command('F8', words.again, () => void place.again())]),
    command('F11', place.batch.keyLabel, () => place.batch.key()),
  ];
}

/** What can be done with work in two systems. */
function tasksCommands({ screen, tasks }: Workplace): readonly Command[] {
  if (screen !== 'tasks') return [];
  const words = t.tasks.keys;
  const command = (key: string, label: string, run: () => void): Command => ({ key, face: key, label, run });
  const shown = tasks.showing === 'loans' ? words.list : words.loans;
  const common = [
    { key: 'ArrowDown', face: `${t.keys.names.up} ${t.keys.names.down}`, label: words.row },
    command('F3', shown, () => void tasks.toggleLoans()),
    ...(tasks.hasAlma ? [almaCommand(tasks)] : []),
    command('F7', tasks.beginning ? words.list : words.new, () => tasks.begin()),
  ];
  if (tasks.beginning) {
    const track = {
      key: 'Shift+F10',
      face: 'Shift F10',
      label: t.tasks.reportKey,
      run: () => void tasks.importReport(),
    };
    const pasted = tasks.report.trim() === '' ? [] : [track];
    return [...common, ...pasted, command('F10', words.new, () => void tasks.start())];
  }
  if (tasks.showing === 'alma') return [...common, ...almaListCommands(tasks.alma)];
  if (tasks.showing === 'loans') {
    return tasks.loan === undefined ? common : [...common, command('F10', words.renew, () => void tasks.renew())];
  }
  const batch = { key: 'Shift+F10', face: 'Shift F10', label: words.batch, run: () => void tasks.cancelAll() };
  return [...common, ...(tasks.closable.length === 0 ? [] : [batch]), ...taskCommands(tasks)];
}

/** The way to Alma's own lists and back. */
function almaCommand(tasks: TasksView): Command {
  const label = tasks.showing === 'alma' ? t.tasks.keys.list : t.almaLists.keys.open;
  return { key: 'Shift+F3', face: 'Shift F3', label, run: () => tasks.toggleAlma() };
}

/** What can be done with the slip or the lending request that is open. */
function almaListCommands(lists: AlmaListsView): readonly Command[] {
  const words = t.almaLists.keys;
  const command = (key: string, label: string, run: () => void): Command => ({ key, face: key, label, run });
  const again = command('F9', words.again, () => void lists.load());
  if (lists.chosen?.what !== 'slip') return [again];
  return [
    command('F8', words.print, () => void lists.print()),
    again,
    command('F10', words.mark, () => void lists.mark()),
  ];
}

/** The keys of the task that is open. */
function taskCommands(tasks: TasksView): readonly Command[] {
  const words = t.tasks.keys;
  const command = (key: string, label: string, run: () => void): Command => ({ key, face: key, label, run });
  const task = tasks.chosen;
  const guide = task?.guide;
  if (task === undefined || guide === undefined) return [];
  const look = command('F9', words.look, () => void tasks.look());
  const who = { key: 'Shift+F9', face: 'Shift F9', label: words.who, run: () => void tasks.who() };
  if (guide.action === 'settle') {
    return [
      command('F8', words.notHappened, () => void tasks.settle(false)),
      look,
      command('F10', words.happened, () => void tasks.act()),
    ];
  }
  const end = task.overall === 'half-done' ? words.skip : words.end;
  const { link } = guide;
  return [
    ...(tasks.asksWho ? [who] : []),
    ...(task.stale ? [command('F5', words.cleanUp, () => void tasks.cleanUp())] : []),
    ...(link === undefined ? [] : [command('F8', link.label, () => tasks.openLink())]),
    look,
    command('F10', guide.button, () => void tasks.act()),
    command('F11', tasks.asking ? words.sure : end, () => void tasks.dismiss()),
  ];
}

/** The way to the Keep screen, and what can be done there. */
function keepCommands(workplace: Workplace): readonly Command[] {
  const { screen, keep } = workplace;
  const command = (key: string, label: string, run: () => void): Command => ({ key, face: key, label, run });
  if (screen === 'history') return [command('F9', t.keep.open, () => workplace.show('keep'))];
  if (screen !== 'keep') return [];
  return [
    command('F7', archiveLabel(keep), () => void keep.archive()),
    command('F8', t.keep.sheetKey, () => void keep.printSheet()),
    command('F9', t.keep.exportKey, () => void keep.export()),
    command('F10', t.keep.importKey, () => void keep.import()),
    command('F11', t.keep.deleteKey, () => void keep.delete()),
  ];
}

/** What the archive's key does now. */
export function archiveLabel({ range }: KeepView): string {
  return range === 'archived' ? t.keep.unarchiveKey : t.keep.archiveKey;
}

/** What the request on the screen allows: its main action or the open form, a message, and everything else. */
function requestCommands(workplace: Workplace): readonly Command[] {
  const { screen, request, worklists } = workplace;
  const { detail, form, main } = request;
  if (screen !== 'requests' || worklists.chosen === undefined) return [];
  const command = (key: string, label: string, run: () => void): Command => ({ key, face: key, label, run });
  const words = t.request;
  const label = workplace.requestWide ? words.narrow : words.wide;
  const wide = { ...command('Shift+F4', label, () => workplace.toggleWide()), face: words.openKey };
  if (detail === undefined || detail.request.id !== worklists.chosenId) return [wide];
  const go = form === undefined ? main?.label : words.sendIt(form.label);
  const message = detail.actions.some(({ action }) => action === 'message') && form?.action !== 'message';
  const acts = [
    ...(go === undefined ? [] : [command('F10', go, () => void request.go())]),
    ...(message ? [command('F3', words.message, () => void request.openForm('message'))] : []),
    ...(detail.actions.length === 0
      ? []
      : [command('F5', request.listed ? words.less : words.more, () => request.toggleList())]),
  ];
  return [wide, ...acts.map(onButton)];
}

function onButton(command: Command): Command {
  return { ...command, onButton: true };
}

/** The item panel's own keys, and the one that opens it. */
function itemCommands(workplace: Workplace): readonly Command[] {
  const { screen, item, itemId, otherShown } = workplace;
  const command = (key: string, label: string, run: () => void): Command => ({ key, face: key, label, run });
  if (screen !== 'item' || otherShown) {
    const open = command('F5', otherShown ? t.item.nextItem : t.item.key, () => workplace.showItem());
    const offered = itemId !== undefined && (screen === 'desk' || otherShown);
    if (screen !== 'item') return offered ? [open] : [];
    return [open, ...holdCommands(workplace)];
  }
  const { titles = false } = item.known?.system ?? {};
  const label = item.copies === undefined ? t.item.look : t.item.lookAgain;
  return [...(titles ? [command('F5', label, () => void item.look())] : []), ...holdCommands(workplace)];
}

function holdCommands({ item }: Workplace): readonly Command[] {
  if (item.known?.system?.holds !== true) return [];
  const command = (key: string, label: string, run: () => void): Command => ({ key, face: key, label, run });
  const settle =
    item.doubt === undefined
      ? []
      : [
          command('F8', t.item.itDidNot, () => void item.settle(false)),
          command('F9', t.item.itHappened, () => void item.settle(true)),
        ];
  return [
    command('F7', t.item.toCard, () => item.toCard()),
    ...settle,
    command('F10', t.item.place, () => void item.place(false)),
    command('F11', t.item.cancel, () => void item.cancel(false)),
  ];
}

/** Every function key: those without a meaning now must not do what the browser or the computer would do with them. */
const FUNCTION_KEY = /^F([1-9]|1[0-2])$/;

/** Listens for the keys; returns the function that stops. */
export function bindCommands(workplace: Workplace): () => void {
  const keydown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.altKey || event.metaKey) return;
    const { ctrlKey, shiftKey } = event;
    if (!shiftKey && !ctrlKey && FUNCTION_KEY.test(event.key)) event.preventDefault();
    if (event.repeat) return;
    const key = shiftKey ? `Shift+${event.key}` : event.key;
    const command = commandsOf(workplace).find((one) => one.key === key && (one.ctrl ?? false) === ctrlKey);
    if (!command?.run) return;
    event.preventDefault();
    if (ctrlKey) workplace.shortcuts.pressed(command.run);
    else command.run();
  };
  window.addEventListener('keydown', keydown);
  return () => window.removeEventListener('keydown', keydown);
}
