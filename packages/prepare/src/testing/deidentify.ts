import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '@comity/core';
import { checkSource, type SourceShape } from '../check-source.ts';
import { type Deidentified, type DeidentifyOptions, deidentify } from '../deidentify/deidentify.ts';
import type { DeidentifyPlan } from '../deidentify/plan.ts';
import { readDeidentifyPlan } from '../deidentify/readPlan.ts';
import { value } from './files.ts';

/** What the tests of de-identification share: a plan from its JSON, and the way from a file to its result. */
const folder = mkdtempSync(join(tmpdir(), 'comity-deidentify-'));
let count = 0;

/** Adult as a published tool for anonymisation ships it; it lies beside the repository or is not there. */
export const ADULT = join(import.meta.dirname, '../../../../../shared/datasets/adult_arx.csv');

export const ON = '2026-11-26';
export const RESTRICTED = ['036', '059', '203'];
export const KEY = new Uint8Array(32).fill(9);

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

export function planOf(json: unknown): DeidentifyPlan {
  return value(readDeidentifyPlan(json, { on: ON, restrictedZip3: RESTRICTED }));
}

export function outputName(extension = 'csv'): string {
  return join(folder, `${count++}.${extension}`);
}

export async function sourceOf(path: string): Promise<SourceShape> {
  return value(await checkSource(path, path.endsWith('.parquet') ? 'parquet' : 'csv', []));
}

export interface Ran {
  readonly result: Result<Deidentified>;
  readonly output: string;
}

export async function run(path: string, plan: DeidentifyPlan, over: Partial<DeidentifyOptions> = {}): Promise<Ran> {
  const output = over.output ?? outputName();
  const options: DeidentifyOptions = { output, key: KEY, population: undefined, sha256, ...over };
  return { result: await deidentify(await sourceOf(path), plan, options), output };
}

/** The lines of what a plan makes of a file, without the header. */
export async function linesOf(
  path: string,
  plan: DeidentifyPlan,
  over: Partial<DeidentifyOptions> = {},
): Promise<readonly string[]> {
  const { result, output } = await run(path, plan, over);
  value(result);
  return readFileSync(output, 'utf8').trimEnd().split('\r\n').slice(1);
}
