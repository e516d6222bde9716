import type { Plan } from '@comity/prepare';
import { DuckDBInstance } from '@duckdb/node-api';

/** Identifiers in the claims by the letters of 45 CFR 164.514(b)(2)(i). */
export const SAFE_HARBOR_COLUMNS: Readonly<Record<string, string>> = {
  patient_name: 'A',
  street: 'B',
  city: 'B',
  zip: 'B',
  birth_date: 'C',
  service_date: 'C',
  phone: 'D',
  mrn: 'H',
  claim_id: 'R',
  note: 'R',
};

const MENDED_BY: Readonly<Record<string, readonly string[]>> = { B: ['zip3'], C: ['year', 'ageTop90'] };

/** What an assessment wants to know about the claims, before and after a projection; derived from the data, so it is a release of its own. */
export interface ClaimsFacts {
  readonly rows: number;
  /** Different patients. */
  readonly people: number;
  readonly serviceFrom: string;
  readonly serviceTo: string;
  /** Letters of the Safe Harbor's identifiers that the source holds. */
  readonly identifiersBefore: readonly string[];
  /** Those that are left after the projection. */
  readonly identifiersAfter: readonly string[];
  /**
   * Columns that leave as keyed tokens. A token is derived from the identifier, so the Safe Harbor does not cover it by itself
   * (45 CFR 164.514(c)(1)): an expert's determination or a limited data set stands behind it.
   */
  readonly tokens: readonly string[];
}

/** Facts of the claims under a plan made from the claims catalogue. Throws when the file cannot be read: buildDatasets made it. */
export async function claimsFacts(path: string, plan: Plan): Promise<ClaimsFacts> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    const sql = 'SELECT count(*), count(DISTINCT mrn), min(service_date), max(service_date) FROM read_parquet($1)';
    const [row = []] = (await connection.runAndReadAll(sql, [path])).getRowsJson();
    return {
      rows: Number(row[0]),
      people: Number(row[1]),
      serviceFrom: String(row[2]),
      serviceTo: String(row[3]),
      ...identifiersIn(plan),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function identifiersIn(plan: Plan): Pick<ClaimsFacts, 'identifiersBefore' | 'identifiersAfter' | 'tokens'> {
  const before = new Set(Object.values(SAFE_HARBOR_COLUMNS));
  const after = new Set<string>();
  for (const { name, transform } of plan.columns) {
    const letter = SAFE_HARBOR_COLUMNS[name];
    if (letter === undefined || transform.op === 'token' || MENDED_BY[letter]?.includes(transform.op)) continue;
    after.add(letter);
  }
  const tokens = plan.columns.filter(({ transform }) => transform.op === 'token').map(({ name }) => name);
  return { identifiersBefore: [...before].sort(), identifiersAfter: [...after].sort(), tokens };
}
