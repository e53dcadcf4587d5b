/** URIs of NCIP value lists and identifiers as OCLC writes them (OCLC developer pages, circill-toolkit, NISO lists). */

export const NCIP_NAMESPACE = 'http://www.niso.org/2008/ncip';

const NISO = 'http://www.niso.org/ncip/v1_0/imp1/schemes';

export const SCHEMES = {
  agency: 'http://oclc.org/ncip/schemes/agencyid.scm',
  institutionId: 'http://oclc.org/ncip/schemes/agencyid/institutionid.scm',
  symbol: 'http://oclc.org/ncip/schemes/agencyid/symbol.scm',
  system: 'http://oclc.org/ncip/schemes/systemid/oclcsystemid.scm',
  sharingProfile: 'http://oclc.org/ncip/schemes/applicationprofiletype/circillapplicationprofiletype.scm',
  illRequestId: 'http://oclc.org/ncip/schemes/requestidentifiertype/circillrequestidentifiertype.scm',
  fulfillmentAction: 'http://www.oclc.org/ncip/schemes/ws-illv1_0requestedactiontype/requestedactiontype.scm',
  branchId: 'http://oclc.org/ncip/schemes/pickuplocation/branchid.scm',
  eidm: 'http://worldcat.org/ncip/schemes/v2/extensions/useridentifiertype.scm',
  blockOrTrap: 'http://oclc.org/ncip/schemes/wms-circ/blockOrTrapType.scm',
  patronRequestType: 'http://worldcat.org/ncip/schemes/v2/requesttype/wclrequesttype.scm',
  itemIdentifier: `${NISO}/visibleitemidentifiertype/visibleitemidentifiertype.scm`,
  userIdentifier: `${NISO}/visibleuseridentifiertype/visibleuseridentifiertype.scm`,
  location: `${NISO}/locationtype/locationtype.scm`,
  requestType: `${NISO}/requesttype/requesttype.scm`,
  requestScope: `${NISO}/requestscopetype/requestscopetype.scm`,
  requestStatus: `${NISO}/requeststatustype/requeststatustype.scm`,
  fiscalAction: `${NISO}/fiscalactiontype/fiscalactiontype.scm`,
  fiscalType: `${NISO}/fiscaltransactiontype/fiscaltransactiontype.scm`,
  itemElement: 'http://www.niso.org/ncip/v1_0/schemes/itemelementtype/itemelementtype.scm',
  currency: 'http://www.bsi-global.com/Technical+Information/Publications/_Publications/tig90x.doc',
} as const;

export const VERSIONS = {
  staff: 'http://www.niso.org/schemas/ncip/v2_01/ncip_v2_01.xsd',
  sharing: 'http://www.niso.org/schemas/ncip/v2_02/ncip_v2_02.xsd',
  patron: 'http://www.niso.org/schemas/ncip/v2_02/imp1/xsd/ncip_v2_02.xsd',
} as const;

/** The scheme of a problem type: `general`, `messaging`, or the name of a service. */
export function problemScheme(service: string): string {
  const pattern = 'http://www.niso.org/ncip/v1_0/schemes';
  if (service === 'messaging') return `${pattern}/messagingerrortype/messagingerrortype.scm`;
  return `${pattern}/processingerrortype/${service.toLowerCase()}processingerror.scm`;
}
