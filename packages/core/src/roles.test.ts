import { describe, expect, it } from 'vitest';
import { toBase64, toBase64Url } from './bytes.ts';
import type { KeyUse, Party, PartyKey } from './party.ts';
import { keyInTwoRoles } from './roles.ts';

const bytes = (length: number, filler: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (filler + i) & 0xff);
const x25519 = bytes(32, 7);
const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** Bech32 without a true checksum, which nobody here judges. */
function recipient(raw: Uint8Array, name = 'age'): string {
  const bits = [...raw].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{1,5}/g) ?? []).map((five) => CHARSET[Number.parseInt(five.padEnd(5, '0'), 2)]);
  return `${name}1${letters.join('')}qqqqqq`;
}

const vkey = (raw: Uint8Array): string => `pt.example/log+0123abcd+${toBase64(Uint8Array.from([1, ...raw]))}`;

const key = (id: string, use: KeyUse, text: string): PartyKey => ({ id, use, public: text, from: '2026-01-01T00:00:00.000Z' });

function party(id: string, keys: readonly PartyKey[], persons: Party['persons'] = []): Party {
  const card = { name: id, country: 'PT', zone: 'UTC', kind: 'court', endpoint: '', powers: [], logOrigin: id };
  return { ...card, id, keys, persons, from: '2026-01-01T00:00:00.000Z' };
}

const rolesIn = (...parties: readonly Party[]): unknown => keyInTwoRoles({ parties });

describe('a key in two roles', () => {
  const signs = key('pt#sign-1', 'sign', toBase64Url(x25519));

  it('is found across uses, parties and people, in whatever form its use writes it', () => {
    for (const other of [
      key('x', 'messages', toBase64Url(x25519)),
      key('x', 'log', vkey(x25519)),
      key('x', 'witness', vkey(x25519)),
      key('x', 'office', recipient(x25519)),
      key('x', 'office', recipient(Uint8Array.from([...bytes(1184, 90), ...x25519]), 'age1pq')),
      { ...signs, id: 'x', until: '2026-01-02T00:00:00.000Z' },
    ]) {
      expect(rolesIn(party('pt', [signs, other]))).toEqual(['pt#sign-1', 'x']);
      expect(rolesIn(party('pt', [signs]), party('ie', [other]))).toEqual(['pt#sign-1', 'x']);
      expect(rolesIn(party('pt', [signs]), party('ie', [], [{ id: 'judge-1', roles: [], key: other }]))).toEqual([
        'pt#sign-1',
        'x',
      ]);
    }
  });

  it('is not found where all keys differ, nor is a key of no known form taken for another', () => {
    const others = [
      key('a', 'messages', toBase64Url(bytes(32, 8))),
      key('b', 'office', recipient(bytes(32, 9))),
      key('c', 'office', 'not bech32!'),
      key('d', 'log', 'not a verifier key'),
    ];
    expect(rolesIn(party('pt', [signs, ...others]))).toBeUndefined();
  });
});
