import type { RequestView } from '../contract/request.ts';

/** When the request came into the state it is in, ISO 8601 UTC, if its history was read and says so. */
export function enteredAt(request: RequestView): string | undefined {
  return [...request.audit]
    .sort((a, b) => a.no - b.no)
    .findLast(({ from, to }) => to === request.state.code && from !== to)?.at;
}
