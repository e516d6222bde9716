import { ok, type Result, refuse } from '@comity/core';
import { type CoarserTransform, REDACT_KINDS, TIME_UNITS } from './catalogue.ts';

/** A prefix longer than this keeps whole values, and would not say so. */
const LONGEST_PREFIX = 32;

/** Reads the settings of a transform. Refuses `field-invalid`, naming `transform.<setting>` and what may stand there. */
export function readCoarser(op: CoarserTransform['op'], settings: Readonly<Record<string, unknown>>): Result<CoarserTransform> {
  switch (op) {
    case 'time': {
      const to = TIME_UNITS.find((unit) => unit === settings['to']);
      return to === undefined ? wrong('to', TIME_UNITS.join(', ')) : ok({ op, to });
    }
    case 'round': {
      const decimals = wholeIn(settings['decimals'], -9, 9);
      return decimals === undefined ? wrong('decimals', '-9 to 9') : ok({ op, decimals });
    }
    case 'prefix': {
      const length = wholeIn(settings['length'], 1, LONGEST_PREFIX);
      return length === undefined ? wrong('length', `1 to ${LONGEST_PREFIX}`) : ok({ op, length });
    }
    case 'redact': {
      const stated: readonly unknown[] = Array.isArray(settings['kinds']) ? settings['kinds'] : [];
      const kinds = REDACT_KINDS.filter((kind) => stated.includes(kind));
      return kinds.length === 0 || kinds.length !== stated.length ? wrong('kinds', REDACT_KINDS.join(', ')) : ok({ op, kinds });
    }
  }
}

function wholeIn(value: unknown, from: number, to: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to ? value : undefined;
}

function wrong(setting: string, kind: string): Result<never> {
  return refuse('field-invalid', `transform.${setting}`, { kind });
}
