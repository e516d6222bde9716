import { mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ok, type Result, refuse } from '@comity/core';
import { SIGNATURES } from '@comity/node/signature';
import { type Artefact, artefactText, indexText } from './artefact.ts';
import { compileGateFiles } from './compilegates.ts';
import { compilePacks, compileVocabularies } from './compilepacks.ts';
import { compileProcedures } from './compileprocedures.ts';
import { factTypes } from './facttypes.ts';

/** What was built. */
export interface LawBuild {
  readonly artefacts: readonly Artefact[];
  /** Compiled files that were written or removed; empty when all were up to date. */
  readonly changed: readonly string[];
}

/**
 * Compiles law/ (YAML, for people) to law/packs/ (canonical JSON, for everything else): vocabulary, regimes with their examples run,
 * procedures, and an index with the SHA-256 of each. Deterministic. With `check`, nothing is written and stale packs are refused.
 * Errors: `pack-invalid` with file, place and reason.
 */
export async function buildLaw(options: BuildOptions): Promise<Result<LawBuild>> {
  const compiled = await compileAll(options.lawDir);
  if (!compiled.ok) return compiled;
  const { artefacts, types } = compiled.value;
  const packsDir = join(options.lawDir, 'packs');
  const wanted = new Map(artefacts.map((artefact) => [join(packsDir, `${artefact.id}.json`), artefactText(artefact)]));
  wanted.set(join(packsDir, 'index.json'), indexText(artefacts));
  if (options.types !== undefined) wanted.set(options.types, types);
  await mkdir(packsDir, { recursive: true });
  const changed = await differing(packsDir, wanted);
  const [stale] = changed;
  if (options.check && stale !== undefined) return refuse('pack-invalid', stale, { reason: 'stale: build the law again' });
  for (const file of changed) await replace(file, wanted.get(file));
  return ok({ artefacts, changed: changed.map((file) => basename(file)) });
}

export interface BuildOptions {
  readonly lawDir: string;
  /** Write nothing; say what is stale. */
  readonly check: boolean;
  /** Where to put the TypeScript types of the facts. */
  readonly types?: string;
}

async function compileAll(lawDir: string): Promise<Result<{ readonly artefacts: readonly Artefact[]; readonly types: string }>> {
  const vocabularies = await compileVocabularies(lawDir);
  if (!vocabularies.ok) return vocabularies;
  const words = vocabularies.value.map(({ vocabulary }) => vocabulary);
  const packs = await compilePacks(lawDir, words);
  if (!packs.ok) return packs;
  const gates = await compileGateFiles(lawDir, words);
  if (!gates.ok) return gates;
  const procedures = await compileProcedures(lawDir);
  if (!procedures.ok) return procedures;
  const all = [...vocabularies.value.map(({ artefact }) => artefact), ...packs.value, ...gates.value, ...procedures.value];
  const twice = all.find((artefact, i) => all.findIndex((other) => other.id === artefact.id) !== i);
  const types = factTypes(words);
  return twice === undefined
    ? ok({ artefacts: all, types })
    : refuse('pack-invalid', twice.id, { reason: 'two files have this id' });
}

/** Files whose bytes are not what they should be, and compiled files that should not be there: signatures of another index among them. */
async function differing(packsDir: string, wanted: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const [file, text] of wanted) if ((await textOf(file)) !== text) stale.push(file);
  const isSound = (file: string): boolean =>
    wanted.has(file) || (basename(file) === SIGNATURES && !stale.includes(join(packsDir, 'index.json')));
  const present = (await readdir(packsDir)).filter((name) => name.endsWith('.json')).map((name) => join(packsDir, name));
  return [...stale, ...present.filter((file) => !isSound(file))].sort();
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

async function replace(file: string, text: string | undefined): Promise<void> {
  await (text === undefined ? unlink(file) : writeFile(file, text));
}
