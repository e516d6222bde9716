import type { NextQuestion } from '@comity/assess';
import type { FactWords } from '@comity/node/api';

/** The values that open rules name, what they name most often first, stand before those that no rule tells apart. */
export function namedFirst(values: FactWords['values'], next: NextQuestion | undefined): FactWords['values'] {
  const named = (next?.named ?? []).flatMap((name) => values.filter(({ value }) => value === name));
  return [...named, ...values.filter((value) => !named.includes(value))];
}
