/** A point in time: RFC 3339 in UTC with milliseconds, `2026-11-22T08:00:00.000Z`. Texts of this form sort by time. */
export type Instant = string;

/** A calendar day, `2026-11-22`. */
export type Day = string;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is an Instant: exact form and a date that exists. */
export function isInstant(text: unknown): text is Instant {
  return typeof text === 'string' && INSTANT.test(text) && toInstantOrUndefined(text) === text;
}

/** Whether a text is a Day that exists. */
export function isDay(text: unknown): text is Day {
  return typeof text === 'string' && DAY.test(text) && toInstantOrUndefined(`${text}T00:00:00.000Z`)?.slice(0, 10) === text;
}

/** The Instant of milliseconds since 1970. */
export function toInstant(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString();
}

/** Milliseconds since 1970 of an Instant; throws on anything else. */
export function millisecondsOf(instant: Instant): number {
  if (!isInstant(instant)) throw new TypeError(`not an instant: ${instant}`);
  return Date.parse(instant);
}

function toInstantOrUndefined(text: string): Instant | undefined {
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}
