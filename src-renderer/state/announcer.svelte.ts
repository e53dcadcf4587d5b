/** Something to be read out; a new number makes a repeated sentence new. */
export interface Announcement {
  readonly number: number;
  readonly text: string;
}

/** What the two live regions hold. The focus is never moved to tell somebody something. */
export class Announcer {
  polite = $state.raw<Announcement>({ number: 0, text: '' });
  urgent = $state.raw<Announcement>({ number: 0, text: '' });

  /** Read out when the screen reader is next silent. */
  status(text: string): void {
    this.polite = { number: this.polite.number + 1, text };
  }

  /** Read out at once: somebody has to act. */
  alert(text: string): void {
    this.urgent = { number: this.urgent.number + 1, text };
  }
}
