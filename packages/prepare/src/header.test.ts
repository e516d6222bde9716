import { describe, expect, it } from 'vitest';
import { addressForms } from './address.ts';
import { readHeader } from './header.ts';

describe('the header record', () => {
  it('chooses the delimiter under which the expected columns are found', () => {
    expect(readHeader('a;b,c;d\n', ['b,c'])).toEqual({ delimiter: ';', names: ['a', 'b,c', 'd'] });
    expect(readHeader('a;b,c;d\n', ['c;d'])).toEqual({ delimiter: ',', names: ['a;b', 'c;d'] });
    expect(readHeader('a\tb\r\n1\t2', [])).toEqual({ delimiter: '\t', names: ['a', 'b'] });
  });

  it('is not there in an empty text or when a quote stays open', () => {
    expect(readHeader('', [])).toBeUndefined();
    expect(readHeader('"a,b\n1,2\n', [])).toBeUndefined();
  });
});

describe('the forms of an address', () => {
  it('follow RFC 5952', () => {
    expect(addressForms('2001:DB8:0:0:1:0:0:1')).toContain('2001:db8::1:0:0:1');
    expect(addressForms('2001:db8::1:1:1:1:1')).toContain('2001:db8:0:1:1:1:1:1');
    expect(addressForms('::')).toContain('0000:0000:0000:0000:0000:0000:0000:0000');
    expect(addressForms('::ffff:192.0.2.1')).toContain('192.0.2.1');
    expect(addressForms('192.0.2.1')).toContain('::ffff:192.0.2.1');
  });

  it('are none for what is no address', () => {
    for (const text of ['', '192.0.2', '192.0.2.256', '01.2.3.4', '1::2::3', '2001:db8::g', '1:2:3:4:5:6:7:8:9']) {
      expect(addressForms(text)).toBeUndefined();
    }
  });
});
