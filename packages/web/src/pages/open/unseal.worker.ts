import type { ContainerReport } from '@comity/formats/container';
import { type OpeningStep, openSealed, type SealedDelivery } from './openSealed.ts';
import { type Delivered, type DeliveredFile, readDelivered, type Trusted } from './readDelivered.ts';

/** What the page asks: first to open a delivery, then for the beginnings of its files. */
export type UnsealAsk =
  | { readonly open: SealedDelivery & Trusted }
  | { readonly read: string; readonly limit: number; readonly id: number };

/** Steps as they begin; what was found, or the code of a refusal; bytes of a file. */
export type UnsealWord =
  | { readonly step: OpeningStep }
  | { readonly digest: string; readonly files: readonly DeliveredFile[]; readonly report?: ContainerReport }
  | { readonly refused: string; readonly field?: string }
  | { readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> };

let delivered: Delivered | undefined;

addEventListener('message', ({ data }: MessageEvent<UnsealAsk>) => {
  // Whatever nobody foresaw, memory that is not there above all: the page must not wait for ever.
  answer(data).catch(() => say({ refused: 'internal' }));
});

/** Opens a delivery where it is read. Passphrase, key and content never leave this worker but for what is shown; it ends with the page. */
async function answer(ask: UnsealAsk): Promise<void> {
  if ('open' in ask) say(await open(ask.open));
  else if (delivered !== undefined) {
    const bytes = new Uint8Array(await delivered.read(ask.read, ask.limit));
    say({ id: ask.id, bytes }, [bytes.buffer]);
  }
}

async function open(job: SealedDelivery & Trusted): Promise<UnsealWord> {
  const opened = await openSealed(job, (step) => say({ step }));
  if ('refused' in opened) return opened;
  say({ step: 'container' });
  const found = await readDelivered(opened.content, job);
  if ('refused' in found) return found;
  delivered = found;
  const { files, report } = found;
  return { digest: opened.digest, files, ...(report === undefined ? {} : { report }) };
}

function say(word: UnsealWord, transfer: Transferable[] = []): void {
  postMessage(word, { transfer });
}
