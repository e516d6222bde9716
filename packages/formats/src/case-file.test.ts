import { gunzipSync, gzipSync } from 'node:zlib';
import type { Json, JsonObject } from '@comity/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCaseFile, writeCaseFile } from './case-file.ts';

const gz = (text: string): Uint8Array => gzipSync(text);
const codeOf = (bytes: Uint8Array, limit?: number): string => {
  const read = readCaseFile(bytes, limit);
  return read.ok ? 'ok' : read.refusal.code;
};

describe('a case file', () => {
  it('reads as what was written, and the same value gives the same bytes', () => {
    const member = fc.string({ unit: 'grapheme' }).filter((name) => name !== 'format' && name !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(member, fc.jsonValue()), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as JsonObject;
        const bytes = writeCaseFile(plain);
        expect(readCaseFile(bytes)).toEqual({ ok: true, value: { ...plain, format: 'comity-case' } });
        expect(writeCaseFile(plain)).toEqual(bytes);
      }),
    );
  });

  it('carries no time and no machine in its gzip header', () => {
    expect([...writeCaseFile({ a: 1 }).slice(4, 10)]).toEqual([0, 0, 0, 0, 2, 255]);
  });

  it('that would unfold to more than the limit is refused while it unfolds', () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, 0x20));
    expect(bomb.length).toBeLessThan(200_000);
    expect(codeOf(bomb)).toBe('body-too-large');
    const small = writeCaseFile({ a: 'x'.repeat(1000) });
    const size = gunzipSync(small).length;
    expect([codeOf(small, size), codeOf(small, size - 1)]).toEqual(['ok', 'body-too-large']);
  });

  it.each([
    ['not gzip', Buffer.from('{"format":"comity-case"}')],
    ['cut short', writeCaseFile({ a: 1 }).slice(0, -3)],
    ['followed by something else', Buffer.concat([writeCaseFile({ a: 1 }), Buffer.from('more')])],
    ['of another format', gz('{"format":"other"}')],
    ['without a format', gz('{"a":1}')],
    ['not JSON', gz('{"format":"comity-case"')],
    ['not an object', gz('["comity-case"]')],
    ['with a member twice', gz('{"a":1,"a":2,"format":"comity-case"}')],
    ['not canonical', gz('{"format":"comity-case", "a":1}')],
    ['not UTF-8', gzipSync(Buffer.from([0x7b, 0xff, 0x7d]))],
    ['nested too deeply', gz(`{"a":${'['.repeat(70)}${']'.repeat(70)},"format":"comity-case"}`)],
  ])('is refused when it is %s', (_, bytes) => {
    expect(codeOf(bytes)).toBe('case-file-invalid');
  });

  it('is not written over a value of another format', () => {
    const value: Record<string, Json> = { format: 'other' };
    expect(() => writeCaseFile(value)).toThrow(TypeError);
  });
});
