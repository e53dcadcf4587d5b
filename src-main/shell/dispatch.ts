import { METHODS, type Handlers, type MethodName } from '../contract/methods.ts';
import { fail, type Result } from '../contract/result.ts';

/** The only origin the renderer may have. */
export const APP_ORIGIN = 'app://desk';

/** The frame a call came from, as Electron tells it; it may be gone by the time the call is handled. */
export interface CallingFrame {
  readonly url: string;
  readonly isMainFrame: boolean;
}

export interface DispatchLog {
  refused(method: string, why: string): void;
  failed(method: string, error: unknown): void;
}

/** True when the frame exists, is a window's main frame and shows our own pages. A missing frame is refused. */
export function isOurs(frame: CallingFrame | undefined): boolean {
  if (frame === undefined || !frame.isMainFrame) return false;
  return frame.url === APP_ORIGIN || frame.url.startsWith(`${APP_ORIGIN}/`);
}

function isMethod(name: unknown): name is MethodName {
  return typeof name === 'string' && Object.hasOwn(METHODS, name);
}

/**
 * The one way into main: checks the sender, parses the input, runs the handler and parses what it answers, so that
 * nothing unlisted can leave. Always answers a `Result`; never throws and never answers `undefined` for a refusal.
 */
export async function dispatch(
  handlers: Handlers,
  frame: CallingFrame | undefined,
  method: unknown,
  input: unknown,
  log: DispatchLog,
): Promise<Result<unknown>> {
  if (!isOurs(frame)) {
    log.refused(String(method).slice(0, 60), 'sender');
    return fail('sender-refused', 'This request did not come from Carrel’s own window and was refused.');
  }
  if (!isMethod(method)) {
    log.refused(String(method).slice(0, 60), 'no such method');
    return fail('no-such-method', 'Carrel’s window asked for something this version does not have. Restart Carrel.');
  }
  const parsed = METHODS[method].input.safeParse(input);
  if (!parsed.success) {
    log.refused(method, 'input');
    const first = parsed.error.issues[0];
    const where = first === undefined || first.path.length === 0 ? '' : ` (${first.path.join('.')}: ${first.message})`;
    return fail('bad-input', `That entry cannot be used${where}.`, { mender: 'desk' });
  }
  try {
    const handler = handlers[method] as (value: unknown) => Promise<Result<unknown>>;
    const result = await handler(parsed.data);
    if (!result.ok) return result;
    return { ok: true, value: METHODS[method].output.parse(result.value) };
  } catch (error) {
    log.failed(method, error);
    return fail(
      'internal',
      'Something went wrong inside Carrel. The scan, if there was one, is in the list or can be scanned again.',
      {
        retry: 'later',
      },
    );
  }
}
