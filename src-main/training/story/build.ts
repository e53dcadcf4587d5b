import { namedUuid } from '../random.ts';
import type { World } from '../world.ts';
import { buildCast } from './cast.ts';
import type { CastMember } from './cast-types.ts';
import { PLAN, type PlanRow } from './plan.ts';
import { condition, incoming } from './tell.ts';
import { Writer, type Transaction } from './write.ts';

const NOTES = [
  'Please return in the padded box',
  'Spine is fragile, please handle with care',
  'The dust jacket stays with us',
  'Is there any news of this one?',
  'Our patron can wait until next week',
] as const;

/** Writes the whole story into the world and returns what can be scanned at Riverside. */
export function buildStory(world: World, size: number): readonly CastMember[] {
  const writer = new Writer(world);
  const cast = buildCast(world, writer);
  const scale = size / 400;
  for (const row of PLAN) tellRow(world, writer, row, scale);
  return cast;
}

function tellRow(world: World, writer: Writer, row: PlanRow, scale: number): void {
  const { random } = world;
  const times = (count: number): number => (count === 0 ? 0 : Math.max(1, Math.round(count * scale)));
  for (let i = 0; i < times(row.weBorrow); i += 1) {
    one(world, writer, row, 'riverside', random.chance(0.6) ? 'northfield' : 'eastport');
  }
  for (let i = 0; i < times(row.weLend); i += 1) {
    one(world, writer, row, random.chance(0.6) ? 'northfield' : 'eastport', 'riverside');
  }
  for (let i = 0; i < times(row.others); i += 1) {
    // Networks with their own models live at Eastport, on both sides.
    const special =
      row.borrowing?.startsWith('Digital') === true || (row.borrowing ?? row.lending)?.startsWith('SLNP') === true;
    const eastBorrows = special ? row.borrowing !== undefined : random.chance(0.5);
    one(world, writer, row, eastBorrows ? 'eastport' : 'northfield', eastBorrows ? 'northfield' : 'eastport');
  }
}

function one(world: World, writer: Writer, row: PlanRow, borrower: string, lender: string): void {
  const { random } = world;
  const late = row.borrowerState === 'REQ_OVERDUE' || row.lenderState === 'RES_OVERDUE';
  const told = writer.transaction({
    borrower,
    lender,
    ...(row.borrowing === undefined ? {} : { borrowing: row.borrowing }),
    ...(row.lending === undefined ? {} : { lending: row.lending }),
    ...(row.borrowerState === undefined ? {} : { borrowerState: row.borrowerState }),
    ...(row.lenderState === undefined ? {} : { lenderState: row.lenderState }),
    volumeCount: random.chance(0.08) ? random.between(2, 4) : 1,
    dueInDays: late ? -random.between(1, 20) : random.between(2, 55),
  });
  decorate(world, told, row);
}

/** The small things that make a request look used: messages, conditions, notes, flags. */
function decorate(world: World, told: Transaction, row: PlanRow): void {
  const { random } = world;
  const { borrower, lender } = told;
  if (row.borrowerState === 'REQ_CONDITIONAL_ANSWER_RECEIVED') {
    const terms = { code: 'libraryuseonly', note: 'Reading room only', ...(random.chance(0.5) ? { cost: 15 } : {}) };
    if (borrower !== undefined) {
      condition(world, borrower, terms);
      incoming(world, borrower, {
        content: '#ReShareAddLoanCondition# Reading room only',
        status: 'Conditional',
        data: terms.code,
        hoursAgo: 4,
      });
    }
    if (lender !== undefined) condition(world, lender, terms);
  }
  for (const request of [borrower, lender]) {
    if (request === undefined) continue;
    if (random.chance(0.12)) {
      incoming(world, request, {
        content: random.pick(NOTES),
        hoursAgo: random.between(1, 90),
        seen: random.chance(0.5),
      });
    }
    if (random.chance(0.06)) request.localNote = 'Asked again by telephone';
    if (random.chance(0.1)) request.identifiers.push(illiad(world));
    if (request.state === 'RES_AWAIT_PICKING' && random.chance(0.12)) request.needsAttention = true;
    if (request.state === 'RES_ITEM_RETURNED' && random.chance(0.2)) {
      request.protocolAudit.push({
        id: namedUuid(`protocol:${request.id}`),
        at: request.updatedAt,
        type: 'ISO18626',
        url: 'https://resolver.example.org/iso18626',
        duration: random.between(80, 400),
      });
    }
  }
}

function illiad(world: World) {
  return { id: world.random.uuid(), type: 'illiad', value: String(world.random.between(700_000, 799_999)) };
}
