import { expect, test } from 'vitest';
import { readCsv } from './readCsv.ts';

test('plain fields, and both ends of line', () => {
  expect(readCsv('a,b\r\n1,2\n3,4')).toEqual([
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
  ]);
});

test('a quoted field may hold commas, line ends and doubled quotes', () => {
  expect(readCsv('"a,""b""\nc",d\n')).toEqual([['a,"b"\nc', 'd']]);
});

test('empty fields stay, at the end too', () => {
  expect(readCsv('a,,\n,b,')).toEqual([
    ['a', '', ''],
    ['', 'b', ''],
  ]);
});

test('an empty text has no rows', () => {
  expect(readCsv('')).toEqual([]);
});
