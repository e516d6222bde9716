import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { LogState } from '@comity/node';
import { sha256 } from '@comity/node/keys';
import {
  emptyEdge,
  encodeEntry,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  growTree,
  NOTE_SIGNATURE,
  signNote,
  type TileAddress,
  treeHasher,
  verifierKey,
} from '@comity/prove';
import { describe, expect, it } from 'vitest';
import { checkLog } from './fsck.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const raw = new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'));
const key = verifierKey({ name: 'node.test/log/2026', kind: NOTE_SIGNATURE, publicKey: raw }, sha256);
const vkey = formatVerifierKey(key);

interface Stored {
  unmatched?: { readonly lost: readonly string[]; readonly unlogged: readonly string[] };
  readonly entries: Uint8Array[];
  readonly tiles: Map<string, Uint8Array>;
  checkpoint: string;
  size: number;
}

const placeOf = ({ level, index, width }: TileAddress): string => `${level}/${index}/${width}`;

/** A log written in two batches, as a node writes it. */
async function stored(count: number): Promise<Stored> {
  const entries = Array.from({ length: count }, (_, i) =>
    encodeEntry({
      v: 1,
      t: 'act.test',
      id: `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`,
      nonce: createHash('sha256').update(String(i)).digest('base64url'),
      case: 'c',
      at: '2026-11-22T00:00:00.000Z',
      actor: 'p',
      role: 'r',
    }),
  );
  const hasher = treeHasher(sha256);
  const first = growTree(emptyEdge(), hasher.hashLeaves(entries.slice(0, 300)), hasher);
  const second = growTree(first.edge, hasher.hashLeaves(entries.slice(300)), hasher);
  const tiles = new Map([...first.tiles, ...second.tiles].map((tile) => [placeOf(tile), tile.bytes]));
  const text = formatCheckpoint({ origin: key.name, size: second.edge.size, root: second.root });
  const checkpoint = formatNote({ text, signatures: [await signNote(text, key, (message) => sign(null, message, privateKey))] });
  return { entries, tiles, checkpoint, size: count };
}

function stateOf(log: Stored): LogState {
  return {
    heads: async () => [{ year: 2026, size: BigInt(log.size), root: new Uint8Array(32), checkpoint: log.checkpoint }],
    entries: async (_year, from, limit) => log.entries.slice(Number(from), Number(from + limit)),
    tile: async (_year, address) => {
      const stored = [...log.tiles].find(([place]) => place.startsWith(`${address.level}/${address.index}/`))?.[1];
      return log.tiles.get(placeOf(address)) ?? stored?.slice(0, address.width * 32);
    },
    hidden: async () => undefined,
    unmatched: async () => log.unmatched ?? { lost: [], unlogged: [] },
    close: async () => undefined,
  };
}

const kinds = async (log: Stored, with_ = vkey): Promise<readonly string[]> => {
  const checked = await checkLog(stateOf(log), [with_]);
  return checked.ok ? checked.value.faults.map(({ kind }) => kind) : [checked.refusal.code];
};

describe('a check of a whole log', () => {
  it('finds a sound log sound', async () => {
    expect(await kinds(await stored(600))).toEqual([]);
  });

  it('finds an entry that was changed, taken out or is none', async () => {
    const changed = await stored(600);
    changed.entries[7] = changed.entries[8] ?? new Uint8Array();
    expect(await kinds(changed)).toEqual(['tile', 'tile', 'root']);
    const short = await stored(600);
    short.entries.pop();
    expect(await kinds(short)).toEqual(expect.arrayContaining(['size', 'root']));
    const torn = await stored(600);
    torn.entries[599] = new Uint8Array([1]);
    expect(await kinds(torn)).toEqual(['entry', 'tile', 'root']);
  });

  it('finds an entry that was blanked although no entry says that it was ordered', async () => {
    const log = await stored(600);
    log.entries[7] = new Uint8Array(0);
    expect(await kinds(log)).toEqual(['blank']);
  });

  it('finds entries behind the head', async () => {
    const log = await stored(600);
    log.entries.push(log.entries[0] ?? new Uint8Array());
    expect(await kinds(log)).toEqual(['size']);
  });

  it('finds a tile that was changed or lost', async () => {
    const log = await stored(600);
    log.tiles.set('0/1/256', new Uint8Array(256 * 32));
    expect(await kinds(log)).toEqual(['tile']);
    log.tiles.delete('0/1/256');
    expect(await kinds(log)).toEqual(['tile']);
  });

  it('finds an act that was lost behind its entry, and one that was never logged', async () => {
    const log = await stored(600);
    log.unmatched = { lost: ['2026: 17'], unlogged: ['a'.repeat(64)] };
    expect(await kinds(log)).toEqual(['lost', 'unlogged']);
  });

  it('believes no checkpoint but the log’s own, of this size', async () => {
    const log = await stored(600);
    const other = await stored(601);
    log.checkpoint = other.checkpoint;
    expect(await kinds(log)).toEqual(['checkpoint']);
    const stranger = formatVerifierKey(
      verifierKey({ name: key.name, kind: NOTE_SIGNATURE, publicKey: new Uint8Array(32).fill(9) }, sha256),
    );
    expect(await kinds(other, stranger)).toEqual(['checkpoint']);
    expect(await kinds(other, 'nonsense')).toEqual(['field-invalid']);
  });
});
