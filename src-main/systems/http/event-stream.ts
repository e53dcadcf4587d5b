/**
 * Reads server-sent events (WHATWG HTML "Interpreting an event stream") from text that comes in pieces of any size: lines end
 * with CR, LF or both, an empty line ends an event, and one without data is none.
 * @param onEvent called with the data of each event, its lines joined
 * @returns takes the next piece
 */
export function createEventReader(onEvent: (data: string) => void): (piece: string) => void {
  let rest = '';
  let data: string[] = [];

  function take(line: string): void {
    if (line === '') {
      if (data.length > 0) onEvent(data.join('\n'));
      data = [];
      return;
    }
    const [, field, value] = /^([^:]*)(?:: ?(.*))?$/su.exec(line) ?? [];
    if (field === 'data') data.push(value ?? '');
  }

  return (piece) => {
    const text = rest + piece;
    // A CR at the end may be the first half of a CR LF.
    const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
    const lines = whole.split(/\r\n|\r|\n/u);
    rest = (lines.pop() ?? '') + text.slice(whole.length);
    for (const line of lines) take(line);
  };
}
