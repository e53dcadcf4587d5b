import { describe, expect, test } from 'vitest';
import type { CallReport } from '../../src-main/contract/outcome.ts';
import { fail, ok, type Result } from '../../src-main/contract/result.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import type { HttpAnswer, HttpRequest } from '../../src-main/systems/http/client.ts';
import type { OkapiFailure, OkapiSession } from '../../src-main/systems/okapi/session.ts';
import { createReshare, type Reshare } from '../../src-main/systems/reshare/reshare.ts';
import { ranked } from '../../src-main/systems/reshare/search.ts';
import { fixture } from './systems-loopback.ts';

interface Ask {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly request: HttpRequest;
}

type Answer = Partial<HttpAnswer> | { readonly json: unknown } | OkapiFailure;

interface Bench {
  readonly reshare: Reshare;
  readonly asked: Ask[];
  readonly reports: CallReport[];
}

/** ReShare over a session that answers with values. */
function bench(answer: (ask: Ask) => Answer): Bench {
  const asked: Ask[] = [];
  const reports: CallReport[] = [];
  const session: OkapiSession = {
    tenant: 'northlib',
    system: 'ReShare',
    host: 'okapi.example.org',
    call: (request) => {
      const url = new URL(request.path, 'http://okapi');
      const ask: Ask = { path: url.pathname, query: url.searchParams, request };
      asked.push(ask);
      const given = answer(ask);
      if ('kind' in given && given.kind === 'failed') return Promise.resolve(given);
      const text = 'json' in given ? JSON.stringify(given.json) : '';
      const whole: HttpAnswer = {
        kind: 'answer',
        status: 200,
        headers: {},
        setCookies: [],
        bytes: new Uint8Array(),
        text,
        host: 'h',
        ms: 1,
      };
      return Promise.resolve({ ...whole, ...given } as HttpAnswer);
    },
    listen: () => Promise.reject(new Error('mod-rs tells of nothing')),
    ensure: () => Promise.resolve(ok({ way: undefined })),
    logout: () => Promise.resolve(),
    passwordChanged: () => undefined,
    wake: () => undefined,
    credential: () => 'accepted',
    turnAway: () => undefined,
    serverOffsetMs: () => undefined,
  };
  const now = (): number => Date.parse('2026-11-22T10:00:00Z');
  return { reshare: createReshare({ session, now, onCall: (report) => reports.push(report) }), asked, reports };
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.sentence}`);
  return result.value;
}

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.error.code;
}

function row(n: number, more: object = {}): Record<string, unknown> {
  const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  return { id, hrid: `R-${n}`, isRequester: true, state: { code: 'REQ_SHIPPED', terminal: false }, ...more };
}

const ONE = row(1)['id'] as string;

describe('findByScan', () => {
  const two = fixture('reshare/10-hrid-lookup-two-matches.json') as object[];

  test('four exact questions at once, whole records, newest first', async () => {
    const { reshare, asked } = bench(() => ({ json: [] }));
    expect(value(await reshare.findByScan(['39000000111111', ' maple-1042 ', 'MAPLE-1042']))).toEqual([]);
    expect(asked.map((ask) => ask.query.getAll('filters'))).toEqual([
      [
        'hrid==39000000111111||selectedItemBarcode==39000000111111||hrid=i=maple-1042||selectedItemBarcode=i=maple-1042',
      ],
      ['volumes.itemId==39000000111111||volumes.itemId=i=maple-1042'],
      ['volumes.temporaryItemBarcode==39000000111111||volumes.temporaryItemBarcode=i=maple-1042'],
      ['requestIdentifiers.identifier==39000000111111||requestIdentifiers.identifier=i=maple-1042'],
    ]);
    for (const ask of asked) {
      expect(ask.path).toBe('/rs/patronrequests');
      expect(ask.query.get('fullRecord')).toBe('true');
      expect(ask.query.get('sort')).toBe('lastUpdated;desc');
      expect(ask.request.template).toBe('/rs/patronrequests');
    }
  });

  test('both copies of one number are found once each', async () => {
    const { reshare } = bench(() => ({ json: two }));
    const found = value(await reshare.findByScan(['maple-1042']));
    expect(found.map((view) => view.side).toSorted()).toEqual(['borrowing', 'lending']);
  });

  test.each([[[]], [['', '  ', '***', '\u0002\u0003', '-- --', 'x'.repeat(101)]]])(
    'nothing to look for: nothing is sent',
    async (candidates) => {
      const { reshare, asked } = bench(() => ({ json: two }));
      expect(value(await reshare.findByScan(candidates))).toEqual([]);
      expect(asked).toEqual([]);
    },
  );

  test('special characters go escaped and without regard to case', async () => {
    const { reshare, asked } = bench(() => ({ json: [] }));
    await reshare.findByScan(['(A=1)\\&']);
    expect(asked[1]?.query.get('filters')).toBe('volumes.itemId=i=\\(A\\=1\\)\\\\\\&');
  });

  test.each([
    ['hrid', { hrid: 'r-77' }],
    ['selectedItemBarcode', { selectedItemBarcode: 'R-77 ' }],
    ['volumes.itemId', { volumes: [{ itemId: 'R-77' }] }],
    ['volumes.temporaryItemBarcode', { volumes: [{ itemId: '1', temporaryItemBarcode: 'r-77' }] }],
    ['requestIdentifiers.identifier', { requestIdentifiers: [{ identifier: 'R-77' }] }],
  ])('found by %s', async (property, more) => {
    const { reshare } = bench((ask) => ({
      json: ask.query.get('filters')?.includes(property) === true ? [row(5, more)] : [],
    }));
    expect(value(await reshare.findByScan(['R-77'])).map((view) => view.id)).toEqual([row(5)['id']]);
  });

  test('a filter dropped in a small tenant: unrelated requests do not come through', async () => {
    const { reshare, asked } = bench(() => ({ json: [row(1), row(2), row(3)] }));
    expect(value(await reshare.findByScan(['R-2'])).map((view) => view.hrid)).toEqual(['R-2']);
    expect(asked).toHaveLength(4);
  });

  const crowd = Array.from({ length: 20 }, (_, n) => row(100 + n));

  test('a filter dropped in a large tenant: a contains search takes over', async () => {
    const { reshare, asked } = bench((ask) => ({ json: ask.query.has('term') ? [row(7), row(70)] : crowd }));
    expect(value(await reshare.findByScan(['R-7', 'b c'])).map((view) => view.hrid)).toEqual(['R-7']);
    const searches = asked.filter((ask) => ask.query.has('term'));
    expect(searches.map((ask) => ask.query.get('term'))).toEqual(['R-7', '"b c"']);
    expect(searches[0]?.query.getAll('match')).toEqual([
      'hrid',
      'selectedItemBarcode',
      'volumes.itemId',
      'volumes.temporaryItemBarcode',
      'requestIdentifiers.identifier',
    ]);
    expect(asked).toHaveLength(6);
  });

  test('where no search narrows anything, "not found" is not claimed', async () => {
    const { reshare, asked } = bench(() => ({ json: crowd }));
    const result = await reshare.findByScan(['R-7']);
    expect(codeOf(result)).toBe('unreadable-answer');
    expect(asked).toHaveLength(4 + 5);
  });

  test('an older server that stumbles over a property', async () => {
    const { reshare } = bench((ask) => {
      if (ask.query.get('filters')?.startsWith('requestIdentifiers') === true)
        return { status: 500, text: '{"error":500}' };
      return { json: ask.query.has('term') ? [row(7)] : [] };
    });
    expect(value(await reshare.findByScan(['R-7']))).toHaveLength(1);
  });

  test('more hits than fit one page are all fetched', async () => {
    const hits = Array.from({ length: 25 }, (_, n) => row(n, { selectedItemBarcode: '39000' }));
    const { reshare } = bench((ask) => {
      const page = Number(ask.query.get('page'));
      return {
        json: ask.query.get('filters')?.startsWith('hrid') === true ? hits.slice((page - 1) * 20, page * 20) : [],
      };
    });
    expect(value(await reshare.findByScan(['39000']))).toHaveLength(25);
  });

  test('one question that fails fails the look-up: a half answer would be a wrong one', async () => {
    const down: OkapiFailure = { kind: 'failed', outcome: 'not-sent', error: fail('not-sent', 'Down.').error };
    const { reshare } = bench((ask) =>
      ask.query.get('filters')?.startsWith('volumes.itemId') === true ? down : { json: [] },
    );
    expect(codeOf(await reshare.findByScan(['R-7']))).toBe('not-sent');
  });

  test('open before closed, then what has a next step, then the newest', () => {
    const view = (id: string, terminal: boolean, primary: boolean, lastUpdated: string): RequestView =>
      ({
        id,
        state: { terminal },
        validActions: [{ code: 'a', primary, primaryOnly: false }],
        lastUpdated,
      }) as RequestView;
    const views = [
      view('closed', true, true, '2026-12-01'),
      view('idle', false, false, '2026-12-01'),
      view('older', false, true, '2026-11-01'),
      view('newer', false, true, '2026-11-02'),
    ];
    expect(ranked(views).map((one) => one.id)).toEqual(['newer', 'older', 'idle', 'closed']);
  });
});

describe('lists', () => {
  interface Stored {
    readonly n: number;
    lastUpdated: string;
    readonly dateCreated: string;
  }

  /** A server that filters, sorts and pages; `between` changes it after each page. */
  function serve(stored: Stored[], between: (count: number) => void = () => undefined): Bench {
    let count = 0;
    return bench((ask) => {
      const key = ask.query.get('sort') as 'lastUpdated' | 'dateCreated';
      const floor = ask.query.getAll('filters').map((filter) => new RegExp(`^${key}>=(.*)$`).exec(filter)?.[1]);
      const from = floor.find((text) => text !== undefined) ?? '';
      const page = Number(ask.query.get('page'));
      const rows = stored
        .filter((one) => one[key] >= from)
        .toSorted((a, b) => a[key].localeCompare(b[key]))
        .slice((page - 1) * 100, page * 100)
        .map((one) => row(one.n, { lastUpdated: one.lastUpdated, dateCreated: one.dateCreated }));
      between((count += 1));
      return { json: rows };
    });
  }

  const at = (minute: number): string =>
    new Date(Date.UTC(2026, 10, 22, 0, minute)).toISOString().replace('.000Z', 'Z');
  const many = (length: number): Stored[] =>
    Array.from({ length }, (_, n) => ({ n, lastUpdated: at(n), dateCreated: at(n) }));

  test('changed since: the moment asked in whole seconds, oldest first, until a short page', async () => {
    const { reshare, asked } = serve(many(250));
    const views = value(await reshare.listChanged('2026-11-22T00:10:00.700Z'));
    expect(views).toHaveLength(240);
    expect(views[0]?.lastUpdated).toBe('2026-11-22T00:10:00.000Z');
    expect(asked[0]?.query.getAll('filters')).toEqual(['lastUpdated>=2026-11-22T00:10:00Z']);
    expect(asked[0]?.query.get('perPage')).toBe('100');
    expect(asked).toHaveLength(3);
  });

  test('a request that changes while the pages are read hides no other', async () => {
    const stored = many(250);
    const { reshare } = serve(stored, (count) => {
      const moved = stored[count * 10];
      if (moved !== undefined && count < 4) moved.lastUpdated = at(2_000 + count);
    });
    const views = value(await reshare.listChanged(at(0)));
    expect(new Set(views.map((view) => view.id)).size).toBe(250);
  });

  test('a crowd with one and the same moment is paged through', async () => {
    const stored = many(350).map((one) => ({ ...one, lastUpdated: at(one.n < 20 ? one.n : 20) }));
    expect(value(await serve(stored).reshare.listChanged(at(0)))).toHaveLength(350);
  });

  test('a dropped filter brings older requests: they are left out', async () => {
    const { reshare } = bench(() => ({ json: [row(1, { lastUpdated: at(0) }), row(2, { lastUpdated: at(60) })] }));
    expect(value(await reshare.listChanged(at(30))).map((view) => view.hrid)).toEqual(['R-2']);
  });

  test('a server that always has another page is not believed for ever', async () => {
    const { reshare, asked } = bench(() => ({ json: Array.from({ length: 100 }, (_, n) => row(n)) }));
    expect(codeOf(await reshare.listChanged(at(0)))).toBe('unreadable-answer');
    expect(asked).toHaveLength(500);
  });

  test('no moment at all is bad input', async () => {
    const { reshare, asked } = bench(() => ({ json: [] }));
    expect(codeOf(await reshare.listChanged('yesterday'))).toBe('bad-input');
    expect(asked).toEqual([]);
  });

  test('open requests: the filter, and no closed one even where it was dropped', async () => {
    const { reshare, asked } = bench(() => ({
      json: [row(1), row(2, { state: { code: 'REQ_CANCELLED', terminal: true } })],
    }));
    expect(value(await reshare.listOpen()).map((view) => view.hrid)).toEqual(['R-1']);
    expect(asked[0]?.query.getAll('filters')).toEqual(['state.terminal==false']);
  });

  test('the envelope with totals is a list as well', async () => {
    const { reshare } = bench(() => ({ json: fixture('reshare/09-list-with-stats.json') }));
    expect(value(await reshare.listOpen()).length).toBeGreaterThan(0);
  });
});

describe('one request', () => {
  test('read in full', async () => {
    const record = fixture('reshare/06-responder-RES_AWAIT_SHIP-full-undo-available.json') as { id: string };
    const { reshare, asked } = bench(() => ({ json: record }));
    expect(value(await reshare.get(record.id))).toMatchObject({ id: record.id, seenAt: '2026-11-22T10:00:00.000Z' });
    expect(asked[0]?.path).toBe(`/rs/patronrequests/${record.id}`);
    expect(asked[0]?.request.template).toBe('/rs/patronrequests/{id}');
    const after = value(await reshare.auditSince(record.id, 2));
    expect(after.lines.every((line) => line.no > 2)).toBe(true);
    expect(after.request.id).toBe(record.id);
  });

  test.each(['', '../x', 'a/b', 'a?b', 'ü', 'x'.repeat(65)])(
    'an id that would be another path is not sent: %j',
    async (id) => {
      const { reshare, asked } = bench(() => ({ json: row(1) }));
      expect(codeOf(await reshare.get(id))).toBe('bad-input');
      expect(codeOf(await reshare.validActions(id))).toBe('bad-input');
      expect(codeOf(await reshare.auditSince(id, 0))).toBe('bad-input');
      expect(await reshare.act(id, 'message', {})).toMatchObject({ outcome: 'not-sent', error: { code: 'bad-input' } });
      expect(asked).toEqual([]);
    },
  );

  test.each([
    ['gone', { status: 404, text: '{"message":"Not Found","error":404}' }, 'not-found'],
    ['gone without a word', { status: 404 }, 'not-found'],
    ['another request’s record', { json: row(2) }, 'unreadable-answer'],
    ['a list', { json: [row(1)] }, 'unreadable-answer'],
    ['null', { json: null }, 'unreadable-answer'],
    ['nothing', {}, 'unreadable-answer'],
    ['truncated', { text: '{"id":"x' }, 'unreadable-answer'],
    ['no id', { json: { ...row(1), id: undefined } }, 'unreadable-answer'],
    ['a web page', { headers: { 'content-type': 'text/html' }, text: '<html>' }, 'unreadable-answer'],
    [
      'a server exception',
      { status: 500, text: '{"error":500,"message":"java.lang.NullPointerException","stackTrace":[]}' },
      'refused',
    ],
    ['no permission', { status: 403, text: "Access for user 'u' (x) requires permission: p" }, 'no-permission'],
    ['a bad question', { status: 400, text: '{"message":"no"}' }, 'refused'],
  ] as const)('%s', async (_what, answer, code) => {
    expect(codeOf(await bench(() => answer).reshare.get(ONE))).toBe(code);
  });

  test('valid actions by themselves', async () => {
    const sample = fixture('reshare/11-validActions.json') as Record<string, unknown>;
    const { reshare } = bench(() => ({ json: sample['requester REQ_SHIPPED'] }));
    expect(value(await reshare.validActions(ONE))).toEqual(['requesterReceived', 'message', 'manualClose']);
    const busy = bench(() => ({ json: sample['network busy (networkStatus Waiting or Retry)'] }));
    expect(value(await busy.reshare.validActions(ONE))).toEqual([]);
    expect(codeOf(await bench(() => ({ json: sample['unknown id (HTTP 200)'] })).reshare.validActions(ONE))).toBe(
      'not-found',
    );
    expect(codeOf(await bench(() => ({ json: { actions: 7 } })).reshare.validActions(ONE))).toBe('unreadable-answer');
  });
});

describe('acting', () => {
  test('sends the action with its parameters, allows it time, and reports health', async () => {
    const { reshare, asked, reports } = bench(() => ({ json: {} }));
    const params = { itemBarcodes: [{ itemId: '39000' }] };
    expect(await reshare.act(ONE, 'supplierCheckInToReshare', params)).toEqual({ outcome: 'done' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.request).toMatchObject({
      method: 'POST',
      path: `/rs/patronrequests/${ONE}/performAction`,
      template: '/rs/patronrequests/{id}/performAction',
      headersTimeoutMs: 45_000,
    });
    expect(JSON.parse(asked[0]?.request.body ?? '')).toEqual({
      action: 'supplierCheckInToReshare',
      actionParams: params,
    });
    expect(reports).toEqual([{ at: '2026-11-22T10:00:00.000Z', ok: true, ms: expect.any(Number) }]);
  });

  test('a refusal speaks for the system’s health, silence against it', async () => {
    const refusing = bench(() => ({ status: 500, text: '{}' }));
    expect((await refusing.reshare.act(ONE, 'supplierCheckInToReshare', {})).outcome).toBe('refused');
    expect(refusing.reports).toMatchObject([{ ok: true }]);

    const error = fail('unknown-outcome', 'Silence.').error;
    const silent = bench(() => ({ kind: 'failed', outcome: 'unknown', error }));
    expect(await silent.reshare.act(ONE, 'message', {})).toEqual({ outcome: 'unknown', error });
    expect(silent.reports).toMatchObject([{ ok: false, error }]);
  });

  test('a call given up says nothing about health', async () => {
    const { reshare, reports } = bench(() => ({
      kind: 'failed',
      outcome: 'not-sent',
      error: fail('not-sent', 'x').error,
    }));
    await reshare.act(ONE, 'message', {}, AbortSignal.abort());
    await reshare.get(ONE, AbortSignal.abort());
    expect(reports).toEqual([]);
  });
});

describe('tenant rules', () => {
  const all = fixture('reshare/20-appSettings.json') as { section: string; key: string }[];

  test('from both sections, each asked for alone', async () => {
    const { reshare, asked } = bench((ask) => ({
      json: all.filter((setting) => ask.query.get('filters') === `section==${setting.section}`),
    }));
    expect(value(await reshare.tenantRules())).toEqual({
      combineFillAndShip: false,
      combineReturnedAndShipped: true,
      requestPrefix: 'MAPLE-',
    });
    expect(asked.map((ask) => ask.query.get('filters'))).toEqual(['section==state_action_config', 'section==requests']);
    expect(asked.every((ask) => !ask.query.has('stats'))).toBe(true);
  });

  const defaults = { combineFillAndShip: false, combineReturnedAndShipped: false };

  test.each([
    ['an empty list is "not permitted"', { json: [] }],
    ['a refusal is, too', { status: 403, text: "Access for user 'u' (x) requires permission: rs.settings.get" }],
    ['settings without values', { json: [{ section: 'requests', key: 'request_id_prefix' }, { section: 7 }, null] }],
    ['another section altogether', { json: [{ section: 'localNCIP', key: 'combine_fill_and_ship', value: 'yes' }] }],
  ] as const)('%s: the defaults', async (_what, answer) => {
    const { reshare, reports } = bench(() => answer);
    expect(value(await reshare.tenantRules())).toEqual(defaults);
    expect(reports.every((report) => report.ok)).toBe(true);
  });

  test('a default value counts where nothing was set', async () => {
    const setting = { section: 'state_action_config', key: 'combine_fill_and_ship', defValue: 'yes' };
    expect(value(await bench(() => ({ json: [setting] })).reshare.tenantRules()).combineFillAndShip).toBe(true);
  });

  test('not a list: unreadable', async () => {
    expect(codeOf(await bench(() => ({ json: {} })).reshare.tenantRules())).toBe('unreadable-answer');
  });
});

describe('an error of mod-rs’s own', () => {
  const error = { status: 500, text: '{"error":"Internal server error","stackTrace":[]}' };

  test.each([
    ['to a look', error, true],
    ['from a gateway that did not reach it', { status: 500, text: 'proxyClient failure: mod-rs' }, undefined],
    ['from a proxy', { status: 502, text: 'Bad gateway' }, undefined],
  ] as const)('%s is told from an outage', async (_where, answer, stumbled) => {
    const { reshare, reports } = bench(() => answer);
    await reshare.get(ONE);
    await reshare.act(ONE, 'requesterReceived', {});
    expect(reports.map((report) => [report.ok, report.stumbled])).toEqual([
      [false, stumbled],
      [false, stumbled],
    ]);
  });

  test('a fill that the circulation system refused is no error of its own', async () => {
    const { reshare, reports } = bench(() => ({ status: 500, text: '{}' }));
    await reshare.act(ONE, 'supplierCheckInToReshare', {});
    expect(reports).toMatchObject([{ ok: true }]);
    expect(reports[0]).not.toHaveProperty('stumbled');
  });
});
