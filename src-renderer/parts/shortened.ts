/** Longest piece of a label that is shown in a row; the whole of it stays in the journal. */
const LONGEST = 80;

/** A text that may be any input, cut to what a row can hold. */
export function shortened(text: string, longest = LONGEST): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
