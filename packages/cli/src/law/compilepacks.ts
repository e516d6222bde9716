import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExampleFailure, loadPack, loadVocabulary, type Pack, runExamples, type Vocabulary } from '@comity/assess';
import { isJsonObject, type JsonObject, ok, type Result, refuse } from '@comity/core';
import type { Artefact } from './artefact.ts';
import { type SchemaCheck, schemaCheck } from './checkschema.ts';
import { readYaml } from './readyaml.ts';

export interface CompiledVocabulary {
  readonly vocabulary: Vocabulary;
  readonly artefact: Artefact;
}

/** The files of words: of transfers, and of requests between authorities. The second has the places of the first. */
const VOCABULARIES = ['vocabulary', 'cooperation'] as const;

/** Reads and checks the vocabularies in law/. */
export async function compileVocabularies(lawDir: string): Promise<Result<readonly CompiledVocabulary[]>> {
  const check = await schemaCheck(join(lawDir, 'schema', 'vocabulary.schema.json'));
  const compiled: CompiledVocabulary[] = [];
  let places: JsonObject = {};
  for (const id of VOCABULARIES) {
    const file = join(lawDir, `${id}.yaml`);
    const read = await readChecked(file, check);
    if (!read.ok) return read;
    const json = isJsonObject(read.value) ? { ...places, ...read.value } : read.value;
    const vocabulary = loadVocabulary(json);
    if (!vocabulary.ok) return within(file, vocabulary);
    if (isJsonObject(json)) places = pick(json, ['countries', 'subdivisions']);
    const version = Number(vocabulary.value.id.split('@')[1]);
    compiled.push({ vocabulary: vocabulary.value, artefact: { id, kind: 'vocabulary', version, reviewed: false, json } });
  }
  return ok(compiled);
}

function pick(json: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([key]) => keys.includes(key)));
}

/** Reads and checks every file in law/regimes, and runs its examples. */
export async function compilePacks(lawDir: string, vocabularies: readonly Vocabulary[]): Promise<Result<readonly Artefact[]>> {
  const check = await schemaCheck(join(lawDir, 'schema', 'pack.schema.json'));
  const artefacts: Artefact[] = [];
  for (const name of await yamlFiles(join(lawDir, 'regimes'))) {
    const file = join(lawDir, 'regimes', name);
    const json = await readChecked(file, check);
    if (!json.ok) return json;
    const vocabulary = vocabularyOf(json.value, vocabularies);
    if (vocabulary === undefined) return refuse('pack-invalid', `${file}: vocabulary`, { reason: 'no such vocabulary' });
    const pack = loadPack(json.value, vocabulary);
    if (!pack.ok) return within(file, pack);
    const [failure] = runExamples(pack.value, vocabulary);
    if (failure !== undefined) return refuse('pack-invalid', `${file}: ${failure.rule}`, { reason: sentenceOf(failure) });
    if (`${pack.value.id}.yaml` !== name)
      return refuse('pack-invalid', `${file}: pack`, { reason: 'file name and pack id differ' });
    artefacts.push(artefactOf(pack.value));
  }
  return ok(artefacts);
}

/** The vocabulary in which a pack says it is written. */
export function vocabularyOf(pack: unknown, vocabularies: readonly Vocabulary[]): Vocabulary | undefined {
  return vocabularies.find(({ id }) => isJsonObject(pack) && pack['vocabulary'] === id);
}

/** YAML files of a folder, sorted; none when there is no such folder. */
export async function yamlFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => name.endsWith('.yaml')).sort();
}

/** Reads a YAML file and checks it against a schema. */
export async function readChecked(file: string, check: SchemaCheck): Promise<Result<unknown>> {
  const json = await readYaml(file);
  return json.ok ? check(json.value, file) : json;
}

/** Puts the file's name before the field of a refusal. */
export function within(file: string, refused: Extract<Result<unknown>, { ok: false }>): Result<never> {
  const { refusal } = refused;
  return { ok: false, refusal: { ...refusal, field: `${file}: ${refusal.field ?? ''}` } };
}

function artefactOf(pack: Pack): Artefact {
  const reviewed = pack.reviewed.by.length > 0 && pack.reviewed.on !== null;
  return { id: pack.id, kind: 'pack', version: pack.version, reviewed, json: pack.json };
}

function sentenceOf(failure: ExampleFailure): string {
  return `example "${failure.example}": expected ${failure.expected}, found ${failure.found}`;
}
