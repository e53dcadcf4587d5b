import { ok, type AppError, type Result } from '../contract/result.ts';
import type { CheckOutAnswer, LoanDue, PatronFacts } from '../desk/check-out-types.ts';
import type { CirculationOutcome, LendingPort } from '../journal/ports.ts';
import type { CheckedOut, CirculationSystem, PatronView } from '../systems/wms/circulation-system.ts';
import type { Money, RequiredTerms } from '../systems/wms/ncip/blocks/money.ts';
import type { NcipDate } from '../systems/wms/ncip/dates.ts';

/** Lending as the desk uses it; undefined where Carrel does not check items out by itself. */
export function lendingThrough(system: CirculationSystem): LendingPort | undefined {
  if (system.modes['check-out'] !== 'api') return undefined;
  return {
    checkOut: async (barcode, card): Promise<CirculationOutcome<CheckOutAnswer>> => {
      const outcome = await system.checkOut({ barcode, patron: card });
      if (outcome.outcome === 'done') return { outcome: 'done', value: answerOf(outcome.value) };
      if (outcome.outcome !== 'refused') return outcome;
      return { outcome: 'refused', error: withTerms(outcome.error, outcome.terms) };
    },
    ...(system.modes.patron === 'api' ? { patron: (card: string) => factsOf(system.lookUpPatron(card)) } : {}),
  };
}

/** What a desk needs of a patron, and nothing else of what the system tells. */
async function factsOf(asked: Promise<Result<PatronView | undefined>>): Promise<Result<PatronFacts | undefined>> {
  const found = await asked;
  if (!found.ok) return found;
  if (found.value === undefined) return ok(undefined);
  const { name, blocked, illBlocked, expires } = found.value;
  return ok({
    ...(name === undefined ? {} : { name }),
    ...(blocked === undefined ? {} : { blocked }),
    ...(illBlocked === undefined ? {} : { illBlocked }),
    ...(expires === undefined ? {} : { expires }),
  });
}

function answerOf({ due, title, bill }: CheckedOut): CheckOutAnswer {
  return {
    ...(due === undefined ? {} : { due: dueOf(due) }),
    ...(title === undefined ? {} : { title }),
    ...(bill === undefined ? {} : { bill: amountOf(bill.amount) }),
  };
}

/** A time without a zone is the library's own, so its day is the day meant. */
export function dueOf(date: NcipDate): LoanDue {
  switch (date.kind) {
    case 'instant':
      return { kind: 'instant', utc: date.utc };
    case 'local':
      return { kind: 'day', day: date.local.slice(0, 10) };
    case 'day':
      return { kind: 'day', day: date.day };
    case 'unreadable':
      return { kind: 'words', words: date.raw };
  }
}

/** The fee and the restrictions behind a refusal are said with it. */
function withTerms(error: AppError, terms: RequiredTerms | undefined): AppError {
  const said = [
    ...(terms?.fee === undefined ? [] : [`a fee of ${amountOf(terms.fee)}`]),
    ...(terms?.restrictions ?? []).map((restriction) => `“${restriction}”`),
  ];
  return said.length === 0 ? error : { ...error, sentence: `${error.sentence} Its terms: ${said.join(', ')}.` };
}

/** An amount in words. NCIP gives whole minor units; every currency OCLC lists has two digits of them. */
export function amountOf(amount: Money | undefined): string {
  return amount === undefined
    ? 'an amount WMS did not name'
    : `${(amount.minorUnits / 100).toFixed(2)} ${amount.currency}`;
}
