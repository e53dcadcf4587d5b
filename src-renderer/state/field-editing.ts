/** A field that characters can be put into and whose caret can be read. */
export type TextField = HTMLInputElement | HTMLTextAreaElement;

const TEXT_TYPES: ReadonlySet<string> = new Set(['text', 'search', 'password', 'url', 'tel']);

export function isTextField(element: EventTarget | null): element is TextField {
  if (element instanceof HTMLTextAreaElement) return !element.readOnly && !element.disabled;
  return element instanceof HTMLInputElement && TEXT_TYPES.has(element.type) && !element.readOnly && !element.disabled;
}

/** Something that Space presses. */
export function isPressable(element: EventTarget | null): element is HTMLElement {
  return element instanceof HTMLElement && element.matches('button, summary, input[type=checkbox], input[type=radio]');
}

/** The one editing command used. The platform has no other way to type into a field and keep its undo history. */
interface EditingCommands {
  execCommand(command: 'insertText', showUi: false, text: string): boolean;
}

/**
 * Types into a field: replaces the selection, moves the caret, tells bindings by an input event. The editing command
 * works only where the field has the focus.
 */
export function insertText(field: TextField, text: string): void {
  const typed = text.replaceAll(/\p{Cc}/gu, '');
  if (typed === '') return;
  const editing: EditingCommands = document;
  if (document.activeElement === field && editing.execCommand('insertText', false, typed)) return;
  field.setRangeText(
    typed,
    field.selectionStart ?? field.value.length,
    field.selectionEnd ?? field.value.length,
    'end',
  );
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: typed }));
}

/** Takes out the characters just before the caret if they are exactly these. */
export function removeBeforeCaret(field: TextField, text: string): void {
  const caret = field.selectionEnd ?? field.value.length;
  const from = caret - text.length;
  if (from < 0 || field.value.slice(from, caret) !== text) return;
  field.setRangeText('', from, caret, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'deleteContentBackward' }));
}
