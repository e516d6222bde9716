import type pg from 'pg';
import type { Batch } from './logBatch.ts';

/** A batch with the signed checkpoint of the tree after it, and the staged rows that it takes up. */
export interface SignedBatch {
  readonly batch: Batch;
  readonly checkpoint: string;
  readonly at: string;
  /** `log_staged.seq` of what it takes up. */
  readonly staged: readonly string[];
  /** Value of `log_heads.redactions` that the tail in memory belongs to. */
  readonly redactions: number;
}

/** The number of the advisory lock that the one writer of a log holds. */
export const LOG_LOCK = 2;

/**
 * Lock, compare-and-set and everything that belongs to the batch, in one statement: either the whole batch is written on exactly the tree that it was
 * made from, or nothing is. INVARIANT: a checkpoint is stored only together with the tiles and bundles that support it.
 */
const WRITE = `
with head as (
  update log_heads set size = $3, root = $4, checkpoint = $5, at = $6, outside = true
  where year = $1 and size = $2 and redactions = $7 and pg_try_advisory_xact_lock(${LOG_LOCK}, 0) returning year),
bundles as (
  insert into log_bundles select $1, index, substring($8::bytea from from_byte for count)
  from unnest($9::bigint[], $10::integer[], $11::integer[]) as part (index, from_byte, count) where exists (select from head)),
tiles as (
  insert into log_tiles as stored select $1, level, index, substring($8::bytea from from_byte for count)
  from unnest($12::smallint[], $13::bigint[], $14::integer[], $15::integer[]) as part (level, index, from_byte, count) where exists (select from head)
  on conflict (year, level, index) do update set bytes = excluded.bytes where length(stored.bytes) < length(excluded.bytes)),
taken as (delete from log_tail where year = $1 and index < $16 and exists (select from head)),
rest as (
  insert into log_tail select $1, index, substring($8::bytea from from_byte for count)
  from unnest($17::bigint[], $18::integer[], $19::integer[]) as part (index, from_byte, count) where exists (select from head)),
staged as (delete from log_staged where seq = any($20::bigint[]) and exists (select from head))
select count(*)::integer as written from head`;

/** Writes a batch. False when the tree is no longer the one it was made from, or another writer holds the lock: nothing was written then. */
export async function writeBatch(client: pg.ClientBase, signed: SignedBatch): Promise<boolean> {
  const { before, after, root, tiles, bundles, rest, restFrom } = signed.batch;
  const parts = new Parts();
  const bundleParts = bundles.map(({ bytes }) => parts.add(bytes));
  const tileParts = tiles.map(({ bytes }) => parts.add(bytes));
  const restParts = rest.map((bytes) => parts.add(bytes));
  const found = await client.query<{ written: number }>({
    name: 'log-write',
    text: WRITE,
    values: [
      after.year,
      String(before.edge.size),
      String(after.edge.size),
      Buffer.from(root),
      signed.checkpoint,
      signed.at,
      signed.redactions,
      parts.whole(),
      bundles.map(({ index }) => String(index)),
      ...columns(bundleParts),
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => String(index)),
      ...columns(tileParts),
      String((after.edge.size >> 8n) << 8n),
      restParts.map((_, i) => String(restFrom + BigInt(i))),
      ...columns(restParts),
      signed.staged,
    ],
  });
  return found.rows[0]?.written === 1;
}

interface Part {
  /** Counted from 1, as SQL's substring does. */
  readonly from: number;
  readonly count: number;
}

function columns(parts: readonly Part[]): readonly [readonly number[], readonly number[]] {
  return [parts.map(({ from }) => from), parts.map(({ count }) => count)];
}

/** Many byte strings as one: it travels in binary, while an array of them would travel as text of twice the length. */
class Parts {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  add(bytes: Uint8Array): Part {
    const part = { from: this.#length + 1, count: bytes.length };
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return part;
  }

  whole(): Buffer {
    return Buffer.concat(this.#parts, this.#length);
  }
}
