/**
 * The clone codec: one function, used as it is in Node and injected as source text into the page's two worlds, so it may refer to
 * nothing outside itself.
 *
 * Values travel as JSON. Whatever JSON cannot say is written `{ "$": [tag, …] }`; an object with a key `$` of its own is written by
 * entries. A leading `=` marks text that is plain JSON throughout, which needs no walk on arrival.
 */

/** How functions and promises cross the context bridge; without hooks they cannot be cloned (IPC). */
export interface BridgeHooks {
  functionId(value: (...values: unknown[]) => unknown): number;
  promiseId(value: Promise<unknown>): number;
  functionFor(id: number): (...values: unknown[]) => unknown;
  promiseFor(id: number): Promise<unknown>;
}

export interface Codec {
  /** @throws Error `An object could not be cloned.` (Electron's text) */
  encode(value: unknown, bridge?: BridgeHooks): string;
  decode(text: string, bridge?: BridgeHooks): unknown;
}

export function makeCodec(): Codec {
  const BRIDGE_DEPTH = 1000;
  const ERRORS: Record<string, ErrorConstructor> = {
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  };
  type Special = { $: [string, ...unknown[]] };
  const special = (...content: [string, ...unknown[]]): Special => ({ $: content });
  const refuse = (): never => {
    throw new Error('An object could not be cloned.');
  };
  const kind = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

  const setOwn = (target: object, key: string, value: unknown): void => {
    if (key === '__proto__') {
      Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
    } else {
      (target as Record<string, unknown>)[key] = value;
    }
  };

  const toBase64 = (bytes: Uint8Array): string => {
    if (typeof Buffer === 'function')
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  };
  const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

  const nativeClone = structuredClone;
  /**
   * A JavaScript Proxy (Svelte's `$state` is one) looks like the object behind it, but Electron cannot clone it. Only the engine
   * can tell, by the offender it names first.
   */
  const refuseProxies = (value: unknown): void => {
    try {
      nativeClone(value);
    } catch (error) {
      if (/(#<Object>|\[object Array\]) could not be cloned/.test((error as Error).message)) refuse();
    }
  };

  /** True when JSON says it all: no special value, no class, nothing reached twice. */
  const isPlain = (value: unknown, depth = 0, seen = new Set<object>()): boolean => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
    if (typeof value !== 'object' || seen.has(value) || depth >= BRIDGE_DEPTH) return false;
    seen.add(value);
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) if (!isPlain(value[index], depth + 1, seen)) return false;
      return true;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return false;
    for (const key of Object.keys(value)) {
      if (key === '$' || key === 'toJSON' || !isPlain((value as Record<string, unknown>)[key], depth + 1, seen))
        return false;
    }
    return true;
  };

  const encoder = (bridge: BridgeHooks | undefined): ((value: unknown, depth: number) => unknown) => {
    const seen = new Map<object, number>();
    const ownEntries = (value: object, depth: number): [string, unknown][] =>
      Object.keys(value).map((key) => [key, put((value as Record<string, unknown>)[key], depth + 1)]);

    const putError = (error: Error, depth: number): Special => {
      // The bridge rebuilds errors from their message alone; IPC keeps what structured clone keeps.
      if (bridge) return special('error', 'Error', error.message);
      const rest = Object.hasOwn(error, 'cause') ? [put(error.cause, depth + 1)] : [];
      return special('error', error.name, error.message, error.stack, ...rest);
    };

    const putObject = (value: object, depth: number): unknown => {
      const tag = kind(value);
      if (Array.isArray(value)) {
        const items: unknown[] = [];
        for (let index = 0; index < value.length; index += 1) {
          items.push(index in value ? put(value[index], depth + 1) : special('hole'));
        }
        return items;
      }
      if (ArrayBuffer.isView(value)) {
        const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
        return special('view', tag, toBase64(bytes));
      }
      if (value instanceof Error || tag === 'Error') return putError(value as Error, depth);
      switch (tag) {
        case 'Date':
          return special('date', (value as Date).getTime());
        case 'RegExp':
          return special('regexp', (value as RegExp).source, (value as RegExp).flags);
        case 'ArrayBuffer':
          return special('buffer', toBase64(new Uint8Array(value as ArrayBuffer)));
        case 'Boolean':
        case 'Number':
        case 'String':
        case 'BigInt':
          return special('boxed', put(value.valueOf(), depth + 1));
        case 'Map':
          return special(
            'map',
            [...(value as Map<unknown, unknown>)].map((pair) => pair.map((part) => put(part, depth + 1))),
          );
        case 'Set':
          return special(
            'set',
            [...(value as Set<unknown>)].map((member) => put(member, depth + 1)),
          );
        case 'Promise':
          return bridge ? special('promise', bridge.promiseId(value as Promise<unknown>)) : refuse();
        case 'Object':
          break;
        default:
          // Nodes, ports, weak collections, generators and other platform objects have no clone.
          refuse();
      }
      const entries = ownEntries(value, depth);
      if (entries.some(([key]) => key === '$' || key === '__proto__')) return special('entries', entries);
      return Object.fromEntries(entries);
    };

    const put = (value: unknown, depth: number): unknown => {
      if (bridge && depth >= BRIDGE_DEPTH) {
        throw new TypeError(
          'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
        );
      }
      switch (typeof value) {
        case 'string':
        case 'boolean':
          return value;
        case 'number':
          if (Object.is(value, -0)) return special('number', '-0');
          return Number.isFinite(value) ? value : special('number', String(value));
        case 'undefined':
          return special('undefined');
        case 'bigint':
          return special('bigint', String(value));
        case 'function':
          return bridge ? special('function', bridge.functionId(value as () => unknown)) : refuse();
        case 'symbol':
          return refuse();
        default: {
          if (value === null) return null;
          const known = seen.get(value as object);
          if (known !== undefined) return special('again', known);
          seen.set(value as object, seen.size);
          return putObject(value as object, depth);
        }
      }
    };
    return put;
  };

  const decoder = (bridge: BridgeHooks | undefined): ((node: unknown) => unknown) => {
    const seen: unknown[] = [];
    const keep = <T>(value: T): T => {
      seen.push(value);
      return value;
    };

    const getError = ([name, message, stack, ...cause]: unknown[]): Error => {
      const error = keep(new (ERRORS[String(name)] ?? Error)(String(message)));
      if (typeof stack === 'string') error.stack = stack;
      if (cause.length > 0) {
        Object.defineProperty(error, 'cause', { value: get(cause[0]), writable: true, configurable: true });
      }
      return error;
    };

    const getView = (tag: string, text: string): unknown => {
      const bytes = fromBase64(text);
      if (tag === 'Uint8Array') return keep(bytes);
      const View = (globalThis as Record<string, unknown>)[tag] as new (buffer: ArrayBuffer) => unknown;
      return keep(new View(bytes.buffer));
    };

    const getSpecial = ([tag, ...content]: [string, ...unknown[]]): unknown => {
      const first = content[0];
      switch (tag) {
        case 'undefined':
          return undefined;
        case 'number':
          return Number(first);
        case 'bigint':
          return BigInt(String(first));
        case 'again':
          return seen[Number(first)];
        case 'function':
          return bridge?.functionFor(Number(first));
        case 'promise':
          return keep(bridge?.promiseFor(Number(first)));
        case 'date':
          return keep(new Date(first === null ? Number.NaN : Number(first)));
        case 'regexp':
          return keep(new RegExp(String(first), String(content[1])));
        case 'buffer':
          return keep(fromBase64(String(first)).buffer);
        case 'boxed':
          return keep(Object(get(first)));
        case 'view':
          return getView(String(first), String(content[1]));
        case 'error':
          return getError(content);
        case 'map': {
          const map = keep(new Map<unknown, unknown>());
          for (const [key, value] of first as [unknown, unknown][]) map.set(get(key), get(value));
          return map;
        }
        case 'set': {
          const set = keep(new Set<unknown>());
          for (const member of first as unknown[]) set.add(get(member));
          return set;
        }
        case 'entries': {
          const object = keep({});
          for (const [key, value] of first as [string, unknown][]) setOwn(object, key, get(value));
          return object;
        }
        default:
          throw new Error(`Unknown clone tag ${tag}`);
      }
    };

    const get = (node: unknown): unknown => {
      if (typeof node !== 'object' || node === null) return node;
      if (Array.isArray(node)) {
        keep(node);
        for (let index = 0; index < node.length; index += 1) {
          const item = node[index] as Partial<Special> | null;
          if (item?.$?.[0] === 'hole') Reflect.deleteProperty(node, index);
          else node[index] = get(item);
        }
        return node;
      }
      if (Object.hasOwn(node, '$')) return getSpecial((node as Special).$);
      keep(node);
      for (const [key, value] of Object.entries(node)) setOwn(node, key, get(value));
      return node;
    };
    return get;
  };

  return {
    encode(value, bridge) {
      refuseProxies(value);
      if (isPlain(value)) return `=${JSON.stringify(value)}`;
      return JSON.stringify(encoder(bridge)(value, 0));
    },
    decode(text, bridge) {
      return text.startsWith('=') ? (JSON.parse(text.slice(1)) as unknown) : decoder(bridge)(JSON.parse(text));
    },
  };
}

/** The codec for this process. */
export const codec = makeCodec();
