/** A query that storage cannot read; it answers 400 with these words. */
export class CqlError extends Error {}

/** One search clause: `index relation /@modifiers "term"`. */
export interface Clause {
  readonly index: string;
  readonly relation: string;
  /** `@identifierTypeId` and its value, or `@value` without one. */
  readonly modifiers: readonly { readonly name: string; readonly value?: string }[];
  readonly term: string;
}

export type Cql =
  | { readonly op: 'and' | 'or' | 'not'; readonly left: Cql; readonly right: Cql }
  | { readonly op: 'clause'; readonly clause: Clause }
  | { readonly op: 'all' };

interface Token {
  readonly kind: 'word' | 'string' | 'sign';
  readonly text: string;
}

const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|(==|<>|<=|>=|[=<>()/])|([^\s"=<>()/]+))/y;

function tokens(query: string): readonly Token[] {
  const found: Token[] = [];
  const text = query.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new CqlError(`Unexpected character at ${at}`);
    const [, string, sign, word] = match;
    if (string !== undefined) found.push({ kind: 'string', text: string });
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign });
    else found.push({ kind: 'word', text: word ?? '' });
  }
  return found;
}

const RELATIONS = new Set(['=', '==', '<>', '<', '>', '<=', '>=', 'adj', 'all', 'any']);

/**
 * Reads the part of CQL that storage modules understand (CQL 1.2 as in raml-module-builder's CQL2PgJSON): clauses with
 * relation modifiers, `and`, `or`, `not` from left to right, parentheses, and a list of terms in parentheses after `==`.
 * A `sortby` at the end is read and left aside.
 */
export function parseCql(query: string): Cql {
  const all = tokens(query);
  const sort = all.findIndex((token) => token.kind === 'word' && token.text.toLowerCase() === 'sortby');
  const list = sort < 0 ? all : all.slice(0, sort);
  let at = 0;
  const peek = (): Token | undefined => list[at];
  const take = (): Token => {
    const token = list[at];
    if (token === undefined) throw new CqlError('Unexpected end of query');
    at += 1;
    return token;
  };
  const isSign = (text: string): boolean => peek()?.kind === 'sign' && peek()?.text === text;

  const boolean = (): 'and' | 'or' | 'not' | undefined => {
    const token = peek();
    const word = token?.kind === 'word' ? token.text.toLowerCase() : '';
    return word === 'and' || word === 'or' || word === 'not' ? word : undefined;
  };

  function query_(): Cql {
    let left = part();
    for (let op = boolean(); op !== undefined; op = boolean()) {
      take();
      left = { op, left, right: part() };
    }
    return left;
  }

  function part(): Cql {
    if (isSign('(')) {
      take();
      const inner = query_();
      if (!isSign(')')) throw new CqlError('Missing )');
      take();
      return inner;
    }
    const index = take();
    if (index.kind === 'sign') throw new CqlError(`Unexpected ${index.text}`);
    const relation = peek();
    if (relation === undefined || !RELATIONS.has(relation.text.toLowerCase()) || relation.kind === 'string') {
      return clause('cql.serverChoice', '=', [], index.text);
    }
    take();
    const modifiers = modifiersHere();
    if (isSign('(')) {
      const terms = termList();
      return terms
        .map((term) => clause(index.text, relation.text, modifiers, term))
        .reduce((left, right) => ({ op: 'or', left, right }));
    }
    const term = take();
    if (term.kind === 'sign') throw new CqlError(`Unexpected ${term.text}`);
    if (index.text === 'cql.allRecords') return { op: 'all' };
    return clause(index.text, relation.text, modifiers, term.text);
  }

  function modifiersHere(): Clause['modifiers'] {
    const modifiers: { name: string; value?: string }[] = [];
    while (isSign('/')) {
      take();
      const name = take().text;
      if (!isSign('=')) {
        modifiers.push({ name });
        continue;
      }
      take();
      modifiers.push({ name, value: take().text });
    }
    return modifiers;
  }

  function termList(): readonly string[] {
    take();
    const terms: string[] = [];
    while (!isSign(')')) {
      const token = take();
      if (token.kind === 'word' && token.text.toLowerCase() === 'or') continue;
      terms.push(token.text);
    }
    take();
    if (terms.length === 0) throw new CqlError('Empty list of terms');
    return terms;
  }

  if (list.length === 0) return { op: 'all' };
  const read = query_();
  if (at < list.length) throw new CqlError(`Unexpected ${list[at]?.text ?? ''}`);
  return read;
}

function clause(index: string, relation: string, modifiers: Clause['modifiers'], term: string): Cql {
  return { op: 'clause', clause: { index, relation: relation.toLowerCase(), modifiers, term } };
}

/** Whether a record fits, given how one clause is judged. */
export function fits<T>(cql: Cql, record: T, judge: (clause: Clause, record: T) => boolean): boolean {
  switch (cql.op) {
    case 'all':
      return true;
    case 'clause':
      return judge(cql.clause, record);
    case 'and':
      return fits(cql.left, record, judge) && fits(cql.right, record, judge);
    case 'or':
      return fits(cql.left, record, judge) || fits(cql.right, record, judge);
    case 'not':
      return fits(cql.left, record, judge) && !fits(cql.right, record, judge);
  }
}
