import type { Instant } from '@comity/core';
import type { TileAddress } from '@comity/prove';
import { connect } from './database.ts';
import { entriesFrom, findTile, type Head, readHead } from './log.ts';
import { addSignInCode } from './sessions.ts';

/** A node's log as its database holds it, to be checked by somebody who trusts neither. */
export interface LogState {
  readonly head: () => Promise<Head | undefined>;
  /** Entries from an index on, in their order. */
  readonly entries: (from: bigint, limit: number) => Promise<readonly Uint8Array[]>;
  readonly tile: (address: TileAddress) => Promise<Uint8Array | undefined>;
  readonly close: () => Promise<void>;
}

/** Opens the log of a database for reading; the node need not run. */
export function readLogState(url: string): LogState {
  const { db, close } = connect(url, 2);
  return {
    head: () => readHead(db),
    entries: (from, limit) => entriesFrom(db, from, limit),
    tile: (address) => findTile(db, address),
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
