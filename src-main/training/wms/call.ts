import type { Call } from '../http.ts';

/** One HTTP call to the practice WMS. */
export interface WmsCall extends Call {
  /** The query exactly as sent, without the question mark: an HMAC signature covers it. */
  readonly search: string;
}
