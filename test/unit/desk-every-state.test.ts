import { describe, expect, it } from 'vitest';
import { Prompt } from '../../src-main/contract/prompt.ts';
import { ACTIONS, EVERYWHERE, NEXT, actionWords } from '../../src-main/desk/data/actions.ts';
import { KNOWN_STATES } from '../../src-main/desk/data/states.ts';
import { decide } from '../../src-main/desk/decide.ts';
import { outlook } from '../../src-main/desk/outlook.ts';
import type { Decision } from '../../src-main/desk/types.ts';
import { MODELS, NOW, RULES, evidence, request, rulesWith, sideOf, staffActions } from './desk-cases.ts';

const COMBINED = rulesWith({ combineFillAndShip: true, combineReturnedAndShipped: true });
const OURS = '30234000517861';

/** All subsets of a state's actions that matter: those offered everywhere stay in or out together. */
function subsets(codes: readonly string[]): readonly (readonly string[])[] {
  const telling = codes.filter((c) => !EVERYWHERE.has(c));
  const always = codes.filter((c) => EVERYWHERE.has(c));
  return Array.from({ length: 2 ** telling.length }, (_, bits) => [
    ...telling.filter((_code, i) => (bits >> i) & 1),
    ...always,
  ]);
}

function wellFormed(decision: Decision, valid: readonly string[]): string[] {
  const { prompt, steps } = decision;
  const keys = prompt.offers.map((o) => o.key);
  const faults: string[] = [];
  if (!Prompt.safeParse(prompt).success) faults.push('not a prompt');
  if (prompt.destination.verb.trim() === '' || prompt.destination.to === '') faults.push('no destination');
  if (prompt.why.length === 0 || prompt.why.some((w) => /[{}]|undefined|null|\s{2}/.test(w)))
    faults.push(`why: ${prompt.why.join('|')}`);
  if (prompt.tag === '' || prompt.tag.length > 20) faults.push(`tag: ${prompt.tag}`);
  if (new Set(keys).size !== keys.length) faults.push(`keys: ${keys.join(' ')}`);
  if (prompt.offers.some((o) => o.label === '' || o.id.length > 200)) faults.push('offer');
  if (prompt.offers.length > 0 && !keys.includes('F7')) faults.push('no F7');
  if (prompt.offers.some((o) => o.id.startsWith('do:') && !valid.includes(o.id.split(':')[1] ?? '')))
    faults.push('offers what is not valid');
  if (steps.some((s) => !valid.includes(s.action))) faults.push('does what is not valid');
  if (steps.some((s) => s.step === 'other')) faults.push('does what only staff may');
  if (prompt.working !== steps.length > 0) faults.push('working');
  return faults;
}

const PAIRS = Object.entries(MODELS.models).flatMap(([model, { states }]) => states.map((s) => ({ model, ...s })));

describe('every state of the ten models, with every set of its actions', () => {
  it.each(Object.keys(MODELS.models))('%s', (model) => {
    let seen = 0;
    for (const { code, isTerminal } of PAIRS.filter((p) => p.model === model)) {
      const all = staffActions(code, model).map((t) => t.action);
      for (const actions of subsets(all)) {
        for (const barcode of ['RVR-3184', OURS]) {
          const one = request(code, { actions, more: { stateModel: model, selectedItemBarcode: OURS } });
          const view = { ...one, state: { ...one.state, terminal: isTerminal || one.state.terminal } };
          for (const rules of [RULES, COMBINED]) {
            const decision = decide(evidence(barcode, [view]), rules);
            expect({ code, actions, faults: wellFormed(decision, actions) }).toEqual({ code, actions, faults: [] });
            seen += 1;
          }
        }
      }
    }
    expect(seen).toBeGreaterThan(20);
  });

  it.each(['REQ_NEW_INVENTION', 'RES_NEW_INVENTION', 'WHATEVER', ''])(
    'unknown state %j, with any one action',
    (code) => {
      for (const action of [...ACTIONS.map((a) => a.code), 'frobnicate', 'undo', 'message']) {
        const one = request(code, {
          actions: [action],
          more: { side: code.startsWith('REQ') ? 'borrowing' : 'lending' },
        });
        const decision = decide(evidence('RVR-3184', [one]), RULES);
        expect({ action, faults: wellFormed(decision, [action]) }).toEqual({ action, faults: [] });
        expect(decision.steps).toEqual([]);
      }
    },
  );
});

describe('the tables of the desk against the reference data', () => {
  it('name every state that is seeded, and no other', () => {
    const modRs = KNOWN_STATES.filter((code) => !code.startsWith('CROSSLINK_'));
    expect([...modRs].sort()).toEqual(Object.keys(MODELS.states).sort());
  });

  it('hold every staff action of the models on its side', () => {
    const missing = PAIRS.flatMap(({ model, code }) =>
      staffActions(code, model)
        .filter((t) => !EVERYWHERE.has(t.action) && actionWords(t.action, sideOf(code)) === undefined)
        .map((t) => `${code} ${t.action}`),
    );
    expect(missing).toEqual([]);
  });

  it('take the next step only from actions that the models allow there', () => {
    // CrossLink's own are held against its own model: crosslink-mapping.test.ts.
    const ours = Object.entries(NEXT).filter(([code]) => !code.startsWith('CROSSLINK_'));
    const wrong = ours.flatMap(([code, actions]) => {
      const allowed = new Set(staffActions(code).map((t) => t.action));
      return actions.filter((a) => a !== 'ship' && !allowed.has(a)).map((a) => `${code} ${a}`);
    });
    expect(wrong).toEqual([]);
  });

  it('have a next step wherever the model has a desk step as its main button', () => {
    const missing = PAIRS.flatMap(({ model, code }) =>
      staffActions(code, model)
        .filter((t) => t.isPrimary && (actionWords(t.action, sideOf(code))?.step ?? 'other') !== 'other')
        .filter((t) => code !== 'REQ_OVERDUE' && NEXT[code]?.includes(t.action) !== true)
        .map((t) => `${model} ${code} ${t.action}`),
    );
    expect(missing).toEqual([]);
  });

  it('have words for a later look at every state', () => {
    for (const code of KNOWN_STATES) {
      expect(Prompt.safeParse(outlook(request(code), RULES, NOW)).success).toBe(true);
    }
  });
});
