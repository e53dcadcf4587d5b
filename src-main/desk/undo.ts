import type { RequestView } from '../contract/request.ts';
import { actionWords } from './data/actions.ts';
import { isValid } from './steps.ts';
import { partner } from './words.ts';

/**
 * What to do when the last step was a mistake. ReShare takes back only a plain fill, and only while that is the last thing
 * that happened (mod-rs ActionEventData: undo); for everything else somebody has to talk to the other library.
 */
export function undoAdvice(request: RequestView | undefined, lastAction: string): string {
  if (request !== undefined && isValid(request, 'undo')) {
    return 'Press F9 to take the fill back. ReShare then checks the item in again.';
  }
  const side = request?.side ?? (actionWords(lastAction, 'borrowing') === undefined ? 'lending' : 'borrowing');
  const other = request === undefined ? 'the other library' : partner(request);
  switch (actionWords(lastAction, side)?.step) {
    case 'receive':
      return `ReShare cannot take a receipt back. Tell the ILL office: they message ${other} and remove the temporary item if it must go.`;
    case 'returned':
      return `ReShare cannot take a return back. If the patron still has it or should have it, tell the ILL office: the request stays open until ${other} has the item.`;
    case 'return-shipped':
      return `ReShare cannot take this back, and ${other} has been told. Send the item today, or tell the ILL office to message them.`;
    case 'pull-slip':
      return 'Nothing needs undoing: the slip is only marked as printed. Leave the item where it is, or let the ILL office answer “cannot supply”.';
    case 'fill':
      return `The fill can no longer be undone in ReShare. Tell the ILL office before the item leaves; they settle it with ${other}.`;
    case 'ship':
      return `ReShare cannot take this back, and ${other} has been told. Send the item today, or tell the ILL office to message them.`;
    case 'complete':
      return `The loan is closed and cannot be opened again. If the item is not really back, tell the ILL office: they message ${other}.`;
    case 'other':
    case undefined:
      return `ReShare has no way to undo this. Tell the ILL office: they can message ${other}.`;
  }
}
