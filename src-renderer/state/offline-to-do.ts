import { OfflineTodo, type OfflineLine } from '../../src-main/contract/offline.ts';

/** How many things are to be dealt with in one way. */
export interface ToDo {
  readonly todo: Exclude<OfflineTodo, 'wait'>;
  readonly count: number;
  /** The libraries to be called, each once. */
  readonly whom: readonly string[];
}

/** What a person has to do with the things of the list, counted; what waits for Carrel or a system is left out. */
export function toDoOf(lines: readonly OfflineLine[]): readonly ToDo[] {
  return OfflineTodo.options.flatMap((todo) => {
    const its = lines.filter((line) => line.todo === todo);
    if (todo === 'wait' || its.length === 0) return [];
    const whom = todo === 'call' ? [...new Set(its.flatMap(({ partner }) => partner ?? []))] : [];
    return [{ todo, count: its.length, whom }];
  });
}
