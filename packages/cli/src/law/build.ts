import { mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result, refuse } from '@comity/core';
import { type Artefact, artefactText, indexText } from './artefact.ts';
import { compilePacks, compileVocabularies } from './compilepacks.ts';
import { compileProcedures } from './compileprocedures.ts';

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
export async function buildLaw(options: { readonly lawDir: string; readonly check: boolean }): Promise<Result<LawBuild>> {
  const artefacts = await compileAll(options.lawDir);
  if (!artefacts.ok) return artefacts;
  const wanted = new Map(artefacts.value.map((artefact) => [`${artefact.id}.json`, artefactText(artefact)]));
  wanted.set('index.json', indexText(artefacts.value));
  const packsDir = join(options.lawDir, 'packs');
  await mkdir(packsDir, { recursive: true });
  const changed = await differing(packsDir, wanted);
  if (options.check && changed.length > 0)
    return refuse('pack-invalid', join(packsDir, changed[0] ?? ''), { reason: 'stale: build the law again' });
  for (const name of changed) await replace(join(packsDir, name), wanted.get(name));
  return ok({ artefacts: artefacts.value, changed });
}

async function compileAll(lawDir: string): Promise<Result<readonly Artefact[]>> {
  const vocabularies = await compileVocabularies(lawDir);
  if (!vocabularies.ok) return vocabularies;
  const packs = await compilePacks(
    lawDir,
    vocabularies.value.map(({ vocabulary }) => vocabulary),
  );
  if (!packs.ok) return packs;
  const procedures = await compileProcedures(lawDir);
  if (!procedures.ok) return procedures;
  const all = [...vocabularies.value.map(({ artefact }) => artefact), ...packs.value, ...procedures.value];
  const twice = all.find((artefact, i) => all.findIndex((other) => other.id === artefact.id) !== i);
  return twice === undefined ? ok(all) : refuse('pack-invalid', twice.id, { reason: 'two files have this id' });
}

/** Names of compiled files whose bytes are not what they should be, and of files that should not be there. */
async function differing(packsDir: string, wanted: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const present = (await readdir(packsDir)).filter((name) => name.endsWith('.json'));
  const surplus = present.filter((name) => !wanted.has(name));
  const stale: string[] = [];
  for (const [name, text] of wanted) {
    const old = present.includes(name) ? await readFile(join(packsDir, name), 'utf8') : undefined;
    if (old !== text) stale.push(name);
  }
  return [...stale, ...surplus].sort();
}

async function replace(file: string, text: string | undefined): Promise<void> {
  await (text === undefined ? unlink(file) : writeFile(file, text));
}
