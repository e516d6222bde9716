import { diffPacks, type Law, type LibraryPack, library, loadPack, type Pack, searchLibrary } from '@comity/assess';
import { isJsonObject, type Json, ok, type Result, refuse } from '@comity/core';
import type { LawDiffView, LibraryHead, LibraryHitView, PackVersion } from '../api.ts';
import type { House, LoadedLaw } from './house.ts';

/** The two bodies of law that a node loads, each in its own words. */
export function lawsOf(law: Pick<LoadedLaw, 'assess' | 'cooperation'>): readonly Law[] {
  return [law.assess, law.cooperation];
}

const shelves = new WeakMap<Law, readonly LibraryPack[]>();

function packsIn(law: Law): readonly LibraryPack[] {
  const known = shelves.get(law) ?? library(law);
  shelves.set(law, known);
  return known;
}

function allPacks({ law }: House): readonly LibraryPack[] {
  return lawsOf(law).flatMap(packsIn);
}

/** Every loaded pack, by its head. */
export function lawHeads(house: House): readonly LibraryHead[] {
  return lawsOf(house.law).flatMap((law) =>
    packsIn(law).map(({ rules, terms, sources, ...head }) => ({
      ...head,
      vocabulary: law.vocabulary.id,
      about: law === house.law.assess ? 'transfers' : 'cooperation',
      from: head.days[0] ?? null,
      rules: rules.length,
      terms: terms.length,
      sources: sources.length,
      read:
        sources
          .flatMap(({ read }) => (read === undefined ? [] : [read]))
          .sort()
          .at(-1) ?? null,
    })),
  );
}

/** One pack, to be read whole. */
export function packInLibrary(house: House, id: string): LibraryPack | undefined {
  return allPacks(house).find((pack) => pack.id === id);
}

const MOST_HITS = 200;

/** The places where every word of a search stands. */
export function searchLaw(house: House, words: string): readonly LibraryHitView[] {
  return searchLibrary(allPacks(house), words).slice(0, MOST_HITS);
}

/** Every version of a pack that was ever applied here, the present one first. */
export function versionsOf({ law }: House, id: string): readonly PackVersion[] {
  const versions = [...law.texts].flatMap(([sha256, text]): readonly PackVersion[] => {
    const json = packJson(text);
    if (json?.['pack'] !== id) return [];
    return [{ sha256, version: Number(json['version']), title: String(json['title']), current: law.current.has(sha256) }];
  });
  return versions.sort((a, b) => Number(b.current) - Number(a.current) || b.version - a.version);
}

/** What differs between two versions that were applied here. */
export function differencesBetween(
  house: House,
  { before, after }: { readonly before: string; readonly after: string },
): Result<LawDiffView> {
  const old = packOfDigest(house, before, 'before');
  if (!old.ok) return old;
  const fresh = packOfDigest(house, after, 'after');
  if (!fresh.ok) return fresh;
  return ok({ before: old.value.version, after: fresh.value.version, differences: diffPacks(old.value, fresh.value) });
}

/** Reads a pack from anywhere, in whichever of our vocabularies it is written. */
export function readPackFor(house: House, json: unknown): Result<{ readonly pack: Pack; readonly law: Law }> {
  const vocabulary = isJsonObject(json) ? json['vocabulary'] : undefined;
  const law = lawsOf(house.law).find((one) => one.vocabulary.id === vocabulary) ?? house.law.assess;
  const pack = loadPack(json, law.vocabulary);
  return pack.ok ? ok({ pack: pack.value, law }) : pack;
}

function packOfDigest(house: House, sha256: string, field: string): Result<Pack> {
  const json = packJson(house.law.texts.get(sha256) ?? '');
  if (json === undefined) return refuse('not-found', field);
  const read = readPackFor(house, json);
  return read.ok ? ok(read.value.pack) : read;
}

/** The JSON of a pack; undefined for a vocabulary, or for nothing. */
function packJson(text: string): Readonly<Record<string, Json>> | undefined {
  if (!text.includes('"pack":')) return undefined;
  const json: unknown = JSON.parse(text);
  return isJsonObject(json) && typeof json['pack'] === 'string' ? json : undefined;
}
