import type { Words } from './useWords.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment in words, in a zone: `Tue 24 Nov 2026, 18:00 (Dublin)`. The month is a word: 03/04 means two things. */
export function momentIn(instant: string, zone: string, locale: string): string {
  return `${wallIn(instant, zone, locale)} (${placeOf(zone)})`;
}

/** The same without the zone, for where it is said once for several. */
export function wallIn(instant: string, zone: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  });
  return format.format(new Date(instant));
}

/** The day of a moment in a zone, written out: `Tuesday, 24 November 2026`. */
export function dayIn(instant: string, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: zone }).format(new Date(instant));
}

/** Hours and minutes of a moment in a zone. */
export function timeIn(instant: string, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(
    new Date(instant),
  );
}

/** What people call a zone: its place. */
export function placeOf(zone: string): string {
  return zone === 'UTC' ? 'UTC' : (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** Time between now and a moment, in the two largest units: days and hours, hours and minutes, or minutes. */
export function remaining(milliseconds: number, { t }: Pick<Words, 't'>): string {
  const span = Math.abs(milliseconds);
  const [days, hours, minutes] = [Math.floor(span / DAY), Math.floor((span % DAY) / HOUR), Math.floor((span % HOUR) / MINUTE)];
  if (days > 0) return t('span.days', { days, hours });
  return hours > 0 ? t('span.hours', { hours, minutes }) : t('span.minutes', { minutes });
}

/** The instant of a wall-clock time `2026-11-22T08:00` in a zone, or undefined when it is no time. Where clocks go forward, the moment after the gap. */
export function instantOf(local: string, zone: string): string | undefined {
  const wall = Date.parse(`${local.slice(0, 16)}:00.000Z`);
  if (Number.isNaN(wall)) return undefined;
  const guess = wall - (wallClock(wall, zone) - wall);
  const again = wall - (wallClock(guess, zone) - guess);
  return new Date(wallClock(again, zone) === wall ? again : Math.max(guess, again)).toISOString();
}

/** What a wall clock of a zone shows at an instant, as an input keeps it: `2026-03-01T08:00`. */
export function wallOf(instant: string, zone: string): string {
  return new Date(wallClock(Date.parse(instant), zone)).toISOString().slice(0, 16);
}

function wallClock(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((candidate) => candidate.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) + (at % MINUTE);
}
