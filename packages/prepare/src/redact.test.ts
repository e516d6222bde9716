import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REDACT_KINDS } from './catalogue.ts';
import { redact } from './redact.ts';

const all = (text: string): string => redact(text, REDACT_KINDS).text;

describe('pieces that identify somebody leave a free text', () => {
  it.each([
    ['mail M.Duarte+x@sky-mail.example, please.', 'mail [email], please.'],
    ['<josé@exämple.example>', '<[email]>'],
    ['call +33 1 22 33 44 55 or 0033-1-22334455.', 'call [phone] or [phone].'],
    ['+49 (0) 171 / 234 56 78 and 06.12.34.56.78', '[phone] and [phone]'],
    ['+33 1 22 33 44 55 2026-03-05 12345678 2026-03-06', '[phone] 2026-03-05 [long-number] 2026-03-06'],
    ['from 192.0.2.7 and 2001:db8::1, not ::1a', 'from [ip-address] and [ip-address], not [ip-address]'],
    ['see https://a.example/p?q=me@b.example#x).', 'see [url]).'],
    ['IBAN DE89 3704 0044 0532 0130 00 or GB82WEST12345698765432', 'IBAN [iban] or [iban]'],
    ['IBAN DE89 3704 0044 0532 0130 00 paid', 'IBAN [iban] paid'],
    ['paid with 4111 1111 1111 1111 12 times', 'paid with [card] 12 times'],
    ['4111111111111111 5500005555555559', '[card] [card]'],
    ['SSN 123-45-6789, NIR 1 85 05 78 006 084 91, DNI 12345678Z', 'SSN [national-id], NIR [national-id], DNI [national-id]'],
    [
      'codice RSSMRA85T10A562S; CPF 529.982.247-25; NINO AB 12 34 56 C',
      'codice [national-id]; CPF [national-id]; NINO [national-id]',
    ],
    ['居民 11010519491231002X; Aadhaar 2341 2341 2346', '居民 [national-id]; Aadhaar [national-id]'],
    ['account 12345678', 'account [long-number]'],
    ['مكالمة من +353 1 234 5678', 'مكالمة من [phone]'],
  ])('%s', (text, expected) => {
    expect(all(text)).toBe(expected);
  });

  it.each([
    'on 2026-03-05 at 10:30, room 12, 3 of 140',
    'on 05.03.2026 and 5/3/2026, 2026-03-05 2026-03-06',
    'version 1.2.3, section 10.4',
    'paid 1,234.50 EUR for item 4711',
    'the std::vector of a class; 10:30:15',
    'twitter: @somebody',
    'Ωmega, naïve, 東京',
    '',
  ])('nothing else is touched: %s', (text) => {
    expect(redact(text, REDACT_KINDS)).toEqual({ text, pieces: 0 });
  });

  it('a wrong check digit makes it another kind, or none', () => {
    expect(redact('4111 1111 1111 1112', ['card'])).toEqual({ text: '4111 1111 1111 1112', pieces: 0 });
    expect(redact('DE88 3704 0044 0532 0130 00', ['iban'])).toEqual({ text: 'DE88 3704 0044 0532 0130 00', pieces: 0 });
    expect(redact('DNI 12345678A', ['national-id']).pieces).toBe(0);
    expect(redact('4111 1111 1111 1112', ['card', 'long-number']).text).toBe('[long-number]');
  });

  it('only what was asked for is looked for, and every piece is counted', () => {
    const text = 'a@x.example, b@x.example, +33 1 22 33 44 55';
    expect(redact(text, ['email'])).toEqual({ text: '[email], [email], +33 1 22 33 44 55', pieces: 2 });
    expect(redact(text, ['phone', 'email']).pieces).toBe(3);
  });

  it('a text of a word, a piece and a word keeps its words', () => {
    const word = fc.stringMatching(/^[a-zé]{1,8}$/);
    const piece = fc.constantFrom(
      ['a.b@x.example', 'email'],
      ['+353 1 234 5678', 'phone'],
      ['192.0.2.7', 'ip-address'],
      ['DE89370400440532013000', 'iban'],
      ['4111111111111111', 'card'],
      ['https://x.example/a', 'url'],
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(word, piece), { minLength: 1, maxLength: 6 }), word, (pairs, last) => {
        const text = `${pairs.map(([before, [found]]) => `${before} ${found}`).join(' ')} ${last}`;
        const expected = `${pairs.map(([before, [, kind]]) => `${before} [${kind}]`).join(' ')} ${last}`;
        expect(redact(text, REDACT_KINDS)).toEqual({ text: expected, pieces: pairs.length });
      }),
    );
  });

  it('a long text of nothing much takes no long time', () => {
    for (const piece of ['1', '12345678 ', '0 ', '1 ', '1.', 'a', 'a.', 'a@', ':', '0:', '+1', '-', 'ab12 ']) {
      const start = performance.now();
      redact(piece.repeat(50_000), REDACT_KINDS);
      expect(performance.now() - start).toBeLessThan(2_000);
    }
  });
});
