import type { AppEvent, Envelope } from '../contract/events.ts';

/**
 * The one stream from main to the windows. The revision rises by one with each event, so a window that missed one sees
 * the gap and asks for a snapshot, which carries the revision it is true for.
 */
export class EventStream {
  #revision = 0;
  #veil: (event: AppEvent) => AppEvent = (event) => event;
  readonly #sinks = new Set<(envelope: Envelope) => void>();

  get revision(): number {
    return this.#revision;
  }

  publish(event: AppEvent): void {
    this.#revision += 1;
    const envelope: Envelope = { revision: this.#revision, event: this.#veil(event) };
    for (const sink of this.#sinks) sink(envelope);
  }

  /** From now on windows are told what this makes of each event. */
  veil(veil: (event: AppEvent) => AppEvent): void {
    this.#veil = veil;
  }

  /** Adds a receiver; the function returned removes it. */
  subscribe(sink: (envelope: Envelope) => void): () => void {
    this.#sinks.add(sink);
    return () => this.#sinks.delete(sink);
  }
}
