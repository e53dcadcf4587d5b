import type { Result } from '../../src-main/contract/result.ts';

const PAUSE_MS = 120;

/**
 * The answer to the newest question of a search field: asked when the typing pauses, and an answer that comes after a
 * newer question is thrown away.
 */
export class Latest<Question, Answer> {
  answer = $state.raw<Answer | undefined>();
  /** Why the newest question has no answer. */
  trouble = $state.raw<string | undefined>();
  busy = $state(false);

  private readonly find: (question: Question) => Promise<Result<Answer>>;
  private number = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(find: (question: Question) => Promise<Result<Answer>>) {
    this.find = find;
  }

  ask(question: Question): void {
    clearTimeout(this.timer);
    this.number += 1;
    const { number } = this;
    this.timer = setTimeout(() => void this.run(question, number), PAUSE_MS);
  }

  /** Forgets the answer and whatever is still being asked. */
  clear(): void {
    clearTimeout(this.timer);
    this.number += 1;
    this.answer = undefined;
    this.trouble = undefined;
    this.busy = false;
  }

  private async run(question: Question, number: number): Promise<void> {
    this.busy = true;
    const result = await this.find(question);
    if (number !== this.number) return;
    this.busy = false;
    this.answer = result.ok ? result.value : this.answer;
    this.trouble = result.ok ? undefined : result.error.sentence;
  }
}
