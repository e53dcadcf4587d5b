import type { JsonObject } from '../http.ts';

/** What the broker says of an action's parameters that it cannot use (`action.go`); undefined where it takes them. */
export function paramsTrouble(action: string, params: JsonObject): string | undefined {
  const link = typeof params['deliveryUrl'] === 'string' ? params['deliveryUrl'] : '';
  if (!wellFormed(params)) return 'failed to unmarshal action parameters';
  switch (action) {
    case 'add-condition':
      if (blank(params['loanCondition']) && params['cost'] === undefined) return 'loanCondition or cost is required';
      if (params['cost'] !== undefined && blank(params['currency']))
        return 'currency is required when cost is provided';
      return undefined;
    case 'ask-retry':
      if (blank(params['reasonRetry'])) return 'missing reasonRetry for ask-retry action';
      if (params['reasonRetry'] !== 'NotFoundAsCited') {
        return `unsupported reasonRetry "${String(params['reasonRetry'])}" for ask-retry action (supported: "NotFoundAsCited")`;
      }
      return blank(params['itemId'])
        ? 'missing itemId for ask-retry action when reasonRetry is NotFoundAsCited'
        : undefined;
    case 'supply-document':
      return /^https?:\/\//u.test(link) ? undefined : 'deliveryUrl must be an absolute HTTP(S) URL';
    default:
      return undefined;
  }
}

/** Every parameter is text but the cost. */
function wellFormed(params: JsonObject): boolean {
  return Object.entries(params).every(([name, value]) => typeof value === (name === 'cost' ? 'number' : 'string'));
}

function blank(value: unknown): boolean {
  return typeof value !== 'string' || value === '';
}
