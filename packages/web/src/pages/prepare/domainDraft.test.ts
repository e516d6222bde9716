import { expect, test } from 'vitest';
import { columnOf, type DomainColumn, domainOf, startDomain, zerosOf } from './domainDraft.ts';

const column = (said: Partial<DomainColumn>): DomainColumn => ({ kind: 'out', text: '', other: false, missing: false, ...said });

test('no column is in a domain before somebody says what it may hold', () => {
  expect(domainOf(startDomain(['age', 'ward']))).toBeUndefined();
});

test('a domain holds the columns that leave, each as it was said', () => {
  const draft = {
    person: column({}),
    age: column({ kind: 'number', text: '0, 18, 40 65,90', missing: true }),
    ward: column({ kind: 'values', text: 'surgery\n\n cardiology \n', other: true }),
    seen: column({ kind: 'date', text: '2024-01-01, 2025-01-01' }),
  };
  expect(domainOf(draft)).toEqual({
    age: { edges: [0, 18, 40, 65, 90], missing: true },
    ward: { values: ['surgery', 'cardiology'], other: true },
    seen: { edges: ['2024-01-01', '2025-01-01'] },
  });
});

test.each([
  ['no values', column({ kind: 'values' })],
  ['a value twice', column({ kind: 'values', text: 'a\na' })],
  ['one edge', column({ kind: 'number', text: '5' })],
  ['edges that fall', column({ kind: 'number', text: '5, 3' })],
  ['words as edges', column({ kind: 'number', text: 'few, many' })],
  ['days that are none', column({ kind: 'date', text: '2024-01-01, 2024-13-01' })],
])('%s cannot be used', (_, said) => {
  expect(columnOf(said)).toBeUndefined();
  expect(domainOf({ x: said })).toBeUndefined();
});

test('what can never stand together goes by pairs of columns, an empty value being an empty cell', () => {
  const pair = (key: number, a: readonly [string, string], b: readonly [string, string]) => ({
    ...{ key, a: { column: a[0], value: a[1] }, b: { column: b[0], value: b[1] } },
  });
  expect(zerosOf([])).toEqual([]);
  expect(
    zerosOf([
      pair(1, ['sex', 'M'], ['code', 'O80']),
      pair(2, ['sex', 'M'], ['code', ' O82 ']),
      pair(3, ['ward', 'children'], ['age', '40']),
      pair(4, ['ward', ''], ['age', '40']),
    ]),
  ).toEqual([
    {
      columns: ['sex', 'code'],
      never: [
        ['M', 'O80'],
        ['M', 'O82'],
      ],
    },
    {
      columns: ['ward', 'age'],
      never: [
        ['children', '40'],
        [null, '40'],
      ],
    },
  ]);
  expect(zerosOf([pair(1, ['sex', 'M'], ['', ''])])).toBeUndefined();
  expect(zerosOf([pair(1, ['sex', 'M'], ['sex', 'F'])])).toBeUndefined();
});
