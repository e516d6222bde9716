import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  compileGates,
  compileLaw,
  type Gates,
  type Law,
  loadGate,
  loadPack,
  loadVocabulary,
  MAX_PACK_BYTES,
  type Pack,
} from '@comity/assess';
import { canonicalJson, isJsonObject, type Json } from '@comity/core';
import { loadProcedure } from '@comity/procedure';
import type { LoadedLaw, LoadedProcedure } from './app/house.ts';
import { sha256, sha256Hex } from './keys/crypto.ts';
import { signerOfLaw } from './lawSignature.ts';

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly sha256: string;
}

/**
 * Loads compiled packs: `index.json` and one canonical JSON file each. A pack whose digest is not the listed one stops the start, and so
 * does an index that none of the trusted signers signed. Without a list of signers the caller answers for the folder.
 */
export function loadLaw(dir: string, signers?: readonly string[]): LoadedLaw {
  if (signers !== undefined && signerOfLaw(dir, signers) === undefined)
    throw new Error(
      `signer-unknown: the packs in ${dir} are not signed by anybody this node trusts. Sign them: comity law sign.`,
    );
  const packs = readIndex(dir).map((entry) => ({ ...entry, written: readPack(dir, entry) }));
  const from = sha256Hex(JSON.stringify(packs));
  if (last?.from !== from) last = { from, law: compile(dir, packs) };
  return last.law;
}

/** The law that was compiled last and the digest of what it was read from: of several nodes in one process, as in the sandbox, the first compiles. */
let last: { readonly from: string; readonly law: LoadedLaw } | undefined;

interface Written extends Listed {
  /** The file as it stands there. */
  readonly written: string;
}

function compile(dir: string, packs: readonly Written[]): LoadedLaw {
  const files = packs.map((pack) => ({ ...pack, ...checkPack(dir, pack) }));
  const lawIn = (id: string): Law => {
    const words = files.find((file) => file.kind === 'vocabulary' && file.id === id);
    if (words === undefined) throw new Error(`${dir} has no ${id}. Run "npm run law".`);
    const vocabulary = orStop(loadVocabulary(words.json), id);
    const packs = files
      .filter((file) => file.kind === 'pack' && isJsonObject(file.json) && file.json['vocabulary'] === vocabulary.id)
      .map((file): Pack => orStop(loadPack(file.json, vocabulary), file.id));
    return compileLaw(vocabulary, packs, sha256);
  };
  const cooperation = lawIn('cooperation');
  const procedures = files
    .filter((file) => file.kind === 'procedure')
    .map((file): [string, LoadedProcedure] => {
      const procedure = orStop(loadProcedure(file.json), file.id);
      return [procedure.id, { procedure, sha256: file.sha256, text: file.text }];
    });
  const texts = files.filter((file) => file.kind !== 'procedure').map((file): [string, string] => [file.sha256, file.text]);
  const archive = new Map(procedures.map(([, loaded]) => [loaded.sha256, loaded]));
  return {
    procedures: new Map(procedures),
    archive,
    assess: lawIn('vocabulary'),
    cooperation,
    gates: gatesIn(files, cooperation),
    texts: new Map(texts),
    current: new Set(texts.map(([digest]) => digest)),
  };
}

function gatesIn(files: readonly (Listed & { readonly json: Json })[], { vocabulary }: Law): Gates {
  const gates = files.filter(({ kind }) => kind === 'gate').map((file) => orStop(loadGate(file.json, vocabulary), file.id));
  return compileGates(vocabulary, gates);
}

function readIndex(dir: string): readonly Listed[] {
  const index: unknown = JSON.parse(readFileSync(join(dir, 'index.json'), 'utf8'));
  const list = isJsonObject(index) && Array.isArray(index['packs']) ? index['packs'] : index;
  if (!Array.isArray(list)) throw new Error(`${dir}/index.json is not a list of packs. Run "npm run law".`);
  return list.map((entry: Json) => {
    if (
      isJsonObject(entry) &&
      typeof entry['id'] === 'string' &&
      typeof entry['kind'] === 'string' &&
      typeof entry['sha256'] === 'string'
    )
      return { id: entry['id'], kind: entry['kind'], sha256: entry['sha256'] };
    throw new Error(`${dir}/index.json has an entry without id, kind or sha256. Run "npm run law".`);
  });
}

function readPack(dir: string, { id }: Listed): string {
  const file = join(dir, `${id}.json`);
  if (statSync(file).size > MAX_PACK_BYTES) throw new Error(`pack-too-large: ${file} has more than ${MAX_PACK_BYTES} bytes.`);
  return readFileSync(file, 'utf8');
}

function checkPack(dir: string, { id, sha256: named, written }: Written): { readonly json: Json; readonly text: string } {
  const json: Json = JSON.parse(written);
  const text = canonicalJson(json);
  if (sha256Hex(text) !== named)
    throw new Error(`The law pack ${id} is not the one that ${dir}/index.json names. Run "npm run law".`);
  return { json, text };
}

function orStop<T>(
  result: { ok: true; value: T } | { ok: false; refusal: { code: string; field?: string; values?: unknown } },
  id: string,
): T {
  if (result.ok) return result.value;
  throw new Error(
    `The law pack ${id} cannot be used: ${result.refusal.code} at ${result.refusal.field ?? 'its root'} ${JSON.stringify(result.refusal.values ?? {})}`,
  );
}
