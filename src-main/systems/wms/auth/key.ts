import type { Result } from '../base.ts';

/** A WSKey as OCLC issues it to a library. Lives in memory only; never logged, never part of the settings file. */
export interface OclcKey {
  readonly key: string;
  readonly secret: string;
}

/** Who acts, where a library was given a principal. Optional: client-credentials calls work without one. */
export interface Principal {
  readonly id: string;
  readonly namespace: string;
}

/**
 * What fills the `Authorization` header of a call. The secret stays behind it: callers see a header value and hand it on.
 */
export interface Authorizer {
  /** The header for one call; a failure means that the call must not be sent. */
  authorize(method: 'GET' | 'POST', url: URL): Promise<Result<string>>;
  /**
   * Told when a server answered 401 to a header handed out before. True when asking again brings a different header that
   * may be accepted (a fresh token).
   */
  refused(header: string): boolean;
}
