import { ok, type Result, refuse, toInstant, uuid7 } from '@comity/core';
import { checkSource, formatOf, type SourceFormat, type SourceShape, unfoldArrow } from '@comity/prepare';
import { type Dataset, expiredDatasets, findDataset, insertDataset, listDatasets, removeDataset } from '../../store/datasets.ts';
import { forgetOutputs, outputPaths, preparationsOf } from '../../store/preparations.ts';
import type { House, Person } from '../house.ts';
import { sweepOffers } from './offering.ts';

/** A file that was handed in stays so long, in milliseconds. */
const STAYS = 30 * 86_400_000;
/** Bytes of a file that is handed in through a browser; larger ones stand where the catalogue names them. */
export const LARGEST = 2 * 1024 ** 3;

/** What it takes to take data in. */
type Taking = Pick<House, 'db' | 'datasets' | 'buckets' | 'now' | 'random'> & { readonly jobs: Pick<House['jobs'], 'scan'> };

/** What somebody hands in. */
export interface Given {
  /** What people call it. */
  readonly name: string;
  /** Whose data these are. */
  readonly population: string;
  readonly format: SourceFormat | 'arrow';
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Keeps a file and looks whether it can be read; one in Arrow's format is kept as the CSV that it becomes. Errors: `dataset-unreadable`, `body-too-large`, `storage-full`; then nothing is kept. */
export async function takeDataset(house: Taking, person: Person, given: Given): Promise<Result<Dataset>> {
  const id = uuid7(Date.parse(house.now()), house.random(10));
  const file = `${id}.${given.format}`;
  const written = await house.datasets.write(file, given.bytes, LARGEST);
  if (!written.ok) return written;
  const path = house.datasets.pathOf(file);
  const source = given.format === 'arrow' ? await unfolded(house, id, path) : await checkSource(path, given.format, []);
  if (!source.ok || source.value.path !== path) await house.datasets.remove(path);
  return source.ok ? keep(house, { ...given, id, person: person.id, own: true, source: source.value }) : source;
}

/** Takes a file from a bucket that the operator has named. Errors: `field-invalid`, `not-found`, `source-unreachable`, and what takeDataset refuses; then nothing is kept. */
export async function fetchDataset(
  house: Taking,
  person: Person,
  { address, ...about }: { readonly address: string } & Pick<Given, 'name' | 'population'>,
): Promise<Result<Dataset>> {
  const bytes = await house.buckets.read(address);
  if (!bytes.ok) return bytes;
  try {
    return await takeDataset(house, person, { ...about, format: formatOf(address), bytes: unbroken(bytes.value) });
  } catch (error) {
    if (error instanceof BrokeOff) return refuse('source-unreachable', 'address');
    throw error;
  }
}

class BrokeOff extends Error {}

async function* unbroken(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch {
    throw new BrokeOff('a bucket broke off');
  }
}

async function unfolded({ datasets }: Taking, id: string, path: string): Promise<Result<SourceShape>> {
  const output = datasets.pathOf(`${id}.csv`);
  const done = await unfoldArrow({ path, output, most: LARGEST });
  if (!done.ok) return done;
  const source = await checkSource(output, 'csv', []);
  if (!source.ok) await datasets.remove(output);
  return source;
}

/** Prepares one of the holder's own datasets, where it stands. Errors: `not-found`, `dataset-unreadable`. */
export async function openCatalogued(house: House, person: Person, name: string): Promise<Result<Dataset>> {
  const entry = house.catalogue.find(({ dataset }) => dataset === name);
  if (entry === undefined) return refuse('not-found', 'dataset');
  const source = await checkSource(entry.path, entry.format, []);
  if (!source.ok) return source;
  const id = uuid7(Date.parse(house.now()), house.random(10));
  return keep(house, { id, name, population: name, person: person.id, own: false, source: source.value });
}

async function keep(
  house: Taking,
  about: Pick<Dataset, 'id' | 'name' | 'population' | 'person' | 'own'> & { readonly source: SourceShape },
): Promise<Result<Dataset>> {
  const { id, name, population, person, own, source } = about;
  const now = house.now();
  const kept = {
    id,
    name,
    population,
    person,
    own,
    source,
    arrived: now,
    expires: toInstant(Date.parse(now) + STAYS),
    scan: null,
  };
  await house.db.transaction().execute(async (tx) => {
    await insertDataset(tx, kept);
    await house.jobs.scan(tx, id);
  });
  return ok(kept);
}

/** A dataset that is prepared here. Errors: `not-found`. */
export async function datasetOf(house: Pick<House, 'db'>, id: string): Promise<Result<Dataset>> {
  const found = await findDataset(house.db, id);
  return found === undefined ? refuse('not-found', 'dataset') : ok(found);
}

/** What it takes to keep and forget datasets. */
type Keeping = Pick<House, 'db' | 'datasets' | 'now'>;

/** Forgets a dataset; its file goes, and what was made of it, but for what was offered: that stays until the dataset would have gone by itself. Debits stay. Errors: `not-found`, `busy` while something is made of it. */
export async function dropDataset(house: Keeping, id: string): Promise<Result<null>> {
  const found = await datasetOf(house, id);
  if (!found.ok) return found;
  const made = await preparationsOf(house.db, id);
  if (made.some(({ state }) => state === 'waiting' || state === 'running')) return refuse('busy', 'dataset');
  for (const { output, offered } of made) if (output !== null && offered === null) await house.datasets.remove(output.path);
  if (found.value.own) await house.datasets.remove(found.value.source.path);
  await house.db.transaction().execute(async (tx) => {
    await forgetOutputs(tx, id);
    await removeDataset(tx, id);
  });
  return ok(null);
}

/** A file that nothing speaks of goes after so long, in milliseconds: it may be on its way in still. */
const RESTS = 86_400_000;

/** Forgets datasets whose time is over, and files that a power cut has left between disk and database. */
export async function sweepDatasets(house: Keeping): Promise<void> {
  await sweepOffers(house);
  for (const { id } of await expiredDatasets(house.db, house.now())) await dropDataset(house, id);
  const resting = await house.datasets.restingSince(Date.now() - RESTS);
  const known = new Set([...(await listDatasets(house.db)).map(({ source }) => source.path), ...(await outputPaths(house.db))]);
  for (const path of resting) if (!known.has(path)) await house.datasets.remove(path);
}
