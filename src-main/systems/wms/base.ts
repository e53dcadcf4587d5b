/** What this room uses of the contract, in one place for its inner folders. */
export { fail, ok } from '../../contract/result.ts';
export type { AppError, ErrorCode, Failure, Mender, Result, Retry } from '../../contract/result.ts';
export type { CallReport } from '../../contract/outcome.ts';
