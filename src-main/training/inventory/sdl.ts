/**
 * The schema that FOLIO mod-graphql 1.15.1 serves over mod-inventory-storage 19.4.0, as its own introspection gives it (both under the
 * Apache License 2.0). Kept whole and unchanged, so that a query that is valid here is valid there.
 */
export const SHARED_INVENTORY_SDL = `
type Query {
  instance_storage_instance_relationships(offset: Int, limit: Int, query: String, lang: String): Tinstance_storage_instance_relationships__instanceRelationships
  instance_storage_instance_relationships_SINGLE(relationshipId: String!, lang: String): Tinstance_storage_instance_relationships_SINGLE__instanceRelationship
  instance_storage_instances(offset: Int, limit: Int, query: String, lang: String): Tinstance_storage_instances__instances
  instance_storage_instances_SINGLE(instanceId: String!, lang: String): Tinstance_storage_instances_SINGLE__instance
  instance_storage_instances_SINGLE_source_record_marc_json(instanceId: String!, lang: String): Tinstance_storage_instances_SINGLE_source_record_marc_json__marcJson
}

type T_alternativetitletype {
  id: String
  metadata: T_raml_util_schemas_metadata_schema
  name: String!
  source: String!
}

type T_callnumbertype {
  id: String
  metadata: T_raml_util_schemas_metadata_schema
  name: String!
  source: String!
}

type T_classificationtype {
  id: String
  metadata: T_raml_util_schemas_metadata_schema
  name: String!
  source: String
}

type T_contributornametype {
  id: String
  metadata: T_raml_util_schemas_metadata_schema
  name: String!
  ordering: String
}

type T_holdingsnotetype {
  id: String
  metadata: T_raml_util_schemas_metadata_schema
  name: String!
  source: String!
}

type T_holdingsrecord {
  acquisitionFormat: String
  acquisitionMethod: String
  bareHoldingsItems(limit: Int = 10): [T_item]
  callNumber: String
  callNumberPrefix: String
  callNumberSuffix: String
  callNumberTypeId: String
  copyNumber: String
  digitizationPolicy: String
  discoverySuppress: Boolean
  electronicAccess: [T_holdingsrecord_electronicAccess]
  formerIds: [String]
  holdingsInstance(limit: Int = 10): T_instance
  holdingsItems(limit: Int = 10): [T_item]
  holdingsStatements: [T_holdingsrecord_holdingsStatements]
  holdingsStatementsForIndexes: [T_holdingsrecord_holdingsStatementsForIndexes]
  holdingsStatementsForSupplements: [T_holdingsrecord_holdingsStatementsForSupplements]
  holdingsTypeId: String
  hrid: String
  id: String
  illPolicy(limit: Int = 10): T_illpolicy
  illPolicyId: String
  instanceId: String!
  metadata: T_raml_util_schemas_metadata_schema
  notes: [T_holdingsrecord_notes]
  numberOfItems: String
  permanentLocation(limit: Int = 10): T_location
  permanentLocationId: String!
  receiptStatus: String
  receivingHistory: T_holdingsrecord_receivingHistory
  retentionPolicy: String
  shelvingTitle: String
  sourceId: String
  statisticalCodeIds: [String]
  tags: T_raml_util_schemas_tags_schema
  temporaryLocation(limit: Int = 10): T_location
  temporaryLocationId: String
}

type T_illpolicy {
  id: String
  metadata: T_raml_util_schemas_metadata_schema
  name: String!
  source: String!
}

type T_instance {
  alternativeTitles: [T_instance_alternativeTitles]
  catalogedDate: String
  classifications: [T_instance_classifications]
  contributors: [T_instance_contributors]
  discoverySuppress: Boolean
  editions: [String]
  electronicAccess: [T_instance_electronicAccess]
  holdingsRecords2(limit: Int = 10): [T_holdingsrecord]
  hrid: String
  id: String
  identifiers: [T_instance_identifiers]
  indexTitle: String
  instanceFormatIds: [String]
  instanceFormats(limit: Int = 10): [T_instanceformat]
  instanceTypeId: String!
  instanceTypeObject(limit: Int = 10): T_instancetype
  languages: [String]
  matchKey: String
  metadata: T_raml_util_schemas_metadata_schema
  modeOfIssuanceId: String
  natureOfContentTermIds: [String]
  notes: [T_instance_notes]
  physicalDescriptions: [String]
  previouslyHeld: Boolean
  publication: [T_instance_publication]
  publicationFrequency: [String]
  publicationRange: [String]
  series: [String]
  source: String!
  sourceRecordFormat: String
  staffSuppress: Boolean
  statisticalCodeIds: [String]
  statusId: String
  statusUpdatedDate: String
  subjects: [String]
  tags: T_raml_util_schemas_tags_schema
  title: String!
}

type T_instanceformat {
  code: String!
  id: String
  metadata: T_raml_util_schemas_metadata_schema
  name: String!
  source: String!
}

type T_instancerelationship {
  id: String
  instanceRelationshipTypeId: String!
  metadata: T_raml_util_schemas_metadata_schema
  subInstanceId: String!
  superInstanceId: String!
}

type T_instancetype {
  code: String!
  id: String
  metadata: T_raml_util_schemas_metadata_schema
  name: String!
}

type T_item {
  accessionNumber: String
  barcode: String
  chronology: String
  circulationNotes: [T_item_circulationNotes]
  copyNumber: String
  descriptionOfPieces: String
  discoverySuppress: Boolean
  effectiveCallNumberComponents: T_item_effectiveCallNumberComponents
  effectiveLocationId: String
  electronicAccess: [T_item_electronicAccess]
  enumeration: String
  formerIds: [String]
  holdingsRecord2(limit: Int = 10): T_holdingsrecord
  holdingsRecordId: String!
  hrid: String
  id: String
  inTransitDestinationServicePointId: String
  itemDamagedStatusDate: String
  itemDamagedStatusId: String
  itemIdentifier: String
  itemLevelCallNumber: String
  itemLevelCallNumberPrefix: String
  itemLevelCallNumberSuffix: String
  itemLevelCallNumberTypeId: String
  itemLevelCallNumberTypeObject(limit: Int = 10): T_callnumbertype
  itemLevelCallNumberTypeObject2(limit: Int = 10): T_callnumbertype
  lastCheckIn: T_item_lastCheckIn
  loans(limit: Int = 10): T_loan
  materialTypeId: String!
  metadata: T_raml_util_schemas_metadata_schema
  missingPieces: String
  missingPiecesDate: String
  notes: [T_item_notes]
  numberOfMissingPieces: String
  numberOfPieces: String
  permanentLoanTypeId: String!
  permanentLocation(limit: Int = 10): T_location
  permanentLocationId: String
  purchaseOrderLineIdentifier: String
  statisticalCodeIds: [String]
  status: T_item_status!
  tags: T_raml_util_schemas_tags_schema
  temporaryLoanTypeId: String
  temporaryLocation(limit: Int = 10): T_location
  temporaryLocationId: String
  volume: String
  yearCaption: [String]
}

type T_itemnotetype {
  id: String
  metadata: T_raml_util_schemas_metadata_schema
  name: String!
  source: String!
}

type T_loan {
  action: String!
  actionComment: String
  borrower: T_loan_borrower
  checkinServicePointId: String
  checkoutServicePointId: String
  declaredLostDate: String
  dueDate: String
  dueDateChangedByHold: Boolean
  dueDateChangedByNearExpireUser: Boolean
  dueDateChangedByRecall: Boolean
  feesAndFines: T_loan_feesAndFines
  id: String
  isDcb: Boolean
  item: T_loan_item
  itemEffectiveLocationIdAtCheckOut: String
  itemId: String!
  loanDate: String!
  loanPolicy: T_loan_loanPolicy
  loanPolicyId: String
  lostItemPolicy: T_loan_lostItemPolicy
  lostItemPolicyId: String
  metadata: T_raml_util_schemas_metadata_schema
  overdueFinePolicy: T_loan_overdueFinePolicy
  overdueFinePolicyId: String
  patronGroupAtCheckout: T_loan_patronGroupAtCheckout
  proxyUserId: String
  renewalCount: Int
  returnDate: String
  status: T_loan_status
  systemReturnDate: String
  userId: String
}

type T_location {
  campus(limit: Int = 10): T_loccamp
  campusId: String!
  code: String!
  description: String
  details: T_location_details
  discoveryDisplayName: String
  id: String
  institution(limit: Int = 10): T_locinst
  institutionId: String!
  isActive: Boolean
  library(limit: Int = 10): T_locinst
  libraryId: String!
  metadata: T_raml_util_schemas_metadata_schema
  name: String!
  primaryServicePoint: String!
  primaryServicePointObject(limit: Int = 10): T_servicepoint
  servicePointIds: [String]
  servicePoints(limit: Int = 10): [T_servicepoint]
}

type T_loccamp {
  code: String!
  id: String
  institutionId: String!
  metadata: T_raml_util_schemas_metadata_schema
  name: String!
}

type T_locinst {
  code: String!
  id: String
  metadata: T_raml_util_schemas_metadata_schema
  name: String!
}

type T_raml_util_schemas_metadata_schema {
  createdByUserId: String
  createdByUsername: String
  createdDate: String!
  updatedByUserId: String
  updatedByUsername: String
  updatedDate: String
}

type T_raml_util_schemas_resultInfo_schema {
  diagnostics: [T_raml_util_schemas_resultInfo_schema_diagnostics]
  facets: [T_raml_util_schemas_resultInfo_schema_facets]
  responseTime: Float
  totalRecords: Int
}

type T_raml_util_schemas_tags_schema {
  tagList: [String]
}

type T_servicepoint {
  code: String!
  description: String
  discoveryDisplayName: String!
  holdShelfExpiryPeriod: T_time_period
  id: String
  metadata: T_raml_util_schemas_metadata_schema
  name: String!
  pickupLocation: Boolean
  shelvingLagTime: Int
  staffSlips: [T_servicepoint_staffSlips]
}

type T_time_period {
  duration: Int!
  intervalId: String!
}

type T_uuid {
  _dummy: String
}

type Tinstance_storage_instance_relationships_SINGLE__instanceRelationship {
  id: String
  instanceRelationshipTypeId: String!
  metadata: T_raml_util_schemas_metadata_schema
  subInstanceId: String!
  superInstanceId: String!
}

type Tinstance_storage_instance_relationships__instanceRelationships {
  instanceRelationships: [T_instancerelationship]!
  totalRecords: Int!
}

type Tinstance_storage_instances_SINGLE__instance {
  alternativeTitles: [Tinstance_storage_instances_SINGLE__instance_alternativeTitles]
  catalogedDate: String
  classifications: [Tinstance_storage_instances_SINGLE__instance_classifications]
  contributors: [Tinstance_storage_instances_SINGLE__instance_contributors]
  discoverySuppress: Boolean
  editions: [String]
  electronicAccess: [Tinstance_storage_instances_SINGLE__instance_electronicAccess]
  holdingsRecords2(limit: Int = 10): [T_holdingsrecord]
  hrid: String
  id: String
  identifiers: [Tinstance_storage_instances_SINGLE__instance_identifiers]
  indexTitle: String
  instanceFormatIds: [String]
  instanceFormats(limit: Int = 10): [T_instanceformat]
  instanceTypeId: String!
  instanceTypeObject(limit: Int = 10): T_instancetype
  languages: [String]
  matchKey: String
  metadata: T_raml_util_schemas_metadata_schema
  modeOfIssuanceId: String
  natureOfContentTermIds: [String]
  notes: [Tinstance_storage_instances_SINGLE__instance_notes]
  physicalDescriptions: [String]
  previouslyHeld: Boolean
  publication: [Tinstance_storage_instances_SINGLE__instance_publication]
  publicationFrequency: [String]
  publicationRange: [String]
  series: [String]
  source: String!
  sourceRecordFormat: String
  staffSuppress: Boolean
  statisticalCodeIds: [String]
  statusId: String
  statusUpdatedDate: String
  subjects: [String]
  tags: T_raml_util_schemas_tags_schema
  title: String!
}

type Tinstance_storage_instances_SINGLE_source_record_marc_json__marcJson {
  id: String
  leader: String!
}

type Tinstance_storage_instances__instances {
  instances: [T_instance]!
  resultInfo: T_raml_util_schemas_resultInfo_schema
  totalRecords: Int!
}

type T_holdingsrecord_electronicAccess {
  linkText: String
  materialsSpecification: String
  publicNote: String
  relationshipId: String
  uri: String!
}

type T_holdingsrecord_holdingsStatements {
  note: String
  staffNote: String
  statement: String
}

type T_holdingsrecord_holdingsStatementsForIndexes {
  note: String
  staffNote: String
  statement: String
}

type T_holdingsrecord_holdingsStatementsForSupplements {
  note: String
  staffNote: String
  statement: String
}

type T_holdingsrecord_notes {
  holdingsNoteType(limit: Int = 10): T_holdingsnotetype
  holdingsNoteTypeId: String
  note: String
  staffOnly: Boolean
}

type T_holdingsrecord_receivingHistory {
  displayType: String
  entries: [T_holdingsrecord_receivingHistory_entries]
}

type T_instance_alternativeTitles {
  alternativeTitle: String
  alternativeTitleTypeId: String
  alternativeTitleTypeObject(limit: Int = 10): T_alternativetitletype
}

type T_instance_classifications {
  classificationNumber: String!
  classificationType(limit: Int = 10): T_classificationtype
  classificationTypeId: String!
}

type T_instance_contributors {
  contributorNameType(limit: Int = 10): T_contributornametype
  contributorNameTypeId: String!
  contributorTypeId: String
  contributorTypeText: String
  name: String!
  primary: Boolean
}

type T_instance_electronicAccess {
  linkText: String
  materialsSpecification: String
  publicNote: String
  relationshipId: String
  uri: String!
}

type T_instance_identifiers {
  identifierTypeId: String!
  identifierTypeObject(limit: Int = 10): T_illpolicy
  value: String!
}

type T_instance_notes {
  instanceNoteTypeId: T_uuid
  note: String
  staffOnly: Boolean
}

type T_instance_publication {
  dateOfPublication: String
  place: String
  publisher: String
  role: String
}

type T_item_circulationNotes {
  date: String
  id: String
  note: String
  noteType: String
  source: T_item_circulationNotes_source
  staffOnly: Boolean
}

type T_item_effectiveCallNumberComponents {
  callNumber: String
  prefix: String
  suffix: String
  typeId: String
}

type T_item_electronicAccess {
  linkText: String
  materialsSpecification: String
  publicNote: String
  relationshipId: String
  uri: String!
}

type T_item_lastCheckIn {
  dateTime: String
  servicePointId: String
  staffMemberId: String
}

type T_item_notes {
  itemNoteType(limit: Int = 10): T_itemnotetype
  itemNoteTypeId: String
  note: String
  staffOnly: Boolean
}

type T_item_status {
  date: String
  name: String!
}

type T_loan_borrower {
  barcode: String
  firstName: String
  lastName: String
  middleName: String
  patronGroup: String
  preferredFirstName: String
}

type T_loan_feesAndFines {
  amountRemainingToPay: Float
}

type T_loan_item {
  barcode: String
  callNumber: String
  chronology: String
  contributors: [T_loan_item_contributors]
  copyNumber: String
  displaySummary: String
  enumeration: String
  holdingsRecordId: String
  id: String
  inTransitDestinationServicePoint: T_loan_item_inTransitDestinationServicePoint
  inTransitDestinationServicePointId: String
  instanceId: String
  location: T_loan_item_location
  materialType: T_loan_item_materialType
  primaryContributor: String
  status: T_loan_item_status
  title: String
  volume: String
}

type T_loan_loanPolicy {
  name: String
}

type T_loan_lostItemPolicy {
  name: String
}

type T_loan_overdueFinePolicy {
  name: String
}

type T_loan_patronGroupAtCheckout {
  id: String
  name: String
}

type T_loan_status {
  name: String
}

type T_location_details {
  _dummy: String
}

type T_raml_util_schemas_resultInfo_schema_diagnostics {
  code: String
  message: String
  module: String
  query: String
  recordCount: Int
  source: String
}

type T_raml_util_schemas_resultInfo_schema_facets {
  facetValues: [T_raml_util_schemas_resultInfo_schema_facets_facetValues]
  type: String
}

type T_servicepoint_staffSlips {
  id: String!
  printByDefault: Boolean!
}

type Tinstance_storage_instances_SINGLE__instance_alternativeTitles {
  alternativeTitle: String
  alternativeTitleTypeId: String
  alternativeTitleTypeObject(limit: Int = 10): T_alternativetitletype
}

type Tinstance_storage_instances_SINGLE__instance_classifications {
  classificationNumber: String!
  classificationType(limit: Int = 10): T_classificationtype
  classificationTypeId: String!
}

type Tinstance_storage_instances_SINGLE__instance_contributors {
  contributorNameType(limit: Int = 10): T_contributornametype
  contributorNameTypeId: String!
  contributorTypeId: String
  contributorTypeText: String
  name: String!
  primary: Boolean
}

type Tinstance_storage_instances_SINGLE__instance_electronicAccess {
  linkText: String
  materialsSpecification: String
  publicNote: String
  relationshipId: String
  uri: String!
}

type Tinstance_storage_instances_SINGLE__instance_identifiers {
  identifierTypeId: String!
  identifierTypeObject(limit: Int = 10): T_illpolicy
  value: String!
}

type Tinstance_storage_instances_SINGLE__instance_notes {
  instanceNoteTypeId: T_uuid
  note: String
  staffOnly: Boolean
}

type Tinstance_storage_instances_SINGLE__instance_publication {
  dateOfPublication: String
  place: String
  publisher: String
  role: String
}

type T_holdingsrecord_receivingHistory_entries {
  chronology: String
  enumeration: String
  publicDisplay: Boolean
}

type T_item_circulationNotes_source {
  id: String
  personal: T_item_circulationNotes_source_personal
}

type T_loan_item_contributors {
  name: String
}

type T_loan_item_inTransitDestinationServicePoint {
  name: String
}

type T_loan_item_location {
  name: String
}

type T_loan_item_materialType {
  name: String
}

type T_loan_item_status {
  date: String
  name: String
}

type T_raml_util_schemas_resultInfo_schema_facets_facetValues {
  count: Int
}

type T_item_circulationNotes_source_personal {
  firstName: String
  lastName: String
}`;
