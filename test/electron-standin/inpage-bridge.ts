import type { BridgeHooks, Codec } from './codec.ts';

export type MakeBridge = typeof makeBridge;

/**
 * One end of `contextBridge`; the page's main world and the isolated world each hold one, joined by synchronous events. Functions
 * and promises stay where they were made and are called by number. Injected as source text: it may refer to nothing outside
 * itself. What crosses is Electron's rule: errors only as their message, thrown non-errors as a fixed sentence.
 */
export function makeBridge(
  codec: Codec,
  emit: (kind: string, detail: string) => void,
  listen: (kind: string, listener: (detail: string) => void) => void,
): BridgeHooks {
  const functions = new Map<number, (...values: unknown[]) => unknown>();
  const functionIds = new WeakMap<object, number>();
  const promises = new Map<number, { resolve: (value: unknown) => void; reject: (reason: unknown) => void }>();
  let lastId = 0;
  let answer = '';

  const hooks: BridgeHooks = {
    functionId(value) {
      const id = functionIds.get(value) ?? (lastId += 1);
      functionIds.set(value, id);
      functions.set(id, value);
      return id;
    },
    promiseId(value) {
      const id = (lastId += 1);
      const settle = (fulfilled: boolean) => (result: unknown) => {
        emit('settle', codec.encode([id, fulfilled, result], hooks));
      };
      value.then(settle(true), settle(false));
      return id;
    },
    functionFor:
      (id) =>
      (...values) => {
        emit('call', codec.encode([id, values], hooks));
        const [returned, value] = codec.decode(answer, hooks) as [boolean, unknown];
        if (!returned) throw new Error(String(value));
        return value;
      },
    promiseFor: (id) => new Promise((resolve, reject) => promises.set(id, { resolve, reject })),
  };

  listen('answer', (detail) => {
    answer = detail;
  });
  listen('settle', (detail) => {
    const [id, fulfilled, result] = codec.decode(detail, hooks) as [number, boolean, unknown];
    const promise = promises.get(id);
    promises.delete(id);
    if (fulfilled) promise?.resolve(result);
    else promise?.reject(result);
  });
  listen('call', (detail) => {
    let reply: string;
    try {
      const [id, values] = codec.decode(detail, hooks) as [number, unknown[]];
      reply = codec.encode([true, functions.get(id)?.(...values)], hooks);
    } catch (error) {
      const message = (error as { message?: unknown } | null)?.message;
      reply = codec.encode([
        false,
        typeof message === 'string'
          ? message
          : 'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.',
      ]);
    }
    emit('answer', reply);
  });
  return hooks;
}
