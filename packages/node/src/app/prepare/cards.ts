import { withSightings } from '@comity/assess';
import type { Facts } from '@comity/core';
import type { Catalogue } from '@comity/prepare';
import type { DatasetCard, SeenView } from '../../apiPreparation.ts';
import { actsOf } from '../../store/acts.ts';
import { findCase } from '../../store/cases.ts';
import { liveOffers, offerNamed } from '../../store/offers.ts';
import { allScanned, type Findings } from '../../store/scanned.ts';
import type { House } from '../house.ts';
import { identifierOf } from '../identify.ts';
import { columnsAsTheyAre } from './findings.ts';
import { FORMS } from './offered.ts';

/** What is known of each dataset that cases may ask for: what its card states, with what a scan on this node has seen in the columns that leave as they are. */
export async function datasetCards(house: House): Promise<readonly DatasetCard[]> {
  const scanned = await allScanned(house.db);
  const standing = house.catalogue.map(({ dataset, category }) =>
    cardOf({ dataset, category }, house.factCards[`dataset:${dataset}`], leaving(house.catalogue, dataset, scanned)),
  );
  const offered = (await liveOffers(house.db, house.now())).map(({ offered: name, kind, population, findings }) => {
    const stated = { ...house.factCards[`dataset:${population}`], ...FORMS[kind] };
    return cardOf({ dataset: name ?? '', category: 'records' }, stated, findings ?? undefined);
  });
  return [...standing, ...offered];
}

function cardOf(
  about: Pick<DatasetCard, 'dataset' | 'category'>,
  stated: Facts | undefined,
  findings: Findings | undefined,
): DatasetCard {
  if (findings === undefined || findings.seen.length === 0) return { ...about, facts: stated ?? null, scan: null };
  const { facts, against } = withSightings(stated ?? {}, findings.seen);
  return { ...about, facts, scan: { at: findings.at, sha256: findings.sha256, seen: grouped(findings.seen), against } };
}

/** One line for each thing that was seen, with every column in which it was. */
function grouped(seen: Findings['seen']): SeenView['seen'] {
  const names = new Map<string, SeenView['seen'][number]>();
  for (const { fact, value, column } of seen) {
    const key = `${fact} ${value}`;
    const columns = names.get(key)?.columns ?? [];
    names.set(key, { fact, value, columns: columns.includes(column) ? columns : [...columns, column] });
  }
  return [...names.values()];
}

/** What was found in those columns of a dataset that leave as they are, under every rule by which it may be asked for. */
function leaving(catalogue: Catalogue, name: string, scanned: ReadonlyMap<string, Findings>): Findings | undefined {
  const found = scanned.get(name);
  if (found === undefined) return undefined;
  const entries = catalogue.filter(({ dataset }) => dataset === name);
  const columns = entries.flatMap((entry) =>
    entry.columns.flatMap((rule) => (rule.keep && rule.transform === undefined ? [rule.name] : [])),
  );
  return { ...found, seen: columnsAsTheyAre(found.seen, columns) };
}

/** A dataset of a case in which a scan saw something. */
export interface Seen extends Findings {
  readonly dataset: string;
}

/** What scans of this node have seen in the datasets that a case asks for, also where an offer has ended since. */
export async function seenInCase(house: House, caseId: string): Promise<readonly Seen[]> {
  const names = await datasetsOf(house, caseId);
  const scanned = await allScanned(house.db);
  const seen = await Promise.all(
    names.map(async (dataset) => {
      const found = leaving(house.catalogue, dataset, scanned) ?? (await offerNamed(house.db, dataset))?.findings;
      return found == null ? [] : [{ dataset, ...found }];
    }),
  );
  return seen.flat();
}

async function datasetsOf(house: House, caseId: string): Promise<readonly string[]> {
  const found = await findCase(house.db, caseId);
  if (found === undefined) return [];
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, caseId, house.subjects));
  const identifiers = found.state.items.map(({ item }) => identifierOf(acts, item));
  return [...new Set(identifiers.flatMap((one) => (one.ok && one.value.type === 'dataset' ? [one.value.value] : [])))];
}
