import { concatBytes, fromBase64Url, toHex } from '@comity/core';
import { recoverIdentity, unsealWhole } from '@comity/seal/browser';

/** What the page hands in: the sealed file, the office's protected identity and its passphrase, and what the manifest promises. */
export interface UnsealJob {
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly identity: string;
  readonly passphrase: string;
  readonly ciphertext: string;
  readonly plaintext: string;
  readonly salt: string;
}

/** Steps as they begin, then the content with its digest, or the code of a refusal. */
export type UnsealWord =
  | { readonly step: 'checking' | 'key' | 'opening' | 'comparing' }
  | { readonly text: string; readonly digest: string }
  | { readonly refused: string };

addEventListener('message', (event: MessageEvent<UnsealJob>) => void unseal(event.data).then((word) => postMessage(word)));

/** Opens a delivery where it is read. Passphrase and key never leave this worker; it ends with the page. */
async function unseal(job: UnsealJob): Promise<UnsealWord> {
  say('checking');
  if ((await sha256(job.sealed)) !== job.ciphertext) return { refused: 'payload-altered' };
  say('key');
  const identity = await recoverIdentity(job.identity, job.passphrase);
  if (!identity.ok) return { refused: identity.refusal.code };
  say('opening');
  const opened = await unsealWhole(job.sealed, identity.value);
  if (!opened.ok) return { refused: opened.refusal.code };
  say('comparing');
  const digest = await sha256(new Uint8Array(concatBytes(fromBase64Url(job.salt), opened.value)));
  if (digest !== job.plaintext) return { refused: 'payload-altered' };
  return { text: new TextDecoder().decode(opened.value), digest };
}

function say(step: 'checking' | 'key' | 'opening' | 'comparing'): void {
  postMessage({ step });
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
