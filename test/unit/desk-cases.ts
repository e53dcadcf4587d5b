import { readFileSync } from 'node:fs';
import type { RequestView, Side } from '../../src-main/contract/request.ts';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import type { DeskSettings } from '../../src-main/contract/settings.ts';
import { readScan } from '../../src-main/desk/barcodes.ts';
import type { DeskRules, Evidence, Reading } from '../../src-main/desk/types.ts';

/** Builders for the tests of the desk rules, and the reference data of the ten state models. */

export const NOW = '2026-11-23T14:02:00Z';
export const DESK: DeskSettings = { ...DEFAULT_SETTINGS.desk, branch: 'Riverside' };
export const RULES: DeskRules = { desk: DESK, combineFillAndShip: false, combineReturnedAndShipped: false };

export function rulesWith(more: Partial<DeskRules> & { desk?: DeskSettings }): DeskRules {
  return { ...RULES, ...more };
}

export function reading(raw: string, desk: DeskSettings = DESK): Reading {
  return readScan(raw, desk);
}

interface Transition {
  readonly from: string;
  readonly action: string;
  readonly trigger: string;
  readonly isPrimary: boolean;
  readonly primaryOnly: boolean;
}

export interface StateModels {
  readonly states: Readonly<
    Record<string, { readonly label: string | null; readonly terminal: boolean; readonly needsAttention: boolean }>
  >;
  readonly models: Readonly<
    Record<
      string,
      {
        readonly states: readonly { readonly code: string; readonly isTerminal: boolean }[];
        readonly transitions: readonly Transition[];
        readonly inherits: readonly string[];
      }
    >
  >;
  readonly actions: Readonly<Record<string, unknown>>;
}

/** States, models and actions as seeded by openlibraryenvironment/mod-rs, generated from its reference data. */
export const MODELS = JSON.parse(
  readFileSync(new URL('../fixtures/reshare/state-model.json', import.meta.url), 'utf8'),
) as StateModels;

export function sideOf(code: string): Side {
  return code.includes('REQ_') ? 'borrowing' : 'lending';
}

/** Staff actions of a state over all models that have it, or of one model and those it inherits from. */
export function staffActions(code: string, model?: string): readonly Transition[] {
  const family = model === undefined ? Object.keys(MODELS.models) : [model, ...(MODELS.models[model]?.inherits ?? [])];
  const all = family.flatMap((name) => MODELS.models[name]?.transitions ?? []);
  const found = all.filter((t) => t.from === code && t.trigger === 'manual');
  return [...new Map(found.map((t) => [t.action, t])).values()];
}

export interface Given {
  readonly id?: string;
  readonly actions?: readonly string[];
  readonly more?: Partial<RequestView>;
}

/** A request in a state, with the actions the model allows there unless others are given. */
export function request(code: string, given: Given = {}): RequestView {
  const known = MODELS.states[code];
  const side = given.more?.side ?? sideOf(code);
  const codes = given.actions ?? staffActions(code).map((t) => t.action);
  const primary = new Set(staffActions(code).flatMap((t) => (t.isPrimary ? [t.action] : [])));
  return {
    id: given.id ?? 'r-3184',
    hrid: 'RVR-3184',
    side,
    stateModel: side === 'borrowing' ? 'PatronRequest' : 'Responder',
    state: {
      code,
      label: known?.label ?? code,
      terminal: known?.terminal ?? false,
      needsAttention: known?.needsAttention ?? false,
    },
    needsAttention: false,
    networkStatus: 'Idle',
    validActions: codes.map((action) => ({ code: action, primary: primary.has(action), primaryOnly: false })),
    title: 'The mapping of the heavens',
    author: 'Whitfield, Peter',
    partner: { symbol: 'RESHARE:NFD', name: 'Northfield' },
    volumes: [],
    pickupLocation: 'Law Library --> RESHARE:RVRLAW',
    dueDate: '2026-12-04T23:59:59Z',
    overdue: false,
    unreadMessages: false,
    conditions: [],
    otherIdentifiers: [],
    audit: [],
    seenAt: '2026-11-23T14:01:59Z',
    ...given.more,
  };
}

/** A live look-up that found these requests for this scan. */
export function evidence(raw: string, hits: readonly RequestView[], more: Partial<Evidence> = {}): Evidence {
  return { reading: reading(raw), scanId: 'scan-1', hits, source: 'live', now: NOW, ...more };
}
