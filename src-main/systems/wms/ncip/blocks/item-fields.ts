import { defined, some } from '../../defined.ts';
import { dateOf, type NcipDate } from '../dates.ts';
import { child, children, displayOf, textOf, wholeOf } from '../../xml/find.ts';
import type { XmlElement } from '../../xml/parse.ts';
import { element, leaf, NotWritable, type XmlNode } from '../write.ts';
import { scopedValues } from './ids.ts';

/**
 * `BibliographicDescription`: Author? AuthorOfComponent? BibliographicItemId? BibliographicRecordId* ComponentId? Edition?
 * Pagination? PlaceOfPublication? PublicationDate? PublicationDateOfComponent? Publisher? SeriesTitleNumber? Title? …
 * The parts Carrel shows or sends.
 */
export interface Bibliographic {
  readonly author?: string;
  readonly edition?: string;
  readonly published?: string;
  readonly publisher?: string;
  readonly title?: string;
}

/**
 * `Location`: LocationType LocationName ValidFromDate? ValidToDate? Ext?. The name is a list of levels: in WMS, level 1 is
 * the holding code and level 2 the shelving location, codes rather than a branch's registry id.
 */
export interface Location {
  readonly type?: string;
  readonly levels: readonly LocationLevel[];
}
export interface LocationLevel {
  /** 1 is the widest. Undefined when the host numbers it unreadably. */
  readonly level?: number;
  readonly value: string;
}

/**
 * `ItemOptionalFields`: BibliographicDescription? ItemUseRestrictionType* CirculationStatus? HoldQueueLength?
 * ItemDescription? Location* PhysicalCondition? ElectronicResource? SecurityMarker? SensitizationFlag? DateDue? Ext?
 */
export interface ItemFields {
  readonly bibliographic?: Bibliographic;
  readonly restrictions?: readonly string[];
  /** Open list: NISO's values, and whatever the host adds. */
  readonly status?: string;
  readonly holdQueue?: number;
  readonly description?: ItemDescription;
  readonly locations?: readonly Location[];
  readonly due?: NcipDate;
}

/** `ItemDescription`: CallNumber? CopyNumber? ItemDescriptionLevel? HoldingsInformation? NumberOfPieces? Ext? */
export interface ItemDescription {
  readonly callNumber?: string;
  readonly copyNumber?: string;
}

export function bibliographicOf(parent: XmlElement | undefined): Bibliographic | undefined {
  const found = child(parent, 'BibliographicDescription');
  if (found === undefined) return undefined;
  return defined({
    author: displayOf(found, 'Author'),
    edition: displayOf(found, 'Edition'),
    published: displayOf(found, 'PublicationDate'),
    publisher: displayOf(found, 'Publisher'),
    title: displayOf(found, 'Title'),
  });
}

export function bibliographic(about: Bibliographic): XmlNode {
  return element(
    'BibliographicDescription',
    leaf('Author', about.author),
    leaf('Edition', about.edition),
    leaf('PublicationDate', about.published),
    leaf('Publisher', about.publisher),
    leaf('Title', about.title),
  );
}

export function itemDescriptionOf(parent: XmlElement | undefined): ItemDescription | undefined {
  const found = child(parent, 'ItemDescription');
  if (found === undefined) return undefined;
  return defined({ callNumber: displayOf(found, 'CallNumber'), copyNumber: textOf(found, 'CopyNumber') });
}

export function itemDescription(about: ItemDescription | undefined): XmlNode | undefined {
  if (about === undefined) return undefined;
  return element('ItemDescription', leaf('CallNumber', about.callNumber), leaf('CopyNumber', about.copyNumber));
}

export function readLocation(found: XmlElement): Location {
  const levels = children(child(found, 'LocationName'), 'LocationNameInstance').flatMap((instance) => {
    const value = displayOf(instance, 'LocationNameValue');
    return value === undefined ? [] : [defined({ level: wholeOf(instance, 'LocationNameLevel'), value })];
  });
  return defined({ type: textOf(found, 'LocationType'), levels });
}

/** The value at a level. */
export function levelOf(location: Location | undefined, level: number): string | undefined {
  return location?.levels.find((candidate) => candidate.level === level)?.value;
}

export function itemFieldsOf(parent: XmlElement | undefined): ItemFields | undefined {
  const found = child(parent, 'ItemOptionalFields');
  if (found === undefined) return undefined;
  return defined({
    bibliographic: bibliographicOf(found),
    restrictions: scopedValues(found, 'ItemUseRestrictionType'),
    status: textOf(found, 'CirculationStatus'),
    holdQueue: wholeOf(found, 'HoldQueueLength'),
    description: itemDescriptionOf(found),
    locations: some(children(found, 'Location').map(readLocation)),
    due: dateOf(found, 'DateDue'),
  });
}

/** What Carrel sends about an item: its description and call number. Anything else is the host's own to say. */
export function itemFields(fields: ItemFields | undefined): XmlNode | undefined {
  if (fields === undefined) return undefined;
  const { bibliographic: about, description, ...others } = fields;
  if (Object.keys(others).length > 0) throw new NotWritable('only the description of an item is sent');
  return element(
    'ItemOptionalFields',
    about === undefined ? undefined : bibliographic(about),
    itemDescription(description),
  );
}
