import { isJsonObject, type JsonObject } from '@comity/core';
import { askBytes, Refusal } from '../../api/client.ts';
import { sealedPath, unsealingOf } from '../../api/queries.ts';
import type { UnsealJob, UnsealWord } from './unseal.worker.ts';

/** A delivery that was opened on this machine. */
export interface Opened {
  readonly text: string;
  /** SHA-256 of salt and content, as the sender signed it. */
  readonly digest: string;
}

export interface Opening {
  readonly case: string;
  readonly item: string;
  readonly passphrase: string;
  /** Why, as the list of readings counts it. */
  readonly purpose: string;
  /** Called with each step as it begins. */
  readonly step: (step: string) => void;
}

/** Fetches a sealed delivery and opens it in a worker of this page. Throws a Refusal when anything is not as the sender signed it. */
export async function openDelivery(ask: Opening): Promise<Opened> {
  ask.step('fetching');
  const means = await unsealingOf(ask.case, ask.item, ask.purpose);
  const sealed = await askBytes(sealedPath(ask.case, ask.item));
  const job = {
    sealed,
    identity: means.identity,
    passphrase: ask.passphrase,
    ciphertext: textIn(means.manifest, 'ciphertext', 'sha256'),
    plaintext: textIn(means.manifest, 'plaintext', 'digest'),
    salt: means.plaintextSalt,
  };
  if (job.ciphertext !== means.ciphertext) throw new Refusal({ code: 'manifest-invalid' });
  return inWorker(job, ask.step);
}

function inWorker(job: UnsealJob, step: (step: string) => void): Promise<Opened> {
  const worker = new Worker(new URL('./unseal.worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise<Opened>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<UnsealWord>) => {
      if ('step' in data) step(data.step);
      else if ('refused' in data) reject(new Refusal({ code: data.refused }));
      else resolve(data);
    });
    worker.addEventListener('error', () => reject(new Refusal({ code: 'internal' })));
  });
  worker.postMessage(job, [job.sealed.buffer]);
  return answer.finally(() => worker.terminate());
}

function textIn(manifest: JsonObject, part: string, name: string): string {
  const inner = manifest[part];
  return isJsonObject(inner) && typeof inner[name] === 'string' ? inner[name] : '';
}
