import { found, type Outcome, refused } from './refusal.ts';
import { isSize, parseSize } from './size.ts';

/** Hashes in a full tile, and entries in a full bundle (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;

/** Which tile: level 0 holds leaf hashes, a hash of level n + 1 is the root of a full tile of level n. Width 1 to 256; 256 is full. */
export interface TileAddress {
  readonly level: number;
  readonly index: bigint;
  readonly width: number;
}

/** Which bundle of entries; it lies under the level-0 tile of the same index and width. */
export interface BundleAddress {
  readonly index: bigint;
  readonly width: number;
}

/** A tile with its bytes: `width` hashes of 32 bytes. A full tile never changes. */
export interface Tile extends TileAddress {
  readonly bytes: Uint8Array;
}

/** Reads a tile. It may answer with a wider tile of the same place (a partial tile may be gone once the full one is there); the rest is ignored. */
export type ReadTile = (address: TileAddress) => Promise<Uint8Array>;

/** What a path below a log's prefix names. */
export type TilePlace =
  | { readonly kind: 'tile'; readonly address: TileAddress }
  | { readonly kind: 'bundle'; readonly address: BundleAddress };

const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** Path of a tile below the log's prefix: `tile/<L>/<N>[.p/<W>]`, e.g. `tile/0/x001/234.p/17` (C2SP tlog-tiles). Throws on an impossible address. */
export function tilePath(address: TileAddress): string {
  if (!Number.isInteger(address.level) || address.level < 0 || address.level > 63) throw new RangeError('tile level is 0 to 63');
  return `tile/${address.level}/${placePath(address)}`;
}

/** Path of an entry bundle below the log's prefix: `tile/entries/<N>[.p/<W>]`. Throws on an impossible address. */
export function bundlePath(address: BundleAddress): string {
  return `tile/entries/${placePath(address)}`;
}

/** Reads the path of a tile or bundle; refuses every other spelling, so that one tile has one path. */
export function parseTilePath(path: string): Outcome<TilePlace> {
  const [, level, groups, partial] = PATH.exec(path) ?? [];
  if (level === undefined || groups === undefined) return refused('malformed-path', 'not a tile path');
  if (groups.startsWith('x000/')) return refused('malformed-path', 'leading zero group');
  const index = parseSize(groups.replaceAll(/[x/]/g, '').replace(/^0+(?=[0-9])/, ''));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  if (!index.ok || width > TILE_WIDTH || (partial !== undefined && width === TILE_WIDTH)) {
    return refused('malformed-path', 'index or width out of range');
  }
  if (level === 'entries') return found({ kind: 'bundle', address: { index: index.value, width } });
  if (Number(level) > 63) return refused('malformed-path', 'level out of range');
  return found({ kind: 'tile', address: { level: Number(level), index: index.value, width } });
}

function placePath({ index, width }: BundleAddress): string {
  if (!isSize(index)) throw new RangeError('tile index is 0 to 2^63 - 1');
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) throw new RangeError('tile width is 1 to 256');
  const digits = index.toString();
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? [];
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return width === TILE_WIDTH ? path : `${path}.p/${width}`;
}
