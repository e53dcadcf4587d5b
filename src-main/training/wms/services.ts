import { text, type Reply } from '../http.ts';
import { answerAvailability, type QuotaCounter } from './availability.ts';
import type { WmsCall } from './call.ts';
import type { Circulation } from './circulation.ts';
import { answerIdentity, scimRefusal } from './identity.ts';
import type { IllDesk } from './ill.ts';
import type { WsKeys } from './keys.ts';
import type { WmsContext } from './model.ts';
import { patronProfile } from './patron.ts';
import { answerNcip, type Profile } from './profile.ts';
import type { Route } from './server.ts';
import { sharingProfile } from './sharing.ts';
import { staffProfile } from './staff.ts';
import { answerToken, type TokenTimes } from './token-endpoint.ts';

export const PATHS = {
  token: '/token',
  staff: '/ncip',
  patron: '/ncip/circ-patron',
  /** OCLC publishes none; this one is ours. */
  sharing: '/ncip/resource-sharing',
  identity: '/idaas/scim/v2/Users/.search',
  availability: '/circ/availability/sru/service',
} as const;

/** Everything the endpoints need. */
export interface Parts {
  readonly context: WmsContext;
  readonly circulation: Circulation;
  readonly ill: IllDesk;
  readonly keys: WsKeys;
  readonly counter: QuotaCounter;
  readonly times: TokenTimes;
}

export interface Endpoints {
  /** By host, as OCLC spreads them. */
  readonly oauth: readonly Route[];
  readonly circ: readonly Route[];
  readonly share: readonly Route[];
  readonly worldcat: readonly Route[];
  /** The resource sharing service without HTTP, for ReShare's own calls. */
  readonly sharing: (message: string) => string;
}

export function endpoints({ context, circulation, ill, keys, counter, times }: Parts): Endpoints {
  const ncip = (path: string, service: 'staff' | 'patron' | 'sharing', profile: Profile): Route => ({
    path,
    service,
    answer: (call) => guarded(keys, 'WMS_NCIP', call, () => postedNcip(profile, context, call)),
  });
  const sharing = sharingProfile(context, circulation, ill);
  return {
    oauth: [{ path: PATHS.token, service: 'token', answer: (call) => answerToken(keys, context, times, call) }],
    circ: [ncip(PATHS.staff, 'staff', staffProfile(context, circulation))],
    share: [
      ncip(PATHS.patron, 'patron', patronProfile(context, circulation)),
      ncip(PATHS.sharing, 'sharing', sharing),
      {
        path: PATHS.identity,
        service: 'identity',
        answer: (call) => {
          const key = keys.allow(call, 'SCIM:read_user');
          return 'status' in key ? scimRefusal(key) : answerIdentity(context, call);
        },
      },
    ],
    worldcat: [
      {
        path: PATHS.availability,
        service: 'availability',
        answer: (call) =>
          guarded(keys, 'WMS_Availability', call, () => answerAvailability(context, circulation.holds, counter, call)),
      },
    ],
    sharing: (message) => answerNcip(sharing, context, message),
  };
}

function guarded(keys: WsKeys, scope: string, call: WmsCall, serve: () => Reply): Reply {
  const key = keys.allow(call, scope);
  return 'status' in key ? key : serve();
}

function postedNcip(profile: Profile, context: WmsContext, call: WmsCall): Reply {
  if (call.method !== 'POST') return text(405, 'Method Not Allowed');
  if (!/^(application|text)\/xml\b/.test(call.headers['content-type'] ?? '')) {
    return text(415, 'Unsupported Media Type');
  }
  return { status: 200, type: 'application/xml;charset=UTF-8', body: answerNcip(profile, context, call.body) };
}
