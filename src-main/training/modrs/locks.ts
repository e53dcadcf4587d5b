/** One action at a time per request, the rest wait their turn (mod-rs LockService takes a row lock). */
export class Locks {
  readonly #tails = new Map<string, Promise<unknown>>();

  async with<T>(id: string, work: () => T | Promise<T>): Promise<T> {
    const before = this.#tails.get(id) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#tails.set(id, mine);
    try {
      return await mine;
    } finally {
      if (this.#tails.get(id) === mine) this.#tails.delete(id);
    }
  }
}
