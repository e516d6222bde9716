import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from './bytes.ts';
import { readStrictJson } from './strict-json.ts';

const limits = { bytes: 10_000, depth: 8 };
const read = (text: string) => readStrictJson(utf8(text), limits);
const kind = (text: string) => {
  const result = read(text);
  return result.ok ? 'read' : (result.refusal.values?.['kind'] ?? result.refusal.code);
};

describe('JSON of somebody else’s', () => {
  it('is read as every reader reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        const result = readStrictJson(utf8(text), { bytes: 1_000_000, depth: 20 });
        // A double beyond the safe whole numbers is refused, never rounded.
        if (!result.ok) expect(result.refusal.values?.['kind']).toBe('number');
        else expect(JSON.stringify(result.value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it.each([
    ['{"a":1,"a":2}', 'twice'],
    ['{"a":1,"\\u0061":2}', 'twice'],
    ['{"a":{"b":1,"b":1}}', 'twice'],
    ['9007199254740993', 'number'],
    ['1e999', 'number'],
    ['"\\ud800"', 'text'],
    ['[[[[[[[[[1]]]]]]]]]', 'depth'],
    ['{"a":1,}', 'syntax'],
    ['[1,]', 'syntax'],
    ['01', 'syntax'],
    ['NaN', 'syntax'],
    ['"a\nb"', 'syntax'],
    ['{"a":1} {}', 'syntax'],
    ['', 'syntax'],
    ['\ufeff{}', 'syntax'],
    [`"${'x'.repeat(10_001)}"`, 'body-too-large'],
  ])('%s is refused: %s', (text, why) => {
    expect(kind(text)).toBe(why);
  });

  it('may name a member like one of every object, and it stays a member', () => {
    const result = read('{"__proto__":{"a":1}}');
    expect(result.ok && Object.hasOwn(result.value as object, '__proto__')).toBe(true);
  });

  it('may hold a text as long as it likes, within its limits', () => {
    const long = JSON.stringify('\n'.repeat(500_000));
    expect(readStrictJson(utf8(long), { bytes: 2_000_000, depth: 8 }).ok).toBe(true);
  });

  it('is refused where its bytes are no UTF-8', () => {
    expect(readStrictJson(Uint8Array.of(0x22, 0xff, 0x22), limits).ok).toBe(false);
  });
});
