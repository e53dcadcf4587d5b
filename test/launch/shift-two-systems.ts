import type { TaskView } from '../../src-main/contract/tasks.ts';
import { tasks } from '../../src-renderer/i18n/tasks.ts';
import { practice, snapshot, value } from '../e2e/support.ts';
import type { OfficeMoment } from './shift-words.ts';
import type { Stage } from './shift-script.ts';

type Typed = Readonly<Record<string, string>>;
type Office = Pick<Stage, 'page' | 'practiceUrl'>;
type Tell = (moment: OfficeMoment) => Promise<void> | void;

/** What the practice Alma's story is about. */
interface AlmaStory {
  readonly things: {
    readonly loans: readonly { readonly barcode: string; readonly requestId: string; readonly user: string }[];
    readonly stale: readonly { readonly requestId: string; readonly user: string }[];
  };
}

/** Opens the screen, with the task on the right. */
async function showTasks(page: Stage['page'], id: string): Promise<void> {
  const tab = page.getByRole('navigation').getByRole('button', { name: /^Two systems/ });
  await tab.click();
  await page.locator(`#task-${id}`).click();
}

function day(later: number): string {
  return new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);
}

/** Plays the office's hour with two systems: 6 renewals, 12 clean-ups, 3 returns and 2 temporary items that failed. */
export async function playTwoSystems(office: Office, tell: Tell): Promise<readonly OfficeMoment[]> {
  const moments: OfficeMoment[] = [];
  const said = new Set<string>();
  let half = (await snapshot(office.page)).tasks?.halfDone ?? 0;
  /** Tells a deed; `change` is what it does to the number of half-done tasks. */
  const told = async (story: string, task: TaskView, change: number, picture?: string): Promise<void> => {
    half += change;
    const shown = (await snapshot(office.page)).tasks?.halfDone ?? 0;
    const wrong = shown === half ? [] : [`the tile says ${String(shown)} half done, expected ${String(half)}`];
    const lines = [
      `${task.subject.title ?? task.subject.label}: ${task.sentence}`,
      ...task.legs.flatMap(({ systemName, name, state, by }) => {
        // What stood there before is not said again, and what is not begun is in the sentence.
        const line = [`${systemName}, ${name}: ${tasks.legs[state]}`, ...(by === undefined ? [] : [by])].join(', ');
        if (state === 'todo' || said.has(task.id + line)) return [];
        said.add(task.id + line);
        return [line];
      }),
    ];
    const chapter = moments.length === 0 ? { chapter: 'An hour with two systems' } : {};
    const moment = { ...chapter, story, lines, wrong, ...(picture === undefined ? {} : { picture }) };
    moments.push(moment);
    if (picture !== undefined) await showTasks(office.page, task.id);
    await tell(moment);
  };
  const act = async (task: TaskView, typed: Typed = {}): Promise<TaskView> =>
    value(office.page, 'tasks.act', { id: task.id, seq: task.guide?.seq ?? 0, typed });

  await renewals(office, told, act);
  await cleanUps(office, told, act);
  await relais(office, told, act);
  return moments;
}

type Told = (story: string, task: TaskView, change: number, picture?: string) => Promise<void>;
type Act = (task: TaskView, typed?: Typed) => Promise<TaskView>;

async function renewals({ page, practiceUrl }: Office, told: Told, act: Act): Promise<void> {
  const loans = await value(page, 'tasks.loans', {});
  for (const { label, requestId = '' } of loans.filter(({ requestId: id }) => id !== undefined).slice(0, 3)) {
    const order = { kind: 'renewal', flow: 'reshare-wms', label, refs: { reshareRequest: requestId } } as const;
    const begun = await value(page, 'tasks.start', order);
    await told(
      'A patron would like to keep a borrowed book. The lender is written to.',
      await act(begun, { message: 'May we renew it?' }),
      0,
    );
  }
  const open = (await value(page, 'tasks.list', {})).tasks.filter(({ overall }) => overall === 'waiting-on-lender');
  for (const [index, task] of open.entries()) {
    if (index === 2) {
      const refused = await act(task, { outcome: 'refused' });
      await told('The third lender says no: the old date stands, and the patron is told.', refused, 0);
      await told('The patron knows.', await act(refused), 0);
      continue;
    }
    const answered = await act(task, { outcome: 'granted', date: day(120 + index) });
    await told(
      'The lender says yes. ReShare has it, WMS not yet.',
      answered,
      1,
      index === 0 ? 'two-systems-half-done' : undefined,
    );
    await told('The date is changed in WMS.', await act(answered), -1);
  }
  const { things } = (await practice(practiceUrl, 'alma', {})) as AlmaStory;
  for (const { barcode, requestId, user } of things.loans.slice(0, 3)) {
    const refs = { almaRequest: requestId };
    const order = { kind: 'renewal', flow: 'alma-worldshare', label: barcode, refs, patron: user } as const;
    const asked = await act(await value(page, 'tasks.start', order));
    await told('The law library’s patron asks too. The lender is asked in WorldShare ILL.', asked, 0);
    const granted = await act(asked, { outcome: 'granted', date: day(60) });
    await told('WorldShare says yes. Alma does not know it yet.', granted, 1);
    const recorded = await act(granted);
    await told('Recorded on the request in Alma; the patron’s date is still the old one.', recorded, 0);
    await told('Carrel changes the patron’s date in Alma and sees it there.', await act(recorded), -1);
  }
}

