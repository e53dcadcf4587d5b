import { createSubscriber } from 'svelte/reactivity';

const STEP_MS = 5000;

/** The present in coarse steps, for ages on the screen; runs only while something shows an age. */
class Clock {
  private readonly subscribe = createSubscriber((update) => {
    const timer = setInterval(update, STEP_MS);
    return () => clearInterval(timer);
  });

  /** Milliseconds since 1970. */
  get now(): number {
    this.subscribe();
    return Date.now();
  }
}

export const clock = new Clock();
