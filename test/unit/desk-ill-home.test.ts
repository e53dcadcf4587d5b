import { describe, expect, it } from 'vitest';
import type { CirculationRules } from '../../src-main/desk/circulation-types.ts';
import { conclude } from '../../src-main/desk/conclude.ts';
import { decide } from '../../src-main/desk/decide.ts';
import { homeElsewhere } from '../../src-main/desk/ill-home.ts';
import type { DeskRules } from '../../src-main/desk/types.ts';
import { DESK, NOW, evidence, request, rulesWith } from './desk-cases.ts';

const SLIP = 'RVR-3184';
const WMS: CirculationRules = {
  name: 'WMS',
  hereCodes: ['RVRSCI'],
  branches: [
    { code: 'RVRSTK', name: 'Main Library' },
    { code: 'RVRREM', name: 'Main Library' },
    { code: 'RVRSCI', name: 'Science Library' },
  ],
  illBranch: 'RVRSTK',
};

function rules(more: Partial<CirculationRules> = {}, combined = false): DeskRules {
  return rulesWith({
    desk: { ...DESK, branch: 'Science' },
    circulation: { ...WMS, ...more },
    combineReturnedAndShipped: combined,
  });
}

describe('where borrowed items live', () => {
  it.each([
    ['by code', {}, 'Main Library'],
    ['by name, in any case', { illBranch: 'main library' }, 'Main Library'],
    ['a place no branch has', { illBranch: 'Depot' }, 'Depot'],
    ['here, by code', { illBranch: 'RVRSCI' }, undefined],
    ['here, by another code of the same branch', { illBranch: 'RVRSTK', hereCodes: ['rvrrem'] }, undefined],
    ['here, by the name of the desk’s branch', { illBranch: 'science' }, undefined],
    ['nobody minds', { illBranch: ' ' }, undefined],
  ] as const)('%s', (_what, more, home) => {
    expect(homeElsewhere(rules(more))).toBe(home);
  });

  it('is nobody’s business without a circulation system', () => {
    expect(homeElsewhere(rulesWith({}))).toBeUndefined();
  });
});

describe('a borrowed item that its patron brings to another branch', () => {
  it.each([false, true])('is marked returned, and travels home; combined actions: %s', (combined) => {
    const before = request('REQ_CHECKED_IN');
    const decision = decide(evidence(SLIP, [before]), rules({}, combined));
    expect(decision.steps.map(({ action }) => action)).toEqual(['patronReturnedItem']);
    expect(decision.prompt.destination).toEqual({ verb: 'Send to', to: 'Main Library' });
    const [plan] = decision.steps;
    const after = request('REQ_AWAITING_RETURN_SHIPPING');
    const result = { plan: plan!, state: 'done', after, newAudit: [], at: NOW } as const;
    const prompt = conclude(decision, [result], rules({}, combined), NOW);
    expect(prompt).toMatchObject({
      kind: 'route',
      kindText: 'Interlibrary loan · returned by patron',
      destination: { verb: 'Send to', to: 'Main Library' },
      tag: 'To Main Library',
    });
    expect(prompt.why[0]).toBe(
      'Borrowed items live at Main Library, which sends this one back to Northfield. Put the routing slip in it and place it in the courier crate.',
    );
    expect(prompt.slip).toMatchObject({
      kind: 'routing',
      heading: 'To another branch · interlibrary loan',
      destination: 'Main Library',
      barcode: { text: SLIP },
    });
    expect(prompt.slip?.lines).toContainEqual({ label: 'There', value: 'Ship it back to Northfield' });
  });

  it('is not marked shipped from there, and nothing is offered that would', () => {
    const decision = decide(evidence(SLIP, [request('REQ_AWAITING_RETURN_SHIPPING')]), rules());
    expect(decision.steps).toEqual([]);
    expect(decision.prompt.offers).toEqual([]);
    expect(decision.prompt.destination).toEqual({ verb: 'Send to', to: 'Main Library' });
  });

  it('is shipped back by the desk of its home branch', () => {
    const home = rules({ hereCodes: ['RVRSTK'] });
    const decision = decide(evidence(SLIP, [request('REQ_AWAITING_RETURN_SHIPPING')]), home);
    expect(decision.steps.map(({ action }) => action)).toEqual(['shippedReturn']);
    expect(decision.prompt.destination).toEqual({ verb: 'Ship back', to: 'Northfield' });
  });

  it('overdue or recalled, still travels by way of home, and says that it is urgent', () => {
    for (const code of ['REQ_OVERDUE', 'REQ_RECALLED']) {
      const late = request(code, { more: { overdue: true } });
      const { prompt } = decide(evidence(SLIP, [late]), rules());
      expect(prompt.destination).toEqual({ verb: 'Send to', to: 'Main Library' });
      expect(prompt.why.join(' ')).toContain('send it first');
    }
  });

  it('arrivals and our own items know nothing of it', () => {
    expect(decide(evidence(SLIP, [request('REQ_SHIPPED')]), rules()).prompt.destination.verb).toBe('Hold shelf');
    expect(decide(evidence(SLIP, [request('RES_AWAIT_SHIP')]), rules()).prompt.destination.verb).toBe('Ship to');
  });
});
