import { canonicalJson, commitment, type Json, toBase64Url, uuid7 } from '@comity/core';
import type { ImportDraft } from '@comity/formats/intake';
import { sha256, sha256Hex } from '../../keys/crypto.ts';
import { lockCase } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import { type ImportKind, insertImport } from '../../store/imports.ts';
import type { House } from '../house.ts';
import { logImport } from './log.ts';

/** Something that has come from outside. */
export interface Incoming {
  readonly kind: ImportKind;
  /** The original, byte for byte. */
  readonly bytes: Uint8Array;
  readonly draft: ImportDraft;
  /** The authority whose key signed it; absent where nobody known did. */
  readonly sender?: string;
  /** Who handed it in, or the node itself. */
  readonly role: string;
}

/**
 * Takes something from outside into quarantine: the original is kept as it came, sealed, with what was read out of it; the log says that something has come, and commits to its digest. Nothing
 * else happens until persons have decided. Gives its id and that of its log entry.
 */
export async function takeIn(house: House, tx: Tx, incoming: Incoming): Promise<{ readonly id: string; readonly entry: string }> {
  const { kind, bytes, draft, sender, role } = incoming;
  const id = uuid7(Date.parse(house.now()), house.random(10));
  await lockCase(tx, id);
  const digest = sha256Hex(bytes);
  const salt = toBase64Url(house.random(32));
  const _sd = [commitment('original', { salt, value: { sha256: digest, size: bytes.length } }, sha256)];
  const entry = await logImport(house, tx, {
    id,
    step: 'arrived',
    decision: kind,
    role,
    _sd,
    ...(sender === undefined ? {} : { basis: [sender] }),
  });
  await insertImport(
    tx,
    { ...{ id, kind, salt }, arrived: entry.at, sender: sender ?? null, sha256: digest, size: bytes.length, entry: entry.id },
    // The round trip proves that the draft is plain JSON.
    { original: bytes, draft: JSON.parse(canonicalJson(draft)) as Json, subjects: house.subjects },
  );
  return { id, entry: entry.id };
}
