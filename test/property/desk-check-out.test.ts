import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borrowedDue } from '../../src-main/desk/check-out-due.ts';
import { safeName } from '../../src-main/desk/check-out-patron.ts';

const instant = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const day = instant.map((iso) => iso.slice(0, 10));
const zone = fc.constantFrom('UTC', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata');

describe('which date counts, for any dates', () => {
  it('is never later than WMS’s, asks for a change exactly when it differs from WMS’s, and is never made up', () => {
    fc.assert(
      fc.property(
        instant,
        fc.option(day, { nil: undefined }),
        fc.nat(60),
        instant,
        zone,
        (lender, wms, margin, now, tz) => {
          const due = borrowedDue(lender, wms, margin, now, tz);
          expect(due?.change).toBe(due?.due !== wms);
          if (wms !== undefined) expect(due !== undefined && due.due <= wms).toBe(true);
        },
      ),
    );
  });

  it('is not later than the lender’s date unless that has passed or WMS was stricter', () => {
    fc.assert(
      fc.property(instant, day, fc.nat(60), instant, (lender, wms, margin, now) => {
        const due = borrowedDue(lender, wms, margin, now, 'UTC');
        expect(due !== undefined && due.due <= [due.lender, now.slice(0, 10)].toSorted().at(-1)!).toBe(true);
      }),
    );
  });
});

describe('a patron’s name', () => {
  it('shows no more of the last name than its initial', () => {
    const word = fc.stringMatching(/^[A-Za-z]{2,12}$/);
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 2 }), word, (first, middle, last) => {
        const initial = last.slice(0, 1).toUpperCase();
        expect(safeName([first, ...middle, last].join(' '))).toBe(`${first} ${initial}.`);
        expect(safeName(`${last}, ${[first, ...middle].join(' ')}`)).toBe(`${first} ${initial}.`);
      }),
    );
  });
});
