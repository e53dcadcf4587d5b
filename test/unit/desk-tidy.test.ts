import { describe, expect, it } from 'vitest';
import type { RequestView, Volume } from '../../src-main/contract/request.ts';
import { tidyOf, worthTidying, type TidyScene } from '../../src-main/desk/tidy.ts';
import { NOW, request } from './desk-cases.ts';

const SCENE: TidyScene = { systemName: 'WMS', holdShelfDays: 7, lent: new Set(), now: NOW };
const DAY_MS = 24 * 60 * 60_000;

function daysAgo(days: number): string {
  return new Date(Date.parse(NOW) - days * DAY_MS).toISOString();
}

function volume(status: string, temporaryItemBarcode = 'RVR-3184'): Volume {
  return { id: '1', itemId: '33191000105864', status, temporaryItemBarcode };
}

const MADE = volume('temporary_item_created_in_host_lms');

/** A request that came into its state so many days ago. */
function since(code: string, days: number, more: Partial<RequestView> = {}): RequestView {
  const from = { no: 1, at: daysAgo(days), from: 'REQ_SHIPPED', to: code, message: '' };
  return request(code, { more: { volumes: [MADE], audit: [from], lastUpdated: daysAgo(0), ...more } });
}

describe('temporary items whose request is closed', () => {
  it.each([
    ['closed by the lender', since('REQ_REQUEST_COMPLETE', 1), 1],
    ['in the SLNP model', since('SLNP_REQ_COMPLETE', 1), 1],
    [
      'made by hand',
      since('REQ_REQUEST_COMPLETE', 1, { volumes: [volume('temporary_item_creation_(no_integration)')] }),
      1,
    ],
    ['known from a list, without history', since('REQ_REQUEST_COMPLETE', 1, { audit: [], volumes: [] }), 1],
    ['never made', since('REQ_REQUEST_COMPLETE', 1, { volumes: [volume('awaiting_temporary_item_creation')] }), 0],
    ['closed five weeks ago', since('REQ_REQUEST_COMPLETE', 35), 0],
    ['still on its way back', since('REQ_SHIPPED_TO_SUPPLIER', 1), 0],
    ['cancelled before it came', since('REQ_CANCELLED', 1), 0],
    ['our own, lent and back', since('RES_COMPLETE', 1), 0],
  ] as const)('%s', (_what, view, count) => {
    expect(tidyOf(view, SCENE).map(({ kind }) => kind)).toEqual(Array(count).fill('delete-temporary-item'));
  });

  it('says what to delete, since when, and that nobody can look', () => {
    const view = since('REQ_REQUEST_COMPLETE', 3, { volumes: [MADE, volume('completed', 'RVR-3184-5683')] });
    expect(tidyOf(view, SCENE)).toEqual([
      expect.objectContaining({
        label: 'RVR-3184',
        since: daysAgo(3),
        reason:
          'Northfield has closed this loan. The temporary items RVR-3184 and RVR-3184-5683 stay in WMS until somebody deletes them there.',
        todo: 'Delete the temporary items RVR-3184 and RVR-3184-5683 in WMS, then confirm it here.',
        look: 'WMS gives no way to look whether that was done; check on its screen, under temporary items.',
        action: 'confirm',
      }),
    ]);
    const { systemName: _, ...unnamed } = SCENE;
    expect(tidyOf(since('REQ_REQUEST_COMPLETE', 3), unnamed)[0]?.reason).toBe(
      'Northfield has closed this loan. The temporary item RVR-3184 may still be in your circulation system.',
    );
  });
});

describe('borrowing holds about to run out', () => {
  it.each([
    [1, 0],
    [4.9, 0],
    [5.1, 1],
    [7, 1],
    [13.9, 1],
    [14.1, 0],
  ] as const)('%s days after it was received: %s', (days, count) => {
    expect(tidyOf(since('REQ_CHECKED_IN', days), SCENE)).toHaveLength(count);
  });

  it('says when, and what to do with it', () => {
    expect(tidyOf(since('REQ_CHECKED_IN', 6), SCENE)[0]).toMatchObject({
      kind: 'hold-expiring',
      since: daysAgo(6),
      reason:
        'Received on 17 November: after 7 days on the hold shelf its hold ends on 24 November. ReShare is never told of that, and no check-out of it is known here.',
      basis: 'history',
    });
    expect(tidyOf(since('REQ_CHECKED_IN', 8), SCENE)[0]?.reason).toContain('its hold ended on 22 November');
  });

  it.each(['RVR-3184', '33191000105864'])('is not listed when it was lent through Carrel, by %s', (barcode) => {
    expect(tidyOf(since('REQ_CHECKED_IN', 7), { ...SCENE, lent: new Set([barcode]) })).toEqual([]);
  });

  it('is not guessed where the history does not say since when it is here, nor for what has come back', () => {
    expect(tidyOf(since('REQ_CHECKED_IN', 7, { audit: [] }), SCENE)).toEqual([]);
    expect(tidyOf(since('REQ_AWAITING_RETURN_SHIPPING', 7), SCENE)).toEqual([]);
  });

  it('only what may be that old is read in full', () => {
    const young = request('REQ_CHECKED_IN', { more: { dateCreated: daysAgo(3) } });
    const old = request('REQ_CHECKED_IN', { more: { dateCreated: daysAgo(9) } });
    expect(
      [young, old, request('REQ_CHECKED_IN'), request('REQ_SHIPPED')].map((one) => worthTidying(one, SCENE)),
    ).toEqual([false, true, true, false]);
  });
});
