import { type Instant, isInstant, toInstant } from '@comity/core';

const SECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/;
const MICROSECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}(?:Z|[+-]\d{2}:\d{2})$/;

/** Whether a text is a QualifiedDateTime of TS 103 280: whole seconds and a zone, and a time that exists. */
export function isQualified(text: string): boolean {
  return SECONDS.test(text) && !Number.isNaN(Date.parse(text));
}

/** Whether a text is a QualifiedMicrosecondDateTime: six digits after the point, always. */
export function isQualifiedMicroseconds(text: string): boolean {
  return MICROSECONDS.test(text) && !Number.isNaN(Date.parse(text));
}

/** The instant that a QualifiedDateTime names; undefined for another text. */
export function instantFrom(text: string | undefined): Instant | undefined {
  return text !== undefined && isQualified(text) ? toInstant(Date.parse(text)) : undefined;
}

/** An instant as QualifiedDateTime in UTC; undefined for a fraction of a second, which the standard cannot carry here: it is never rounded. */
export function qualified(at: Instant): string | undefined {
  return isInstant(at) && at.endsWith('.000Z') ? at.replace('.000Z', 'Z') : undefined;
}

/** An instant with six digits after the point. */
export function qualifiedMicroseconds(at: Instant): string {
  return at.replace(/\.(\d{3})Z$/, '.$1000Z');
}
