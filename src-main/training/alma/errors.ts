import { json, type Reply } from '../http.ts';

/** Alma's own texts, from Ex Libris' API reference and public captures. */
const TEXTS: Readonly<Record<string, string>> = {
  PER_SECOND_THRESHOLD: 'HTTP requests are more than allowed per second',
  DAILY_THRESHOLD: 'HTTP requests are more than allowed per day',
  UNAUTHORIZED: 'API-key not defined or not configured to allow this API.',
  '401890': 'User with identifier of type all_unique was not found.',
  '401694': 'Request Identifier not found.',
  '40166422': 'The Request ID is not compatible with User ID.',
  '40166411': 'The parameter is not valid.',
  '401689': 'No items found for barcode.',
  '401681': 'Due date cannot be in the past.',
  '401824': 'Due date is missing.',
  '4800090': 'Circulation desk is not valid.',
  '401652': 'General Error: An error has occurred while processing the request.',
};

let tracking = 0;

/** The error body every area of the interface has. HTTP 400 is the status of nearly all of them, "not found" as well. */
export function errorReply(status: number, errorCode: string, message = TEXTS[errorCode] ?? 'General Error'): Reply {
  tracking += 1;
  const trackingId = `E01-0311140311-PRACT-AWAE${String(tracking).padStart(10, '0')}`;
  return json(status, {
    errorsExist: true,
    errorList: { error: [{ errorCode, errorMessage: message, trackingId }] },
    result: null,
  });
}
