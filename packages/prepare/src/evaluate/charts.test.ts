import { describe, expect, test } from 'vitest';
import { chartsOf } from './charts.ts';

const column = (values: readonly number[]) => Uint16Array.from(values);
const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('a picture of a column', () => {
  test('shows real beside synthetic, and what few hold under no name of its own', () => {
    const domain = [
      { name: 'town', kind: 'category', values: ['Lisbon', 'Porto', 'Corvo'], other: false, missing: true },
    ] as const;
    const real = [column([...times(60, 0), ...times(35, 1), ...times(3, 2), ...times(2, 3)])];
    const synthetic = [column([...times(50, 0), ...times(50, 1)])];
    const [chart] = chartsOf(domain, { real, synthetic });
    expect(chart?.bars).toEqual([
      { value: 'Lisbon', real: 0.6, synthetic: 0.5 },
      { value: 'Porto', real: 0.35, synthetic: 0.5 },
      { only: 'rare', real: 0.05, synthetic: 0 },
    ]);
    expect(chart?.distance).toBeCloseTo(0.15);
  });

  test('joins neighbouring spans until they can be read, and keeps empty cells apart', () => {
    const edges = Array.from({ length: 101 }, (_, i) => i);
    const domain = [{ name: 'age', kind: 'number', edges, digits: 0, missing: true }] as const;
    const all = column([...Array.from({ length: 1000 }, (_, i) => i % 100), ...times(20, 100)]);
    const [chart] = chartsOf(domain, { real: [all], synthetic: [all] });
    expect(chart?.bars.length).toBe(21);
    expect(chart?.bars[0]).toMatchObject({ from: '0', until: '5' });
    expect(chart?.bars.at(-1)).toMatchObject({ only: 'missing' });
    expect(chart?.distance).toBe(0);
  });

  test('names a span by the first value that is in it, where an edge is none', () => {
    const edges = [0, 74.66666666666667, 96.5, 4096];
    const domain = [{ name: 'cost', kind: 'number', edges, digits: 1, missing: false }] as const;
    const all = column([...times(20, 0), ...times(20, 1), ...times(20, 2)]);
    const [chart] = chartsOf(domain, { real: [all], synthetic: [all] });
    expect(chart?.bars).toMatchObject([
      { from: '0', until: '74.7' },
      { from: '74.7', until: '96.5' },
      { from: '96.5', until: '4096' },
    ]);
  });
});
