import { expect, test } from 'vitest';
import { SetupStep, type SetupState } from '../../src-main/contract/setup.ts';
import { linesFor } from '../../src-main/readiness/list.ts';
import { NOTHING } from '../../src-main/readiness/facts.ts';
import { connectionDraft, readConnection } from '../../src-renderer/state/settings-drafts.ts';
import { readWms, wmsDraft } from '../../src-renderer/state/settings-wms.ts';
import {
  connectionMistakesAt,
  isFirst,
  isLast,
  laterWmsFields,
  pendingOf,
  reopened,
  STEP_LINES,
  stepAfter,
  stepBefore,
  withPending,
} from '../../src-renderer/state/setup-steps.ts';

/** The steps of the set-up guide, and what stands in fields between them. */

test('the steps follow one another from systems to the test print', () => {
  const seen: SetupStep[] = ['systems'];
  while (!isLast(seen.at(-1) ?? 'print')) seen.push(stepAfter(seen.at(-1) ?? 'print'));
  expect(seen).toEqual(['systems', 'credentials', 'locations', 'branches', 'desk', 'scanner', 'print']);
  expect(seen.filter(isFirst)).toEqual(['systems']);
  expect(stepBefore('systems')).toBe('systems');
  expect(stepAfter('print')).toBe('print');
  expect(stepBefore('print')).toBe('scanner');
});

test('a guide that ended opens at what was never done, else at the beginning; one under way stays where it is', () => {
  const state = (more: Partial<SetupState>): SetupState => ({
    version: 1,
    at: 'print',
    steps: {},
    ended: true,
    ...more,
  });
  expect(reopened(state({ ended: false, at: 'desk' })).at).toBe('desk');
  expect(reopened(state({ steps: { systems: 'done', credentials: 'skipped' } }))).toMatchObject({
    at: 'credentials',
    ended: false,
  });
  const all = Object.fromEntries(SetupStep.options.map((step) => [step, 'done' as const]));
  expect(reopened(state({ steps: all })).at).toBe('systems');
});

test('a step says nothing of fields that come later', () => {
  const empty = readConnection(connectionDraft(undefined));
  const mistakes = empty.ok ? [] : empty.mistakes;
  expect(connectionMistakesAt('systems', mistakes).toSorted()).toEqual(['okapiUrl', 'tenant']);
  expect(connectionMistakesAt('credentials', mistakes).toSorted()).toEqual(['okapiUrl', 'tenant', 'username']);
  const draft = { ...wmsDraft(undefined), registryId: '91475', branch: '113693', keyId: 'key' };
  expect(readWms(draft, laterWmsFields('credentials'))).toMatchObject({ ok: true, value: { hereCodes: [] } });
  expect(readWms(draft, laterWmsFields('locations'))).toEqual({ ok: false, mistakes: ['hereCodes'] });
});

test('what was typed is kept beside what is saved, and put back over it', () => {
  const saved = { ...connectionDraft(undefined), tenant: 'riverside' };
  const now = { ...saved, okapiUrl: 'https://okapi.example.org', tenant: 'northfield' };
  const pending = pendingOf(now, saved);
  expect(pending).toEqual({ okapiUrl: 'https://okapi.example.org', tenant: 'northfield' });
  expect(withPending(saved, pending)).toEqual(now);
  expect(pendingOf(now, now)).toEqual({});
});

test('kept fields of another kind, or of a name there is none of any more, are left out', () => {
  const saved = wmsDraft(undefined);
  const kept = withPending(saved, { registryId: '91475', availability: false, patrons: 'yes', gone: 'x' });
  expect(kept).toEqual({ ...saved, registryId: '91475', availability: false });
});

test('each readiness line that a step shows is on the list', () => {
  const ids = new Set(linesFor(NOTHING, { wms: true }).map(({ id }) => id));
  expect(
    Object.values(STEP_LINES)
      .flat()
      .filter((id) => !ids.has(id)),
  ).toEqual([]);
});
