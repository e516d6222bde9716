import { fromBase64Url, type Refusal, toHex } from '@comity/core';
import { recoverIdentity, unsealPieces } from '@comity/seal/browser';
import { sha256 } from '@noble/hashes/sha2.js';
import { type GivenShares, joinWith } from './openJoint.ts';

/** Where a sealed delivery is, what opens it, and what its manifest promises. */
export interface SealedDelivery {
  readonly path: string;
  readonly size: number;
  /** The office's protected identity, and the passphrase that opens it. */
  readonly identity: string;
  readonly passphrase: string;
  /** SHA-256 of the sealed file as it is now, hexadecimal. */
  readonly ciphertext: string;
  /** SHA-256 of salt and content, hexadecimal; the salt base64url. */
  readonly plaintext: string;
  readonly salt: string;
  /** Where several open together. */
  readonly joint?: GivenShares;
}

export type OpeningStep = 'fetching' | 'key' | 'opening' | 'comparing' | 'container';

/** The content, once all of it is what the sender signed; else the code of a refusal. */
export type OpenedContent =
  | { readonly content: Uint8Array<ArrayBuffer>; readonly digest: string }
  | { readonly refused: string; readonly field?: string };

/**
 * Fetches a sealed delivery and opens it chunk by chunk: only the content is in memory, once, and nothing of it is given away before its
 * end has come and both digests are those of the manifest.
 */
export async function openSealed(job: SealedDelivery, step: (step: OpeningStep) => void): Promise<OpenedContent> {
  step('key');
  const identity = await recoverIdentity(job.identity, job.passphrase);
  if (!identity.ok) return { refused: identity.refusal.code };
  const opener = job.joint === undefined ? identity : await joinWith(job.joint, job.path, identity.value);
  if (!opener.ok) return refusedBy(opener.refusal);
  step('fetching');
  const answer = await fetch(job.path, { credentials: 'same-origin' }).catch(() => undefined);
  if (answer === undefined) return { refused: 'unreachable' };
  if (!answer.ok || answer.body === null) return { refused: await codeOf(answer) };
  step('opening');
  const sealed = hashed();
  const opened = await unsealPieces(answer.body.pipeThrough(sealed.passing), opener.value);
  if (!opened.ok) return { refused: opened.refusal.code };
  // The sealed file is a little longer than what is in it.
  const content = await gathered(opened.value, job.size);
  if (content === undefined) return { refused: 'payload-altered' };
  step('comparing');
  const digest = toHex(sha256.create().update(fromBase64Url(job.salt)).update(content).digest());
  return sealed.digest() === job.ciphertext && digest === job.plaintext ? { content, digest } : { refused: 'payload-altered' };
}

function refusedBy({ code, field }: Refusal): OpenedContent {
  return field === undefined ? { refused: code } : { refused: code, field };
}

/** Lets bytes pass and keeps their SHA-256. */
function hashed(): { readonly passing: TransformStream<Uint8Array, Uint8Array>; readonly digest: () => string } {
  const hash = sha256.create();
  const passing = new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, controller) => {
      hash.update(piece);
      controller.enqueue(piece);
    },
  });
  return { passing, digest: () => toHex(hash.digest()) };
}

/** A stream in one piece of memory, at most `limit` bytes; undefined when it breaks off or is longer. */
async function gathered(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const whole = new Uint8Array(limit);
  const reader = stream.getReader();
  let used = 0;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      if (used + step.value.length > limit) return undefined;
      whole.set(step.value, used);
      used += step.value.length;
    }
    return whole.subarray(0, used);
  } catch {
    // A chunk that is not authentic, or a connection that broke: what came before it is not used.
    return undefined;
  }
}

async function codeOf(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => undefined);
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' ? body.code : 'internal';
}
