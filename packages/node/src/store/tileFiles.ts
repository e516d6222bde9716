import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TileAddress, tilePath } from '@comity/prove';

/** Tiles of the logs as files, by year and path: `<dir>/<year>/tile/<L>/<N>[.p/<W>]` (C2SP tlog-tiles). Any web server can serve the folder. */
export interface TileFiles {
  /** The bytes of a tile: from its file, or from `find`, and then its file is there. Undefined when the tree has no such tile. */
  readonly read: (
    year: number,
    address: TileAddress,
    find: () => Promise<Uint8Array | undefined>,
  ) => Promise<Uint8Array | undefined>;
}

/** Tile files in a folder. What a path names never changes, so a file is written once and never asked for again. */
export function tileFiles(dir: string): TileFiles {
  let writes = 0;
  return {
    read: async (year, address, find) => {
      const path = join(dir, String(year), tilePath(address));
      const kept = await contentOf(path);
      if (kept !== undefined) return kept;
      const bytes = await find();
      if (bytes === undefined) return undefined;
      await mkdir(dirname(path), { recursive: true });
      writes += 1;
      // Renamed into place: nobody reads half a tile.
      const part = `${path}.${process.pid}-${writes}.part`;
      await writeFile(part, bytes);
      await rename(part, path);
      return bytes;
    },
  };
}

async function contentOf(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
