import { join } from 'node:path';
import { isJsonObject, ok, type Result, refuse } from '@comity/core';
import type { Artefact } from './artefact.ts';
import { within, yamlFiles } from './compilepacks.ts';
import { expandProcedure } from './expandprocedure.ts';
import { readYaml } from './readyaml.ts';

type LoadProcedure = (json: unknown) => Result<unknown>;

/** Reads and checks every file in law/procedures with the loader of the procedure package; none when there is no such folder. */
export async function compileProcedures(lawDir: string): Promise<Result<readonly Artefact[]>> {
  const names = await yamlFiles(join(lawDir, 'procedures'));
  if (names.length === 0) return ok([]);
  const load = await procedureLoader();
  const artefacts: Artefact[] = [];
  for (const name of names) {
    const file = join(lawDir, 'procedures', name);
    const short = await readYaml(file);
    if (!short.ok) return short;
    const json = await expandProcedure(file, short.value);
    if (!json.ok) return json;
    const procedure = load(json.value);
    if (!procedure.ok) return within(file, procedure);
    const artefact = artefactOf(json.value);
    if (artefact === undefined) return refuse('pack-invalid', file, { reason: 'procedure and version are missing' });
    if (`${artefact.id}.yaml` !== name) return refuse('pack-invalid', file, { reason: 'file name and procedure id differ' });
    artefacts.push(artefact);
  }
  return ok(artefacts);
}

/** The loader is fetched only when there is something to load, so that the law of transfers can be built alone. */
async function procedureLoader(): Promise<LoadProcedure> {
  const door: unknown = await import('@comity/procedure');
  const load = isJsonObject(door) ? door['loadProcedure'] : undefined;
  if (typeof load !== 'function') throw new Error('@comity/procedure exports no loadProcedure');
  // Its signature is the procedure package's own; a dynamic import carries no type here.
  return load as unknown as LoadProcedure;
}

function artefactOf(json: unknown): Artefact | undefined {
  if (!isJsonObject(json)) return undefined;
  const id = json['procedure'] ?? json['id'];
  const version = json['version'];
  if (typeof id !== 'string' || typeof version !== 'number') return undefined;
  const reviewed = json['reviewed'];
  const by = isJsonObject(reviewed) ? reviewed['by'] : undefined;
  const signed = Array.isArray(by) && by.length > 0 && isJsonObject(reviewed) && typeof reviewed['on'] === 'string';
  return { id, kind: 'procedure', version, reviewed: signed, json };
}
