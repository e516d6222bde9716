import type { DatasetWork, PreparationView, ScanView } from '@comity/node/api';
import type { Actor } from './actor.ts';

/** Drops a CSV file in; gives the dataset's id. */
export async function handInDataset(
  actor: Actor,
  {
    name,
    population,
    content,
  }: { readonly name: string; readonly population: string; readonly content: string | Uint8Array<ArrayBuffer> },
): Promise<string> {
  const query = new URLSearchParams({ name, population, format: 'csv' });
  const init = { method: 'POST', headers: { 'content-type': 'application/vnd.comity.dataset' }, body: content };
  const answer = await actor.call(`/api/datasets?${query}`, init);
  return ((await answer.json()) as { dataset: string }).dataset;
}

/** Waits until a preparation has come to an end. */
export async function endOf(actor: Actor, dataset: string, preparation: string): Promise<PreparationView> {
  const started = Date.now();
  for (;;) {
    const { preparations } = await actor.get<DatasetWork>(`/api/datasets/${dataset}`);
    const found = preparations.find(({ id }) => id === preparation);
    if (found !== undefined && !['waiting', 'running'].includes(found.state)) return found;
    if (Date.now() - started > 120_000) throw new Error(`preparation ${preparation} does not end (${found?.state})`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Waits until a dataset was looked through: before that nothing made of it can be offered. */
export async function scanned(actor: Actor, dataset: string): Promise<DatasetWork['dataset']> {
  const started = Date.now();
  for (;;) {
    const { dataset: found } = await actor.get<DatasetWork>(`/api/datasets/${dataset}`);
    if (found.scan !== null) return found;
    if (Date.now() - started > 60_000) throw new Error(`dataset ${dataset} is not looked through`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Takes up a dataset of the catalogue and waits until it was looked through. */
export async function scanOf(actor: Actor, name: string): Promise<Extract<ScanView, { columns: unknown }>> {
  const { dataset } = await actor.post<{ dataset: string }>('/api/datasets/catalogued', { dataset: name });
  const { scan } = await scanned(actor, dataset);
  if (scan === null || !('columns' in scan)) throw new Error(`${name} could not be looked through`);
  return scan;
}
