import { describe, expect, it } from 'vitest';
import { OWN, shipped, view, world } from './offline-world.ts';

describe('a scan while ReShare is away', () => {
  it('gets a number, durably, before its prompt; the next gets the next', async () => {
    const w = world([shipped('RVR-1')]);
    w.cut('reshare');
    const desk = await w.run();
    const first = await desk.scan('RVR-1');
    expect(first.prompt).toMatchObject({ kind: 'saved', destination: { verb: 'Saved', to: 'Offline cart, No. 1' } });
    const types = w.records.map(({ body }) => body.type);
    expect(types.indexOf('held')).toBeLessThan(types.lastIndexOf('prompt'));
    expect((await desk.scan(OWN)).prompt?.destination.to).toBe('Offline cart, No. 2');
    expect((await desk.scan('RVR-1')).prompt?.destination.to).toBe('Offline cart, No. 1');
    expect(w.records.filter(({ body }) => body.type === 'held')).toHaveLength(2);
    expect(w.acts).toEqual([]);
    expect(w.checkIns).toEqual([]);
  });

  it('says what only WMS could know, when only WMS is away', async () => {
    const w = world([shipped('RVR-1')]);
    w.cut('wms');
    const desk = await w.run();
    const line = await desk.scan(OWN);
    expect(line.prompt?.why.join(' ')).toContain('Holds and routing are unknown until WMS is back.');
    expect(line.prompt?.slip).toMatchObject({ kind: 'offline', destination: 'No. 1', barcode: { text: OWN } });
    await desk.scan('RVR-1');
    expect(w.acts).toEqual(['id-RVR-1 requesterReceived']);
  });

  it('notes a fill and keeps the item at the desk; the replay never sends it', async () => {
    const w = world([view('RVR-5', 'RES_AWAIT_PICKING', ['supplierCheckInToReshare'], { side: 'lending' })]);
    w.cut('reshare');
    const desk = await w.run();
    expect((await desk.scan('RVR-5')).prompt?.destination.verb).toBe('Scan the item');
    const item = await desk.scan(OWN);
    expect(item.prompt).toMatchObject({ destination: { verb: 'Keep at the desk', to: 'No. 1' } });
    w.mend();
    expect(await desk.run()).toMatchObject([{ mode: 'intent', what: 'Fill' }]);
    expect(w.acts).toEqual([]);
  });

  it('goes on counting after a restart', async () => {
    const w = world([]);
    w.cut('reshare');
    await (await w.run()).scan(OWN);
    const line = await (await w.run()).scan('30234991000026');
    expect(line.prompt?.destination.to).toBe('Offline cart, No. 2');
  });
});

