import { describe, expect, test } from 'vitest';
import { readIdentifier, sameIdentifier } from './identifier.ts';
import type { IdentifierType } from './item.ts';

function read(type: IdentifierType, value: string, country?: string): string {
  const done = readIdentifier({ type, value }, country === undefined ? {} : { country });
  return done.ok ? [done.value.value, ...done.value.warnings].join(' ') : done.refusal.code;
}

describe('reading an identifier', () => {
  test.each<[IdentifierType, string, string]>([
    ['email', ' Jean.Martin@Skymail.IE ', 'Jean.Martin@skymail.ie'],
    ['email', 'mailto:a@b.example', 'a@b.example'],
    ['email', 'Jean <a@b.example>', 'a@b.example'],
    ['email', 'a@b.example.', 'a@b.example'],
    ['email', 'a@b\u200B.example', 'a@b.example invisible-removed'],
    ['email', 'p\u0430ul@b.example', 'p\u0430ul@b.example mixed-scripts'],
    ['email', 'j0hn@b.example', 'j0hn@b.example look-alike'],
    ['email', 'été@exemple.fr', 'été@exemple.fr'],
    ['email', 'nobody', 'email-invalid'],
    ['email', 'a b@c.example', 'email-invalid'],
    ['email', 'a..b@c.example', 'email-invalid'],
    ['email', 'a@localhost', 'email-invalid'],
    ['email', 'a@10.0.0.1', 'email-invalid'],
    ['email', '   ', 'field-missing'],
    ['phone', '+33 1 22 33 44 55', '+33122334455'],
    ['phone', '0033-1.22.33.44.55', '+33122334455'],
    ['phone', '+49 (0) 30 123456', '+4930123456'],
    ['phone', 'tel:+353-1-555-0100', '+35315550100'],
    ['phone', '+0122334455', 'phone-invalid'],
    ['phone', '+33 12', 'phone-invalid'],
    ['phone', '+1234567890123456', 'phone-invalid'],
    ['phone', 'call me', 'phone-invalid'],
    ['user_id', 'sky-77310', 'sky-77310'],
    ['user_id', 'Ivan\u0438', 'Ivan\u0438 mixed-scripts look-alike'],
    ['user_id', 'a\u0007b', 'user-id-invalid'],
    ['ip_address', '8.8.8.8', '8.8.8.8'],
    ['ip_address', '8.8.8.8:443', '8.8.8.8:443'],
    ['ip_address', '10.1.2.3', '10.1.2.3 private-address'],
    ['ip_address', '172.31.0.1', '172.31.0.1 private-address'],
    ['ip_address', '172.32.0.1', '172.32.0.1'],
    ['ip_address', '192.168.0.1', '192.168.0.1 private-address'],
    ['ip_address', '100.64.0.1', '100.64.0.1 port-needed'],
    ['ip_address', '100.127.255.255', '100.127.255.255 port-needed'],
    ['ip_address', '100.128.0.1', '100.128.0.1'],
    ['ip_address', '100.64.0.1:51000', '100.64.0.1:51000'],
    ['ip_address', '198.51.100.7', '198.51.100.7 not-public'],
    ['ip_address', '239.1.1.1', '239.1.1.1 not-public'],
    ['ip_address', '127.0.0.1', '127.0.0.1 not-public'],
    ['ip_address', '2a00:1450::1', '2a00:1450:0000:0000:0000:0000:0000:0001'],
    ['ip_address', '[2A00:1450::1]:443', '[2a00:1450:0000:0000:0000:0000:0000:0001]:443'],
    ['ip_address', 'fd00::1', 'fd00:0000:0000:0000:0000:0000:0000:0001 private-address'],
    ['ip_address', 'fe80::1', 'fe80:0000:0000:0000:0000:0000:0000:0001 not-public'],
    ['ip_address', '::1', '0000:0000:0000:0000:0000:0000:0000:0001 not-public'],
    ['ip_address', '2001:db8::1', '2001:0db8:0000:0000:0000:0000:0000:0001 not-public'],
    ['ip_address', '::ffff:8.8.8.8', '8.8.8.8 mapped-address'],
    ['ip_address', '1:2:3:4:5:6:7:8', '0001:0002:0003:0004:0005:0006:0007:0008'],
    ['ip_address', '08.8.8.8', 'ip-invalid'],
    ['ip_address', '8.8.8', 'ip-invalid'],
    ['ip_address', '8.8.8.256', 'ip-invalid'],
    ['ip_address', '8.8.8.8:0', 'ip-invalid'],
    ['ip_address', '8.8.8.8:65536', 'ip-invalid'],
    ['ip_address', '1::2::3', 'ip-invalid'],
    ['ip_address', 'fe80::1%eth0', 'ip-invalid'],
    ['ip_address', '8.8.8.0/24', 'ip-range'],
    ['ip_address', '8.8.8.1-8.8.8.9', 'ip-range'],
    ['imei', '49-015420-323751-8', '490154203237518'],
    ['imei', '49015420323751', '490154203237518 check-digit-added'],
    ['imei', '4901542032375101', '490154203237518 version-dropped'],
    ['imei', '490154203237519', 'imei-check-digit'],
    ['imei', '4901542', 'imei-invalid'],
    ['mac_address', '00-1A-2B-3C-4D-5E', '00:1a:2b:3c:4d:5e'],
    ['mac_address', '001a.2b3c.4d5e', '00:1a:2b:3c:4d:5e'],
    ['mac_address', '001A2B3C4D5E', '00:1a:2b:3c:4d:5e'],
    ['mac_address', '02:1a:2b:3c:4d:5e', '02:1a:2b:3c:4d:5e random-mac'],
    ['mac_address', 'ff:ff:ff:ff:ff:ff', 'ff:ff:ff:ff:ff:ff group-mac'],
    ['mac_address', '00:1a:2b:3c:4d', 'mac-invalid'],
    ['dataset', 'pseudonyms', 'pseudonyms'],
  ])('%s %j is %s', (type, value, expected) => {
    expect(read(type, value)).toBe(expected);
  });

  test('a national number is refused, and says how numbers of the reader’s country begin; it never says the number', () => {
    const refused = readIdentifier({ type: 'phone', value: '01 22 33 44 55' }, { country: 'FR' });
    expect(refused).toEqual({
      ok: false,
      refusal: { code: 'phone-without-country', field: 'value', values: { prefix: '+33' } },
    });
  });

  test('reading what was read changes nothing', () => {
    for (const [type, value] of [
      ['email', 'A.B@C.Example'],
      ['phone', '0033 1 22 33 44 55'],
      ['ip_address', '[2a00::1]:5000'],
      ['imei', '49015420323751'],
      ['mac_address', '001A2B3C4D5E'],
    ] as const) {
      const first = readIdentifier({ type, value });
      const again = first.ok ? readIdentifier({ type, value: first.value.value }) : first;
      expect(first.ok && again.ok && again.value.value === first.value.value).toBe(true);
    }
  });
});

describe('keying blind a second time', () => {
  const phone = (value: string) => ({ type: 'phone', value }) as const;

  test('the same identifier in another spelling is the same', () => {
    expect(sameIdentifier(phone('+33 1 22 33 44 55'), phone('0033122334455'))).toBe(true);
    expect(sameIdentifier({ type: 'ip_address', value: '2a00::1' }, { type: 'ip_address', value: '2A00:0:0:0:0:0:0:1' })).toBe(
      true,
    );
    expect(sameIdentifier({ type: 'imei', value: '49015420323751' }, { type: 'imei', value: '490154203237518' })).toBe(true);
  });

  test('one digit more, another type, or what cannot be read is not', () => {
    expect(sameIdentifier(phone('+33122334455'), phone('+33122334456'))).toBe(false);
    expect(sameIdentifier(phone('nothing'), phone('nothing'))).toBe(false);
    expect(sameIdentifier({ type: 'user_id', value: '1' }, { type: 'dataset', value: '1' })).toBe(false);
  });
});
