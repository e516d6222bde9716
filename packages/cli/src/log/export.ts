import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { equalBytes, ok, type Result, refuse } from '@comity/core';
import type { Head, LogState } from '@comity/node/beside';
import { nodeTreeHasher } from '@comity/node/hasher';
import {
  bundlePath,
  type Checkpoint,
  edgeFrom,
  encodeBundle,
  parseCheckpoint,
  parseNote,
  rootOf,
  TILE_WIDTH,
  type TileAddress,
  tilePath,
} from '@comity/prove';

/** A log that was written, as decimal size. */
export interface ExportedLog {
  readonly year: number;
  readonly dir: string;
  readonly size: string;
}

/**
 * Writes the log of one year, or of all, each into a folder named by its year, as any client of C2SP tlog-tiles reads it: checkpoint, tiles, bundles of entries. A folder
 * that holds an earlier state of the same log is brought up to date; one that holds anything else is left alone. Errors: `log-forked` with the folder, `not-found` for a
 * year without a log.
 */
export async function exportLog(
  state: LogState,
  to: { readonly dir: string; readonly year?: number },
): Promise<Result<readonly ExportedLog[]>> {
  const heads = (await state.heads()).filter(({ year, checkpoint }) => checkpoint !== '' && (to.year ?? year) === year);
  if (to.year !== undefined && heads.length === 0) return refuse('not-found', `${to.year}`);
  const written: ExportedLog[] = [];
  for (const head of heads) {
    const dir = join(to.dir, String(head.year));
    if (!(await isOurs(state, head, dir))) return refuse('log-forked', dir);
    await writeLog(state, head, dir);
    written.push({ year: head.year, dir, size: String(head.size) });
  }
  return ok(written);
}

/** Whether a folder is free, or holds an earlier state of this very log. */
async function isOurs(state: LogState, head: Head, dir: string): Promise<boolean> {
  if (!existsSync(dir)) return true;
  const names = readdirSync(dir);
  if (!names.includes('checkpoint')) return names.length === 0;
  const there = checkpointIn(readFileSync(join(dir, 'checkpoint')));
  if (there?.origin !== checkpointIn(head.checkpoint)?.origin || there === undefined || there.size > head.size) return false;
  const edge = await edgeFrom(there.size, tilesOf(state, head.year));
  return equalBytes(rootOf(edge, nodeTreeHasher), there.root);
}

function checkpointIn(note: string | Uint8Array): Checkpoint | undefined {
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  return checkpoint.ok ? checkpoint.value : undefined;
}

/** Throws when a tile is missing: then the database is damaged, and there is nothing to give away. */
function tilesOf(state: LogState, year: number): (address: TileAddress) => Promise<Uint8Array> {
  return async (address) => {
    const bytes = await state.tile(year, address);
    if (bytes === undefined) throw new Error(`tile ${tilePath(address)} of ${year} is not stored; see comity log fsck`);
    return bytes;
  };
}

/** The checkpoint goes last: what it speaks of is there before it is. */
async function writeLog(state: LogState, { year, size, checkpoint }: Head, dir: string): Promise<void> {
  const readTile = tilesOf(state, year);
  for (let level = 0; size >> BigInt(8 * level) > 0n; level++)
    for (const { index, width } of placesIn(size >> BigInt(8 * level))) {
      const address = { level, index, width };
      // A full tile never changes.
      const path = join(dir, tilePath(address));
      if (width < TILE_WIDTH || !existsSync(path)) write(path, await readTile(address));
    }
  for (const address of placesIn(size)) {
    const entries = await state.entries(year, address.index << 8n, BigInt(address.width));
    // Bundles are written again each time: an entry may have been blanked by order since.
    const path = join(dir, bundlePath(address));
    write(path, encodeBundle(entries));
    forgetParts(path, address.width);
  }
  write(join(dir, 'checkpoint'), checkpoint);
}

/** Full places and, at the end, the partial one, of so many hashes. */
function placesIn(count: bigint): readonly { readonly index: bigint; readonly width: number }[] {
  const full = Number(count >> 8n);
  const places = Array.from({ length: full }, (_, i) => ({ index: BigInt(i), width: TILE_WIDTH }));
  const rest = Number(count & 255n);
  return rest === 0 ? places : [...places, { index: BigInt(full), width: rest }];
}

/** Removes narrower bundles of the same place: they may hold what was blanked since. */
function forgetParts(path: string, width: number): void {
  const folder = width === TILE_WIDTH ? `${path}.p` : dirname(path);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (width === TILE_WIDTH || name !== String(width)) rmSync(join(folder, name));
  if (width === TILE_WIDTH) rmSync(folder, { recursive: true });
}

function write(path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true });
  // Whole or not at all: somebody may be reading.
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
}
