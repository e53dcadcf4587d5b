import { z } from 'zod';

/**
 * Why something did not happen, as data. Two bridges (Electron's `invoke` and `contextBridge`) reduce a thrown error to
 * its message, so refusals travel as values and never as exceptions.
 */
export const ErrorCode = z.enum([
  /** The input did not fit the method's schema. */
  'bad-input',
  /** The caller's frame is missing, not the main frame, or not ours. */
  'sender-refused',
  /** There is no such method. */
  'no-such-method',
  /** The thing asked for does not exist (any more). */
  'not-found',
  /** The journal cannot be written: disk full, read-only, damaged. Nothing was accepted. */
  'journal-closed',
  /** A system was not reached; nothing was sent. */
  'not-sent',
  /** A system answered that it will not. */
  'refused',
  /** Sent, but no answer came: it may or may not have happened. */
  'unknown-outcome',
  /** User name or password refused. */
  'credentials-refused',
  /** The account lacks a permission. */
  'no-permission',
  /** An address, tenant or other setting is wrong or missing. */
  'configuration',
  /** The system answered something that could not be understood. */
  'unreadable-answer',
  /** A fault in Carrel itself. */
  'internal',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** Whose job it is to mend a problem; the prompt names them. */
export const Mender = z.enum(['desk', 'ill-office', 'library-administrator', 'it', 'host', 'nobody']);
export type Mender = z.infer<typeof Mender>;

/** When trying again makes sense. `unknown-outcome` means: look first, never simply again. */
export const Retry = z.enum(['now', 'later', 'never', 'unknown-outcome']);
export type Retry = z.infer<typeof Retry>;

export const AppError = z.object({
  code: ErrorCode,
  /** One plain sentence for the person at the desk: what happened and what to do. */
  sentence: z.string(),
  mender: Mender,
  retry: Retry,
  /** The other system's own words, shortened and without markup, when it said any. */
  theirWords: z.string().optional(),
});
export type AppError = Readonly<z.infer<typeof AppError>>;

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Failure = { readonly ok: false; readonly error: AppError };
export type Result<T> = Ok<T> | Failure;

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/** Builds a failed result; `retry` defaults to `never` and `mender` to `it`. */
export function fail(
  code: ErrorCode,
  sentence: string,
  more: { mender?: Mender; retry?: Retry; theirWords?: string | undefined } = {},
): Failure {
  return {
    ok: false,
    error: {
      code,
      sentence,
      mender: more.mender ?? 'it',
      retry: more.retry ?? 'never',
      ...(more.theirWords === undefined ? {} : { theirWords: more.theirWords }),
    },
  };
}

/** The schema of a method's answer: a value of the given shape, or an {@link AppError}. */
export function resultOf<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: AppError }),
  ]);
}
