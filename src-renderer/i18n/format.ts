/** Words for counts: `other`, and as many more as the language tells apart. */
export type PluralForms<Form> = Partial<Record<Intl.LDMLPluralRule, Form>> & { readonly other: Form };

/** Dates, times and numbers as this language and place write them. */
export interface Formats {
  number(value: number): string;
  /** 14:02:07 */
  clock(iso: string): string;
  /** 4 December, with the year when it is not this one. */
  day(iso: string): string;
  /** Friday 4 December 2026 */
  fullDay(iso: string): string;
  /** 4 Dec */
  shortDay(iso: string): string;
  /** 4 December, 14:02:07 */
  dayAndClock(iso: string): string;
  /** "4 sec. ago", from now. */
  ago(iso: string, now: number): string;
  /** The words for a count, chosen by the language's plural rules. */
  plural<Form>(count: number, forms: PluralForms<Form>): Form;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Formats for a language; the region of the computer decides on numbers when it speaks that language. */
export function formatsFor(language: string, preferred: readonly string[]): Formats {
  const locale = preferred.find((one) => one.split('-')[0] === language) ?? language;
  // Prompts come from main with the day before the month; one screen writes its dates one way.
  const dates = language === 'en' ? 'en-GB' : locale;
  const number = new Intl.NumberFormat(locale);
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const day = new Intl.DateTimeFormat(dates, { day: 'numeric', month: 'long' });
  const short = new Intl.DateTimeFormat(dates, { day: 'numeric', month: 'short' });
  const dayWithYear = new Intl.DateTimeFormat(dates, { day: 'numeric', month: 'long', year: 'numeric' });
  const fullDay = new Intl.DateTimeFormat(dates, { dateStyle: 'full' });
  const relative = new Intl.RelativeTimeFormat(locale, { style: 'narrow', numeric: 'auto' });
  const plurals = new Intl.PluralRules(locale);

  const formatDay = (iso: string): string => {
    const date = new Date(iso);
    const format = date.getFullYear() === new Date().getFullYear() ? day : dayWithYear;
    return format.format(date);
  };
  return {
    number: (value) => number.format(value),
    clock: (iso) => clock.format(new Date(iso)),
    day: formatDay,
    fullDay: (iso) => fullDay.format(new Date(iso)),
    shortDay: (iso) => short.format(new Date(iso)),
    dayAndClock: (iso) => `${formatDay(iso)}, ${clock.format(new Date(iso))}`,
    ago(iso, now) {
      const age = Math.max(0, now - Date.parse(iso));
      if (age < MINUTE) return relative.format(-Math.round(age / 1000), 'second');
      if (age < HOUR) return relative.format(-Math.floor(age / MINUTE), 'minute');
      return age < DAY
        ? relative.format(-Math.floor(age / HOUR), 'hour')
        : relative.format(-Math.floor(age / DAY), 'day');
    },
    plural: (count, forms) => forms[plurals.select(count)] ?? forms.other,
  };
}
