import { fromBase64 } from '@comity/core';
import { openShareOf, recoverIdentity, sealWhole, writeShare } from '@comity/seal/browser';

/** The header that holds the shares, what opens ours, and whom it is for. */
export interface OwnShareAsk {
  /** Base64. */
  readonly header: string;
  readonly identity: string;
  readonly passphrase: string;
  readonly recipient: string;
}

/** Our share, sealed to that office, or the code of a refusal. */
export type OwnShareWord = { readonly share: Uint8Array<ArrayBuffer> } | { readonly refused: string };

addEventListener('message', ({ data }: MessageEvent<OwnShareAsk>) => {
  take(data).then(
    (word) => postMessage(word),
    () => postMessage({ refused: 'internal' } satisfies OwnShareWord),
  );
});

/** Passphrase, identity and the share itself never leave this worker: what does opens only for the other office. */
async function take({ header, identity: kept, passphrase, recipient }: OwnShareAsk): Promise<OwnShareWord> {
  const identity = await recoverIdentity(kept, passphrase);
  if (!identity.ok) return { refused: identity.refusal.code };
  const share = await openShareOf(fromBase64(header), identity.value);
  if (!share.ok) return { refused: share.refusal.code };
  const sealed = await sealWhole(writeShare(share.value), [recipient]);
  return sealed.ok ? { share: new Uint8Array(sealed.value) } : { refused: sealed.refusal.code };
}
