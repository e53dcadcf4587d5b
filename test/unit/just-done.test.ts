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
    expect(done.of([RECEIVED])).toEqual([{ action: 'requesterReceived', minutesAgo: 3, requestId: 'request-1' }]);
    expect(done.of([view({ id: 'request-2' })])).toEqual([]);
  });

  it('counts when its answer was lost, unless the request shows that it has not happened', () => {
    const done = new JustDone(() => 0);
    done.note('request-1', 'requesterReceived', false);
    expect(done.of([RECEIVED])[0]?.action).toBe('requesterReceived');
    expect(done.of([STILL_SHIPPED])).toEqual([]);
  });

  it('counts from the moment it is sent, unless the request shows that it has not happened yet', () => {
    const done = new JustDone(() => 0);
    const over = done.sending('request-1', 'requesterReceived');
    expect(done.of([RECEIVED])).toEqual([{ action: 'requesterReceived', minutesAgo: 0, requestId: 'request-1' }]);
    expect(done.of([STILL_SHIPPED])).toEqual([]);
    over('done');
    expect(done.of([STILL_SHIPPED])[0]?.action).toBe('requesterReceived');
  });

  it.each(['refused', 'not-sent'] as const)('a step that ends %s leaves what was done before it', (state) => {
    const done = new JustDone(() => 0);
    done.sending('request-2', 'requesterReceived')(state);
    expect(done.of([view({ id: 'request-2', validActions: [] })])).toEqual([]);
    done.note('request-1', 'requesterReceived', true);
    const over = done.sending('request-1', 'patronReturnedItem');
    expect(done.of([view({ validActions: [] })])[0]?.action).toBe('patronReturnedItem');
    over(state);
    expect(done.of([view({ validActions: [] })])[0]?.action).toBe('requesterReceived');
  });

  it('a step whose answer was lost counts on', () => {
    const done = new JustDone(() => 0);
    done.sending('request-1', 'requesterReceived')('unknown');
    expect(done.of([RECEIVED])[0]?.action).toBe('requesterReceived');
    expect(done.of([STILL_SHIPPED])).toEqual([]);
  });

  it('is not a message or a note: the thing stayed where it was', () => {
    const done = new JustDone(() => 0);
    done.note('request-1', 'requesterReceived', true);
    const over = done.sending('request-1', 'edit');
    expect(done.of([RECEIVED])[0]?.action).toBe('requesterReceived');
    over('done');
    done.note('request-1', 'editLocalNote', true);
    expect(done.of([RECEIVED])[0]?.action).toBe('requesterReceived');
  });

  it('is forgotten after a day, but not what nobody is sure of', () => {
    let mono = 0;
    const done = new JustDone(() => mono);
    done.note('request-1', 'requesterReceived', true);
    done.note('request-2', 'requesterReceived', false);
    mono = 24 * 60 * 60_000 + 1;
    done.note('request-3', 'requesterReceived', true);
    expect(done.of([view({ id: 'request-1' })])).toEqual([]);
    expect(done.of([view({ id: 'request-2', validActions: [] })])[0]?.action).toBe('requesterReceived');
    expect(done.of([view({ id: 'request-3' })])[0]?.action).toBe('requesterReceived');
  });
});
