import { expect, test } from 'vitest';
import { createApi } from '../../src-main/systems/reshare/api.ts';
import { pullSlipReport } from '../../src-main/systems/reshare/pull-slips.ts';
import { codeOf, desk, value } from './systems-desk.ts';

const head = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes.slice(0, 5));

test('words are searched in ReShare itself, also in what is over; odd words harm nothing', async () => {
  const { reshare } = await desk();
  const open = value(await reshare.listOpen());
  const [first] = open;
  const word = first?.title?.split(' ').find((part) => part.length > 5) ?? '';
  const found = value(await reshare.searchWords(word));
  expect(found.views.map((view) => view.id)).toContain(first?.id);
  expect(value(await reshare.searchWords('  " "  '))).toEqual({ views: [], more: false });
  expect(value(await reshare.searchWords('no such words (at) all')).views).toEqual([]);
});

test('the library’s own slips come as a PDF, for one request and for several, and change no state', async () => {
  const { reshare, session } = await desk();
  const api = createApi({ session });
  const waiting = value(await reshare.listOpen()).filter((view) => view.state.code === 'RES_NEW_AWAIT_PULL_SLIP');
  const ids = waiting.map((view) => view.id);
  expect(ids.length).toBeGreaterThan(1);
  const one = value(await pullSlipReport(api, ids.slice(0, 1)));
  const all = value(await pullSlipReport(api, ids));
  expect([head(one), head(all)]).toEqual(['%PDF-', '%PDF-']);
  expect(all.length).toBeGreaterThan(one.length);
  const after = value(await reshare.get(ids[0] ?? ''));
  expect(after.state.code).toBe('RES_NEW_AWAIT_PULL_SLIP');
});

test('a report that cannot be made says so in words', async () => {
  const { session } = await desk();
  const api = createApi({ session });
  const unknown = await pullSlipReport(api, ['00000000-0000-4000-8000-000000000000']);
  expect(codeOf(unknown)).toBe('refused');
  expect(codeOf(await pullSlipReport(api, ['../x']))).toBe('bad-input');
  expect(
    codeOf(
      await pullSlipReport(
        api,
        Array.from({ length: 61 }, (_, at) => `id-${String(at)}`),
      ),
    ),
  ).toBe('refused');
});
