import { acceptItem } from './accept-item.ts';
import { cancelRequestItem } from './cancel-request-item.ts';
import { checkInItem } from './check-in-item.ts';
import { checkOutItem } from './check-out-item.ts';
import { createItem } from './create-item.ts';
import { deleteItem } from './delete-item.ts';
import { lookupItemSet } from './lookup-item-set.ts';
import { lookupItem } from './lookup-item.ts';
import { lookupRequest } from './lookup-request.ts';
import { lookupUser } from './lookup-user.ts';
import { renewItem } from './renew-item.ts';
import { requestItem } from './request-item.ts';
import { updateRequestItem } from './update-request-item.ts';

/** Every service this client can ask for, by name. */
export const SERVICES = {
  AcceptItem: acceptItem,
  CancelRequestItem: cancelRequestItem,
  CheckInItem: checkInItem,
  CheckOutItem: checkOutItem,
  CreateItem: createItem,
  DeleteItem: deleteItem,
  LookupItem: lookupItem,
  LookupItemSet: lookupItemSet,
  LookupRequest: lookupRequest,
  LookupUser: lookupUser,
  RenewItem: renewItem,
  RequestItem: requestItem,
  UpdateRequestItem: updateRequestItem,
} as const;
