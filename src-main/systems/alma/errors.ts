import type { AppError, ErrorCode, Mender, Retry } from '../../contract/result.ts';
import { isRecord, jsonOf, plainWords } from '../http/bodies.ts';
import type { HttpAnswer } from '../http/client.ts';
import { records, text } from '../http/tolerant.ts';
import { child, children, textOf } from '../http/xml/find.ts';
import { parseXml } from '../http/xml/parse.ts';

/** One entry of Alma's error list. */
export interface AlmaError {
  /** `errorCode`: digits, or a word such as `PER_SECOND_THRESHOLD`. */
  readonly code: string;
  readonly message?: string;
  /** What Ex Libris' support asks for. */
  readonly trackingId?: string;
}

/** The errors of a body, JSON (`errorList.error[]`) or XML (`web_service_result`); empty when it is none of both. */
export function errorsOf(answer: Pick<HttpAnswer, 'text'>): readonly AlmaError[] {
  const json = jsonOf(answer);
  if (isRecord(json)) {
    const list = isRecord(json['errorList']) ? json['errorList']['error'] : undefined;
    return records(list).flatMap((entry) =>
      errorOf(codeOf(entry['errorCode']), entry['errorMessage'], entry['trackingId']),
    );
  }
  const xml = parseXml(answer.text);
  if (!xml.ok || xml.root.name !== 'web_service_result') return [];
  return children(child(xml.root, 'errorList'), 'error').flatMap((entry) =>
    errorOf(textOf(entry, 'errorCode'), textOf(entry, 'errorMessage'), textOf(entry, 'trackingId')),
  );
}

function codeOf(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : text(value);
}

function errorOf(code: string | undefined, message: unknown, trackingId: unknown): readonly AlmaError[] {
  if (code === undefined) return [];
  const words = text(message);
  const tracking = text(trackingId);
  return [
    {
      code,
      ...(words === undefined ? {} : { message: words }),
      ...(tracking === undefined ? {} : { trackingId: tracking }),
    },
  ];
}

/** Codes by which Alma says that what was asked for is not there. */
export const NO_REQUEST: ReadonlySet<string> = new Set(['401694', '40166450']);
export const NO_USER: ReadonlySet<string> = new Set(['401890', '401861']);

interface Words {
  readonly sentence: string;
  readonly mender: Mender;
  readonly code?: ErrorCode;
  readonly retry?: Retry;
  /** Alma's own words name a person, or mean nothing. */
  readonly hush?: true;
}

const KEY_LACKS =
  'Alma’s API key may not do this. A library administrator must give the key this API area, read/write where Carrel changes something, in Ex Libris’ Developer Network.';
const SLOW_DOWN =
  'Alma takes no more calls this second, so it did not do this. Nothing was changed; try again in a moment.';
const USED_UP =
  'Alma’s daily number of calls is used up for the whole institution, so it did not do this. Do this one on Alma’s own screen; Carrel can go on after midnight.';

const LIBRARY_CODE = 'A library administrator must compare the codes in Settings with Alma’s configuration.';

