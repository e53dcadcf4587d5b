import type { AppError, ErrorCode, Mender } from '../base.ts';
import { looksLikeHtml, plainWords } from '../../http/bodies.ts';
import type { HttpAnswer } from '../../http/client.ts';
import { readRefusal } from '../auth/refusals.ts';
import { defined } from '../defined.ts';
import type { NcipHost } from './hosts.ts';
import { readNcip, type NcipMessage, type NotNcip } from './message.ts';
import type { Echo, NcipService } from './messages/service.ts';
import type { NcipOutcome } from './outcome.ts';
import { rowOf } from './problem-meanings.ts';
import { worstOf, wordsOf, type NcipProblem } from './problem.ts';
import { XML_LIMITS } from '../xml/parse.ts';

/** What an answer comes to. The body is read as NCIP first, whatever the status: hosts put problems under any of them. */
export function judge<Q, A>(host: NcipHost, service: NcipService<Q, A>, ask: Q, answer: HttpAnswer): NcipOutcome<A> {
  const read = readNcip(answer.bytes, {
    limits: { ...XML_LIMITS, maxBytes: host.maxBytes },
    aliases: host.aliases,
    ...(answer.headers['content-type'] === undefined ? {} : { contentType: answer.headers['content-type'] }),
  });
  return read.kind === 'message'
    ? judgeMessage(host, service, ask, answer.status, read)
    : judgeOther(host, service.changes, answer, read);
}

function judgeMessage<Q, A>(
  host: NcipHost,
  service: NcipService<Q, A>,
  ask: Q,
  status: number,
  message: NcipMessage,
): NcipOutcome<A> {
  // A problem is a no even beside data, and even under another service's name: OCLC has sent both.
  if (message.problems.length > 0) {
    return defined({
      outcome: 'refused' as const,
      error: problemError(message.problems, host.name),
      problems: message.problems,
      terms: message.terms,
    });
  }
  if (message.name !== `${service.name}Response`) {
    return unclear(service.changes, `${host.name} answered something else than it was asked.`, {
      theirWords: message.name,
    });
  }
  if (status >= 400) {
    return unclear(service.changes, `${host.name} said yes and reported an error in the same answer.`, {
      theirWords: `HTTP ${status}`,
    });
  }
  const answer = service.readResponse(message.element);
  for (const echo of service.echo(ask, answer)) {
    const wrong = echoFault(echo);
    if (wrong === 'missing') {
      return unclear(service.changes, `${host.name} answered without saying which ${WHAT[echo.what]} it means.`);
    }
    if (wrong === 'other') {
      return unclear(
        service.changes,
        `${host.name} answered about another ${WHAT[echo.what]} than the one asked for.`,
        // A patron's number is not shown in an error.
        echo.what === 'user' ? {} : { theirWords: echo.answered },
      );
    }
  }
  return {
    outcome: 'done',
    answer,
    notes: message.notes,
    ...(message.ext === undefined ? {} : { ext: message.ext }),
  };
}

const WHAT: Readonly<Record<Echo['what'], string>> = { item: 'item', request: 'request', user: 'patron' };

/** Hosts pad ids and change their case; anything more is another id. */
function echoFault(echo: Echo): 'missing' | 'other' | undefined {
  if (echo.answered === undefined) return echo.compulsory ? 'missing' : undefined;
  if (echo.asked === undefined) return undefined;
  return comparable(echo.asked) === comparable(echo.answered) ? undefined : 'other';
}

function comparable(id: string): string {
  return id.trim().toLowerCase();
}

/** The host's problems as one error: the worst decides, all are quoted. */
export function problemError(problems: readonly NcipProblem[], system: string): AppError {
  const row = rowOf(worstOf(problems)?.meaning ?? 'unrecognised');
  return defined({
    code: row.code,
    sentence: row.say(system),
    mender: row.mender,
    retry: row.retry,
    theirWords: shortened(wordsOf(problems)),
  });
}

function shortened(words: string | undefined): string | undefined {
  return words === undefined ? undefined : plainWords(words.replace(/\s+/g, ' '));
}

const UNREADABLE: Readonly<Record<NotNcip['why'], (system: string) => string>> = {
  empty: (s) => `${s} answered nothing at all.`,
  'too-large': (s) => `${s} sent more than Carrel accepts in one answer.`,
  'too-deep': (s) => `${s} sent an answer built in a way Carrel refuses to read.`,
  'not-xml': (s) => `Something other than ${s} answered.`,
  declarations: (s) => `${s} sent an answer with declarations in it, which Carrel refuses to read.`,
  'undefined-entity': (s) => `${s} sent an answer Carrel refuses to read.`,
  truncated: (s) => `The answer of ${s} broke off in the middle.`,
  'two-documents': (s) => `${s} sent two answers in one.`,
  malformed: (s) => `${s} sent an answer that is damaged.`,
  'other-xml': (s) => `Something other than ${s} answered.`,
  'ncip-1': (s) =>
    `${s} answers in version 1 of NCIP, which Carrel does not speak; a library administrator must enter the address of its NCIP 2 service.`,
};

/** Everything that is no NCIP 2: gateways, proxies, other protocols, damage. */
function judgeOther<A>(host: NcipHost, changes: boolean, answer: HttpAnswer, read: NotNcip): NcipOutcome<A> {
  const refusal = readRefusal(answer, host.name);
  if (refusal !== undefined) return { outcome: 'refused', error: refusal.error, problems: [] };
  if (read.why === 'ncip-1') {
    return unclear(changes, UNREADABLE['ncip-1'](host.name), {
      code: 'configuration',
      mender: 'library-administrator',
    });
  }
  // Statuses by which an HTTP server says that it did not take the request (RFC 9110 §15.5); 408 and 425 leave it open.
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 425) {
    const address = answer.status === 404 || answer.status === 405 || answer.status === 410;
    return {
      outcome: 'refused',
      problems: [],
      error: defined({
        code: address ? ('configuration' as const) : ('refused' as const),
        sentence: address
          ? `There is no circulation service of ${host.name} at the address Carrel has, so nothing was done. A library administrator must check the address in Settings.`
          : `The gateway of ${host.name} did not take what Carrel sent, so nothing was done. Do it on ${host.name}'s own screen, and tell IT.`,
        mender: address ? ('library-administrator' as const) : ('it' as const),
        retry: 'never' as const,
        theirWords: plainWords(answer.text),
      }),
    };
  }
  // A proxy's page is no answer of the host, however its markup fails to be XML.
  const why = looksLikeHtml({ headers: {}, text: answer.text }) ? 'other-xml' : read.why;
  return unclear(changes, UNREADABLE[why](host.name), { theirWords: plainWords(answer.text) });
}

/**
 * An answer that proves nothing. After a change it leaves the outcome unknown; after a look-up nothing can have happened,
 * and asking again does no harm.
 */
function unclear<A>(
  changes: boolean,
  what: string,
  more: { readonly theirWords?: string | undefined; readonly code?: ErrorCode; readonly mender?: Mender } = {},
): NcipOutcome<A> {
  const common = { code: more.code ?? ('unreadable-answer' as const), mender: more.mender ?? ('host' as const) };
  if (!changes) {
    const error: AppError = defined({
      ...common,
      sentence: `${what} Nothing was changed.`,
      retry: 'later' as const,
      theirWords: more.theirWords,
    });
    return { outcome: 'not-sent', error };
  }
  const error: AppError = defined({
    ...common,
    sentence: `${what} It may or may not have happened: keep the item at the desk until someone has looked.`,
    retry: 'unknown-outcome' as const,
    theirWords: more.theirWords,
  });
  return { outcome: 'unknown', error };
}
