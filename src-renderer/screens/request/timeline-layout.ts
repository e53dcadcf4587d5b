import type { Timeline, TimelineMark } from '../../state/contract.ts';

interface Line {
  readonly text: string;
  readonly soft?: boolean;
}

/** Everything in rem, so that a larger text enlarges the drawing with it. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Where the lanes begin, right of their names. */
  readonly left: number;
  readonly postBegin: number;
  readonly postEnd: number;
  readonly lanes: readonly { readonly y: number; readonly name: readonly string[] }[];
  readonly marks: readonly {
    readonly x: number;
    readonly y: number;
    readonly state: TimelineMark['state'];
    readonly textX: number;
    readonly textY: number;
    readonly anchor: 'start' | 'middle' | 'end';
    readonly lines: readonly Line[];
  }[];
  readonly ways: readonly { readonly d: string; readonly dashed: boolean }[];
  readonly posts: readonly {
    readonly x: number;
    readonly textY: number;
    readonly past: boolean;
    readonly lines: readonly string[];
  }[];
  readonly messages: readonly { readonly key: string; readonly x: number; readonly y: number }[];
}

export interface TimelineWords {
  day(iso: string): string;
  next(lane: TimelineMark['lane']): string;
}

const TOP = 2.45;
const BOTTOM = 5.75;
const HEIGHT = 8.35;
const NAMES = 5.6;
/** Most letters of a line of a library's name, and most lines between the two lanes. */
const NAME_LETTERS = 12;
const NAME_LINES = 3;
/** Below this a drawing has no room for names beside the lanes, rem. */
const NARROW = 20;
/** Most posts drawn; all stand in words. */
const POSTS = 2;
/** About how wide a letter of the drawing is, rem. */
const LETTER = 0.47;

/** Where everything of a timeline is drawn in so much room. @param width rem */
export function layOut(timeline: Timeline, width: number, words: TimelineWords): Drawing {
  const left = width < NARROW ? 0 : NAMES;
  const posts = timeline.posts.slice(0, POSTS);
  const slots = timeline.marks.length + posts.length;
  const begin = left + 1.2;
  const end = width - 0.8;
  const step = slots < 2 ? 0 : Math.min(6, (end - begin) / (slots - 1));
  const x = (slot: number): number => begin + slot * step;
  const y = ({ lane }: { readonly lane: TimelineMark['lane'] }): number => (lane === 'theirs' ? TOP : BOTTOM);
  let before: { readonly lane: string; readonly outer: boolean; readonly above: boolean } | undefined;
  const marks = timeline.marks.map((mark, slot, all) => {
    // The outer side of the lane; neighbours on one lane take turns, so that their words do not run into each other.
    const outer = before?.lane === mark.lane ? !before.outer : true;
    const above = (mark.lane === 'theirs') === outer;
    before = { lane: mark.lane, outer, above };
    const day = mark.state === 'next' ? words.next(mark.lane) : mark.at === undefined ? undefined : words.day(mark.at);
    const lines: readonly Line[] = [
      ...wrapped(mark.label).map((text) => ({ text })),
      ...(day === undefined ? [] : [{ text: day, soft: true }]),
    ];
    const half = (Math.max(...lines.map(({ text }) => text.length)) * LETTER) / 2;
    const next = all[slot + 1];
    // Between the lanes the way to the other one leaves to the right: the words stand before it.
    const aside = !outer && next !== undefined && next.lane !== mark.lane;
    const anchor =
      x(slot) - half < left
        ? ('start' as const)
        : aside || x(slot) + half > width
          ? ('end' as const)
          : ('middle' as const);
    return {
      x: x(slot),
      y: y(mark),
      state: mark.state,
      textX:
        anchor === 'start'
          ? Math.max(left, x(slot) - 0.6)
          : anchor === 'middle'
            ? x(slot)
            : aside
              ? x(slot) + 0.5
              : width,
      textY: above ? y(mark) - 0.7 - (lines.length - 1) * 0.98 : y(mark) + 1.3,
      anchor,
      lines,
    };
  });
  // What is written of the last mark stands on one side of the lanes, so the posts beside it are named on the other.
  const namedAbove = before?.above === false;
  return {
    width,
    height: HEIGHT,
    left,
    postBegin: namedAbove ? TOP - 0.45 : 1.1,
    postEnd: namedAbove ? BOTTOM + 0.6 : HEIGHT - 2.1,
    lanes: [
      { y: TOP, name: left === 0 ? [] : nameLines(timeline.theirs) },
      { y: BOTTOM, name: left === 0 ? [] : nameLines(timeline.ours) },
    ],
    marks,
    ways: marks.slice(1).map((to, at) => wayBetween(marks[at] ?? to, to, to.state === 'next')),
    posts: posts.map(({ short, at, past }, index) => ({
      x: x(timeline.marks.length + index),
      textY: namedAbove ? TOP - 0.7 - 0.98 : HEIGHT - 2.1 + 0.95,
      past,
      lines: [short, words.day(at)],
    })),
    messages: messagesOf(timeline, x, y, step),
  };
}

function messagesOf(
  { messages, marks }: Timeline,
  x: (slot: number) => number,
  y: (of: { readonly lane: TimelineMark['lane'] }) => number,
  step: number,
): Drawing['messages'] {
  return messages.map(({ lane, after }, index) => {
    const beside = messages.slice(0, index).filter((one) => one.after === after && one.lane === lane).length;
    const slot = Math.min(Math.max(after - 1, 0), marks.length - 1);
    return { key: String(index), x: x(slot) + Math.min(step / 2, 1.2) + beside * 0.75, y: y({ lane }) };
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function wayBetween(from: Point, to: Point, dashed: boolean): Drawing['ways'][number] {
  const middle = (from.x + to.x) / 2;
  const d =
    from.y === to.y
      ? `M${String(from.x)} ${String(from.y)}H${String(to.x)}`
      : `M${String(from.x)} ${String(from.y)}C${String(middle)} ${String(from.y)} ${String(middle)} ${String(to.y)} ${String(to.x)} ${String(to.y)}`;
  return { d, dashed };
}

/** At most two lines, broken at the word nearest to the middle; what is longer than two lines is cut. */
function wrapped(text: string, most = 13): readonly string[] {
  if (text.length <= most) return [text];
  const spaces = [...text.matchAll(/ /g)].map(({ index }) => index);
  const middle = spaces.toSorted((a, b) => Math.abs(a - text.length / 2) - Math.abs(b - text.length / 2))[0];
  const lines = middle === undefined ? [text] : [text.slice(0, middle), text.slice(middle + 1)];
  return lines.map((line) => (line.length <= most + 1 ? line : `${line.slice(0, most)}…`));
}

/** A library's name beside its lane, word by word; what has no room is cut at the end. */
export function nameLines(name: string): readonly string[] {
  const lines = name.split(' ').reduce<readonly string[]>((all, word) => {
    const last = all.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    return last === undefined || longer.length > NAME_LETTERS ? [...all, word] : [...all.slice(0, -1), longer];
  }, []);
  const room = lines.slice(0, NAME_LINES);
  return room.map((line, at) => {
    const cut = at === NAME_LINES - 1 && lines.length > NAME_LINES;
    const most = NAME_LETTERS + 1 - Number(cut);
    return cut || line.length > most ? `${line.slice(0, most)}…` : line;
  });
}
