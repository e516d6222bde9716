import { type Day, type Instant, isDay, millisecondsOf, toInstant } from './time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LENGTH = /^P(?:(\d{1,4})D|T(\d{1,4})H)$/;

/** Length of a clock: whole days (`P10D`) or whole hours (`PT8H`), ISO 8601 durations of these two forms only; or working days. */
export type ClockLength = { readonly days: number } | { readonly hours: number } | { readonly workingDays: number };

/** A place's calendar: its IANA zone and the days that are public holidays there. Saturdays and Sundays are not working days. */
export interface Calendar {
  readonly zone: string;
  readonly holidays: readonly Day[];
}

/** Two due times: `strict` is the shortest defensible reading and what people work to; `formal` is the legal end. Half-open: late from then on. */
export interface Deadline {
  readonly strict: Instant;
  readonly formal: Instant;
}

/** Reads `P10D` or `PT8H`; throws on any other form. */
export function parseClockLength(text: string): ClockLength {
  const match = LENGTH.exec(text);
  if (match?.[1] !== undefined) return { days: Number(match[1]) };
  if (match?.[2] !== undefined) return { hours: Number(match[2]) };
  throw new TypeError(`not a clock length: ${text} (write P10D or PT8H)`);
}

/**
 * When a clock that starts at an instant ends, counted as Regulation (EEC, Euratom) 1182/71 article 3 counts:
 * the hour or day of the event does not count; a period in days ends with the last hour of its last day and moves to the next
 * working day; a period in hours never moves; one in working days counts these alone. `strict` counts from the very event and moves nothing.
 */
export function deadlineOf(start: Instant, length: ClockLength, calendar: Calendar): Deadline {
  const at = millisecondsOf(start);
  if ('hours' in length) {
    const hourAfterEvent = at - (localMilliseconds(at, calendar.zone) % HOUR) + HOUR;
    return { strict: toInstant(at + length.hours * HOUR), formal: toInstant(hourAfterEvent + length.hours * HOUR) };
  }
  if ('workingDays' in length) {
    const first = localDay(start, calendar.zone);
    const last = afterWorkingDays(first, length.workingDays, calendar.holidays);
    const days = (Date.parse(last) - Date.parse(first)) / DAY;
    return { strict: sameLocalTime(at, days, calendar.zone), formal: startOfDay(addDays(last, 1), calendar.zone) };
  }
  const lastDay = nextWorkingDay(addDays(localDay(start, calendar.zone), length.days), calendar.holidays);
  return { strict: sameLocalTime(at, length.days, calendar.zone), formal: startOfDay(addDays(lastDay, 1), calendar.zone) };
}

/** The calendar day in a zone at an instant. */
export function localDay(instant: Instant, zone: string): Day {
  return toInstant(localMilliseconds(millisecondsOf(instant), zone)).slice(0, 10);
}

/** The instant at which a calendar day begins in a zone. */
export function startOfDay(day: Day, zone: string): Instant {
  return toInstant(fromLocal(Date.parse(`${day}T00:00:00.000Z`), zone));
}

/** A day `count` days later. */
export function addDays(day: Day, count: number): Day {
  if (!isDay(day)) throw new TypeError(`not a day: ${day}`);
  return toInstant(Date.parse(`${day}T00:00:00.000Z`) + count * DAY).slice(0, 10);
}

/** Whether a text names an IANA time zone that this machine knows. */
export function isZone(zone: unknown): zone is string {
  if (typeof zone !== 'string') return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

/** The last of so many working days after a day. */
function afterWorkingDays(day: Day, count: number, holidays: readonly Day[]): Day {
  if (count === 0) return day;
  return afterWorkingDays(nextWorkingDay(addDays(day, 1), holidays), count - 1, holidays);
}

function nextWorkingDay(day: Day, holidays: readonly Day[]): Day {
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
  const works = weekday !== 0 && weekday !== 6 && !holidays.includes(day);
  return works ? day : nextWorkingDay(addDays(day, 1), holidays);
}

function sameLocalTime(at: number, days: number, zone: string): Instant {
  return toInstant(fromLocal(localMilliseconds(at, zone) + days * DAY, zone));
}

/** Milliseconds of the wall clock in the zone, read as if it were UTC. */
function localMilliseconds(at: number, zone: string): number {
  const parts = partsFormat(zone).formatToParts(at);
  const part = (type: string): number => Number(parts.find((candidate) => candidate.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall + (((at % 1000) + 1000) % 1000);
}

/** The instant of a wall-clock time; where a time does not exist (clocks go forward) the moment after the gap. */
function fromLocal(wall: number, zone: string): number {
  const guess = wall - (localMilliseconds(wall, zone) - wall);
  const again = wall - (localMilliseconds(guess, zone) - guess);
  return localMilliseconds(again, zone) === wall ? again : Math.max(guess, again);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, format);
  return format;
}
