/** What a Problem element says. */
export interface Problem {
  readonly type: string;
  /** Service whose error list the type comes from, `general` or `messaging`; absent: the service that was asked. */
  readonly scheme?: string;
  readonly detail?: string;
  readonly element?: string;
  readonly value?: string;
  /** "Not unless the patron pays": whole minor units. */
  readonly requiredFee?: number;
  readonly requiredRestriction?: string;
}

/** WMS does not do what was asked; nothing changed. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.type);
    this.problem = problem;
  }
}

export function unknownItem(institution: string, barcode: string, scheme?: string): Refusal {
  return new Refusal({
    type: 'Unknown Item',
    ...(scheme === undefined ? {} : { scheme }),
    detail: 'UNKNOWN_ITEM',
    element: '//ItemId',
    value: `${institution}/${barcode}`,
  });
}

export function unknownUser(institution: string, user: string): Refusal {
  return new Refusal({
    type: 'Unknown User',
    detail: 'UNKNOWN_USER',
    element: '//UserId',
    value: `${institution}/${user}`,
  });
}

export function missing(element: string): Refusal {
  return new Refusal({ type: 'Needed Data Missing', scheme: 'general', element: `//${element}` });
}
