import { toBase64 } from '@comity/core';
import { readHeaderOf, recoverIdentity, rewrapHeader } from '@comity/seal/browser';

/** Where the sealed file is, what opens its header, and whom the new one is for. */
export interface HeaderAsk {
  readonly path: string;
  readonly identity: string;
  readonly passphrase: string;
  readonly recipient: string;
}

/** The new header, base64, or the code of a refusal. */
export type HeaderWord = { readonly header: string } | { readonly refused: string };

addEventListener('message', ({ data }: MessageEvent<HeaderAsk>) => {
  make(data).then(
    (word) => postMessage(word),
    () => postMessage({ refused: 'internal' } satisfies HeaderWord),
  );
});

/** Passphrase, identity and file key never leave this worker; the payload is not even fetched to its end. */
async function make({ path, identity: kept, passphrase, recipient }: HeaderAsk): Promise<HeaderWord> {
  const identity = await recoverIdentity(kept, passphrase);
  if (!identity.ok) return { refused: identity.refusal.code };
  const answer = await fetch(path, { credentials: 'same-origin' }).catch(() => undefined);
  if (answer?.ok !== true || answer.body === null) return { refused: answer === undefined ? 'unreachable' : 'payload-missing' };
  const header = await readHeaderOf(answer.body);
  const made = header.ok ? await rewrapHeader(header.value, { identity: identity.value, recipients: [recipient] }) : header;
  return made.ok ? { header: toBase64(made.value) } : { refused: made.refusal.code };
}
