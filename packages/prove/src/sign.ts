import { utf8 } from './bytes.ts';
import { cosignatureMessage, encodeCosignature } from './cosign.ts';
import { COSIGNATURE, NOTE_SIGNATURE, type VerifierKey } from './key.ts';
import type { NoteSignature } from './note.ts';

/** Signs bytes with the Ed25519 private key that stays wherever it is kept; gives 64 bytes. */
export type Sign = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** Signs the text of a note, as a log signs its checkpoint. Throws on a key of another kind. */
export async function signNote(text: string, key: VerifierKey, sign: Sign): Promise<NoteSignature> {
  if (key.kind !== NOTE_SIGNATURE) throw new TypeError('this key is not for signing notes');
  return { name: key.name, id: key.id, signature: await sign(utf8(text)) };
}

/** Cosigns the text of a checkpoint at a time (seconds since 1970), as a witness does after it has checked consistency. Throws on a key of another kind. */
export async function cosign(
  { text, time }: { readonly text: string; readonly time: bigint },
  key: VerifierKey,
  sign: Sign,
): Promise<NoteSignature> {
  if (key.kind !== COSIGNATURE) throw new TypeError('this key is not for cosigning');
  return { name: key.name, id: key.id, signature: encodeCosignature(time, await sign(cosignatureMessage(text, time))) };
}
