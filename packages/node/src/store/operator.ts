import type { Instant } from '@comity/core';
import type { TileAddress } from '@comity/prove';
import { connect } from './database.ts';
import { entriesBetween, findTile, type Head, readHeads, unmatchedActs } from './logRead.ts';
import { addSignInCode } from './sessions.ts';

/** A node's log as its database holds it, to be checked by somebody who trusts neither. */
export interface LogState {
  /** The heads of every year, oldest first. */
  readonly heads: () => Promise<readonly Head[]>;
  /** Entries of a year from the beginning of a bundle on, in their order; without bytes where they were blanked by order. */
  readonly entries: (year: number, from: bigint, limit: bigint) => Promise<readonly Uint8Array[]>;
  /** What a blinded entry hides, by its id. */
  readonly hidden: (id: string) => Promise<{ readonly salt: string; readonly inner: Uint8Array } | undefined>;
  readonly tile: (year: number, address: TileAddress) => Promise<Uint8Array | undefined>;
  /** Places of entries whose act the database has lost, and digests of acts that have no entry; the first hundred of each. */
  readonly unmatched: () => Promise<{ readonly lost: readonly string[]; readonly unlogged: readonly string[] }>;
  readonly close: () => Promise<void>;
}

/** Opens the log of a database for reading; the node need not run. */
export function readLogState(url: string): LogState {
  const { db, close } = connect(url, 2);
  return {
    heads: () => readHeads(db),
    entries: (year, from, limit) => entriesBetween(db, year, { from, until: from + limit }),
    hidden: async (id) => {
      const row = await db.selectFrom('log_blinded').select(['salt', 'inner_bytes']).where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : { salt: row.salt, inner: new Uint8Array(row.inner_bytes) };
    },
    tile: (year, address) => findTile(db, year, address),
    unmatched: () => unmatchedActs(db),
    close,
  };
}

/** Keeps the hash of a one-time sign-in code in a database that no node of ours has open. */
export async function keepSignInCode(
  url: string,
  code: { readonly codeSha256: string; readonly person: string; readonly expires: Instant },
): Promise<void> {
  const { db, close } = connect(url, 1);
  try {
    await addSignInCode(db, code);
  } finally {
    await close();
  }
}
