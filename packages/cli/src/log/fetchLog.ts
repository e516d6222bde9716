import { type ReadTile, TILE_WIDTH, type TileAddress, tilePath } from '@comity/prove';
import { Absent } from './judgeHead.ts';

/** No note that prove reads is longer. */
const NOTE_BYTES = 1_000_000;
const TILE_BYTES = 32 * TILE_WIDTH;
const PATIENCE = 30_000;

/** The log could not be asked: no network, no answer in time, or a server that fails. Says nothing about the log. */
export class Unreachable extends Error {}

/** A log at its public address (C2SP tlog-tiles). */
export interface PublicLog {
  /** The signed note. Throws Unreachable. */
  readonly checkpoint: () => Promise<string>;
  /** Throws Absent for a tile that the log does not have, Unreachable when it cannot be asked. */
  readonly readTile: ReadTile;
}

/** A log by its URL prefix. No answer is read further than it may be long, and no redirection is followed. */
export function publicLog(prefix: string): PublicLog {
  const base = prefix.endsWith('/') ? prefix : `${prefix}/`;
  return {
    checkpoint: async () => {
      const bytes = await get(new URL('checkpoint', base), NOTE_BYTES).catch((error: unknown) => {
        throw error instanceof Absent ? new Unreachable('there is no checkpoint') : error;
      });
      return new TextDecoder().decode(bytes);
    },
    readTile: (address) => readTile(base, address),
  };
}

async function readTile(base: string, address: TileAddress): Promise<Uint8Array> {
  try {
    return await get(new URL(tilePath(address), base), TILE_BYTES);
  } catch (error) {
    // A partial tile may be gone once the full one is there.
    if (!(error instanceof Absent) || address.width === TILE_WIDTH) throw error;
    return get(new URL(tilePath({ ...address, width: TILE_WIDTH }), base), TILE_BYTES);
  }
}

async function get(url: URL, limit: number): Promise<Uint8Array> {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE) }).catch(unreachable);
  if (answer.status === 404 || answer.status === 410) throw new Absent(url.pathname);
  if (!answer.ok || answer.body === null) throw new Unreachable(`${url.href}: ${answer.status}`);
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const reader = answer.body.getReader(); ; ) {
    const { done, value } = await reader.read().catch(unreachable);
    if (done) return Buffer.concat(parts);
    size += value.length;
    parts.push(value);
    if (size <= limit) continue;
    await reader.cancel();
    throw new Absent(`${url.pathname} is longer than it may be`);
  }
}

function unreachable(error: unknown): never {
  throw new Unreachable(error instanceof Error ? error.message : String(error));
}
