import type { ItemView, PatronView } from '../circulation-system.ts';
import { defined } from '../defined.ts';
import type { Location } from './blocks/item-fields.ts';
import { emailOf, isBlockingStatus } from './blocks/user-fields.ts';
import type { NcipDate } from './dates.ts';
import type { LookupItemResponse } from './messages/lookup-item.ts';
import type { LookupUserResponse } from './messages/lookup-user.ts';

/** An item as the desk wants it. The current borrower, where a host tells it unasked, stays out. */
export function itemView(
  barcode: string,
  answer: LookupItemResponse,
  zoned: (date: NcipDate | undefined) => NcipDate | undefined,
): ItemView {
  const fields = answer.itemFields;
  return defined({
    barcode,
    status: fields?.status,
    due: zoned(fields?.due),
    holdQueue: fields?.holdQueue,
    title: fields?.bibliographic?.title,
    author: fields?.bibliographic?.author,
    callNumber: fields?.description?.callNumber,
    permanentLocation: placeOf(fields?.locations, 'permanent'),
    temporaryLocation: placeOf(fields?.locations, 'temporary'),
  });
}

function placeOf(locations: readonly Location[] | undefined, kind: string): string | undefined {
  const location = locations?.find((candidate) => candidate.type?.toLowerCase().startsWith(kind));
  const names = location?.levels.map((level) => level.value) ?? [];
  return names.length === 0 ? undefined : names.join(', ');
}

/** A patron as the desk wants them; blocked when a block is named or a privilege has run out. */
export function patronView(barcode: string, answer: LookupUserResponse): PatronView {
  const fields = answer.userFields;
  const blocks = [
    ...(fields?.blocks ?? []).map((block) => block.type),
    ...(fields?.privileges ?? [])
      .filter((privilege) => isBlockingStatus(privilege.status))
      .map((privilege) => [privilege.type, privilege.status].filter((part) => part !== undefined).join(' ')),
  ];
  return defined({
    barcode,
    name: fields?.name?.display,
    email: emailOf(fields),
    blocked: fields === undefined ? undefined : blocks.length > 0,
    blocks,
  });
}