describe('replay', () => {
  it('does each recorded thing once, and its thing leaves with a scan that does nothing more', async () => {
    const w = world([shipped('RVR-1')]);
    w.cut('reshare', 'wms');
    const desk = await w.run();
    await desk.scan('RVR-1');
    await desk.scan(OWN);
    w.mend();
    expect((await desk.preview()).map(({ state }) => state)).toEqual(['would-do', 'would-do']);
    expect((await desk.run()).map(({ state }) => state)).toEqual(['done', 'done']);
    expect(await desk.run()).toHaveLength(2);
    expect(w.acts).toEqual(['id-RVR-1 requesterReceived']);
    expect(w.checkIns).toEqual([OWN]);
    expect((await desk.scan('RVR-1')).prompt?.offers.map(({ key }) => key)).toContain('F10');
    expect((await desk.scan(OWN)).prompt?.destination.verb).toBe('Shelve');
    expect(w.acts).toHaveLength(1);
    expect(w.checkIns).toHaveLength(1);
    expect(desk.replay.list.lines).toEqual([]);
  });

  it('leaves to people what was called off or handled since, and says which', async () => {
    const w = world([shipped('RVR-1'), shipped('RVR-2'), shipped('RVR-3')]);
    w.cut('reshare');
    const desk = await w.run();
    for (const hrid of ['RVR-1', 'RVR-2', 'RVR-3']) await desk.scan(hrid);
    w.served.set('id-RVR-1', view('RVR-1', 'REQ_CANCELLED', []));
    w.served.set('id-RVR-2', view('RVR-2', 'REQ_SHIPPED_TO_SUPPLIER', []));
    w.served.set('id-RVR-3', view('RVR-3', 'REQ_CHECKED_IN', ['patronReturnedItem']));
    w.mend();
    const lines = await desk.run();
    expect(lines.map(({ state, todo }) => [state, todo])).toEqual([
      ['conflict', 'call'],
      ['conflict', 'rescan'],
      ['already', 'slip'],
    ]);
    expect(lines[0]?.sentence).toMatch(/cancelled meanwhile/);
    expect(lines[1]?.sentence).toMatch(/handled it since/);
    expect(w.acts).toEqual([]);
    // The scan that takes a received thing off the list must not mark it returned.
    await desk.scan('RVR-3');
    expect(w.acts).toEqual([]);
  });

  it('does not check an item in that turns out to be on a request', async () => {
    const w = world([]);
    w.cut('reshare');
    const desk = await w.run();
    await desk.scan(OWN);
    w.served.set('id-RVR-9', view('RVR-9', 'RES_ITEM_SHIPPED', [], { side: 'lending', selectedItemBarcode: OWN }));
    w.mend();
    expect(await desk.run()).toMatchObject([{ state: 'conflict', todo: 'rescan' }]);
    expect(w.checkIns).toEqual([]);
  });

  it('an item that now belongs to another request is left to people, and says to which', async () => {
    const w = world([
      view('RVR-1', 'REQ_SHIPPED', ['requesterReceived'], { selectedItemBarcode: OWN }),
      view('RVR-2', 'REQ_SHIPPED', ['requesterReceived'], { selectedItemBarcode: '30234991000026' }),
    ]);
    w.cut('reshare');
    const desk = await w.run();
    await desk.scan(OWN);
    await desk.scan('30234991000026');
    const other = (hrid: string, label: string): void => {
      w.served.set(`id-${hrid}`, view(hrid, 'REQ_SHIPPED', ['requesterReceived'], { selectedItemBarcode: label }));
    };
    other('RVR-3', OWN);
    other('RVR-2', '30234991000034');
    other('RVR-4', '30234991000026');
    w.mend();
    const lines = await desk.run();
    expect(lines.map(({ state, todo }) => [state, todo])).toEqual([
      ['conflict', 'rescan'],
      ['conflict', 'rescan'],
    ]);
    expect(lines[0]?.sentence).toMatch(/now belongs to another request as well: Request RVR-3/);
    expect(lines[1]?.sentence).toMatch(/now belongs to another request: Request RVR-4/);
    expect(w.acts).toEqual([]);
  });

  it('where the clock was wrong nobody can say what came first, so a person scans it again', async () => {
    const w = world([shipped('RVR-1'), shipped('RVR-2')]);
    w.cut('reshare');
    // Ten minutes slow: what the server changed five minutes after the scan may have been changed before it.
    w.clockOff(10 * 60_000);
    const desk = await w.run();
    await desk.scan('RVR-1');
    const lastUpdated = w.at(5);
    await desk.scan('RVR-2');
    const overdue = view('RVR-1', 'REQ_OVERDUE', ['requesterReceived'], { lastUpdated });
    w.served.set('id-RVR-1', overdue);
    w.mend();
    const lines = await desk.run();
    expect(lines.map(({ state, todo }) => [state, todo])).toEqual([
      ['conflict', 'rescan'],
      ['done', 'slip'],
    ]);
    expect(lines[0]?.sentence).toMatch(
      /clock was 10 minutes off when it was scanned, .* nobody can say which came first/,
    );
    expect(w.acts).toEqual(['id-RVR-2 requesterReceived']);
  });

  it('says of an item of ours that somebody may have lent it out since, and what to do then', async () => {
    const w = world([]);
    w.cut('wms');
    const desk = await w.run();
    await desk.scan(OWN);
    w.mend();
    const [line] = await desk.preview();
    expect(line).toMatchObject({ state: 'would-do' });
    expect(line?.sentence).toMatch(/if No\. 1 is not on the cart any more, somebody may have lent it out since/);
    expect(line?.sentence).toContain('take the line off (F11)');
  });

  it('does what needs no system that is still away, and leaves the rest as it was', async () => {
    const w = world([shipped('RVR-1')]);
    w.cut('reshare', 'wms');
    const desk = await w.run();
    await desk.scan('RVR-1');
    await desk.scan(OWN);
    w.mend('reshare');
    const before = w.records.length;
    expect((await desk.preview()).map(({ state }) => state)).toEqual(['would-do', 'waiting']);
    const lines = await desk.run();
    expect(lines.map(({ state }) => state)).toEqual(['done', 'waiting']);
    expect(lines[1]?.todoSentence).toBe('Waits for WMS. Leave it where it is.');
    const own = desk.replay.list.lines[1]?.scanId;
    expect(w.records.slice(before).filter(({ scanId }) => scanId === own)).toEqual([]);
    w.mend();
    expect((await desk.run()).map(({ state }) => state)).toEqual(['done', 'done']);
    expect([w.acts.length, w.checkIns.length]).toEqual([1, 1]);
  });

  it('asked to run while it looks, runs afterwards, once', async () => {
    const w = world([shipped('RVR-1')]);
    w.cut('reshare');
    const desk = await w.run();
    await desk.scan('RVR-1');
    w.mend();
    desk.replay.preview();
    desk.replay.run();
    desk.replay.run();
    await desk.replay.idle();
    expect(desk.replay.list.lines.map(({ state }) => state)).toEqual(['done']);
    expect(w.acts).toHaveLength(1);
  });

  it('a thing scanned again before the replay is done by that scan, and only by it', async () => {
    const w = world([shipped('RVR-1')]);
    w.cut('reshare', 'wms');
    const desk = await w.run();
    await desk.scan('RVR-1');
    await desk.scan(OWN);
    w.mend();
    await desk.scan('RVR-1');
    await desk.scan(OWN);
    expect(await desk.run()).toEqual([]);
    expect(w.acts).toHaveLength(1);
    expect(w.checkIns).toHaveLength(1);
  });

  it('what it has just done holds for every volume: none of them takes the next step by itself', async () => {
    const volume = '39404000111222';
    const w = world([{ ...shipped('RVR-1'), selectedItemBarcode: volume }]);
    w.cut('reshare');
    const desk = await w.run();
    await desk.scan('RVR-1');
    w.mend();
    expect((await desk.run()).map(({ state }) => state)).toEqual(['done']);
    await desk.scan('RVR-1');
    expect(desk.replay.list.lines).toEqual([]);
    expect((await desk.scan(volume)).prompt?.why.join(' ')).toContain('Marked received at this desk');
    expect(w.acts).toEqual(['id-RVR-1 requesterReceived']);
  });

  it('a dismissal keeps who and why', async () => {
    const w = world([]);
    w.cut('reshare');
    const desk = await w.run();
    const line = await desk.scan(OWN);
    const left = await desk.replay.dismiss(line.scanId, 'shelved by hand');
    expect(left).toMatchObject({ ok: true, value: { lines: [] } });
    expect(w.records.at(-1)).toMatchObject({
      staff: 'sam',
      body: { type: 'released', how: { kind: 'dismissed', reason: 'shelved by hand' } },
    });
  });
});

