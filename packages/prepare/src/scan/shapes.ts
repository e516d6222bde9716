import type { Counted } from './measure.ts';

const LONGEST = 24;

/** A value's shape: 9 for digits, a and A for letters, other signs as they are; long ones are cut. */
export function shapeOf(text: string): string {
  const shape = text
    .slice(0, LONGEST)
    .replaceAll(/[\p{L}\p{N}]/gu, (sign) => (/\p{N}/u.test(sign) ? '9' : /\p{Lu}/u.test(sign) ? 'A' : 'a'));
  return text.length > LONGEST ? `${shape}…` : shape;
}

/** The three commonest shapes with their share of rows. A shape that a single value has is not told. */
export function shapesOf(values: readonly Counted[]): readonly { readonly shape: string; readonly share: number }[] {
  const rows = values.reduce((sum, { count }) => sum + count, 0);
  const counts = new Map<string, { rows: number; values: number }>();
  for (const { text, count } of values) {
    const shape = shapeOf(text);
    const known = counts.get(shape) ?? { rows: 0, values: 0 };
    counts.set(shape, { rows: known.rows + count, values: known.values + 1 });
  }
  return [...counts]
    .filter(([, one]) => one.values > 1)
    .sort(([a, x], [b, y]) => y.rows - x.rows || (a < b ? -1 : 1))
    .slice(0, 3)
    .map(([shape, one]) => ({ shape, share: one.rows / rows }));
}
