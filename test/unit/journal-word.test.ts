import { describe, expect, it } from 'vitest';
import { OWN, shipped, world } from './offline-world.ts';

/** A step without an answer, of which only a person can say what became of it: at the desk, from a list, on the cart. */

const WAYS = ['at the prompt', 'from a list'] as const;

describe.each(WAYS)('a check-in whose answer was lost, settled %s', (way) => {
  async function settled(happened: boolean) {
    const w = world([]);
    const desk = await w.run();
    w.loseAnswer();
    const line = await desk.scan(OWN);
    expect(line.prompt?.offers.map(({ key }) => key)).toEqual(['F7', 'F10', 'F11']);
    const waiting = await desk.scan(OWN);
    expect([waiting.prompt?.destination.verb, w.checkIns.length]).toEqual(['Keep here', 1]);
    const stepId = w.records.flatMap(({ body }) => (body.type === 'step' ? [body.stepId] : []))[0]!;
    if (way === 'at the prompt') await desk.press(waiting, happened ? 'F11' : 'F10');
    else expect(await desk.say(stepId, happened)).toMatchObject({ ok: true, value: { staff: 'sam' } });
    return { w, desk, stepId };
  }

  it('did not happen: the lane is free, and the next scan sends it', async () => {
    const { w, desk } = await settled(false);
    expect((await desk.scan(OWN)).prompt?.destination.verb).toBe('Shelve');
    expect(w.checkIns).toHaveLength(2);
  });

  it('happened: the next scan sends nothing, and says who knows where it goes', async () => {
    const { w, desk } = await settled(true);
    const { prompt } = await desk.scan(OWN);
    expect(prompt?.destination.verb).toBe('Look in WMS');
    expect(prompt?.why[0]).toContain('Staff said');
    expect(w.checkIns).toHaveLength(1);
  });

  it('is settled once: a second word is told so', async () => {
    const { desk, stepId } = await settled(true);
    expect(await desk.say(stepId, false)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('is in the journal as staff’s word, with who said it', async () => {
    const { w } = await settled(true);
    const steps = w.records.flatMap(({ body }) => (body.type === 'step' ? [body] : []));
    expect(steps.at(-1)).toMatchObject({ state: 'done', settledBy: 'staff' });
    expect(w.records.findLast(({ body }) => body.type === 'choice')?.staff).toBe('sam');
  });
});

describe('a check-in from the offline list whose answer was lost', () => {
  async function replayed() {
    const w = world([]);
    w.cut('reshare', 'wms');
    const desk = await w.run();
    await desk.scan(OWN);
    w.mend();
    w.loseAnswer();
    expect(await desk.run()).toMatchObject([{ state: 'in-doubt', todo: 'look' }]);
    return { w, desk };
  }

  it('stands at not known; the scan of its thing asks, and the word settles thing and line', async () => {
    const { w, desk } = await replayed();
    const asked = await desk.scan(OWN);
    expect(asked.prompt?.offers.map(({ key }) => key)).toEqual(['F7', 'F10', 'F11']);
    await desk.press(asked, 'F10');
    expect((await desk.scan(OWN)).prompt?.destination.verb).toBe('Shelve');
    expect(w.checkIns).toHaveLength(2);
    expect(desk.replay.list.lines).toEqual([]);
  });

  it.each([
    [true, 'done', 'Look in WMS', 1],
    [false, 'again', 'Shelve', 2],
  ] as const)('a word from another list (happened: %s) settles its line', async (happened, state, verb, sent) => {
    const { w, desk } = await replayed();
    const step = w.records.findLast(({ body }) => body.type === 'step')?.body;
    await desk.say(step?.type === 'step' ? step.stepId : '', happened);
    expect(desk.replay.list.lines).toMatchObject([{ state, todo: 'rescan' }]);
    // A person's word is no order to send: the thing is scanned again.
    await desk.run();
    expect(w.checkIns).toHaveLength(1);
    expect((await desk.scan(OWN)).prompt?.destination.verb).toBe(verb);
    expect(w.checkIns).toHaveLength(sent);
    expect(desk.replay.list.lines).toEqual([]);
  });

  it('is the same after a restart', async () => {
    const { w } = await replayed();
    const again = await w.run();
    expect(again.replay.list.lines).toMatchObject([{ state: 'in-doubt' }]);
    expect((await again.scan(OWN)).prompt?.destination.verb).toBe('Keep here');
    expect(w.checkIns).toHaveLength(1);
  });
});

describe('a request’s step whose answer was lost', () => {
  it('a word that it did not happen frees the request; the next scan looks first', async () => {
    const w = world([shipped('RVR-1')]);
    const desk = await w.run();
    w.loseAnswer();
    await desk.scan('RVR-1');
    const step = w.records.findLast(({ body }) => body.type === 'step')?.body;
    const stepId = step?.type === 'step' ? step.stepId : '';
    expect((await desk.scan('RVR-1')).prompt?.destination.verb).not.toBe('Hold shelf');
    expect(await desk.say(stepId, false)).toMatchObject({ ok: true });
    await desk.scan('RVR-1');
    expect(w.acts).toEqual(['id-RVR-1 requesterReceived', 'id-RVR-1 requesterReceived']);
  });
});
