const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** The arrow keys, Home and End in a list of buttons. @param move how many rows further down; to its end with an infinity */
export function listKeys(move: (step: number) => void): (event: KeyboardEvent) => void {
  return (event) => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    move(step);
  };
}
