import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Result } from '@comity/core';
import { compileLaw, type Law } from '../law.ts';
import { loadPack } from '../load.ts';
import { loadVocabulary } from '../loadvocabulary.ts';
import type { Pack } from '../pack.ts';
import type { Vocabulary } from '../vocabulary.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** SHA-256, as the tests hand it in. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

/** A file of the repository, or beside it. */
export function fromRoot(path: string): string {
  return resolve(ROOT, path);
}

/** A committed vocabulary: of transfers, unless the other is asked for. */
export function committedVocabulary(id: 'vocabulary' | 'cooperation' = 'vocabulary'): Vocabulary {
  return must(loadVocabulary(readJson(`law/packs/${id}.json`)));
}

/** Ids of the committed packs written in a vocabulary. */
export function committedIds(vocabulary: Vocabulary): readonly string[] {
  // Parser: the compiler of the law wrote this file.
  const listed = readJson('law/packs/index.json') as readonly { readonly id: string; readonly kind: string }[];
  const packs = listed.filter(({ kind }) => kind === 'pack').map(({ id }) => id);
  return packs.filter((id) => (readJson(`law/packs/${id}.json`) as { vocabulary: string }).vocabulary === vocabulary.id);
}

/** A committed pack. */
export function committedPack(id: string, vocabulary: Vocabulary): Pack {
  return must(loadPack(readJson(`law/packs/${id}.json`), vocabulary));
}

/** The committed packs of the given regimes, or all that are written in a vocabulary, compiled. */
export function committedLaw(ids?: readonly string[], vocabulary: Vocabulary = committedVocabulary()): Law {
  return compileLaw(
    vocabulary,
    (ids ?? committedIds(vocabulary)).map((id) => committedPack(id, vocabulary)),
    sha256,
  );
}

/** The value of a result that must be one. */
export function must<V>(result: Result<V>): V {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(fromRoot(path), 'utf8'));
}
