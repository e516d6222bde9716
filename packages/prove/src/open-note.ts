import { utf8 } from './bytes.ts';
import { verifyCosignature } from './cosign.ts';
import { NOTE_SIGNATURE, type VerifierKey } from './key.ts';
import { type NoteSignature, parseNote } from './note.ts';
import { found, type Outcome, refused } from './refusal.ts';
import { ED25519_SIGNATURE_BYTES, type SignatureChecks } from './signature.ts';

/** A signature that verified, with its line of the note. `time` (seconds since 1970) only for cosignatures. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  readonly line: NoteSignature;
  readonly time?: bigint;
}

/**
 * A note whose text may be believed as far as its verified signers are. Where the only signers are ML-DSA-44 cosigners, that is
 * origin, size and root: they do not sign extension lines.
 */
export interface OpenedNote {
  readonly text: string;
  readonly verified: readonly VerifiedSignature[];
}

/**
 * Takes a note apart and checks it against known keys. Signatures by unknown keys are ignored. A signature that carries name and id of
 * known keys but verifies with none of them refuses the whole note; so does a note without any verified signature (C2SP signed-note).
 * Several keys may share name and id: all are tried. A key counts once, by its first verified signature.
 */
export function openNote(note: Uint8Array | string, keys: readonly VerifierKey[], checks: SignatureChecks): Outcome<OpenedNote> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const { text, signatures } = parsed.value;
  const verified: VerifiedSignature[] = [];
  for (const line of signatures) {
    const candidates = keys.filter((key) => key.name === line.name && key.id === line.id);
    if (candidates.length === 0) continue;
    const signer = firstSigner({ text, line }, candidates, checks);
    if (signer === undefined) return refused('note-signature', `signature by ${line.name} does not verify`);
    if (!verified.some(({ key }) => key === signer.key)) verified.push(signer);
  }
  return verified.length > 0 ? found({ text, verified }) : refused('note-unsigned', 'no signature by a known key');
}

function firstSigner(
  signed: { readonly text: string; readonly line: NoteSignature },
  candidates: readonly VerifierKey[],
  checks: SignatureChecks,
): VerifiedSignature | undefined {
  const { text, line } = signed;
  for (const key of candidates) {
    if (key.kind === NOTE_SIGNATURE) {
      const { signature } = line;
      const fits = signature.length === ED25519_SIGNATURE_BYTES && checks.ed25519(key.publicKey, utf8(text), signature);
      if (fits) return { key, line };
      continue;
    }
    const time = verifyCosignature(signed, key, checks);
    if (time !== undefined) return { key, line, time };
  }
  return undefined;
}
