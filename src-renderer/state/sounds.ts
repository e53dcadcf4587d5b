import type { Sound } from '../../src-main/contract/prompt.ts';

interface Tone {
  /** Hertz. */
  readonly pitch: number;
  /** Seconds from the start of the sound. */
  readonly from: number;
  readonly length: number;
  readonly wave: OscillatorType;
  /** Loudness, 0 to 1. */
  readonly level: number;
}

const tone = (pitch: number, from: number, length: number, wave: OscillatorType, level: number): Tone => ({
  pitch,
  from,
  length,
  wave,
  level,
});

/**
 * The four sounds, told apart by rhythm and by pitch: one short high tick; a rising long-short pair; three low buzzes;
 * two soft equal taps.
 */
export const SOUNDS: Readonly<Record<Sound, readonly Tone[]>> = {
  accepted: [tone(1568, 0, 0.07, 'sine', 0.35)],
  attention: [tone(659, 0, 0.2, 'triangle', 0.5), tone(988, 0.22, 0.12, 'triangle', 0.5)],
  refused: [
    tone(196, 0, 0.13, 'square', 0.22),
    tone(196, 0.18, 0.13, 'square', 0.22),
    tone(165, 0.36, 0.26, 'square', 0.22),
  ],
  saved: [tone(440, 0, 0.1, 'sine', 0.4), tone(440, 0.24, 0.1, 'sine', 0.4)],
};

/** Seconds from the start of the first tone to the end of the last. */
export function lengthOf(sound: Sound): number {
  return Math.max(...SOUNDS[sound].map((one) => one.from + one.length));
}

/** Plays the sounds one after the other. Silent until a key or a click, because a page may only sound after one. */
export class SoundPlayer {
  private context: AudioContext | undefined;
  private waking = false;
  private busyUntil = 0;

  /** Call from key and pointer events. Opens the way to the loudspeaker when there is time, never between two keys. */
  wake(): void {
    if (this.waking) return;
    this.waking = true;
    requestIdleCallback(() => (this.context ??= new AudioContext({ latencyHint: 'interactive' })), { timeout: 1000 });
  }

  play(sound: Sound): void {
    if (!this.waking) return;
    const context = (this.context ??= new AudioContext({ latencyHint: 'interactive' }));
    if (context.state === 'suspended') void context.resume();
    const start = Math.max(context.currentTime + 0.005, this.busyUntil);
    this.busyUntil = start + lengthOf(sound) + 0.04;
    for (const one of SOUNDS[sound]) {
      const oscillator = context.createOscillator();
      const gain = context.createGain();
      oscillator.type = one.wave;
      oscillator.frequency.value = one.pitch;
      const from = start + one.from;
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime(one.level, from + 0.008);
      gain.gain.setValueAtTime(one.level, from + one.length - 0.02);
      gain.gain.linearRampToValueAtTime(0, from + one.length);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(from);
      oscillator.stop(from + one.length);
    }
  }
}
