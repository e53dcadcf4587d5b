import { describe, expect, test } from 'vitest';
import { FakeDesk } from './renderer-fake-desk.ts';

const LABEL = '30234000517861';

describe('a scanner', () => {
  test.each([
    ['fast, with Enter', `${LABEL}\n`, 3],
    ['usual, with Enter', `${LABEL}\n`, 8],
    ['with Tab', `${LABEL}\t`, 16],
    ['slow', `${LABEL}\n`, 39],
    ['without a suffix', LABEL, 12],
  ])('%s becomes one scan and leaves no trace', (_name, keys, gap) => {
    const desk = new FakeDesk();
    desk.send(keys, gap);
    desk.wait(1000);
    expect(desk.scans).toEqual([LABEL]);
    expect(desk.field('search')).toBe('');
    expect(desk.passed).toEqual([]);
  });

  test.each([1, 2, 3, 7, 13, 14])('one pause after key %i does not tear the label', (position) => {
    const desk = new FakeDesk();
    const gaps = Array.from({ length: 14 }, (_, index) => (index === position - 1 ? 180 : 9));
    desk.send(`${LABEL}\n`, gaps);
    desk.wait(1000);
    expect(desk.scans).toEqual([LABEL]);
    expect(desk.field('search')).toBe('');
  });

  test('both keys of a double suffix belong to the scan', () => {
    const desk = new FakeDesk();
    desk.send(`${LABEL}\t\n`, 8);
    expect(desk.scans).toEqual([LABEL]);
    expect(desk.passed).toEqual([]);
  });

  test('an Enter that trails far behind does not press anything', () => {
    const desk = new FakeDesk();
    desk.send(LABEL, 8);
    desk.wait(300);
    desk.press('\n');
    expect(desk.scans).toEqual([LABEL]);
    expect(desk.passed).toEqual([]);
  });

  test('a control character inside a label is part of it, not a shortcut', () => {
    const desk = new FakeDesk();
    desk.send('30234', 8);
    desk.wait(8);
    desk.press('\u001d', { kind: 'control' });
    desk.wait(8);
    desk.send('99\n', 8);
    expect(desk.scans).toEqual(['30234\u001d99']);
    expect(desk.passed).toEqual([]);
  });

  test('what a person had typed before stays in its field', () => {
    const desk = new FakeDesk();
    desk.send('soil', 140);
    desk.wait(180);
    desk.send(`${LABEL}\n`, 8);
    expect(desk.field('search')).toBe('soil');
    expect(desk.scans).toEqual([LABEL]);
  });

  test('thirty labels in three seconds are thirty scans', () => {
    const desk = new FakeDesk();
    const labels = Array.from({ length: 30 }, (_, index) => `3023400051${String(index).padStart(4, '0')}`);
    for (const label of labels) {
      desk.send(`${label}\n`, 6);
      desk.wait(16);
    }
    expect(desk.scans).toEqual(labels);
  });

  test('four labels a second for a minute, without a suffix', () => {
    const desk = new FakeDesk();
    const labels = Array.from({ length: 240 }, (_, index) => `RVR-${String(1000 + index)}`);
    for (const label of labels) {
      desk.send(label, 5);
      desk.wait(250 - 35);
    }
    desk.wait(1000);
    expect(desk.scans).toEqual(labels);
  });

  test('the focus moving in the middle of a burst does not tear it', () => {
    const desk = new FakeDesk();
    desk.send('3023400', 8, 'search');
    desk.wait(8);
    desk.send('0517861\n', 8, 'password');
    expect(desk.scans).toEqual([LABEL]);
    expect(desk.field('search') + desk.field('password')).toBe('');
  });

  test('a slow scanner is learned from its evenness', () => {
    const desk = new FakeDesk();
    desk.send(`${LABEL}\n`, 52);
    desk.wait(1000);
    desk.send('RVR-9\n', 52, 'other');
    expect(desk.scans).toEqual([LABEL, 'RVR-9']);
    expect(desk.field('search') + desk.field('other')).toBe('');
  });

  test('a label longer than is kept is cut, and the rest is not typed', () => {
    const desk = new FakeDesk();
    desk.send(`${'7'.repeat(10_500)}\n`, 1);
    expect(desk.scans.map((raw) => raw.length)).toEqual([10_240]);
    expect(desk.field('search')).toBe('');
  });
});

describe('a hand', () => {
  test('sees its letters within the hold time and its Enter passes', () => {
    const desk = new FakeDesk();
    desk.press('s');
    desk.wait(60);
    expect(desk.field('search')).toBe('s');
    desk.wait(80);
    desk.send('oil\n', 110);
    expect(desk.scans).toEqual([]);
    expect(desk.field('search')).toBe('soil');
    expect(desk.passed).toEqual(['\n']);
  });

  test('typing with quick pairs stays typing', () => {
    const desk = new FakeDesk();
    desk.send('the quick brown fox\n', [35, 95, 120, 45, 160, 88, 30, 140]);
    expect(desk.scans).toEqual([]);
    expect(desk.field('search')).toBe('the quick brown fox');
  });

  test('a key held down repeats into the field', () => {
    const desk = new FakeDesk();
    desk.press('5');
    desk.wait(500);
    for (let count = 0; count < 20; count += 1) {
      desk.press('5', { repeat: true });
      desk.wait(33);
    }
    desk.press('\n');
    expect(desk.scans).toEqual([]);
    expect(desk.field('search')).toBe('5'.repeat(21));
  });

  test('an arrow or Backspace finds the letters before it in place', () => {
    const desk = new FakeDesk();
    desk.press('a');
    desk.wait(20);
    desk.press('Backspace', { kind: 'other' });
    expect(desk.field('search')).toBe('a');
    expect(desk.passed).toEqual(['Backspace']);
  });

  test('a shortcut right after a letter is a shortcut', () => {
    const desk = new FakeDesk();
    desk.press('a');
    desk.wait(20);
    desk.press('\u0003', { kind: 'control' });
    expect(desk.passed).toEqual(['\u0003']);
  });

  test('Enter alone is never held', () => {
    const desk = new FakeDesk();
    desk.press('\n');
    expect(desk.passed).toEqual(['\n']);
  });

  test('leaving a field puts its letters in it', () => {
    const desk = new FakeDesk();
    desk.send('ab', 30);
    desk.intake.settle();
    expect(desk.field('search')).toBe('ab');
  });
});
