import { isJsonObject, type JsonObject } from '@comity/core';
import type { ContainerReport } from '@comity/formats/container';
import type { UnsealingView } from '@comity/node/api';
import { Refusal } from '../../api/client.ts';
import { nodeNow } from '../../api/now.ts';
import { sealedPath, unsealingOf } from '../../api/queries.ts';
import type { GivenShares } from './openJoint.ts';
import { holdersIn } from './ownShare.ts';
import type { DeliveredFile } from './readDelivered.ts';
import type { UnsealAsk, UnsealWord } from './unseal.worker.ts';

/** A delivery that was opened on this machine. */
export interface Opened {
  /** SHA-256 of salt and content, as the sender signed it. */
  readonly digest: string;
  readonly files: readonly DeliveredFile[];
  /** What checking the evidence container found; absent where the delivery is none. */
  readonly report?: ContainerReport;
  /** At most `limit` bytes from the beginning of a file. */
  readonly read: (name: string, limit: number) => Promise<Uint8Array<ArrayBuffer>>;
  /** Forgets the content. */
  readonly close: () => void;
}

/** A delivery that is too large for a page: what is needed to open it by other means. */
export interface TooLarge {
  readonly sealedPath: string;
  readonly identity: string;
  readonly size: number;
  /** Where several open together: what says of which shares. */
  readonly manifest?: JsonObject;
}

export interface Opening {
  readonly case: string;
  readonly item: string;
  readonly passphrase: string;
  /** Why, as the list of readings counts it. */
  readonly purpose: string;
  /** Called with each step as it begins. */
  readonly step: (step: string) => void;
  /** Shares of others, where several open together. */
  readonly shares?: readonly File[];
}

/** The largest sealed file that is opened in a page: its content is held in memory, and never on a disk. */
export const OPEN_LIMIT: number = 512 * 1024 * 1024;

/** Fetches a sealed delivery and opens it in a worker of this page. Throws a Refusal when anything is not as the sender signed it. */
export async function openDelivery(ask: Opening): Promise<Opened | TooLarge> {
  ask.step('fetching');
  const means = await unsealingOf(ask.case, ask.item, ask.purpose);
  const path = sealedPath(ask.case, ask.item);
  if (means.size > OPEN_LIMIT) {
    const { identity, size, manifest } = means;
    return { sealedPath: path, identity, size, ...(ask.shares === undefined ? {} : { manifest }) };
  }
  if (textIn(means.manifest, 'ciphertext', 'sha256') !== means.ciphertext) throw new Refusal({ code: 'manifest-invalid' });
  const joint = await jointIn(means.manifest, ask.shares);
  return inWorker(
    { ...jobOf(means), ...joint, path, passphrase: ask.passphrase, now: new Date(nodeNow()).toISOString() },
    ask.step,
  );
}

async function jointIn(manifest: JsonObject, shares: readonly File[] | undefined): Promise<{ readonly joint?: GivenShares }> {
  if (shares === undefined) return {};
  const files = shares.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }));
  return { joint: { files: await Promise.all(files), commitments: holdersIn(manifest).map(({ commitment }) => commitment) } };
}

function jobOf(means: UnsealingView) {
  const { size, identity, sealed: ciphertext, plaintextSalt: salt, evidenceKeys, manifest } = means;
  return { size, identity, ciphertext, salt, evidenceKeys, plaintext: textIn(manifest, 'plaintext', 'digest') };
}

function inWorker(job: Extract<UnsealAsk, { open: unknown }>['open'], step: (step: string) => void): Promise<Opened> {
  const worker = new Worker(new URL('./unseal.worker.ts', import.meta.url), { type: 'module' });
  const reads = new Map<number, (bytes: Uint8Array<ArrayBuffer>) => void>();
  const ask = (word: UnsealAsk): void => worker.postMessage(word);
  const read = (name: string, limit: number): Promise<Uint8Array<ArrayBuffer>> =>
    new Promise((resolve) => {
      const id = reads.size;
      reads.set(id, resolve);
      ask({ read: name, limit, id });
    });
  return new Promise<Opened>((resolve, reject) => {
    const fail = (code: string, field?: string): void => {
      worker.terminate();
      reject(new Refusal(field === undefined ? { code } : { code, field }));
    };
    worker.addEventListener('message', ({ data }: MessageEvent<UnsealWord>) => {
      if ('step' in data) step(data.step);
      else if ('refused' in data) fail(data.refused, data.field);
      else if ('id' in data) reads.get(data.id)?.(data.bytes);
      else resolve({ ...data, read, close: () => worker.terminate() });
    });
    worker.addEventListener('error', () => fail('internal'));
    ask({ open: job });
  });
}

function textIn(manifest: JsonObject, part: string, name: string): string {
  const inner = manifest[part];
  return isJsonObject(inner) && typeof inner[name] === 'string' ? inner[name] : '';
}
