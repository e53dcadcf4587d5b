import type { TaskFlow, TaskKind, TaskRefs } from '../contract/tasks.ts';

/** What is to be begun. */
export interface TaskOrder {
  readonly kind: TaskKind;
  readonly flow: TaskFlow;
  readonly label: string;
  readonly title?: string | undefined;
  readonly lender?: string | undefined;
  readonly refs: TaskRefs;
  readonly patron?: string | undefined;
  readonly lenderDate?: string | undefined;
  /** Since when the request exists, as its system says. */
  readonly since?: string | undefined;
  /** A task about the same thing: its patron, its numbers and the lender's date hold for this one. */
  readonly from?: string | undefined;
}

/** By what a task is the same: the request where it is known, else the item. */
export function sameThing({ kind, flow, label, refs }: Pick<TaskOrder, 'kind' | 'flow' | 'label' | 'refs'>): string {
  const request = refs.reshareRequest ?? refs.almaRequest ?? refs.relaisRequest ?? refs.worldshareRequest;
  return [kind, flow, request ?? label.toUpperCase()].join(' ');
}
