import { DEFAULT_RETENTION } from '../contract/keeping.ts';
import type { KEEPING_METHODS, KeepingNotice, RescueReport, Retention } from '../contract/keeping.ts';
import type { Handlers } from '../contract/methods.ts';
import { fail, ok } from '../contract/result.ts';
import type { Profile } from '../settings/profile.ts';
import type { EventStream } from '../shell/event-stream.ts';
import type { Store } from '../store/client.ts';
import { saving } from './saving.ts';
import { journalFailure } from './store-ports.ts';

export interface KeepingParts {
  readonly store: Pick<Store, 'journal' | 'journalOpening' | 'damaged'>;
  readonly events: Pick<EventStream, 'publish'>;
  readonly profile: Pick<Profile, 'state' | 'save'>;
  /** For the moment a backup was made, in the words of this computer. */
  readonly locale?: string;
}

/** The notice of damage that was met while the journal is open; it goes with the next start, which mends it. */
const DAMAGED = 'damaged';
const DAMAGED_SENTENCE =
  'The journal on this computer is damaged. Close Carrel now and open it again: it sets the damaged file aside, brings back what it can and says what is missing. Until then, put what you scan aside. Tell IT: the disk may be failing.';

const MANAGED = 'Your administrator has set how long scans are kept on this computer. Ask IT to change it.';

type KeepingMethod = keyof typeof KEEPING_METHODS;

/** What Carrel keeps and for how long, and what it has to tell about it. */
export class Keeping {
  readonly #o: KeepingParts;
  #notices: readonly KeepingNotice[];
  readonly handlers: Pick<Handlers, KeepingMethod>;

  constructor(parts: KeepingParts) {
    this.#o = parts;
    const { rescue } = parts.store.journalOpening;
    this.#notices =
      rescue === undefined ? [] : [{ id: `rescue ${rescue.at}`, sentence: rescueSentence(rescue, parts.locale) }];
    this.handlers = {
      'keeping.dismiss': ({ id }) => this.#dismiss(id),
      'keeping.saveRetention': ({ retention }) => this.#saveRetention(retention),
    };
    void parts.store.damaged.then(() => {
      this.#notices = [...this.#notices, { id: DAMAGED, sentence: DAMAGED_SENTENCE }];
      this.#tell();
    });
  }

  /** What stays on the screen until it is dismissed. */
  get notices(): readonly KeepingNotice[] {
    return this.#notices;
  }

  async #dismiss(id: string) {
    if (this.#notices.some((notice) => notice.id === id)) {
      try {
        if (id !== DAMAGED) await this.#o.store.journal.dismissRescue();
      } catch (error) {
        return journalFailure(error);
      }
      this.#notices = this.#notices.filter((notice) => notice.id !== id);
      this.#tell();
    }
    return ok([...this.#notices]);
  }

  #saveRetention(retention: Retention) {
    const { profile } = this.#o;
    if (profile.state.managed.includes('retention')) return Promise.resolve(fail('refused', MANAGED, { mender: 'it' }));
    return saving(async () => {
      const saved = await profile.save((old) => ({ ...old, retention }));
      return saved.retention ?? DEFAULT_RETENTION;
    });
  }

  #tell(): void {
    this.#o.events.publish({ type: 'keeping', notices: [...this.#notices] });
  }
}

/** What happened to a damaged journal, what is there now, and whose job the rest is. */
export function rescueSentence(rescue: RescueReport, locale?: string): string {
  const { restored, salvaged, unreadable } = rescue;
  const from =
    rescue.backupAt === undefined
      ? 'No sound backup was found.'
      : `${records(restored)} came back from the backup of ${moment(rescue.backupAt, locale)}.`;
  const lost =
    unreadable === 0
      ? 'As far as can be told, nothing is missing.'
      : `${records(unreadable)} could not be read: look for things at this desk that have no line here, and scan them again.`;
  const more = `${records(salvaged)} more ${salvaged === 1 ? 'was' : 'were'} read from the damaged file.`;
  return `The journal on this computer was damaged on ${moment(rescue.at, locale)}. ${from} ${more} ${lost} The damaged file is kept as ${rescue.aside}. Tell IT: the disk may be failing.`;
}

function records(count: number): string {
  return count === 1 ? '1 record' : `${String(count)} records`;
}

function moment(at: string, locale: string | undefined): string {
  return new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
}
