import { describe, expect, it } from 'vitest';
import { JustDone } from '../../src-main/journal/just-done.ts';
import { view } from '../fixtures/store-records.ts';

const RECEIVED = view({ validActions: [{ code: 'patronReturnedItem', primary: true, primaryOnly: false }] });
const STILL_SHIPPED = view({ validActions: [{ code: 'requesterReceived', primary: true, primaryOnly: false }] });

describe('what was just done to a request', () => {
  it('is told with its age, also when an earlier run did it', () => {
    let mono = 0;
    const done = new JustDone(() => mono);
    done.note('request-1', 'requesterReceived', true, 2);
    mono = 60_000;
    expect(done.of([RECEIVED])).toEqual({ action: 'requesterReceived', minutesAgo: 3, requestId: 'request-1' });
    expect(done.of([view({ id: 'request-2' })])).toBeUndefined();
  });

  it('counts when its answer was lost, unless the request shows that it has not happened', () => {
    const done = new JustDone(() => 0);
    done.note('request-1', 'requesterReceived', false);
    expect(done.of([RECEIVED])?.action).toBe('requesterReceived');
    expect(done.of([STILL_SHIPPED])).toBeUndefined();
  });

  it('is forgotten after a day, but not what nobody is sure of', () => {
    let mono = 0;
    const done = new JustDone(() => mono);
    done.note('request-1', 'requesterReceived', true);
    done.note('request-2', 'requesterReceived', false);
    mono = 24 * 60 * 60_000 + 1;
    done.note('request-3', 'requesterReceived', true);
    expect(done.of([view({ id: 'request-1' })])).toBeUndefined();
    expect(done.of([view({ id: 'request-2', validActions: [] })])?.action).toBe('requesterReceived');
    expect(done.of([view({ id: 'request-3' })])?.action).toBe('requesterReceived');
  });
});
