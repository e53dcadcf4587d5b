/** Types a property of a server-side entity can have; they decide how a filter value is read and compared. */
export type PropertyType = 'text' | 'boolean' | 'number' | 'instant' | 'date';

export type Primitive = string | number | boolean;

export interface ValueProperty {
  readonly kind: 'value';
  readonly type: PropertyType;
  readonly get: (entity: unknown) => Primitive | undefined;
}

export interface LinkProperty {
  readonly kind: 'link';
  readonly to: Entity;
  /** The linked entities: none, one, or many. */
  readonly get: (entity: unknown) => readonly unknown[];
}

/** What the query language may name on an entity. */
export interface Entity {
  readonly [name: string]: ValueProperty | LinkProperty;
}

type Getter<T> = (entity: T) => Primitive | undefined;

/** The entity a property belongs to is fixed by the schema it stands in, so the type may be forgotten here. */
type AnyGetter = (entity: never) => Primitive | undefined;

function value(type: PropertyType, get: AnyGetter): ValueProperty {
  return { kind: 'value', type, get: get as ValueProperty['get'] };
}

export const text = <T>(get: Getter<T>): ValueProperty => value('text', get);
export const flag = <T>(get: Getter<T>): ValueProperty => value('boolean', get);
export const number = <T>(get: Getter<T>): ValueProperty => value('number', get);
/** A moment, compared as epoch milliseconds. */
export const instant = <T>(get: Getter<T>): ValueProperty => value('instant', get);
/** A calendar date `yyyy-MM-dd`, compared as text. */
export const date = <T>(get: Getter<T>): ValueProperty => value('date', get);

type Reach<T> = (entity: T) => unknown;

function reach(to: Entity, get: (entity: never) => unknown): LinkProperty {
  const linked = get as (entity: unknown) => unknown;
  return {
    kind: 'link',
    to,
    get: (entity) => {
      const found = linked(entity);
      if (found === undefined) return [];
      return Array.isArray(found) ? (found as readonly unknown[]) : [found];
    },
  };
}

/** An association: to one (undefined when there is none) or to many (a list). */
export const link = <T>(to: Entity, get: Reach<T>): LinkProperty => reach(to, get);

/** A property reached by a dotted path: the links on the way and the value at its end. */
export interface Path {
  readonly links: readonly LinkProperty[];
  /** Dotted name of the links, so that conditions on one association share its join. */
  readonly join: string;
  readonly property: ValueProperty;
}

/** Looks a dotted name up; undefined when the entity has no such property, or when it ends in an association. */
export function resolve(entity: Entity, dotted: string): Path | undefined {
  const names = dotted.split('.');
  const links: LinkProperty[] = [];
  let current = entity;
  for (const [i, name] of names.entries()) {
    const property = Object.hasOwn(current, name) ? current[name] : undefined;
    if (property === undefined) return undefined;
    if (property.kind === 'value') {
      return i === names.length - 1 ? { links, join: names.slice(0, -1).join('.'), property } : undefined;
    }
    links.push(property);
    current = property.to;
  }
  return undefined;
}

/** All values a path reaches from one entity. */
export function valuesOf(path: Path, entity: unknown): readonly (Primitive | undefined)[] {
  if (path.links.length === 0) return [path.property.get(entity)];
  let entities: readonly unknown[] = [entity];
  for (const one of path.links) entities = entities.flatMap((current) => one.get(current));
  return entities.map((current) => path.property.get(current));
}
