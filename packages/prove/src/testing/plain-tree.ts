import { nodeHash, type Sha256 } from '../hash.ts';
import { type ReadTile, type Tile, type TileAddress, tilePath } from '../tile.ts';

/** The definitions of RFC 6962 section 2.1, written down as they stand there, to test against: slow and short. */
export class PlainTree {
  readonly leaves: readonly Uint8Array[];
  readonly sha256: Sha256;
  readonly known = new Map<string, Uint8Array>();

  constructor(leaves: readonly Uint8Array[], sha256: Sha256) {
    this.leaves = leaves;
    this.sha256 = sha256;
  }

  /** MTH(D[from:until]). */
  root(from: number, until: number): Uint8Array {
    if (from === until) return this.sha256(new Uint8Array(0));
    const name = `${from}-${until}`;
    const known = this.known.get(name) ?? this.compute(from, until);
    this.known.set(name, known);
    return known;
  }

  /** PATH(m, D[from:until]), m counted from `from`. */
  path(m: number, from: number, until: number): Uint8Array[] {
    const n = until - from;
    if (n === 1) return [];
    const k = split(n);
    if (m < k) return [...this.path(m, from, from + k), this.root(from + k, until)];
    return [...this.path(m - k, from + k, until), this.root(from, from + k)];
  }

  /** SUBPROOF(m, D[from:until], whole). */
  subproof(m: number, [from, until]: readonly [number, number], whole: boolean): Uint8Array[] {
    const n = until - from;
    if (m === n) return whole ? [] : [this.root(from, until)];
    const k = split(n);
    if (m <= k) return [...this.subproof(m, [from, from + k], whole), this.root(from + k, until)];
    return [...this.subproof(m - k, [from + k, until], false), this.root(from, from + k)];
  }

  private compute(from: number, until: number): Uint8Array {
    if (until - from === 1) return this.leaves[from] ?? new Uint8Array(0);
    const k = split(until - from);
    return nodeHash(this.root(from, from + k), this.root(from + k, until), this.sha256);
  }
}

/** A store of tiles in memory that refuses to change a tile once written. */
export class TileStore {
  readonly tiles = new Map<string, Uint8Array>();

  keep(tiles: readonly Tile[]): void {
    for (const tile of tiles) {
      const path = tilePath(tile);
      const before = this.tiles.get(path);
      if (before !== undefined && before.join() !== tile.bytes.join()) throw new Error(`tile ${path} was changed`);
      this.tiles.set(path, tile.bytes);
    }
  }

  readonly read: ReadTile = (address: TileAddress) => {
    const bytes = this.tiles.get(tilePath(address)) ?? this.tiles.get(tilePath({ ...address, width: 256 }));
    return bytes === undefined ? Promise.reject(new Error(`no tile ${tilePath(address)}`)) : Promise.resolve(bytes);
  };
}

function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
