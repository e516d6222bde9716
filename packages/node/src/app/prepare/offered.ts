import type { Facts } from '@comity/core';
import type { Catalogue, DatasetEntry } from '@comity/prepare';
import { liveOffers, offerNamed } from '../../store/offers.ts';
import type { Preparation } from '../../store/preparations.ts';
import type { House } from '../house.ts';
import { columnsIn } from './findings.ts';

/** All that cases may ask this holder for now: its catalogue, and what was prepared here and is offered under a name. */
export async function catalogueOf(house: House): Promise<Catalogue> {
  const offered = await liveOffers(house.db, house.now());
  return [...house.catalogue, ...offered.flatMap(datasetIn)];
}

/** A dataset by its name, for a plan that was decided: an offer that was withdrawn since, or has ended, is still what was decided on. Undefined when its file is gone. */
export async function decidedOn(house: House, name: string): Promise<DatasetEntry | undefined> {
  const standing = house.catalogue.find(({ dataset }) => dataset === name);
  if (standing !== undefined) return standing;
  const offered = await offerNamed(house.db, name);
  return offered === undefined ? undefined : datasetIn(offered)[0];
}

/** What was prepared leaves as it is: whoever prepared it has chosen its columns. */
function datasetIn({ offered, output, report }: Preparation): readonly DatasetEntry[] {
  if (offered === null || output === null) return [];
  return [
    {
      dataset: offered,
      path: output.path,
      format: 'csv',
      category: 'records',
      identifiers: {},
      columns: columnsIn(report).map((name) => ({ name, keep: true, reason: 'needed-for-purpose' })),
    },
  ];
}

/**
 * The form that each way to prepare data gives them, in the words of the law of transfers. Whether somebody knows that what is left could identify a person
 * (`data.reidentification_known`) stays open: a person says that.
 */
export const FORMS: Readonly<Record<string, Facts>> = {
  synthesise: { 'data.form': 'synthetic' },
  deidentify: { 'data.form': 'deidentified' },
};
