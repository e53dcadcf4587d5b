import type { WmsContext } from './model.ts';
import { itemOf, readRequest, type NcipRequest } from './message.ts';
import { missing, Refusal } from './refusal.ts';
import { el, message, problem, type Xml } from './write.ts';

/** One of the three NCIP services of WMS. */
export interface Profile {
  /** Version URI its answers carry. */
  readonly version: string;
  /** Value of ApplicationProfileType it wants. */
  readonly profileTypes: readonly string[];
  /** @throws Refusal when the agencies of the header will not do. */
  checkAgencies(from: string, to: string): void;
  /** Content of the ResponseHeader. */
  responseHeader(request: NcipRequest): readonly Xml[];
  /** The messages it knows; each gives what follows the header, and throws Refusal when it does not do it. */
  readonly services: Readonly<Record<string, (request: NcipRequest) => readonly Xml[]>>;
}

/** A value the message must have. @throws Refusal `Needed Data Missing`. */
export function needed(text: string | undefined, element: string): string {
  if (text === undefined) throw missing(element);
  return text;
}

/**
 * Does what a message asks and answers it. Whatever goes wrong in the library's terms comes back as a Problem, in the service's own
 * response or, when the message itself is at fault or not served, straight under NCIPMessage.
 */
export function answerNcip(profile: Profile, context: WmsContext, text: string): Xml {
  let request: NcipRequest;
  try {
    request = readRequest(text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return message(profile.version, problem('messaging', error.problem));
  }
  const serve = profile.services[request.service];
  if (serve === undefined) {
    return message(
      profile.version,
      problem('general', {
        type: 'Unsupported Service',
        detail: 'Service not supported',
        element: 'NCIPMessage',
      }),
    );
  }
  const reply = (content: readonly Xml[]): Xml =>
    message(
      profile.version,
      el(`${request.service}Response`, el('ResponseHeader', ...profile.responseHeader(request)), ...content),
    );
  try {
    checkHeader(profile, request);
    return reply(serve(request));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const item = itemOf(request);
    context.record({
      action: request.service,
      result: 'refused',
      ...(item === undefined ? {} : { items: [item] }),
    });
    return reply([problem(request.service, error.problem)]);
  }
}

/** What OCLC's public toolkit validator checks: both agencies and the profile. */
function checkHeader(profile: Profile, request: NcipRequest): void {
  const from = needed(request.fromAgency, 'FromAgencyId');
  const to = needed(request.toAgency, 'ToAgencyId');
  if (request.profile === undefined || !profile.profileTypes.includes(request.profile)) {
    throw missing('ApplicationProfileType');
  }
  profile.checkAgencies(from, to);
}

/** Both agencies must be the same one. @throws Refusal */
export function sameAgency(from: string, to: string): void {
  if (from === to) return;
  throw new Refusal({
    type: 'Unauthorized Combination Of Element Values For Agency',
    scheme: 'general',
    element: '//ToAgencyId',
    value: to,
  });
}

/** @throws Refusal when the agency is none of those allowed. */
export function knownAgency(id: string, allowed: readonly string[], element = 'FromAgencyId'): void {
  if (allowed.includes(id)) return;
  throw new Refusal({ type: 'Unknown Agency', scheme: 'general', element: `//${element}`, value: id });
}
