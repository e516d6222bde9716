import { join } from 'node:path';
import { loadGate, type Vocabulary } from '@comity/assess';
import { isJsonObject, type JsonObject, ok, type Result, refuse } from '@comity/core';
import type { Artefact } from './artefact.ts';
import { vocabularyOf, within, yamlFiles } from './compilepacks.ts';
import { readYaml } from './readyaml.ts';

/**
 * Reads every file in law/gates. A gate that `uses` a regime takes over that regime's sources, regions and definitions, so that gate and
 * regime cannot drift apart. Errors: `pack-invalid` with file, place and reason.
 */
export async function compileGateFiles(
  lawDir: string,
  vocabularies: readonly Vocabulary[],
): Promise<Result<readonly Artefact[]>> {
  const artefacts: Artefact[] = [];
  for (const name of await yamlFiles(join(lawDir, 'gates'))) {
    const file = join(lawDir, 'gates', name);
    const json = await readYaml(file);
    if (!json.ok) return json;
    const whole = await withRegime(lawDir, json.value);
    if (!whole.ok) return within(file, whole);
    const vocabulary = vocabularyOf(whole.value, vocabularies);
    if (vocabulary === undefined) return refuse('pack-invalid', `${file}: vocabulary`, { reason: 'no such vocabulary' });
    const gate = loadGate(whole.value, vocabulary);
    if (!gate.ok) return within(file, gate);
    const { gate: id, version, reviewed } = gate.value;
    if (`${id}.yaml` !== name) return refuse('pack-invalid', `${file}: gate`, { reason: 'file name and gate differ' });
    const signed = reviewed.by.length > 0 && reviewed.on !== null;
    artefacts.push({ id: `gate.${id}`, kind: 'gate', version, reviewed: signed, json: whole.value });
  }
  return ok(artefacts);
}

async function withRegime(lawDir: string, json: unknown): Promise<Result<unknown>> {
  if (!isJsonObject(json) || typeof json['uses'] !== 'string') return ok(json);
  const regime = await readYaml(join(lawDir, 'regimes', `${json['uses']}.yaml`));
  if (!regime.ok) return regime;
  const base = isJsonObject(regime.value) ? regime.value : {};
  const twice = taken(base, json);
  if (twice !== undefined) return refuse('pack-invalid', `define.${twice}`, { reason: 'the regime has this definition' });
  return ok({
    ...json,
    sources: { ...part(base, 'sources'), ...part(json, 'sources') },
    regions: { ...part(base, 'regions'), ...part(json, 'regions') },
    define: { ...plain(part(base, 'define')), ...part(json, 'define') },
  });
}

function part(json: JsonObject, key: string): JsonObject {
  const value = json[key];
  return isJsonObject(value) ? value : {};
}

/** A word means the same in the gate as in the regime. */
function taken(base: JsonObject, json: JsonObject): string | undefined {
  return Object.keys(part(json, 'define')).find((name) => name in part(base, 'define'));
}

/** Definitions without their examples, which the regime's own build has run. */
function plain(define: JsonObject): JsonObject {
  const bare = Object.entries(define).map(([name, value]) => {
    const { examples: _run, ...rest } = isJsonObject(value) ? value : {};
    return [name, rest] as const;
  });
  return Object.fromEntries(bare);
}
