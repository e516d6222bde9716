import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileIn } from '../testing/run.ts';
import { readForeign } from './foreignConfig.ts';

const home = mkdtempSync(join(tmpdir(), 'comity-foreign-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const good = {
  id: 'de-bremen',
  name: 'Staatsanwaltschaft Bremen',
  country: 'DE',
  phone: '+49 421 100100',
  endpoint: { CountryCode: 'DE', UniqueIdentifier: 'StA-Bremen' },
  keys: { k1: { kty: 'OKP', crv: 'Ed25519', x: 'abc' } },
};
const read = (list: unknown): unknown => {
  const found = readForeign(fileIn(home, 'foreign.json', JSON.stringify(list)), 'production');
  return found.ok ? found.value.length : `${found.refusal.code} ${found.refusal.field}`;
};

describe('the authorities that a node is told of', () => {
  it('are listed with the number at which each is called back, with keys or without', () => {
    const { endpoint: _endpoint, keys: _keys, ...silent } = good;
    expect(read([good, { ...silent, id: 'fr-paris', url: 'https://paris.example/hi1' }])).toBe(2);
    expect(read([])).toBe(0);
  });

  it.each<[string, unknown]>([
    ['field-invalid foreign', {}],
    ['field-missing foreign.0.phone', [{ ...good, phone: '' }]],
    ['field-invalid foreign.0.phone', [{ ...good, phone: 'call me' }]],
    ['field-invalid foreign.0.country', [{ ...good, country: 'Germany' }]],
    ['field-invalid foreign.0.id', [{ ...good, id: 'De Bremen' }]],
    ['field-unknown foreign.0.note', [{ ...good, note: 'x' }]],
    ['field-invalid foreign.0.endpoint', [{ ...good, endpoint: 'StA' }]],
    ['field-invalid foreign.0.keys', [{ ...good, keys: { k1: { kty: 'OKP', d: 'secret' } } }]],
    ['field-invalid foreign.0.url', [{ ...good, url: 'http://bremen.example/hi1' }]],
    ['field-invalid foreign: de-bremen', [good, { ...good, keys: {} }]],
    ['field-invalid foreign: k1', [good, { ...good, id: 'de-hamburg' }]],
  ])('are refused with the place that is wrong: %s', (place, list) => {
    expect(read(list)).toBe(place);
  });
});
