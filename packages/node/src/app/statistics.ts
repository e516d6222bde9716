import { type CountedCase, definitionsIn, type Statistics, statisticsOf } from '@comity/verify/statistics';
import { sha256Hex } from '../keys/crypto.ts';
import { actsOf } from '../store/acts.ts';
import { casesUnder, type StoredCase } from '../store/cases.ts';
import type { House } from './house.ts';
import { identifierOf } from './identify.ts';
import type { PrintLanguage } from './words.ts';

const COUNTED = ['eu.epoc', 'eu.epoc-pr'];

/** The figures of a year with their definitions: they are one document. */
export interface StatisticsView extends Statistics {
  readonly party: string;
  readonly definitions: Readonly<Record<string, string>>;
}

/** The statistics of article 28(2) over the cases that this party holds, from their acts. Identifiers are only counted, in memory, and not kept. */
export async function statistics(
  house: House,
  ask: { readonly year: number; readonly language: PrintLanguage },
): Promise<StatisticsView> {
  const salt = house.random(32);
  const cases: CountedCase[] = [];
  for (const stored of await casesUnder(house.db, COUNTED)) cases.push(await counted(house, stored, salt));
  const figures = statisticsOf(cases, { year: ask.year, zone: house.party.zone, now: house.now() });
  return { ...figures, party: house.party.id, definitions: definitionsIn(ask.language) };
}

async function counted(house: House, { id, procedure, state }: StoredCase, salt: Uint8Array): Promise<CountedCase> {
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, id, house.subjects));
  const known = state.items.map(({ item }) => [item.id, identifierOf(acts, item)] as const);
  const named = known.flatMap(([item, found]) =>
    found.ok ? [[item, sha256Hex(Buffer.concat([salt, Buffer.from(JSON.stringify(found.value))]))] as const] : [],
  );
  return { procedure, state, ...(named.length === known.length ? { identifiers: new Map(named) } : {}) };
}
