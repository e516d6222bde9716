import { type Instant, isZone, millisecondsOf } from '@comity/core';
import type { Line, Print } from './print.ts';

/** A point in time: on the wall clock of a zone, the zone's name, and in UTC. Throws on a zone that does not exist. */
export function zonedLines(at: Instant, zone: string): readonly Line[] {
  const utc: Line = { text: `${wallClock(at, 'UTC')} UTC`, style: zone === 'UTC' ? 'time' : 'minor' };
  if (zone === 'UTC') return [utc];
  return [{ text: wallClock(at, zone), style: 'time' }, { text: zone, style: 'minor' }, utc];
}

/** `2026-11-22 08:00:00`; with milliseconds only where there are some. The same in every language, so that nobody mistakes a month. */
export function wallClock(at: Instant, zone: string): string {
  if (!isZone(zone)) throw new TypeError(`not a time zone: ${zone}`);
  const milliseconds = millisecondsOf(at);
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(milliseconds);
  const part = (type: string): string => parts.find((candidate) => candidate.type === type)?.value ?? '';
  const fraction = at.slice(20, 23) === '000' ? '' : at.slice(19, 23);
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}${fraction}`;
}

/** The date of a file's properties, in UTC. */
export function fileDate(at: Instant): Print['date'] {
  const date = new Date(millisecondsOf(at));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}
