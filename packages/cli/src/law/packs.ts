import { join } from 'node:path';
import { loadPack, MAX_PACK_BYTES, type Pack, type Vocabulary } from '@comity/assess';
import { ok, type Result, refuse } from '@comity/core';
import { parseJson, readText } from '../output.ts';
import { schemaCheck } from './checkschema.ts';
import { compileVocabularies, readChecked, vocabularyOf, within, yamlFiles } from './compilepacks.ts';
import { readYaml } from './readyaml.ts';

/** A pack with the vocabulary in which it is written. */
export interface WrittenPack {
  readonly pack: Pack;
  readonly vocabulary: Vocabulary;
}

/** The packs that stand in law/regimes, or those of them that are named. Errors: `not-found` for a name, `pack-invalid` for a file. */
export async function writtenPacks(lawDir: string, only: readonly string[]): Promise<Result<readonly WrittenPack[]>> {
  const read = await compileVocabularies(lawDir);
  if (!read.ok) return read;
  const vocabularies = read.value.map(({ vocabulary }) => vocabulary);
  const check = await schemaCheck(join(lawDir, 'schema', 'pack.schema.json'));
  const files = await yamlFiles(join(lawDir, 'regimes'));
  const strange = only.find((id) => !files.includes(`${id}.yaml`));
  if (strange !== undefined) return refuse('not-found', strange);
  const packs: WrittenPack[] = [];
  for (const name of files.filter((file) => only.length === 0 || only.includes(file.replace(/\.yaml$/, '')))) {
    const file = join(lawDir, 'regimes', name);
    const json = await readChecked(file, check);
    if (!json.ok) return json;
    const pack = packOf(json.value, vocabularies, file);
    if (!pack.ok) return pack;
    packs.push(pack.value);
  }
  return ok(packs);
}

/** One pack from a file of somebody's, YAML or JSON, read as foreign input. */
export async function readPackFile(file: string, vocabularies: readonly Vocabulary[]): Promise<Result<WrittenPack>> {
  const text = readText(file);
  if (!text.ok) return text;
  if (text.value.length > MAX_PACK_BYTES) return refuse('pack-too-large', file, { bytes: text.value.length });
  const json = /\.ya?ml$/.test(file) ? await readYaml(file) : parseJson(text.value, file);
  return json.ok ? packOf(json.value, vocabularies, file) : json;
}

function packOf(json: unknown, vocabularies: readonly Vocabulary[], file: string): Result<WrittenPack> {
  const vocabulary = vocabularyOf(json, vocabularies);
  if (vocabulary === undefined) return refuse('pack-invalid', `${file}: vocabulary`, { reason: 'no such vocabulary' });
  const pack = loadPack(json, vocabulary);
  return pack.ok ? ok({ pack: pack.value, vocabulary }) : within(file, pack);
}
