import type { RequestView } from '../contract/request.ts';

/**
 * What to keep when a request was read again. A brief reading (lists; `validActions` is undefined) does not carry
 * everything, and must not wipe out what an earlier full reading told: identifiers of other systems, the title's number and
 * the state model do not change; conditions, network status and valid actions hold as long as nothing about the request has moved.
 * @returns undefined when the stored reading is the newer one: answers may come in out of order
 */
export function merged(stored: RequestView | undefined, read: RequestView): RequestView | undefined {
  const incoming = withoutHistory(read);
  if (stored === undefined) return incoming;
  if (read.seenAt < stored.seenAt) return undefined;
  if (read.validActions !== undefined) return incoming;
  const lasting = {
    ...(stored.stateModel === undefined ? {} : { stateModel: stored.stateModel }),
    ...(stored.oclcNumber === undefined ? {} : { oclcNumber: stored.oclcNumber }),
  };
  const whileUnmoved = {
    ...(stored.validActions === undefined ? {} : { validActions: stored.validActions }),
    ...(stored.networkStatus === undefined ? {} : { networkStatus: stored.networkStatus }),
  };
  const unmoved = stored.lastUpdated === read.lastUpdated && stored.state.code === read.state.code;
  return {
    ...lasting,
    ...(unmoved ? whileUnmoved : {}),
    ...incoming,
    otherIdentifiers: read.otherIdentifiers.length > 0 ? read.otherIdentifiers : stored.otherIdentifiers,
    conditions: unmoved && read.conditions.length === 0 ? stored.conditions : read.conditions,
  };
}

/** The history is only shown fresh, and may name people; it is never kept. */
function withoutHistory(view: RequestView): RequestView {
  const { validActions, ...rest } = view;
  return { ...rest, ...(validActions === undefined ? {} : { validActions }), audit: [] };
}