async function cleanUps({ page, practiceUrl }: Office, told: Told, act: Act): Promise<void> {
  const { things } = (await practice(practiceUrl, 'alma', {})) as AlmaStory;
  const stale = things.stale.slice(0, 12);
  await value(page, 'tasks.import', { text: stale.map(({ requestId, user }) => `${requestId},${user}`).join('\n') });
  const wanted = new Set(stale.map(({ requestId }) => requestId));
  const tracked = (await value(page, 'tasks.list', {})).tasks.filter(({ subject }) =>
    wanted.has(subject.refs.almaRequest ?? ''),
  );
  let looked: TaskView | undefined;
  for (const { id } of tracked) {
    const begun = await value(page, 'tasks.cleanUp', { id });
    looked = await act(begun, { status: 'Closed: Expired' });
  }
  if (looked === undefined) throw new Error('no old export is tracked');
  const story = `${tracked.length} old exports are looked up in WorldShare ILL, one by one: closed there, open in Alma. The last of them:`;
  await told(story, looked, tracked.length);
  const list = await value(page, 'tasks.list', {});
  const first = list.tasks.find(({ id }) => id === tracked[0]?.id);
  // The reason the library uses is chosen already.
  const reason = first?.guide?.fields.find(({ name }) => name === 'reason')?.suggested ?? '';
  const ids = tracked.map(({ id }) => id);
  const rows = await value(page, 'tasks.cancelQuietly', { ids, reason });
  const done = rows.filter((row) => row.done).length;
  const after = (await value(page, 'tasks.list', {})).tasks.find(({ id }) => id === ids[0]);
  if (after === undefined) throw new Error('a cleaned-up request is gone from the list');
  await told(
    `All are cancelled quietly, ${String(done)} of ${String(ids.length)}.`,
    after,
    -ids.length,
    'two-systems-clean-up',
  );
}

async function relais({ page, practiceUrl }: Office, told: Told, act: Act): Promise<void> {
  const returns = [
    ['EXA-90000042', 'D0001234', 'A Field Guide to Imaginary Lighthouses'],
    ['EXA-90000043', 'D0001235', 'Notes on Harbour Geometry'],
    ['EXA-90000044', 'D0001234', 'The Ferryman’s Ledger'],
  ] as const;
  for (const [relaisRequest, patron, title] of returns) {
    const label = `EXA-TMP-${relaisRequest.slice(-3)}`;
    const order = { kind: 'return', flow: 'relais-wms', label, title, refs: { relaisRequest }, patron } as const;
    const checkedIn = await act(await value(page, 'tasks.start', order));
    await told('A Relais book is back over the desk. Relais has to hear of it.', checkedIn, 1);
    await practice(practiceUrl, 'relaisMark', { number: relaisRequest, status: 'COMPLETE' });
    await told('Marked Returned in Relais, and Relais shows it.', await act(checkedIn), -1);
  }
  const failed = [
    ['EXA-90000045', 'Rivers as Legal Persons'],
    ['EXA-90000046', 'Customary Law of the Tides'],
  ] as const;
  for (const [relaisRequest, title] of failed) {
    const label = `EXA-TMP-${relaisRequest.slice(-3)}`;
    const order = { kind: 'temporary-item', flow: 'relais-wms', label, title, refs: { relaisRequest } } as const;
    const went = await act(await value(page, 'tasks.start', order));
    await told('WMS did not take the temporary item. Relais goes on without it.', went, 1);
    const made = await act(went);
    await told('The temporary item is made by hand.', made, 0);
    await told('And its hold. The patron can come.', await act(made), -1);
  }
}
