import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import {
  connectionDraft,
  deskDraft,
  isManaged,
  readConnection,
  readDesk,
} from '../../src-renderer/state/settings-drafts.ts';

const connection = { okapiUrl: 'https://okapi.example.org', tenant: 'riverside', username: 'desk' };

describe('the connection’s fields', () => {
  test('what is read is what was shown', () => {
    const full = { ...connection, inventoryTenant: 'shared', inventoryUsername: 'reader', parallel: 6 };
    expect(readConnection(connectionDraft(full))).toEqual({ ok: true, value: full });
  });

  test('how requests are placed is read and kept: kind of inventory, front door, names of pickup locations', () => {
    const full = {
      ...connection,
      inventoryKind: 'reservoir-sru' as const,
      openUrlDoor: 'mod-rs' as const,
      pickupNames: [{ slug: 'riverside-main-desk', name: 'Main desk' }],
    };
    expect(readConnection(connectionDraft(full))).toEqual({ ok: true, value: full });
    const wrong = { ...connectionDraft(full), pickupNames: 'riverside-main-desk', tenant: '1' };
    expect(readConnection(wrong)).toEqual({ ok: false, mistakes: ['tenant', 'pickupNames'] });
  });

  test('empty fields are left out, and spaces around a value with them', () => {
    const draft = { ...connectionDraft(connection), tenant: ' riverside ', inventoryTenant: '  ' };
    expect(readConnection(draft)).toEqual({ ok: true, value: connection });
  });

  test.each(['0', '9', 'four'])('%j is no number of things at once', (parallel) => {
    expect(readConnection({ ...connectionDraft(connection), parallel })).toEqual({ ok: false, mistakes: ['parallel'] });
  });

  test('each wrong field is named once', () => {
    const draft = { ...connectionDraft(undefined), okapiUrl: 'ftp://okapi', tenant: 'River Side' };
    expect(readConnection(draft)).toEqual({ ok: false, mistakes: ['okapiUrl', 'tenant', 'username'] });
  });
});

describe('the desk’s fields', () => {
  test('what is read is what was shown', () => {
    expect(readDesk(deskDraft(DEFAULT_SETTINGS.desk))).toEqual({ ok: true, value: DEFAULT_SETTINGS.desk });
  });

  test('several beginnings of labels', () => {
    const draft = { ...deskDraft(DEFAULT_SETTINGS.desk), itemPrefixes: ' 30234, 39990 ' };
    expect(readDesk(draft)).toMatchObject({ ok: true, value: { itemPrefixes: ['30234', '39990'] } });
  });

  test.each(['', '0', '-1', '5.5', '121', 'five'])('%j is no number of seconds', (doubleScanSeconds) => {
    const draft = { ...deskDraft(DEFAULT_SETTINGS.desk), doubleScanSeconds };
    expect(readDesk(draft)).toEqual({ ok: false, mistakes: ['doubleScanSeconds'] });
  });
});

test('a value is managed with everything in it', () => {
  expect(isManaged(['reshare'], 'reshare.tenant')).toBe(true);
  expect(isManaged(['desk.name'], 'desk.name')).toBe(true);
  expect(isManaged(['desk.name'], 'desk.names')).toBe(false);
  expect(isManaged(['desk.name'], 'desk')).toBe(false);
});
