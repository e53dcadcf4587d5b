import { resolve, type Entity, type Path, type Primitive } from './entity.ts';
import { parseFilter, type Expression, type Operator } from './filter-syntax.ts';

/** Thrown for what makes the real server dereference null (an unknown property compared with more than one word): HTTP 500. */
export class NullPointer extends Error {}

/** The rows of one entity's joins while a filter is judged: association name → the linked entity of this row. */
type Row = ReadonlyMap<string, unknown>;

type Criterion = (entity: unknown, row: Row) => boolean;

interface Scope {
  readonly entity: Entity;
  /** Associations this scope joins, by dotted name. */
  readonly joins: Map<string, Path>;
}

/**
 * Makes one `filters` parameter into a test, or undefined when the server would drop it in silence: it cannot be parsed, or neither
 * side of its comparison is a property, or its value cannot be read as the property's type.
 */
export function compileFilter(entity: Entity, source: string): ((candidate: unknown) => boolean) | undefined {
  let expression: Expression;
  try {
    expression = parseFilter(source);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return compileScope(entity, expression);
}

/** A scope is one sub-query: its joins are inner joins, so an entity without the association is out altogether. */
function compileScope(entity: Entity, expression: Expression): ((candidate: unknown) => boolean) | undefined {
  const scope: Scope = { entity, joins: new Map() };
  const criterion = compile(scope, expression);
  if (criterion === undefined) return undefined;
  return (candidate) => rowsOf(scope, candidate).some((row) => criterion(candidate, row));
}

/** The one row of an entity that is joined with nothing. */
const UNJOINED: readonly Row[] = [new Map()];

/** Every combination of joined rows; none when an inner join finds nothing. */
function rowsOf(scope: Scope, candidate: unknown): readonly Row[] {
  if (scope.joins.size === 0) return UNJOINED;
  let rows: readonly ReadonlyMap<string, unknown>[] = [new Map()];
  for (const [name, path] of scope.joins) {
    let linked: readonly unknown[] = [candidate];
    for (const one of path.links) linked = linked.flatMap((current) => one.get(current));
    rows = rows.flatMap((row) => linked.map((entity) => new Map(row).set(name, entity)));
  }
  return rows;
}

function compile(scope: Scope, expression: Expression): Criterion | undefined {
  switch (expression.kind) {
    case 'group': {
      const inner = compileScope(scope.entity, expression.inner);
      return inner === undefined ? undefined : (entity) => inner(entity);
    }
    case 'not': {
      const inner = compile(scope, expression.inner);
      return inner === undefined ? undefined : (entity, row) => !inner(entity, row);
    }
    case 'and':
    case 'or': {
      const left = compile(scope, expression.left);
      const right = compile(scope, expression.right);
      if (left === undefined || right === undefined) return left ?? right;
      return expression.kind === 'and'
        ? (entity, row) => left(entity, row) && right(entity, row)
        : (entity, row) => left(entity, row) || right(entity, row);
    }
    case 'special':
      return specialTest(scope, expression.property, expression.test);
    case 'range': {
      const low = comparison(scope, expression.property, flip(expression.lowOp), expression.low);
      const high = comparison(scope, expression.property, expression.highOp, expression.high);
      if (low === undefined || high === undefined) return low ?? high;
      return (entity, row) => low(entity, row) && high(entity, row);
    }
    case 'compare':
      return compareEither(scope, expression.left, expression.op, expression.right);
  }
}

const FLIPPED: Partial<Readonly<Record<Operator, Operator>>> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' };
const flip = (op: Operator): Operator => FLIPPED[op] ?? op;

/** One word: the parser tries it as a property when the other side is none. */
const ONE_WORD = /^[A-Za-z0-9_.]+$/;

function compareEither(scope: Scope, left: string, op: Operator, right: string): Criterion | undefined {
  if (resolve(scope.entity, left) !== undefined) return comparison(scope, left, op, right);
  if (!ONE_WORD.test(right)) throw new NullPointer(left);
  if (resolve(scope.entity, right) !== undefined) return comparison(scope, right, flip(op), left);
  return undefined;
}

function joined(scope: Scope, property: string): ((entity: unknown, row: Row) => Primitive | undefined) | undefined {
  const path = resolve(scope.entity, property);
  if (path === undefined) return undefined;
  if (path.join === '') return (entity) => path.property.get(entity);
  scope.joins.set(path.join, path);
  return (_entity, row) => path.property.get(row.get(path.join));
}

function specialTest(scope: Scope, property: string, test: string): Criterion {
  const get = joined(scope, property);
  if (get === undefined) throw new NullPointer(property);
  const wantsValue = test.includes('not');
  const emptyCounts = test.includes('empty') || test.includes('set');
  return (entity, row) => {
    const value = get(entity, row);
    const has = value !== undefined && !(emptyCounts && value === '');
    return has === wantsValue;
  };
}

function comparison(scope: Scope, property: string, op: Operator, raw: string): Criterion | undefined {
  const path = resolve(scope.entity, property);
  if (path === undefined) return undefined;
  const test = valueTest(path.property.type, op, raw);
  if (test === undefined) return undefined;
  const get = joined(scope, property);
  // SQL: a comparison with null is never true, not even `!=`.
  return (entity, row) => {
    const value = get?.(entity, row);
    return value !== undefined && test(value);
  };
}

function valueTest(
  type: Path['property']['type'],
  op: Operator,
  raw: string,
): ((value: Primitive) => boolean) | undefined {
  if (type === 'text') return textTest(op, raw);
  const wanted = convert(type, raw);
  if (wanted === undefined) return undefined;
  switch (op) {
    case '==':
    case '=i=':
    case '=~':
      return (value) => value === wanted;
    case '!=':
    case '!~':
      return (value) => value !== wanted;
    case '>':
      return (value) => value > wanted;
    case '>=':
      return (value) => value >= wanted;
    case '<':
      return (value) => value < wanted;
    case '<=':
      return (value) => value <= wanted;
  }
}

function textTest(op: Operator, raw: string): (value: Primitive) => boolean {
  switch (op) {
    case '==':
      // The value text is compared with its backslashes: nothing takes them off before `==`.
      return (value) => value === raw;
    case '!=':
      return (value) => value !== raw;
    case '=i=': {
      const pattern = likePattern(raw, true);
      return (value) => pattern.test(String(value));
    }
    case '=~':
    case '!~': {
      const pattern = likePattern(raw, false);
      return (value) => pattern.test(String(value)) === (op === '=~');
    }
    case '>':
      return (value) => String(value) > raw;
    case '>=':
      return (value) => String(value) >= raw;
    case '<':
      return (value) => String(value) < raw;
    case '<=':
      return (value) => String(value) <= raw;
  }
}

/** SQL ILIKE: `%` is escaped by the server, `_` is not and matches any character, a backslash escapes what follows it. */
export function likePattern(raw: string, whole: boolean): RegExp {
  const quote = (char: string): string => char.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
  let pattern = '';
  for (let i = 0; i < raw.length; i += 1) {
    const char = raw[i] ?? '';
    if (char === '\\' && i + 1 < raw.length) pattern += quote(raw[++i] ?? '');
    else pattern += char === '_' ? '[^]' : quote(char);
  }
  return new RegExp(whole ? `^${pattern}$` : pattern, 'i');
}

/** Forms mod-rs configures for its binder: with Z, with an offset, without a zone, and a plain date. */
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{3})?(Z|[+-]\d{2}(:?\d{2})?)?)?$/;

/** A filter value as the property's type, or undefined when it cannot be. */
export function convert(type: Path['property']['type'], raw: string): Primitive | undefined {
  switch (type) {
    case 'text':
      return raw;
    case 'boolean':
      return raw === 'true' ? true : raw === 'false' ? false : undefined;
    case 'number': {
      const value = Number(raw);
      return raw.trim() === '' || Number.isNaN(value) ? undefined : value;
    }
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(raw) ? raw : undefined;
    case 'instant': {
      if (!INSTANT.test(raw)) return undefined;
      const hasTime = raw.includes('T');
      // Without a zone the binder takes UTC; `+01` is ISO 8601, but not for Date.parse.
      const zoned = hasTime && !/(Z|[+-]\d{2}(:?\d{2})?)$/.test(raw) ? `${raw}Z` : raw;
      const at = Date.parse(hasTime ? zoned.replace(/([+-]\d{2})$/, '$1:00') : zoned);
      return Number.isNaN(at) ? undefined : at;
    }
  }
}
