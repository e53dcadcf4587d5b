import { EventEmitter } from 'node:events';

/** Thrown for every part of Electron's API that the stand-in does not offer, so that nothing is absent in silence. */
export class NotCarried extends Error {
  override readonly name = 'NotCarried';
}

/** Names that JavaScript itself asks for on any object: promise resolution, JSON, module interop. */
const ASKED_BY_THE_LANGUAGE = new Set(['then', 'toJSON', '__esModule', 'default', 'constructor']);

/** Wraps an API object so that reading a member it lacks throws {@link NotCarried} by name. */
export function carried<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver): unknown {
      if (key in object || typeof key === 'symbol' || key.startsWith('_') || ASKED_BY_THE_LANGUAGE.has(key)) {
        return Reflect.get(object, key, receiver);
      }
      throw new NotCarried(`${name}.${key}`);
    },
  });
}

/**
 * Base of the API's classes. Returns the wrapped object from the constructor, so `this` in every subclass is already the one the app
 * sees (`event.sender === window.webContents` holds) and private fields live on it.
 */
export class Carried {
  /** Electron's name of the object, as {@link NotCarried} says it. */
  readonly carriedName: string;

  constructor(name: string) {
    this.carriedName = name;
    return carried(name, this);
  }
}

/** The same for event emitters: unknown members and unknown event names throw {@link NotCarried}. */
export class CarriedEmitter extends EventEmitter {
  private readonly carriedName: string;
  private readonly carriedEvents: readonly string[] | undefined;

  /** Without a list of events every name is allowed. */
  constructor(name: string, events?: readonly string[]) {
    super();
    this.carriedName = name;
    this.carriedEvents = events;
    this.setMaxListeners(0);
    return carried(name, this);
  }

  override on(event: string, listener: (...values: never[]) => void): this {
    this.checkEvent(event);
    return super.on(event, listener as (...values: unknown[]) => void);
  }

  override once(event: string, listener: (...values: never[]) => void): this {
    this.checkEvent(event);
    return super.once(event, listener as (...values: unknown[]) => void);
  }

  override addListener(event: string, listener: (...values: never[]) => void): this {
    return this.on(event, listener);
  }

  private checkEvent(event: string): void {
    if (this.carriedEvents?.includes(event) === false) throw new NotCarried(`event '${event}' of ${this.carriedName}`);
  }
}

/** The first argument of Electron's preventable events. */
export class PreventableEvent {
  defaultPrevented = false;

  constructor(fields: object = {}) {
    Object.assign(this, fields);
  }

  preventDefault(): void {
    this.defaultPrevented = true;
  }

  /** Adds a member that is worked out at each reading. */
  withGetter(name: string, get: () => unknown): this {
    return Object.defineProperty(this, name, { get, enumerable: true });
  }
}
