/*
 * The questions asked of mod-graphql. Every list of linked records stops at ten unless a limit is given, and each linked object
 * is a call of its own inside FOLIO: results therefore ask only for ids, and one chosen record for everything.
 */

const BIB = `
    id title editions
    contributors { name primary }
    identifiers { value identifierTypeId }
    publication { publisher place dateOfPublication }
    physicalDescriptions instanceTypeId`;

const BRIEF_HOLDING = `{ id illPolicyId permanentLocationId callNumber }`;

function wholeHolding(items: string): string {
  return `{
      id callNumber illPolicyId illPolicy { name } permanentLocationId
      permanentLocation { code name institution { name } }
      holdingsStatements { statement note }
      bareHoldingsItems${items} { id enumeration status { name } }
    }`;
}

export const SEARCH = `query Search($cql: String, $offset: Int, $limit: Int, $holdings: Int) {
  instance_storage_instances(query: $cql, offset: $offset, limit: $limit) {
    totalRecords
    instances {${BIB}
    holdingsRecords2(limit: $holdings) ${BRIEF_HOLDING}
    }
  }
}`;

export const DETAIL = `query Detail($id: String!, $holdings: Int, $items: Int) {
  instance_storage_instances_SINGLE(instanceId: $id) {${BIB}
    holdingsRecords2(limit: $holdings) ${wholeHolding('(limit: $items)')}
  }
}`;

/** For servers older than mod-graphql 1.7, which refuse `limit` on linked records: they give ten, and there may be more. */
export const SEARCH_WITHOUT_LIMITS = `query Search($cql: String, $offset: Int, $limit: Int) {
  instance_storage_instances(query: $cql, offset: $offset, limit: $limit) {
    totalRecords
    instances {${BIB}
    holdingsRecords2 ${BRIEF_HOLDING}
    }
  }
}`;

export const DETAIL_WITHOUT_LIMITS = `query Detail($id: String!) {
  instance_storage_instances_SINGLE(instanceId: $id) {${BIB}
    holdingsRecords2 ${wholeHolding('')}
  }
}`;
