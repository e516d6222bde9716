import { describe, expect, test } from 'vitest';
import { readDomain } from './readDomain.ts';
import { masksOf, readZeros } from './zeros.ts';

const read = readDomain({
  sex: ['F', 'M'],
  code: { values: ['O80', 'I10'], missing: true },
  age: { edges: [0, 18, 65, 120] },
  wide: 300,
});
if (!read.ok) throw new Error(read.refusal.code);
const domain = read.value;

describe('what cannot be', () => {
  test('is masked in the order of the domain, whatever order it was said in', () => {
    const zeros = readZeros(
      [
        {
          columns: ['code', 'sex'],
          never: [
            ['O80', 'M'],
            [null, 'F'],
          ],
        },
      ],
      domain,
    );
    expect(zeros.ok && masksOf(zeros.value, domain)).toEqual([
      { columns: [0, 1], allowed: Float64Array.from([1, 1, 0, 0, 1, 1]) },
    ]);
  });

  test('may be said by what can be, and a number stands for its bin', () => {
    const zeros = readZeros(
      [
        {
          columns: ['age', 'sex'],
          only: [
            [70, 'F'],
            [17, 'M'],
            [130, 'M'],
          ],
        },
      ],
      domain,
    );
    expect(zeros.ok && masksOf(zeros.value, domain)).toEqual([
      { columns: [0, 2], allowed: Float64Array.from([0, 0, 1, 1, 0, 1]) },
    ]);
  });

  test.each([
    [{}, 'zeros'],
    [[{ columns: ['sex'], never: [['M']] }], 'zeros.0.columns'],
    [[{ columns: ['sex', 'nothing'], never: [['M', 'x']] }], 'zeros.0.columns'],
    [[{ columns: ['sex', 'wide'], never: [['M', '1']] }], 'zeros.0.columns'],
    [[{ columns: ['sex', 'code'], never: [] }], 'zeros.0.never'],
    [[{ columns: ['sex', 'code'], only: [['M', 'X99']] }], 'zeros.0.only.0'],
    [[{ columns: ['sex', 'code'], never: [['M', 'O80'], ['M']] }], 'zeros.0.never.1'],
    [[{ columns: ['sex', 'age'], never: [['M', null]] }], 'zeros.0.never.0'],
  ])('is refused where it makes no sense: %j', (json, field) => {
    const zeros = readZeros(json, domain);
    expect(zeros.ok ? 'read' : [zeros.refusal.code, zeros.refusal.field]).toEqual(['zeros-invalid', field]);
  });
});
