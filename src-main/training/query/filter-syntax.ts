/** Operators of the filter grammar (k-int web-toolkit, SimpleLookupWtk.g4). */
export type Operator = '==' | '=i=' | '!=' | '=~' | '!~' | '>' | '>=' | '<' | '<=';

export type Expression =
  | { readonly kind: 'compare'; readonly left: string; readonly op: Operator; readonly right: string }
  | {
      readonly kind: 'range';
      readonly low: string;
      readonly lowOp: Operator;
      readonly property: string;
      readonly highOp: Operator;
      readonly high: string;
    }
  | {
      readonly kind: 'special';
      readonly property: string;
      readonly test: 'isnull' | 'isnotnull' | 'isset' | 'isnotset' | 'isempty' | 'isnotempty';
    }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly inner: Expression }
  | { readonly kind: 'group'; readonly inner: Expression };

type Token =
  | { readonly kind: '(' | ')' | '!' | '&&' | '||' }
  | { readonly kind: 'op'; readonly op: Operator }
  | { readonly kind: 'text'; readonly text: string };

const OPERATORS: readonly (readonly [string, Operator])[] = [
  ['=i=', '=i='],
  ['==', '=='],
  ['=~', '=~'],
  ['!=', '!='],
  ['!~', '!~'],
  ['<>', '!='],
  ['>=', '>='],
  ['<=', '<='],
  ['=', '=='],
  ['>', '>'],
  ['<', '<'],
];

/** Characters that end a value unless a backslash stands before them. The backslash stays part of the value. */
const SPECIAL = '!()<>=';

function tokens(source: string): readonly Token[] {
  const out: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    if (/^\s/.test(rest)) {
      at += 1;
      continue;
    }
    const afterText = out.at(-1)?.kind === 'text';
    const operator = afterText ? OPERATORS.find(([sign]) => rest.startsWith(sign)) : undefined;
    if (operator !== undefined) {
      out.push({ kind: 'op', op: operator[1] });
      at += operator[0].length;
    } else if (rest.startsWith('&&') || rest.startsWith('||')) {
      out.push({ kind: rest.startsWith('&&') ? '&&' : '||' });
      at += 2;
    } else if (rest.startsWith('(') || rest.startsWith(')') || rest.startsWith('!')) {
      out.push({ kind: rest[0] as '(' | ')' | '!' });
      at += 1;
    } else {
      const end = textEnd(source, at);
      // A sign where a value should stand: the text cannot be read as a filter.
      if (end === at) throw new SyntaxError(`Unexpected ${rest[0] ?? 'end'}`);
      out.push({ kind: 'text', text: source.slice(at, end).trim() });
      at = end;
    }
  }
  return out;
}

function textEnd(source: string, start: number): number {
  let at = start;
  while (at < source.length) {
    const char = source[at] ?? '';
    if (char === '\\') {
      at += 2;
      continue;
    }
    if (SPECIAL.includes(char) || source.startsWith('&&', at) || source.startsWith('||', at)) break;
    at += 1;
  }
  return Math.min(at, source.length);
}

/**
 * Reads one `filters` parameter. There is no precedence: `a && b || c` is `a && (b || c)`.
 * @throws SyntaxError when the text is no filter.
 */
export function parseFilter(source: string): Expression {
  const list = tokens(source);
  let at = 0;
  const take = (): Token => {
    const token = list[at];
    if (token === undefined) throw new SyntaxError('Unexpected end');
    at += 1;
    return token;
  };
  const text = (): string => {
    const token = take();
    if (token.kind !== 'text') throw new SyntaxError(`Unexpected ${token.kind}`);
    return token.text;
  };

  const expression = (): Expression => {
    const left = unary();
    const next = list[at];
    if (next?.kind !== '&&' && next?.kind !== '||') return left;
    at += 1;
    return { kind: next.kind === '&&' ? 'and' : 'or', left, right: expression() };
  };

  const unary = (): Expression => {
    const next = list[at];
    if (next?.kind === '!') {
      at += 1;
      return { kind: 'not', inner: unary() };
    }
    if (next?.kind === '(') {
      at += 1;
      const inner = expression();
      if (take().kind !== ')') throw new SyntaxError('Missing )');
      return { kind: 'group', inner };
    }
    return condition();
  };

  const condition = (): Expression => {
    const left = text();
    const op = list[at];
    if (op?.kind !== 'op') return special(left);
    at += 1;
    const right = text();
    const second = list[at];
    if (second?.kind !== 'op') return { kind: 'compare', left, op: op.op, right };
    at += 1;
    return { kind: 'range', low: left, lowOp: op.op, property: right, highOp: second.op, high: text() };
  };

  const parsed = expression();
  if (at < list.length) throw new SyntaxError('Unexpected rest');
  return parsed;
}

function special(words: string): Expression {
  const match = /^(\S+)\s+(isnull|isnotnull|isset|isnotset|isempty|isnotempty)$/i.exec(words);
  if (match === null) throw new SyntaxError('Not a condition');
  const [, property = '', test = ''] = match;
  return { kind: 'special', property, test: test.toLowerCase() as 'isnull' };
}
