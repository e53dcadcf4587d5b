import type { TaskOrder } from './order.ts';

/** Lines of a report as orders to track exported requests, and those that could not be read, with why. */
export interface Report {
  readonly orders: readonly TaskOrder[];
  readonly left: readonly string[];
}

/** Ids of Alma are digits; a primary id of a patron has no blanks. */
const REQUEST = /^\d{6,30}$/;
const PATRON = /^\S{1,100}$/;

/**
 * Alma has no list of borrowing requests in its public interface, so it comes from a report (Alma Analytics) or from a
 * pasted list: request id, patron's primary id, WorldShare's number and title, the last two where there are any.
 */
export function readReport(text: string): Report {
  const orders: TaskOrder[] = [];
  const left: string[] = [];
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    if (raw.trim() === '') continue;
    const [request = '', patron = '', worldshare = '', ...title] = cells(raw);
    // The first line of a report names its columns.
    if (!REQUEST.test(request) && index === 0) continue;
    if (!REQUEST.test(request) || !PATRON.test(patron)) {
      left.push(`Line ${String(index + 1)}: not a request id and a patron’s id.`);
      continue;
    }
    const words = title.join(', ').trim();
    orders.push({
      kind: 'exported',
      flow: 'alma-worldshare',
      label: '',
      refs: { almaRequest: request, ...(worldshare === '' ? {} : { worldshareRequest: worldshare }) },
      patron,
      ...(words === '' ? {} : { title: words.slice(0, 300) }),
    });
  }
  return { orders, left };
}

function cells(line: string): readonly string[] {
  const separator = line.includes('\t') ? '\t' : line.includes(';') ? ';' : ',';
  return line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}
