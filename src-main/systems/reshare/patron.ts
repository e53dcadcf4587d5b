import type { Result } from '../../contract/result.ts';
import { flag, fields, text, texts } from '../http/tolerant.ts';
import type { Api } from './api.ts';

/** What ReShare says of a patron before a request is placed. */
export interface PatronAnswer {
  readonly mayAsk: boolean;
  /** The circulation system knew the patron. */
  readonly known: boolean;
  readonly problems: readonly string[];
}

/**
 * Whether a patron may ask for more (mod-rs `GET /rs/patron/{patronIdentifier}/canCreateRequest`); needs the permission
 * rs.patronrequests.item.post. mod-rs asks the library's circulation system where its borrower check is on.
 */
export async function canCreateRequest(api: Api, patron: string): Promise<Result<PatronAnswer>> {
  return api.read(
    `/rs/patron/${encodeURIComponent(patron)}/canCreateRequest`,
    '/rs/patron/{patronIdentifier}/canCreateRequest',
    (body) => {
      const answer = fields(body);
      const mayAsk = flag(answer['patronValid']);
      if (mayAsk === undefined) return undefined;
      return { mayAsk, known: text(answer['status']) !== 'FAIL', problems: texts(answer['problems']) };
    },
  );
}
