import type { Database, Tx } from './database.ts';

/** One sealed payload that this node sent or received. */
export interface StoredPayload {
  readonly ciphertext: string;
  readonly case: string;
  readonly item: string;
  readonly size: number;
  readonly side: 'sent' | 'received';
  /** The party at the other end. */
  readonly holder: string;
  readonly state: 'expected' | 'held' | 'destroyed';
  readonly manifest: string;
  /** What the log has said of this copy last; absent when nothing is due. */
  readonly noted?: string;
  /** The file as it lies in the vault, where its header was made anew for another office key; absent: as it was announced. */
  readonly rewrapped?: Rewrapped;
}

/** A payload under a new header. */
export interface Rewrapped {
  readonly sha256: string;
  readonly size: number;
  /** Id of the office key that it is wrapped for. */
  readonly key: string;
}

export async function insertPayload(tx: Tx, payload: Omit<StoredPayload, 'rewrapped'>): Promise<void> {
  const { case: case_id, size, ...rest } = payload;
  await tx
    .insertInto('payloads')
    .values({ ...rest, case_id, size: String(size) })
    .onConflict((c) => c.columns(['ciphertext', 'side']).doNothing())
    .execute();
}

export async function findPayload(
  db: Database | Tx,
  ciphertext: string,
  side: StoredPayload['side'],
): Promise<StoredPayload | undefined> {
  const row = await payloadRows(db).where('ciphertext', '=', ciphertext).where('side', '=', side).executeTakeFirst();
  return row === undefined ? undefined : parse(row);
}

/** Whether a sealed file is one that this node has sent or received and not destroyed: then only an act ends it. */
export async function isListed(db: Database | Tx, ciphertext: string): Promise<boolean> {
  const row = await db
    .selectFrom('payloads')
    .select('side')
    .where('ciphertext', '=', ciphertext)
    .where('state', '!=', 'destroyed')
    .executeTakeFirst();
  return row !== undefined;
}

export async function payloadsOf(db: Database | Tx, caseId: string): Promise<readonly StoredPayload[]> {
  const rows = await payloadRows(db).where('case_id', '=', caseId).orderBy('item').execute();
  return rows.map(parse);
}

export async function expectedPayloads(db: Database): Promise<readonly StoredPayload[]> {
  const rows = await payloadRows(db).where('state', '=', 'expected').execute();
  return rows.map(parse);
}

/** Received payloads that are held. */
export async function heldPayloads(db: Database): Promise<readonly StoredPayload[]> {
  const rows = await payloadRows(db).where('state', '=', 'held').where('side', '=', 'received').orderBy('ciphertext').execute();
  return rows.map(parse);
}

/** Keeps what a received payload is under its new header. */
export async function noteRewrapped(tx: Tx, { ciphertext }: Pick<StoredPayload, 'ciphertext'>, now: Rewrapped): Promise<void> {
  await tx
    .updateTable('payloads')
    .set({ stored: now.sha256, stored_size: String(now.size), office_key: now.key })
    .where('ciphertext', '=', ciphertext)
    .where('side', '=', 'received')
    .execute();
}

export async function movePayload(
  tx: Tx,
  payload: Pick<StoredPayload, 'ciphertext' | 'side'>,
  state: StoredPayload['state'],
): Promise<void> {
  await tx
    .updateTable('payloads')
    .set({ state })
    .where('ciphertext', '=', payload.ciphertext)
    .where('side', '=', payload.side)
    .execute();
}

/** Keeps what the log says of a copy. */
export async function noteCustody(
  tx: Tx,
  payload: Pick<StoredPayload, 'ciphertext' | 'side'>,
  noted: string | undefined,
): Promise<void> {
  await tx
    .updateTable('payloads')
    .set({ noted: noted ?? null })
    .where('ciphertext', '=', payload.ciphertext)
    .where('side', '=', payload.side)
    .execute();
}

function payloadRows(db: Database | Tx) {
  return db
    .selectFrom('payloads')
    .select([
      'ciphertext',
      'case_id',
      'item',
      'size',
      'side',
      'holder',
      'state',
      'manifest',
      'noted',
      'stored',
      'stored_size',
      'office_key',
    ]);
}

function parse(row: Awaited<ReturnType<ReturnType<typeof payloadRows>['execute']>>[number]): StoredPayload {
  const { case_id, size, side, state, noted, stored, stored_size, office_key, ...rest } = row;
  const whole = stored !== null && stored_size !== null && office_key !== null;
  // The check constraints of the table keep side and state to these words.
  return {
    ...rest,
    case: case_id,
    size: Number(size),
    side: side as StoredPayload['side'],
    state: state as StoredPayload['state'],
    ...(noted === null ? {} : { noted }),
    ...(whole ? { rewrapped: { sha256: stored, size: Number(stored_size), key: office_key } } : {}),
  };
}
