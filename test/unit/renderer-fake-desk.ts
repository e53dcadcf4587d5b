import { expect } from 'vitest';
import { ScanIntake, type IntakeKey } from '../../src-renderer/state/scan-intake.ts';

/** A desk with a clock of its own and fields that are strings; shows what a scanner or a hand leaves behind. */
export class FakeDesk {
  now = 0;
  readonly fields = new Map<string, string>();
  readonly scans: string[] = [];
  readonly passed: string[] = [];
  private timers: { readonly at: number; readonly run: () => void }[] = [];
  readonly intake = new ScanIntake<string>({
    scan: (raw) => this.scans.push(raw),
    replay: (target, text) => this.fields.set(target, this.field(target) + text),
    retract: (target, text) => {
      expect(this.field(target).endsWith(text)).toBe(true);
      this.fields.set(target, this.field(target).slice(0, -text.length));
    },
    after: (ms, run) => {
      const timer = { at: this.now + ms, run };
      this.timers.push(timer);
      return () => (this.timers = this.timers.filter((one) => one !== timer));
    },
  });

  field(target: string): string {
    return this.fields.get(target) ?? '';
  }

  wait(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.now = next.at;
      next.run();
    }
    this.now = until;
  }

  press(text: string, more: Partial<IntakeKey<string>> = {}): void {
    const kind = text === '\n' || text === '\t' ? 'end' : 'char';
    const verdict = this.intake.key({ kind, text, at: this.now, repeat: false, target: 'search', ...more });
    if (verdict === 'swallow') return;
    this.passed.push(text);
    const target = more.target ?? 'search';
    if (kind === 'char' && more.kind === undefined) this.fields.set(target, this.field(target) + text);
  }

  /** Sends the keys with the given gap before each but the first. */
  send(text: string, gap: number | readonly number[], target = 'search'): void {
    Array.from(text).forEach((char, index) => {
      if (index > 0) this.wait(typeof gap === 'number' ? gap : (gap[(index - 1) % gap.length] ?? 0));
      this.press(char, { target });
    });
  }
}
