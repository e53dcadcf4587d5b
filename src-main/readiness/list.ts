import type { ReadinessLine, ReadinessMender, ReadinessOutcome, ReadinessWord } from '../contract/readiness.ts';
import { adapterOf, NOTHING, type Facts } from './facts.ts';
import { RESHARE_ACCESS, WMS_ACCESS } from './lines-access.ts';
import { OCLC_LINES } from './lines-oclc.ts';
import { OTHER_LMS_LINE, RESHARE_LINES } from './lines-reshare.ts';
import { INVENTORY_LINE, OPENURL_LINE, SERVICE_LINES } from './lines-services.ts';
import type { LineSpec, Seen } from './seen.ts';
import { inForce } from './words.ts';

const GREEN: ReadonlySet<ReadinessOutcome> = new Set(['found', 'not-needed', 'confirmed']);

/** Nothing is left to do for this line. */
export function isGreen({ outcome }: Pick<ReadinessLine, 'outcome'>): boolean {
  return GREEN.has(outcome);
}

/** What the library has: with WMS the list grows by OCLC's page, and by the uses of its own key where one is set up. */
export interface Scope {
  readonly wms: boolean;
}

/** The lines that concern this library, in the order in which they are to be done. */
export function linesFor(facts: Facts, { wms }: Scope): readonly LineSpec[] {
  const withWms = wms || (adapterOf(facts)?.startsWith('wms') ?? false);
  return [
    ...RESHARE_ACCESS,
    ...(wms ? WMS_ACCESS : []),
    ...RESHARE_LINES,
    ...(withWms ? OCLC_LINES : [OTHER_LMS_LINE]),
    OPENURL_LINE,
    INVENTORY_LINE,
    ...SERVICE_LINES,
  ];
}

/** The list as it stands: what was seen, what people said, and what is done before its turn. Pure. */
export function readinessLines(
  facts: Facts | undefined,
  words: readonly ReadinessWord[],
  scope: Scope,
): readonly ReadinessLine[] {
  const seen = facts ?? NOTHING;
  const lines: ReadinessLine[] = [];
  for (const spec of linesFor(seen, scope)) {
    const line = lineOf(spec, seen, inForce(words, spec.id));
    const early = isLast(spec) && line.word !== undefined ? lines.filter((one) => !isGreen(one)) : [];
    lines.push(early.length === 0 ? line : { ...line, warning: tooEarly(early) });
  }
  return lines;
}

function isLast(spec: LineSpec): boolean {
  return 'last' in spec;
}

function tooEarly(open: readonly ReadinessLine[]): string {
  const count = open.length === 1 ? 'One line before it is open' : `${open.length} lines before it are open`;
  return `This is to come last, and it takes effect at once. ${count}: settle them now, or switch the integration off until then.`;
}

function lineOf(spec: LineSpec, facts: Facts, word: ReadinessWord | undefined): ReadinessLine {
  const { id, group, asks, source, mender, mend } = spec;
  const common = { id, group, asks, source, mender, mend };
  if (!('look' in spec)) return said({ ...common, outcome: 'unconfirmed', finding: spec.why, confirmable: true }, word);
  const seen = spec.look(facts);
  const line: ReadinessLine = { ...common, ...overridden(seen), confirmable: false };
  const blind = seen.outcome === 'not-permitted' || seen.outcome === 'not-looked';
  // What was looked at counts; a person's word stands in where nobody could look, or where the library may do without.
  const stands = (spec.orPerson === true && blind) || (spec.orWithout === true && seen.outcome === 'missing');
  return stands ? said({ ...line, confirmable: true }, word) : line;
}

function overridden({ outcome, finding, mender, mend }: Seen): {
  readonly outcome: ReadinessOutcome;
  readonly finding: string;
  readonly mender?: ReadinessMender;
  readonly mend?: string;
} {
  return {
    outcome,
    finding,
    ...(mender === undefined ? {} : { mender }),
    ...(mend === undefined ? {} : { mend }),
  };
}

function said(line: ReadinessLine, word: ReadinessWord | undefined): ReadinessLine {
  return word === undefined ? line : { ...line, outcome: 'confirmed', confirmable: false, word };
}
