import type { UnsealingView } from '@comity/node/api';
import { Refusal } from '../../api/client.ts';
import { sealedPath, unsealingOf } from '../../api/queries.ts';
import type { Opening } from './openDelivery.ts';
import type { HeaderAsk, HeaderWord } from './share.worker.ts';

/** A header of a delivery for the office that it may be passed on to, base64. */
export interface MadeHeader {
  readonly header: string;
  readonly to: NonNullable<UnsealingView['onward']>;
}

/** Makes it in a worker of this page, from the beginning of the sealed file. Throws a Refusal where nobody may have it, or the passphrase is another one. */
export async function headerFor(ask: Opening): Promise<MadeHeader> {
  ask.step('fetching');
  const means = await unsealingOf(ask.case, ask.item, ask.purpose);
  const { onward: to, identity } = means;
  if (to === undefined) throw new Refusal({ code: 'act-not-allowed', values: { because: 'onward-not-permitted', cite: '' } });
  ask.step('key');
  const job = { path: sealedPath(ask.case, ask.item), identity, passphrase: ask.passphrase, recipient: to.recipient };
  return { header: await inWorker(job), to };
}

function inWorker(job: HeaderAsk): Promise<string> {
  const worker = new Worker(new URL('./share.worker.ts', import.meta.url), { type: 'module' });
  const made = new Promise<string>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<HeaderWord>) => {
      if ('header' in data) resolve(data.header);
      else reject(new Refusal({ code: data.refused }));
    });
    worker.addEventListener('error', () => reject(new Refusal({ code: 'internal' })));
    worker.postMessage(job);
  });
  return made.finally(() => worker.terminate());
}
