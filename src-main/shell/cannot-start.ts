/** Carrel cannot open at all; the message is a sentence for the person in front of the computer. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}
