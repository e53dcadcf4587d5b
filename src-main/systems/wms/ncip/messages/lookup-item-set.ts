import { defined, some } from '../../defined.ts';
import { dateOf, type NcipDate } from '../dates.ts';
import {
  bibliographicId,
  itemId,
  itemIdOf,
  readBibliographicId,
  readItemId,
  type BibliographicId,
  type ItemId,
} from '../blocks/ids.ts';
import {
  bibliographicOf,
  itemFieldsOf,
  readLocation,
  type Bibliographic,
  type ItemFields,
  type Location,
} from '../blocks/item-fields.ts';
import { itemElements, readWanted } from '../blocks/wanted.ts';
import { readProblem, type NcipProblem } from '../problem.ts';
import { child, children, displayOf, textOf, wholeOf } from '../../xml/find.ts';
import type { XmlElement } from '../../xml/parse.ts';
import { leaf, NotWritable, whole } from '../write.ts';
import { inOrder, type NcipService } from './service.ts';

/**
 * `LookupItemSet` (2.02): InitiationHeader? (BibliographicId+ | HoldingsSetId+ | ItemId+) ItemElementType*
 * CurrentBorrowerDesired? CurrentRequestersDesired? MaximumItemsCount? NextItemToken? Ext?
 */
export interface LookupItemSet {
  readonly titles?: readonly BibliographicId[];
  readonly items?: readonly ItemId[];
  readonly itemElements?: readonly string[];
  readonly maximum?: number;
  /** Opaque, from the page before. */
  readonly nextToken?: string;
}

/**
 * `LookupItemSetResponse`: ResponseHeader? (Problem+ | BibInformation+ NextItemToken?) Ext?. There are more pages as long
 * as there is a token.
 */
export interface LookupItemSetResponse {
  readonly titles: readonly BibInformation[];
  readonly nextToken?: string;
}

/**
 * `BibInformation`: BibliographicId? (BibliographicDescription? TitleHoldQueueLength? CurrentRequester* HoldingsSet+ |
 * Problem+). A title, a set or a copy may carry problems of its own.
 */
export interface BibInformation {
  readonly title?: BibliographicId;
  readonly description?: Bibliographic;
  readonly holdQueue?: number;
  readonly holdings?: readonly HoldingsSet[];
  readonly problems?: readonly NcipProblem[];
}

/** `HoldingsSet`: HoldingsSetId? (… Location? CallNumber? … ItemInformation+ Ext? | Problem+) */
export interface HoldingsSet {
  readonly location?: Location;
  readonly callNumber?: string;
  readonly items?: readonly ItemInformation[];
  readonly problems?: readonly NcipProblem[];
}

/** `ItemInformation`: ItemId? (RequestId* … DateDue? … ItemOptionalFields? ItemNote? Ext? | Problem+) */
export interface ItemInformation {
  readonly item?: ItemId;
  readonly due?: NcipDate;
  readonly fields?: ItemFields;
  readonly note?: string;
  readonly problems?: readonly NcipProblem[];
}

export const lookupItemSet: NcipService<LookupItemSet, LookupItemSetResponse> = {
  name: 'LookupItemSet',
  changes: false,
  build(ask) {
    const titles = (ask.titles ?? []).map(bibliographicId);
    const items = (ask.items ?? []).map(itemId).filter((node) => node !== undefined);
    if ((titles.length === 0) === (items.length === 0)) throw new NotWritable('a set is of titles or of items');
    return inOrder(
      titles,
      items,
      itemElements(ask.itemElements),
      whole('MaximumItemsCount', ask.maximum, 1),
      leaf('NextItemToken', ask.nextToken),
    );
  },
  readRequest: (message) =>
    defined({
      titles: some(children(message, 'BibliographicId').flatMap((id) => readBibliographicId(id) ?? [])),
      items: some(children(message, 'ItemId').flatMap((id) => readItemId(id) ?? [])),
      itemElements: readWanted(message).itemElements,
      maximum: wholeOf(message, 'MaximumItemsCount'),
      nextToken: textOf(message, 'NextItemToken'),
    }),
  readResponse: (message) =>
    defined({
      titles: children(message, 'BibInformation').map(readTitle),
      nextToken: textOf(message, 'NextItemToken'),
    }),
  echo: () => [],
};

function readTitle(found: XmlElement): BibInformation {
  const id = child(found, 'BibliographicId');
  return defined({
    title: id === undefined ? undefined : readBibliographicId(id),
    description: bibliographicOf(found),
    holdQueue: wholeOf(found, 'TitleHoldQueueLength'),
    holdings: some(children(found, 'HoldingsSet').map(readHoldings)),
    problems: problemsIn(found),
  });
}

function readHoldings(found: XmlElement): HoldingsSet {
  const location = child(found, 'Location');
  return defined({
    location: location === undefined ? undefined : readLocation(location),
    callNumber: displayOf(found, 'CallNumber'),
    items: some(children(found, 'ItemInformation').map(readItem)),
    problems: problemsIn(found),
  });
}

function readItem(found: XmlElement): ItemInformation {
  return defined({
    item: itemIdOf(found),
    due: dateOf(found, 'DateDue'),
    fields: itemFieldsOf(found),
    note: displayOf(found, 'ItemNote'),
    problems: problemsIn(found),
  });
}

function problemsIn(found: XmlElement): readonly NcipProblem[] | undefined {
  return some(children(found, 'Problem').map((problem) => readProblem(problem)));
}
