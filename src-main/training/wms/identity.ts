import { objectBody, type Reply } from '../http.ts';
import type { WmsCall } from './call.ts';
import type { WmsContext, WmsPatron } from './model.ts';

const SCIM = 'application/scim+json';
const MESSAGES = 'urn:ietf:params:scim:api:messages:2.0';
const PERSONA = 'urn:mace:oclc.org:eidm:schema:persona';

export function scim(status: number, value: unknown): Reply {
  return { status, type: `${SCIM};charset=UTF-8`, body: JSON.stringify(value) };
}

export function scimError(status: number, detail: string): Reply {
  return scim(status, { schemas: [`${MESSAGES}:Error`], detail, status: String(status) });
}

/** POST …/idaas/scim/v2/Users/.search with `External_ID eq "<barcode>"` (RFC 7644; OCLC identity management). */
export function answerIdentity(context: WmsContext, call: WmsCall): Reply {
  if (call.method !== 'POST') return scimError(404, 'Not found');
  if (call.headers['content-type']?.startsWith(SCIM) !== true) return scimError(415, `Content-Type must be ${SCIM}`);
  const body = objectBody(call);
  const schemas = body?.['schemas'];
  const filter = body?.['filter'];
  if (!Array.isArray(schemas) || !schemas.includes(`${MESSAGES}:SearchRequest`) || typeof filter !== 'string') {
    return scimError(400, 'The body is no search request');
  }
  const barcode = externalId(filter);
  if (barcode === undefined) return scimError(400, 'The filter is not supported');
  const found = context.store.patrons.get(barcode);
  return scim(200, {
    schemas: [`${MESSAGES}:ListResponse`],
    totalResults: found === undefined ? 0 : 1,
    startIndex: 1,
    itemsPerPage: 10,
    Resources: found === undefined ? [] : [resource(context.store.institution.registryId, found)],
  });
}

/** The value of the one filter that is understood; a JSON string with its escapes, as RFC 7644 writes values. */
function externalId(filter: string): string | undefined {
  const quoted = /^\s*External_ID\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i.exec(filter)?.[1];
  if (quoted === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : undefined;
  } catch {
    // An escape JSON does not know: the filter is not understood.
    return undefined;
  }
}

function resource(institution: string, patron: WmsPatron): unknown {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: patron.id,
    externalId: patron.barcode,
    name: { familyName: patron.familyName, givenName: patron.givenName },
    emails: [{ value: patron.email, primary: true }],
    addresses: [{ streetAddress: '1 Weir Street', locality: 'Riverside Falls', region: 'ZZ', postalCode: '00000' }],
    [`${PERSONA}:wmscircpatroninfo:20180101`]: {
      circulationInfo: {
        barcode: patron.barcode,
        borrowerCategory: patron.category,
        homeBranch: patron.homeBranch,
        isCircBlocked: patron.blocked,
        isVerified: patron.verified,
      },
    },
    [`${PERSONA}:persona:20180305`]: {
      institutionId: institution,
      oclcPPID: patron.ppid,
      oclcNamespace: `urn:oclc:platform:${institution}`,
      oclcExpirationDate: `${new Date(patron.expires).toISOString().slice(0, 19)}Z`,
    },
    [`${PERSONA}:wsillinfo:20180101`]: {
      illInfo: {
        illPatronType: patron.category,
        illPickupLocation: patron.homeBranch,
        isBlocked: patron.illBlocked,
        isApproved: !patron.illBlocked,
      },
    },
  };
}

/** The refusal of the gateway, in SCIM's own error form. */
export function scimRefusal(reply: Reply): Reply {
  const detail = reply.status === 401 ? 'The token is not valid' : 'The client is not allowed to do this';
  return scimError(reply.status, detail);
}
