import { defined } from '../defined.ts';
import { meaningOf, severityOf, type ProblemAliases, type ProblemMeaning } from './problem-meanings.ts';
import { displayOf, textOf } from '../xml/find.ts';
import type { XmlElement } from '../xml/parse.ts';

/** A host's no, word for word, and what Carrel takes it to mean. */
export interface NcipProblem {
  readonly meaning: ProblemMeaning;
  /** `ProblemType`; undefined when the host left it out. */
  readonly type?: string;
  /** Only for the log: hosts put the wrong scheme on right types. */
  readonly scheme?: string;
  readonly detail?: string;
  readonly element?: string;
  /** May hold a patron's barcode: never logged. */
  readonly value?: string;
}

/**
 * `Problem`: ProblemType ProblemDetail? ProblemElement? ProblemValue? Ext?. Read in any order and with anything missing.
 */
export function readProblem(found: XmlElement, aliases: ProblemAliases = {}): NcipProblem {
  const type = displayOf(found, 'ProblemType');
  const detail = displayOf(found, 'ProblemDetail');
  return defined({
    meaning: meaningOf(type, detail, aliases),
    type,
    scheme: found.children.find((c) => c.name === 'ProblemType')?.attributes['Scheme'],
    detail,
    element: textOf(found, 'ProblemElement'),
    value: textOf(found, 'ProblemValue'),
  });
}

/** The problem that decides: the worst; of equals the first. */
export function worstOf(problems: readonly NcipProblem[]): NcipProblem | undefined {
  return problems.reduce<NcipProblem | undefined>(
    (worst, problem) =>
      worst === undefined || severityOf(problem.meaning) > severityOf(worst.meaning) ? problem : worst,
    undefined,
  );
}

/** Type and detail of every problem, as the host wrote them. Values are left out: they name people. */
export function wordsOf(problems: readonly NcipProblem[]): string | undefined {
  const lines = problems.map((p) => [p.type, p.detail].filter((part) => part !== undefined).join(': '));
  const said = lines.filter((line) => line !== '');
  return said.length === 0 ? undefined : said.join('; ');
}
