import { describe, expect, it } from 'vitest';
import { flag, instant, link, number, text, type Entity } from '../../src-main/training/query/entity.ts';
import { compileFilter, NullPointer } from '../../src-main/training/query/filter.ts';
import { list, search } from '../../src-main/training/query/list.ts';

interface Row {
  readonly hrid: string;
  readonly ours: boolean;
  readonly cost?: number;
  readonly at: number;
  readonly note?: string;
  readonly volumes: readonly { readonly itemId: string; readonly name: string }[];
}

const ROW: Entity = {
  hrid: text<Row>((row) => row.hrid),
  ours: flag<Row>((row) => row.ours),
  cost: number<Row>((row) => row.cost),
  at: instant<Row>((row) => row.at),
  note: text<Row>((row) => row.note),
  volumes: link<Row>(
    {
      itemId: text<{ readonly itemId: string }>((one) => one.itemId),
      name: text<{ readonly name: string }>((one) => one.name),
    },
    (row) => row.volumes,
  ),
};

const NOV = Date.UTC(2026, 10, 1);
const ROWS: readonly Row[] = [
  { hrid: 'RVR-1', ours: true, at: NOV, volumes: [] },
  { hrid: 'rvr-2', ours: true, at: NOV + 86_400_000, note: 'kept', cost: 5, volumes: [{ itemId: '31', name: 'v.1' }] },
  {
    hrid: 'RVR_3',
    ours: false,
    at: NOV + 2 * 86_400_000,
    cost: 12,
    volumes: [
      { itemId: '31', name: 'v.9' },
      { itemId: '32', name: 'v.1' },
    ],
  },
];

const found = (...filters: string[]): readonly string[] => {
  const query = new URLSearchParams();
  for (const one of filters) query.append('filters', one);
  return search(ROW, ROWS, query).map((row) => row.hrid);
};
const ALL = ROWS.map((row) => row.hrid);

describe('the filter language', () => {
  it.each([
    ['equality minds case', 'hrid==RVR-2', []],
    ['a single = is equality', 'hrid=RVR-1', ['RVR-1']],
    ['=i= does not mind case', 'hrid=i=RVR-2', ['rvr-2']],
    ['=i= takes _ for any character', 'hrid=i=RVR_1', ['RVR-1']],
    ['=i= takes a backslash before _ as escape', String.raw`hrid=i=RVR\_3`, ['RVR_3']],
    ['=i= does not take % for anything', 'hrid=i=RVR%', []],
    ['== keeps the backslash', String.raw`hrid==RVR\_3`, []],
    ['=~ contains', 'hrid=~vr-', ['RVR-1', 'rvr-2']],
    ['!~ does not contain', 'hrid!~vr-', ['RVR_3']],
    ['!= and <> are the same', 'hrid<>RVR-1', ['rvr-2', 'RVR_3']],
    ['booleans', 'ours==false', ['RVR_3']],
    ['numbers, and null is never unequal', 'cost!=5', ['RVR_3']],
    ['greater', 'cost>5', ['RVR_3']],
    ['range', '4<cost<10', ['rvr-2']],
    ['moments', 'at>=2026-11-02T00:00:00Z', ['rvr-2', 'RVR_3']],
    ['moments as dates', 'at<2026-11-02', ['RVR-1']],
    ['isNull in any case', 'note ISNULL', ['RVR-1', 'RVR_3']],
    ['isNotNull', 'note isNotNull', ['rvr-2']],
    ['not', '!ours==true', ['RVR_3']],
    ['and', 'ours==true&&cost==5', ['rvr-2']],
    ['or', 'hrid==RVR-1||hrid==RVR_3', ['RVR-1', 'RVR_3']],
    ['no precedence: a && b || c is a && (b || c)', 'ours==false&&hrid==RVR-1||cost==12', ['RVR_3']],
    ['conditions on one association speak of the same row', 'volumes.itemId==31&&volumes.name==v.1', ['rvr-2']],
    ['a nested property joins inner, also inside an or', 'hrid==RVR-1||volumes.itemId==99', []],
    ['unless each side is a group of its own', '(hrid==RVR-1)||(volumes.itemId==32)', ['RVR-1', 'RVR_3']],
  ])('%s', (_name, filter, expected) => expect(found(filter)).toEqual(expected));

  it.each([
    ['neither side is a property and the value is one word', 'nothing==word'],
    ['the value is missing', 'hrid=='],
    ['a bracket stands in the value', 'hrid==A(1)'],
    ['the value is no number', 'cost==much'],
    ['it is no filter at all', '((('],
  ])('drops a filter in silence when %s, and lists everything', (_name, filter) => {
    expect(compileFilter(ROW, filter)).toBeUndefined();
    expect(found(filter)).toEqual(ALL);
    expect(found(filter, 'ours==false')).toEqual(['RVR_3']);
  });

  it('tries the right side as the property', () => expect(found('RVR-1==hrid')).toEqual(['RVR-1']));

  it('fails on an unknown property with any other value', () => {
    expect(() => found('nothing==two words')).toThrow(NullPointer);
    const reply = list(
      { entity: ROW, rows: ROWS, cap: 100, view: (row) => row },
      new URLSearchParams({ filters: 'no==a-b' }),
    );
    expect([reply.status, (JSON.parse(String(reply.body)) as { error: number }).error]).toEqual([500, 500]);
  });
});

describe('lists', () => {
  const page = (query: string, cap = 2): unknown =>
    JSON.parse(
      String(list({ entity: ROW, rows: ROWS, cap, view: (row) => row.hrid }, new URLSearchParams(query)).body),
    );

  it('are capped in silence', () => expect(page('perPage=1000')).toHaveLength(2));
  it('page by page, or by offset in whole pages', () => {
    expect(page('perPage=2&page=2')).toEqual(['RVR_3']);
    expect(page('perPage=1&offset=2')).toEqual(['RVR_3']);
    expect(page('max=1&page=2')).toEqual(['rvr-2']);
  });
  it('sort with the empty ones last, or first when descending', () => {
    expect(page('sort=cost', 9)).toEqual(['rvr-2', 'RVR_3', 'RVR-1']);
    expect(page('sort=cost;desc', 9)).toEqual(['RVR-1', 'RVR_3', 'rvr-2']);
    expect(page('sort=nothing', 9)).toEqual(ALL);
  });
  it('search terms in the named properties, left-joined', () => {
    expect(page('term=rvr-&match=hrid&match=volumes.itemId', 9)).toEqual(['RVR-1', 'rvr-2']);
    expect(page('term=32&match=hrid&match=volumes.itemId', 9)).toEqual(['RVR_3']);
    expect(page('term=%22r-%22 2&match=hrid', 9)).toEqual(['rvr-2']);
    expect(page('term=5&match[]=cost', 9)).toEqual(['rvr-2']);
    expect(page('term=zzz&match=nothing', 9)).toEqual(ALL);
  });
});