/** Alma's codes in words, and whose job each is. Sources: Ex Libris' API reference; answers captured by public clients. */
const WORDS: Readonly<Record<string, Words>> = {
  PER_SECOND_THRESHOLD: { sentence: SLOW_DOWN, mender: 'nobody', code: 'not-sent', retry: 'now' },
  DAILY_THRESHOLD: { sentence: USED_UP, mender: 'library-administrator', code: 'not-sent', retry: 'later' },
  UNAUTHORIZED: { sentence: KEY_LACKS, mender: 'library-administrator', code: 'no-permission' },
  FORBIDDEN: { sentence: KEY_LACKS, mender: 'library-administrator', code: 'no-permission' },
  '60340': {
    sentence:
      'Alma’s API key is restricted to other libraries. A library administrator must widen it, or use another key.',
    mender: 'library-administrator',
    code: 'no-permission',
  },
  '60258': {
    sentence:
      'Alma’s API key is restricted to other libraries. A library administrator must widen it, or use another key.',
    mender: 'library-administrator',
    code: 'no-permission',
  },
  '401890': { sentence: 'Alma knows no patron with this id.', mender: 'ill-office', code: 'not-found', hush: true },
  '401861': { sentence: 'Alma knows no patron with this id.', mender: 'ill-office', code: 'not-found', hush: true },
  '401694': { sentence: 'Alma has no request with this number.', mender: 'ill-office', code: 'not-found' },
  '40166450': { sentence: 'Alma found nothing for this.', mender: 'ill-office', code: 'not-found' },
  '40166422': {
    sentence:
      'Alma says that this request belongs to another patron. Open the request in Alma and compare who asked for it.',
    mender: 'ill-office',
    hush: true,
  },
  '401689': { sentence: 'Alma has no item with this barcode.', mender: 'desk', code: 'not-found' },
  '401604': {
    sentence: 'The library itself holds this title, so Alma wants no request for it. Look in the catalogue first.',
    mender: 'ill-office',
  },
  '402362': { sentence: 'Alma has this request already; nothing was added.', mender: 'ill-office' },
  '401607': {
    sentence: `The request names no resource sharing library. ${LIBRARY_CODE}`,
    mender: 'library-administrator',
  },
  '401608': {
    sentence: `The resource sharing library is not one of this patron’s. ${LIBRARY_CODE}`,
    mender: 'library-administrator',
  },
  '401768': {
    sentence: 'This patron belongs to no resource sharing library in Alma. The ILL office can add one to the account.',
    mender: 'ill-office',
  },
  '401929': { sentence: `Alma does not know the pickup place. ${LIBRARY_CODE}`, mender: 'library-administrator' },
  '401930': { sentence: 'Fields of the article are missing.', mender: 'ill-office' },
  '401897': {
    sentence: 'Alma does not accept a value of the request. The ILL office should make it in Alma.',
    mender: 'ill-office',
  },
  '402039': {
    sentence: 'The resource sharing library has no default location in Alma. A library administrator must set one.',
    mender: 'library-administrator',
  },
  '40166411': {
    sentence: `Alma does not accept a value Carrel sent. ${LIBRARY_CODE}`,
    mender: 'library-administrator',
    code: 'configuration',
  },
  '40166412': { sentence: 'Alma could not do this. Try it on Alma’s own screen.', mender: 'ill-office' },
  '401822': {
    sentence: 'Alma does not renew this loan. The ILL office can see why on the patron’s page.',
    mender: 'ill-office',
  },
  '401824': { sentence: 'Alma was sent no due date. This is a fault in Carrel.', mender: 'it', code: 'internal' },
  '401681': { sentence: 'Alma takes no due date in the past.', mender: 'desk' },
  '402502': { sentence: 'Alma could not scan this item in. Scan it on Alma’s own screen.', mender: 'desk' },
  '402504': { sentence: 'Alma could not scan this item in. Scan it on Alma’s own screen.', mender: 'desk' },
  '4800090': {
    sentence: `Alma does not know the desk items are scanned in at. ${LIBRARY_CODE}`,
    mender: 'library-administrator',
    code: 'configuration',
  },
  '401652': {
    sentence: 'Alma could not do this and does not say why. Try it on Alma’s own screen.',
    mender: 'ill-office',
  },
};

/** A refusal of Alma's in words for the desk, with what a support case needs. */
export function refusalOf(status: number, errors: readonly AlmaError[], requestId?: string): AppError {
  const [first] = errors;
  const words = WORDS[first?.code ?? ''] ?? byStatus(status);
  const theirs = words.hush === true ? undefined : theirWords(first, requestId);
  return {
    code: words.code ?? 'refused',
    sentence: words.sentence,
    mender: words.mender,
    retry: words.retry ?? 'never',
    ...(theirs === undefined ? {} : { theirWords: theirs }),
  };
}

function byStatus(status: number): Words {
  if (status === 429) return { sentence: SLOW_DOWN, mender: 'nobody', code: 'not-sent', retry: 'later' };
  if (status === 401 || status === 403) {
    return {
      sentence:
        'Alma does not accept the API key, or the key may not do this. A library administrator must compare it with the key in Ex Libris’ Developer Network.',
      mender: 'library-administrator',
      code: 'no-permission',
    };
  }
  return { sentence: 'Alma refused this. Its own words say more.', mender: 'ill-office' };
}

/** Some of Alma's messages show a fault of its own in place of the value (`[Ljava.lang.Object;@…`): those say nothing. */
function theirWords(error: AlmaError | undefined, requestId: string | undefined): string | undefined {
  const broken = /\[L[\w.]+;@|\{\d\}/;
  const message = error?.message === undefined || broken.test(error.message) ? undefined : plainWords(error.message);
  const tracking = error?.trackingId ?? requestId;
  const parts = [
    message,
    error === undefined ? undefined : `code ${error.code}`,
    tracking === undefined ? undefined : `for Ex Libris’ support: ${tracking}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' · ');
}
