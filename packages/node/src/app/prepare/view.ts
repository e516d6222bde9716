import { ok, type Result } from '@comity/core';
import { factsOfClass, scannedClasses } from '@comity/prepare';
import type { DatasetsView, DatasetView, DatasetWork, PreparationView, ScanView } from '../../apiPreparation.ts';
import { type Dataset, listDatasets } from '../../store/datasets.ts';
import { liveOffers } from '../../store/offers.ts';
import { type Preparation, preparationsOf } from '../../store/preparations.ts';
import type { House, Person } from '../house.ts';
import { ledgerOf } from './budget.ts';
import { datasetOf } from './datasets.ts';
import type { KeptScan } from './findings.ts';
import { keepsBudgets, prepares } from './who.ts';

/** Everything that may be prepared here. */
export async function datasetsView(house: House, person: Person): Promise<DatasetsView> {
  const datasets = (await listDatasets(house.db)).map(viewOf);
  const catalogue = [...new Set(house.catalogue.map(({ dataset }) => dataset))];
  const live = await liveOffers(house.db, house.now());
  const offers = live.flatMap(({ id, dataset, kind, offered: name, offeredUntil: until, keptUntil }) =>
    name === null || until === null || keptUntil === null ? [] : [{ preparation: id, dataset, kind, name, until, keptUntil }],
  );
  return { datasets, catalogue, buckets: house.buckets.names, offers, may: mayOf(person) };
}

/** A dataset with all that was made of it. Errors: `not-found`. */
export async function datasetWork(house: House, person: Person, id: string): Promise<Result<DatasetWork>> {
  const found = await datasetOf(house, id);
  if (!found.ok) return found;
  const [preparations, ledger] = await Promise.all([preparationsOf(house.db, id), ledgerOf(house, found.value.population)]);
  return ok({
    dataset: viewOf(found.value),
    preparations: preparations.map(preparationView),
    ledger,
    safeHarbor: proposed(found.value),
    may: mayOf(person),
  });
}

/** What was found, each class with the rules that it falls under. */
function scanView(scan: Dataset['scan']): ScanView | null {
  // Parser: scanDataset kept it.
  const kept = scan as KeptScan | null;
  if (kept === null || 'refused' in kept) return kept;
  const columns = kept.columns.map((column) => ({
    ...column,
    classes: column.classes.map((finding) => ({ ...finding, regimes: factsOfClass(finding.class).regimes })),
  }));
  return { rows: kept.rows, header: kept.header, columns };
}

/** What the scan proposes for Safe Harbor; nothing where it could not look, or found no header. */
function proposed({ scan, source }: Dataset): DatasetWork['safeHarbor'] {
  // Parser: scanDataset kept it.
  const kept = scan as KeptScan | null;
  if (kept === null || 'refused' in kept) return null;
  const classes = scannedClasses(kept, source);
  return classes.ok ? classes.value : null;
}

function mayOf(person: Person): DatasetsView['may'] {
  return { prepare: prepares(person).ok, budget: keepsBudgets(person).ok };
}

function viewOf({ source, scan, ...rest }: Dataset): DatasetView {
  const { format, bytes, sha256, columns } = source;
  return { ...rest, format, bytes, sha256, columns, scan: scanView(scan) };
}

export function preparationView({
  population: _population,
  output,
  entry: _entry,
  salt: _salt,
  offered,
  offeredUntil,
  withdrawn,
  keptUntil,
  findings: _findings,
  ...rest
}: Preparation): PreparationView {
  const offer =
    offered === null || offeredUntil === null || keptUntil === null
      ? null
      : { name: offered, until: offeredUntil, withdrawn, keptUntil };
  return { ...rest, offered: offer, output: output === null ? null : { size: output.size, sha256: output.sha256 } };
}
