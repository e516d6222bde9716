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
  it('are the one form in which core reads them', () => {
    expect(addressForms('2001:DB8::1:0:0:1')).toEqual(['2001:0db8:0000:0000:0001:0000:0000:0001']);
    expect(addressForms('::')).toEqual(['0000:0000:0000:0000:0000:0000:0000:0000']);
    expect(addressForms('::ffff:192.0.2.1')).toEqual(addressForms('192.0.2.1'));
    expect(addressForms('192.0.2.1')).toEqual(['192.0.2.1', '0000:0000:0000:0000:0000:ffff:c000:0201']);
  });

  it('are none where a port was asked for: without it the address names others too', () => {
    expect(addressForms('192.0.2.1:443')).toBeUndefined();
    expect(addressForms('[2001:db8::1]:443')).toBeUndefined();
  });

  it('are none for what is no address', () => {
    for (const text of ['', '192.0.2', '192.0.2.256', '01.2.3.4', '1::2::3', '2001:db8::g', '1:2:3:4:5:6:7:8:9']) {
      expect(addressForms(text)).toBeUndefined();
    }
  });
});
