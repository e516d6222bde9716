import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Calendar, deadlineOf, isZone, localDay, parseClockLength, startOfDay } from './deadline.ts';

const lisbon: Calendar = { zone: 'Europe/Lisbon', holidays: [] };
const paris: Calendar = { zone: 'Europe/Paris', holidays: [] };

describe('a clock of hours', () => {
  it('runs from the end of the hour of the event, and by the strict reading from the event itself', () => {
    // Friday 23:50 in Paris + 8 hours: strict 07:50, formal 08:00 on Saturday; hours never move to Monday.
    expect(deadlineOf('2026-10-02T21:50:00.000Z', { hours: 8 }, paris)).toEqual({
      strict: '2026-10-03T05:50:00.000Z',
      formal: '2026-10-03T06:00:00.000Z',
    });
  });

  it('counts elapsed hours when the clocks change', () => {
    // Paris leaves summer time on Sunday 25 October 2026 at 01:00 UTC.
    expect(deadlineOf('2026-10-24T20:00:00.000Z', { hours: 8 }, paris).strict).toBe('2026-10-25T04:00:00.000Z');
  });

  it('cuts the hour of the event on the local clock where zones are not whole hours', () => {
    // 10:10 in Kolkata is 04:40 UTC; the hour of the event ends at 11:00 local, 05:30 UTC.
    expect(deadlineOf('2026-10-02T04:40:00.000Z', { hours: 8 }, { zone: 'Asia/Kolkata', holidays: [] }).formal).toBe(
      '2026-10-02T13:30:00.000Z',
    );
  });
});

describe('a clock of days', () => {
  it('ends with the last hour of its last day, the day of the event not counted', () => {
    // Received Monday 5 October 2026: ten days end with Thursday 15 October, midnight in Lisbon (UTC+1).
    expect(deadlineOf('2026-10-05T14:30:00.000Z', { days: 10 }, lisbon)).toEqual({
      strict: '2026-10-15T14:30:00.000Z',
      formal: '2026-10-15T23:00:00.000Z',
    });
  });

  it('moves past a weekend and a holiday, but works to the strict time', () => {
    const calendar = { ...lisbon, holidays: ['2026-10-05'] };
    // Received Wednesday 23 September: day 10 is Saturday 3 October, Monday 5 is a holiday, so it ends with Tuesday 6 October.
    expect(deadlineOf('2026-09-23T10:00:00.000Z', { days: 10 }, calendar)).toEqual({
      strict: '2026-10-03T10:00:00.000Z',
      formal: '2026-10-06T23:00:00.000Z',
    });
  });

  it('keeps the wall clock over a change to winter time', () => {
    // Ten days from 20 October, 12:00 in Paris, is 30 October, 12:00 in Paris: an hour later in UTC.
    expect(deadlineOf('2026-10-20T10:00:00.000Z', { days: 10 }, paris).strict).toBe('2026-10-30T11:00:00.000Z');
  });

  it('is never formally over before it is strictly over', () => {
    const starts = fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2028-01-01T00:00:00Z') });
    const zones = fc.constantFrom('Europe/Lisbon', 'Asia/Kolkata', 'America/New_York', 'Pacific/Chatham', 'UTC');
    const property = fc.property(starts, zones, fc.integer({ min: 0, max: 120 }), fc.boolean(), (start, zone, n, hours) => {
      const due = deadlineOf(new Date(start).toISOString(), hours ? { hours: n } : { days: n }, {
        zone,
        holidays: ['2026-12-25'],
      });
      expect(due.strict <= due.formal).toBe(true);
    });
    fc.assert(property);
  });
});

describe('days and zones', () => {
  it('begin where the zone says, also on the day when midnight does not exist', () => {
    expect(startOfDay('2026-10-05', 'Europe/Lisbon')).toBe('2026-10-04T23:00:00.000Z');
    // Beirut skips 00:00-01:00 on the last Sunday of March.
    expect(localDay(startOfDay('2026-03-29', 'Asia/Beirut'), 'Asia/Beirut')).toBe('2026-03-29');
  });

  it('are read strictly', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(() => addDays('2026-02-30', 1)).toThrow('not a day');
    expect(isZone('Europe/Lisbon')).toBe(true);
    expect(isZone('Europe/Lisboa')).toBe(false);
    expect(parseClockLength('P10D')).toEqual({ days: 10 });
    expect(parseClockLength('PT8H')).toEqual({ hours: 8 });
    for (const wrong of ['P10', 'P1M', 'P1DT2H', '10D', 'P-1D', ''])
      expect(() => parseClockLength(wrong)).toThrow('not a clock length');
  });
});
