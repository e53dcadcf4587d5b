import { insertText, isPressable, isTextField, removeBeforeCaret, type TextField } from './field-editing.ts';
import { ScanIntake, type Burst, type IntakeKey } from './scan-intake.ts';

export interface IntakeBinding {
  readonly scanBox: () => HTMLInputElement | undefined;
  /** A scanner's burst. `endedAt` is on the clock of `performance.now()`. */
  readonly scan: (raw: string, endedAt: number, how: Burst) => void;
  /** Enter was pressed in the scan box. */
  readonly submitTyped: (endedAt: number) => void;
  /** A key arrived, so the window is listening. */
  readonly heard: () => void;
  /** The same, for keys that a scanner sends, with when it went down. */
  readonly key: (at: number) => void;
}

const MODIFIERS: ReadonlySet<string> = new Set(
  'Shift Control Alt AltGraph Meta CapsLock NumLock ScrollLock Fn FnLock OS'.split(' '),
);
/** Keys of input methods and dead keys, which compose characters out of several keys. */
const COMPOSING: ReadonlySet<string> = new Set(['Dead', 'Process', 'Unidentified']);

/**
 * Listens to every key of the window before anybody else. Enter never presses anything: it ends a scan, or submits what
 * was typed into the scan box. Returns the function that stops listening.
 */
export function bindIntake(binding: IntakeBinding): () => void {
  const swallowed = new Set<string>();
  /** Where characters go that were typed at this element: the scan box takes what nothing else can. */
  const fieldFor = (target: EventTarget | null): TextField | undefined =>
    isTextField(target) ? target : binding.scanBox();

  const intake = new ScanIntake<EventTarget | null>({
    scan: binding.scan,
    replay(target, text) {
      if (!isTextField(target) && text.trim() === '') {
        if (isPressable(target)) target.click();
        return;
      }
      const field = fieldFor(target);
      if (field && field !== target) field.focus();
      if (field) insertText(field, text);
    },
    retract(target, text) {
      const field = fieldFor(target);
      if (field) removeBeforeCaret(field, text);
    },
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  });

  const keydown = (event: KeyboardEvent): void => {
    binding.heard();
    if (MODIFIERS.has(event.key)) return;
    const key = asIntakeKey(event);
    if (key.kind !== 'other') binding.key(key.at);
    if (intake.key(key) === 'swallow') {
      swallowed.add(event.code);
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    if (event.target === binding.scanBox() && !event.repeat) binding.submitTyped(event.timeStamp);
  };
  /** Space presses a button when it comes up, also if it was kept from it when it went down. */
  const keyup = (event: KeyboardEvent): void => {
    if (swallowed.delete(event.code)) event.preventDefault();
  };

  window.addEventListener('keydown', keydown, { capture: true });
  window.addEventListener('keyup', keyup, { capture: true });
  return () => {
    window.removeEventListener('keydown', keydown, { capture: true });
    window.removeEventListener('keyup', keyup, { capture: true });
  };
}

function asIntakeKey(event: KeyboardEvent): IntakeKey<EventTarget | null> {
  const base = { at: event.timeStamp, repeat: event.repeat, target: event.target, text: event.key };
  if (event.isComposing || COMPOSING.has(event.key) || event.metaKey) return { ...base, kind: 'other' };
  const isCharacter = /^.$/su.test(event.key);
  if (event.getModifierState('AltGraph') || (!event.ctrlKey && !event.altKey)) {
    if (isCharacter) return { ...base, kind: 'char' };
    const ends = (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey;
    return { ...base, kind: ends ? 'end' : 'other' };
  }
  if (isCharacter && event.ctrlKey && !event.altKey) {
    const code = event.key.toUpperCase().charCodeAt(0) & 0x1f;
    return { ...base, kind: 'control', text: String.fromCharCode(code) };
  }
  return { ...base, kind: 'other' };
}
