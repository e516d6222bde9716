import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concatBytes,
  equalBytes,
  fromBase64,
  fromBase64Url,
  fromHex,
  fromUtf8,
  toBase64,
  toBase64Url,
  toHex,
  utf8,
} from './bytes.ts';
import { commitment, digestJson } from './digest.ts';
import { isUuid, uuid7 } from './ids.ts';
import { canonicalJson } from './json.ts';
import { isDay, isInstant } from './time.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

describe('canonical JSON (RFC 8785)', () => {
  it('sorts members by UTF-16 code units and writes numbers as ECMAScript does', () => {
    // The example of RFC 8785 section 3.2.3.
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.keys(JSON.parse(canonicalJson(value)))).toEqual(
      Object.keys(JSON.parse(`{"1":0,"\\r":0,"\u0080":0,"\u00f6":0,"\u20ac":0,"\ud83d\ude00":0,"\ufb33":0}`)),
    );
    expect(canonicalJson([1e21, 1e-7, -0, Number('333333333.33333329'), 1e30, 4.5, 0.002])).toBe(
      '[1e+21,1e-7,0,333333333.3333333,1e+30,4.5,0.002]',
    );
    expect(canonicalJson({ b: null, a: [true, '\u20ac$\u000f\nA\'B"\\"/'] })).toBe(
      '{"a":[true,"€$\\u000f\\nA\'B\\"\\\\\\"/"],"b":null}',
    );
  });

  it('gives one text for one value, whatever the order of its members, and reads back the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
    const shuffled = fc
      .dictionary(fc.string({ unit: 'grapheme' }), fc.integer())
      .chain((entries) =>
        fc.tuple(fc.constant(entries), fc.shuffledSubarray(Object.entries(entries), { minLength: Object.keys(entries).length })),
      );
    fc.assert(
      fc.property(
        shuffled,
        ([value, entries]) => void expect(canonicalJson(Object.fromEntries(entries))).toBe(canonicalJson(value)),
      ),
    );
  });

  it.each([[undefined], [Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [{ a: undefined }], [[() => 1]], [10n]])(
    'refuses %s, which JSON cannot carry',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );
});

describe('bytes', () => {
  it('survive hexadecimal, base64 and base64url', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      }),
    );
  });

  it.each([['AB'], ['YQ'], ['YR=='], ['YQ==\n'], ['Y-==']])('have one base64 spelling only: %s is refused', (text) => {
    expect(() => fromBase64(text)).toThrow('base64');
  });

  it('compare, join and read strictly', () => {
    expect(equalBytes(utf8('abc'), utf8('abd'))).toBe(false);
    expect(equalBytes(utf8('abc'), utf8('ab'))).toBe(false);
    expect(fromUtf8(concatBytes(utf8('né'), utf8('e')))).toBe('née');
    expect(() => fromUtf8(Uint8Array.of(0xff))).toThrow();
    expect(() => fromHex('AB')).toThrow('hexadecimal');
    expect(() => fromBase64Url('a+b')).toThrow('base64url');
  });
});

describe('digests and commitments', () => {
  it('commit as an SD-JWT disclosure does', () => {
    // The disclosure of RFC 9901 section 4.2.1 uses the same construction over another JSON spelling; here the canonical one.
    const opening = { salt: '_26bc4LT-ac6q2KI6cBW5es', value: 'Möbius' };
    const disclosure = Buffer.from('["_26bc4LT-ac6q2KI6cBW5es","family_name","Möbius"]').toString('base64url');
    expect(commitment('family_name', opening, sha256)).toBe(createHash('sha256').update(disclosure).digest('base64url'));
  });

  it('differ by name, salt and value', () => {
    const opening = { salt: 'a', value: 1 };
    const all = [
      commitment('x', opening, sha256),
      commitment('y', opening, sha256),
      commitment('x', { ...opening, salt: 'b' }, sha256),
      commitment('x', { ...opening, value: 2 }, sha256),
    ];
    expect(new Set(all).size).toBe(4);
    expect(digestJson({ b: 1, a: 2 }, sha256)).toBe(createHash('sha256').update('{"a":2,"b":1}').digest('hex'));
  });
});

describe('ids and times', () => {
  it('make UUIDs of version 7 that sort by time', () => {
    const early = uuid7(1_700_000_000_000, new Uint8Array(10).fill(255));
    const late = uuid7(1_700_000_000_001, new Uint8Array(10));
    expect(early).toBe('018bcfe5-6800-7fff-bfff-ffffffffffff');
    expect(isUuid(late)).toBe(true);
    expect(early < late).toBe(true);
  });

  it.each(['2026-02-30T00:00:00.000Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000+01:00', '2026-01-01', 'yesterday', 5])(
    'know what is no instant: %s',
    (text) => {
      expect(isInstant(text)).toBe(false);
    },
  );

  it('know days', () => {
    expect(isDay('2028-02-29')).toBe(true);
    expect(isDay('2026-02-29')).toBe(false);
  });
});
