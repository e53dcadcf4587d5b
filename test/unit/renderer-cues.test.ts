import { describe, expect, test } from 'vitest';
import { Sound } from '../../src-main/contract/prompt.ts';
import { announcementFor } from '../../src-renderer/state/announcement.ts';
import { isUrgent, refusingAnew, settledAnew, soundOf } from '../../src-renderer/state/cues.ts';
import { lengthOf, SOUNDS } from '../../src-renderer/state/sounds.ts';
import { line, prompt } from './renderer-samples.ts';

describe('an outcome is told once', () => {
  test('nothing while it is being worked on', () => {
    expect(settledAnew(undefined, line(1, { prompt: prompt({ working: true }) }))).toBeUndefined();
    expect(settledAnew(undefined, line(1))).toBeUndefined();
  });

  test('when it settles, and not again when only its lines grow', () => {
    const working = line(1, { prompt: prompt({ working: true }) });
    const settled = line(1, { prompt: prompt() });
    const grown = line(1, { prompt: prompt({ legs: [{ system: 'ReShare', state: 'seen', text: 'Seen.' }] }) });
    expect(settledAnew(working, settled)).toEqual(settled.prompt);
    expect(settledAnew(settled, grown)).toBeUndefined();
  });

  test('again when it turns out otherwise', () => {
    const settled = line(1, { prompt: prompt() });
    const worse = line(1, { prompt: prompt({ sound: 'refused', kind: 'stop' }) });
    const elsewhere = line(1, { prompt: prompt({ destination: { verb: 'Ship back', to: 'Eastport' } }) });
    expect(settledAnew(settled, worse)).toEqual(worse.prompt);
    expect(settledAnew(settled, elsewhere)).toEqual(elsewhere.prompt);
  });

  test('the tick of an accepted scan is not played a second time', () => {
    expect(soundOf(prompt({ sound: 'accepted' }))).toBeUndefined();
    expect(soundOf(prompt({ sound: 'saved' }))).toBe('saved');
  });

  test('a journal that takes nothing any more is told once, when it turns', () => {
    const open = { writable: true, saved: 3 };
    const full = { ...open, writable: false, sentence: 'The disk is full.' };
    const news = { type: 'journal', journal: full } as const;
    expect(refusingAnew(news, { journal: open })).toBe('The disk is full.');
    expect(refusingAnew(news, { journal: full })).toBeUndefined();
    expect(refusingAnew({ type: 'journal', journal: open }, { journal: full })).toBeUndefined();
  });

  test('what somebody must act on is urgent', () => {
    expect(isUrgent(prompt({ sound: 'attention' }))).toBe(true);
    expect(isUrgent(prompt({ kind: 'stop', sound: 'saved' }))).toBe(true);
    expect(isUrgent(prompt({ kind: 'shelve', sound: 'accepted' }))).toBe(false);
  });
});

describe('what is read out', () => {
  test('begins with the destination', () => {
    expect(announcementFor(prompt())).toBe(
      'Ship back: Northfield. The mapping of the heavens. Put it on the return shelf.',
    );
  });

  test('ends with the keys that act, and says nothing twice', () => {
    const words = announcementFor(
      prompt({
        destination: { verb: 'Scan again' },
        title: 'That is the ISBN',
        why: ['That is the ISBN', 'Look inside the cover.'],
        offers: [{ id: 'keep', key: 'F8', label: 'Use it anyway' }],
      }),
    );
    expect(words).toBe('Scan again. That is the ISBN. Look inside the cover. F8: Use it anyway.');
  });
});

describe('the four sounds', () => {
  const rhythm = (sound: Sound) =>
    SOUNDS[sound].map((tone) => `${tone.from.toFixed(2)}+${tone.length.toFixed(2)}`).join();
  const pitches = (sound: Sound) => SOUNDS[sound].map((tone) => tone.pitch).join();

  test('differ in rhythm and, apart from it, in pitch', () => {
    expect(new Set(Sound.options.map(rhythm)).size).toBe(4);
    expect(new Set(Sound.options.map(pitches)).size).toBe(4);
  });

  test('are short enough for four scans a second to tick', () => {
    expect(lengthOf('accepted')).toBeLessThan(0.2);
    for (const sound of Sound.options) expect(lengthOf(sound)).toBeLessThan(0.8);
  });
});
