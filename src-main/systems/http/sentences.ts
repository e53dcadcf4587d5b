import type { AppError, ErrorCode, Mender, Retry } from '../../contract/result.ts';
import type { FaultCause, HttpFault } from './faults.ts';

type Words = {
  readonly what: (system: string, fault: HttpFault) => string;
  readonly code: ErrorCode;
  readonly mender: Mender;
  readonly retry: Retry;
};

/** What each cause is called in a sentence, and whose job it is. `system` is a name such as "ReShare". */
const WORDS: Readonly<Record<FaultCause, Words>> = {
  'host-not-found': {
    what: (system, fault) =>
      `${system} was not reached: the network knows no computer called ${fault.host}. Check the network cable or Wi-Fi; if other pages work, the address in Settings is wrong.`,
    code: 'not-sent',
    mender: 'it',
    retry: 'later',
  },
  'connection-refused': {
    what: (system, fault) =>
      `${system} was not reached: ${fault.host} refused the connection. It is probably being restarted; if it lasts, tell whoever runs it.`,
    code: 'not-sent',
    mender: 'host',
    retry: 'later',
  },
  'connect-timeout': {
    what: (system, fault) =>
      `${system} was not reached: ${fault.host} did not take the connection in time. If other pages load, a firewall may be in the way: that is IT's job.`,
    code: 'not-sent',
    mender: 'it',
    retry: 'later',
  },
  'network-down': {
    what: (system) => `${system} was not reached: this computer has no network. Check the cable or Wi-Fi.`,
    code: 'not-sent',
    mender: 'it',
    retry: 'later',
  },
  tls: {
    what: (system, fault) =>
      `${system} was not reached: the secure connection to ${fault.host} could not be trusted. IT must look at the certificate, or at this computer’s date.`,
    code: 'configuration',
    mender: 'it',
    retry: 'later',
  },
  'headers-timeout': {
    what: (system) => `${system} took too long to answer.`,
    code: 'not-sent',
    mender: 'host',
    retry: 'later',
  },
  'body-timeout': {
    what: (system) => `${system} stopped in the middle of its answer.`,
    code: 'not-sent',
    mender: 'host',
    retry: 'later',
  },
  deadline: {
    what: (system) => `${system} did not finish its answer in time.`,
    code: 'not-sent',
    mender: 'host',
    retry: 'later',
  },
  'connection-closed': {
    what: (system) => `The connection to ${system} broke before it answered.`,
    code: 'not-sent',
    mender: 'host',
    retry: 'now',
  },
  truncated: {
    what: (system) => `The connection to ${system} broke in the middle of its answer.`,
    code: 'unreadable-answer',
    mender: 'host',
    retry: 'now',
  },
  'too-large': {
    what: (system) => `${system} sent more than Carrel accepts in one answer.`,
    code: 'unreadable-answer',
    mender: 'host',
    retry: 'never',
  },
  'bad-http': {
    what: (system, fault) =>
      `What answers at ${fault.host} does not speak HTTP as ${system} does. The address in Settings may be wrong.`,
    code: 'unreadable-answer',
    mender: 'library-administrator',
    retry: 'later',
  },
  redirect: {
    what: (system, fault) =>
      `${fault.host} sent Carrel on to ${fault.redirectHost ?? 'another address'} instead of answering as ${system}. The network may want a sign-in in the web browser first; if not, the address in Settings is wrong.`,
    code: 'configuration',
    mender: 'it',
    retry: 'later',
  },
  cancelled: {
    what: (system) => `The call to ${system} was cancelled.`,
    code: 'not-sent',
    mender: 'nobody',
    retry: 'now',
  },
  'shut-down': {
    what: (system) => `Carrel had already closed its connection to ${system}.`,
    code: 'not-sent',
    mender: 'nobody',
    retry: 'later',
  },
  'bad-request': {
    what: (system) => `Carrel made a call to ${system} that cannot be sent. This is a fault in Carrel.`,
    code: 'internal',
    mender: 'it',
    retry: 'never',
  },
  other: {
    what: (system, fault) =>
      `${system} was not reached${fault.code === undefined ? '' : ` (${fault.code})`}. If it lasts, tell IT.`,
    code: 'not-sent',
    mender: 'it',
    retry: 'later',
  },
};

/** What follows a lost answer of a system that Carrel can look at. */
const LOOKS = 'Carrel looks before anything is sent again.';

/**
 * The fault as an error with a sentence for the person at the desk.
 * @param then what follows when the answer to a change was lost, as a sentence; left out where Carrel itself can look
 */
export function faultError(fault: HttpFault, system: string, then = LOOKS): AppError {
  const words = WORDS[fault.cause];
  const sentence = words.what(system, fault);
  if (fault.kind === 'unknown-outcome') {
    return {
      code: 'unknown-outcome',
      sentence: `${sentence} It may or may not have happened. ${then}`,
      mender: words.mender,
      retry: 'unknown-outcome',
    };
  }
  return { code: words.code, sentence, mender: words.mender, retry: words.retry };
}
