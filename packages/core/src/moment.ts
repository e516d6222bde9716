import { ok, type Result, refuse } from './result.ts';
import { type Instant, millisecondsOf, toInstant } from './time.ts';

const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/u;

/**
 * Reads a time that somebody gave, `2026-11-26T09:00:00+01:00`. A time without its zone is no time: the commonest cause of an answer
 * about somebody else. Errors: `zone-missing`, `field-invalid`.
 */
export function readMoment(text: string): Result<Instant> {
  const match = MOMENT.exec(text.trim());
  const at = match === null ? Number.NaN : Date.parse(text.trim().replace(' ', 'T'));
  if (match === null) return refuse('field-invalid', 'time', { kind: 'YYYY-MM-DDTHH:MM+HH:MM' });
  if (match[1] === undefined) return refuse('zone-missing', 'time');
  return Number.isNaN(at) ? refuse('field-invalid', 'time', { kind: 'a date that exists' }) : ok(toInstant(at));
}

/** One instant, twice: in UTC, and on the wall clock of a zone with its offset. Both are shown, so that nobody has to reckon. */
export interface TimeEcho {
  readonly utc: string;
  readonly local: string;
  readonly zone: string;
}

/** Echoes an instant in UTC and in a zone: `2026-10-31T06:50:00Z` and `2026-10-31T07:50:00+01:00`. */
export function echoTime(instant: Instant, zone: string): TimeEcho {
  return { utc: `${toInstant(millisecondsOf(instant)).slice(0, 19)}Z`, local: inZone(instant, zone), zone };
}

/** An instant as the wall clock of a zone shows it, with its offset: `2026-10-31T07:50:00+01:00`. */
export function inZone(instant: Instant, zone: string): string {
  const at = millisecondsOf(instant);
  const parts = formatIn(zone).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '00';
  const wall = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`;
  const minutes = Math.round((Date.parse(`${wall}Z`) - Math.floor(at / 1000) * 1000) / 60_000);
  const size = Math.abs(minutes);
  return `${wall}${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const [numeric, two] = ['numeric', '2-digit'] as const;
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: numeric, month: two, day: two, hour: two, minute: two, second: two },
  });
}
