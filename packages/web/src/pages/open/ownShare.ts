import { isJsonObject, type JsonObject } from '@comity/core';
import type { ShareView } from '@comity/node/api';
import { Refusal } from '../../api/client.ts';
import { shareOf } from '../../api/queries.ts';
import type { OwnShareAsk, OwnShareWord } from './jointShare.worker.ts';
import type { Opening } from './openDelivery.ts';

/** This office's share, sealed to another holder, and what it was taken out of. */
export interface OwnShare {
  readonly share: Uint8Array<ArrayBuffer>;
  readonly means: ShareView;
}

/** Takes this office's share out of a delivery in a worker of this page, for another holder's office. Throws a Refusal. */
export async function ownShareFor(ask: Opening, to: string): Promise<OwnShare> {
  ask.step('fetching');
  const means = await shareOf(ask.case, ask.item, ask.purpose);
  const recipient = holdersIn(means.manifest).find(({ party }) => party === to)?.recipient;
  if (recipient === undefined) throw new Refusal({ code: 'recipient-unknown' });
  ask.step('key');
  const { header, identity } = means;
  return { share: await inWorker({ header, identity, passphrase: ask.passphrase, recipient }), means };
}

/** The holders that a manifest names, and the commitments of their shares. */
export function holdersIn(
  manifest: JsonObject,
): readonly { readonly party: string; readonly recipient: string; readonly commitment: string }[] {
  const joint = manifest['joint'];
  const holders = isJsonObject(joint) && Array.isArray(joint['holders']) ? joint['holders'] : [];
  return holders.filter(isJsonObject).map((holder) => ({
    party: String(holder['party']),
    recipient: String(holder['recipient']),
    commitment: String(holder['commitment']),
  }));
}

function inWorker(job: OwnShareAsk): Promise<Uint8Array<ArrayBuffer>> {
  const worker = new Worker(new URL('./jointShare.worker.ts', import.meta.url), { type: 'module' });
  const taken = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<OwnShareWord>) => {
      if ('share' in data) resolve(data.share);
      else reject(new Refusal({ code: data.refused }));
    });
    worker.addEventListener('error', () => reject(new Refusal({ code: 'internal' })));
    worker.postMessage(job);
  });
  return taken.finally(() => worker.terminate());
}
