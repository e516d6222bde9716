import { utf8 } from './bytes.ts';
import { type Cosigned, cosignatureMessage, encodeCosignature } from './cosign.ts';
import { NOTE_SIGNATURE, type VerifierKey } from './key.ts';
import { formatNote, type NoteSignature } from './note.ts';

/** Signs bytes with the private key that stays wherever it is kept: Ed25519 gives 64 bytes, ML-DSA-44 (pure, empty context) 2,420. */
export type Sign = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** A key with the function that signs with its private half. */
export interface NoteSigner {
  readonly key: VerifierKey;
  readonly sign: Sign;
}

/** Signs the text of a note, as a log signs its checkpoint with Ed25519. Throws on a key of another kind. */
export async function signNote(text: string, key: VerifierKey, sign: Sign): Promise<NoteSignature> {
  if (key.kind !== NOTE_SIGNATURE) throw new TypeError('this key is not for signing notes');
  return { name: key.name, id: key.id, signature: await sign(utf8(text)) };
}

/**
 * Cosigns the text of a checkpoint at a time (seconds since 1970): a witness after it has checked consistency, a log with its
 * ML-DSA-44 key. Throws on a key for notes, the time 0, and whatever else cosignatureMessage throws on.
 */
export async function cosign(cosigned: Cosigned, key: VerifierKey, sign: Sign): Promise<NoteSignature> {
  const signature = await sign(cosignatureMessage(cosigned, key));
  return { name: key.name, id: key.id, signature: encodeCosignature(cosigned.time, signature, key) };
}

/** The whole note of a checkpoint, signed by each signer in turn as the kind of its key asks. `time` in seconds since 1970. */
export async function signCheckpoint(cosigned: Cosigned, signers: readonly NoteSigner[]): Promise<string> {
  const { text } = cosigned;
  const signing = signers.map(({ key, sign }) =>
    key.kind === NOTE_SIGNATURE ? signNote(text, key, sign) : cosign(cosigned, key, sign),
  );
  return formatNote({ text, signatures: await Promise.all(signing) });
}