describe('a crash at any record of scanning, replaying and scanning again', () => {
  it('loses no acknowledged scan and does nothing twice', async () => {
    for (let records = 0; records < 60; records += 1) {
      const w = world([shipped('RVR-1')]);
      w.cut('reshare', 'wms');
      w.powerFor(records);
      const first = await w.run();
      const kept: string[] = [];
      const scan = async (desk: typeof first, raw: string): Promise<void> => {
        const line = await desk.scan(raw).catch(() => undefined);
        if (line?.prompt?.kind === 'saved') kept.push(raw);
      };
      await scan(first, 'RVR-1');
      await scan(first, OWN);
      w.mend();
      await first.run();
      await scan(first, OWN);
      w.powerFor(Number.POSITIVE_INFINITY);
      const second = await w.run();
      // What recovery does at start with scans for which nothing was decided.
      for (const line of w.undecided()) await second.offline.interrupted(line);
      const listed = second.replay.list.lines.map(({ barcode }) => barcode);
      const acted = [...w.acts.map(() => 'RVR-1'), ...w.checkIns];
      for (const raw of kept) expect([...listed, ...acted], `${raw} after ${records} records`).toContain(raw);
      await second.run();
      expect(w.acts.length, `acts after ${records} records`).toBeLessThanOrEqual(1);
      expect(w.checkIns.length, `check-ins after ${records} records`).toBeLessThanOrEqual(1);
    }
  });
});
