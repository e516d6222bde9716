import { type ClockLength, type Json, parseClockLength } from '@comity/core';
import { loadFilter } from './loadGuard.ts';
import type { CustodyRule } from './procedure.ts';
import { PackFault, Reader } from './reader.ts';

/** Reads who holds copies and what becomes of them. */
export function loadCustody(value: Json, path: string): CustodyRule {
  const reader = new Reader(value, path);
  const filter = (name: 'only' | 'hold' | 'recall') => {
    const found = loadFilter(reader.take(name), reader.at(name));
    return found === undefined ? {} : { [name]: found };
  };
  const rule: CustodyRule = {
    seat: reader.text('seat'),
    track: reader.text('track'),
    held: reader.words('held'),
    used: reader.words('used'),
    recorded: reader.words('recorded'),
    destroyed: reader.words('destroyed'),
    review: lengthAt(reader.text('review'), reader.at('review')),
    grace: lengthAt(reader.text('grace'), reader.at('grace')),
    ...filter('only'),
    ...filter('hold'),
    ...filter('recall'),
  };
  reader.end();
  return rule;
}

/** Reads the length of a clock. */
export function lengthAt(text: string, path: string): ClockLength {
  try {
    return parseClockLength(text);
  } catch {
    throw new PackFault(path, 'write P10D or PT8H');
  }
}
