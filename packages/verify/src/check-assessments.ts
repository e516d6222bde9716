import {
  compileLaw,
  type DecisionRecord,
  ENGINE,
  type Law,
  loadPack,
  loadVocabulary,
  type Pack,
  replay,
  type Vocabulary,
  validateFacts,
} from '@comity/assess';
import { addDays, digestJson, type Facts, isDay, isJsonObject, type Json, type JsonObject } from '@comity/core';
import { mayRead, type ReadCase } from './case.ts';
import { type Finding, finding } from './report.ts';
import type { KnownAct, Scene } from './scene.ts';

/** The section in which an assessing act keeps the facts and the record. */
const SECTION = 'assessment';

interface Texts {
  /** Packs and vocabularies whose content has the digest under which they are filed. */
  readonly sound: ReadonlyMap<string, Json>;
  readonly swapped: ReadonlySet<string>;
}

/** Takes every readable assessment of the case again, with the packs of the file, and compares. */
export function checkAssessments(
  scene: Scene,
  read: ReadCase,
): { readonly count: number; readonly findings: readonly Finding[] } {
  const texts = readTexts(scene);
  const swapped = [...texts.swapped].map((pack) => finding('pack-swapped', {}, { pack }));
  const assessing = scene.acts.filter((act) => act.sound && act.body.sections[SECTION] !== undefined);
  const readable = assessing.filter((act) => act.act.openings[SECTION] !== undefined);
  const withheld = assessing.filter(
    (act) => !readable.includes(act) && mayRead(read, { type: act.body.type, party: scene.file.madeBy, section: SECTION }),
  );
  const findings = readable.flatMap((act) => checkAssessment(scene, texts, act));
  const missing = withheld.map(({ body, digest }) =>
    finding('section-withheld', { act: digest, party: body.by.party }, { type: body.type, section: SECTION }),
  );
  return { count: readable.length, findings: [...swapped, ...findings, ...missing] };
}

function readTexts({ file, sha256 }: Scene): Texts {
  const sound = new Map<string, Json>();
  const swapped = new Set<string>();
  for (const [digest, json] of Object.entries(file.law))
    if (digestJson(json, sha256) === digest) sound.set(digest, json);
    else swapped.add(digest);
  return { sound, swapped };
}

function checkAssessment(scene: Scene, texts: Texts, { act, body, digest }: KnownAct): readonly Finding[] {
  const about = { act: digest, party: body.by.party };
  const value = act.openings[SECTION]?.value;
  const section = isJsonObject(value) ? value : {};
  const { facts, record } = section;
  if (!isRecord(record) || !isJsonObject(facts)) return [finding('assessment-unreadable', about, { type: body.type })];
  const said = checkSaid(record, body, about);
  if (record['engine'] !== ENGINE)
    return [...said, finding('engine-unknown', about, { engine: String(record['engine']).slice(0, 100) })];
  const law = lawOf(scene, texts, record);
  if (!('vocabulary' in law)) return [...said, ...law.missing.map((pack) => finding('pack-missing', about, { pack }))];
  const known = validateFacts(law.vocabulary, facts);
  if (!known.ok) return [...said, finding('assessment-unreadable', about, { type: body.type })];
  return [...said, ...checkAgain({ record, facts: known.value, law }, about)];
}

/** The act says openly what the record says, of the day of the act or the day before. */
function checkSaid(record: JsonObject, body: KnownAct['body'], about: Finding['about']): readonly Finding[] {
  const fields = [
    ...(body.data['verdict'] === record['verdict'] ? [] : ['verdict']),
    ...(body.data['record'] === record['sha256'] ? [] : ['record']),
  ];
  const on = String(record['on']);
  const day = body.at.slice(0, 10);
  const timely = on === day || on === addDays(day, -1);
  return [
    ...fields.map((field) => finding('assessment-misstated', about, { type: body.type, field })),
    ...(timely ? [] : [finding('assessment-day', about, { on, at: body.at })]),
  ];
}

interface Again {
  readonly record: JsonObject;
  readonly facts: Facts;
  readonly law: Law;
}

function checkAgain({ record, facts, law }: Again, about: Finding['about']): readonly Finding[] {
  // Parser: replay compares each field of the record by its canonical text and believes none; isRecord has checked the day.
  const again = replay(record as unknown as DecisionRecord, { facts }, law);
  return again.same ? [] : [finding('assessment-differs', about, { fields: again.differs.join(', ') })];
}

/** The packs that a record names, compiled; or the digests of those that the file lacks. */
function lawOf(scene: Scene, texts: Texts, record: JsonObject): Law | { readonly missing: readonly string[] } {
  const vocabulary = vocabularyOf(texts);
  const named = packsOf(record);
  const missing = named.filter((digest) => !texts.sound.has(digest) && !texts.swapped.has(digest));
  if (vocabulary === undefined) return { missing: ['vocabulary'] };
  const packs = named.flatMap((digest): Pack[] => {
    const loaded = loadPack(texts.sound.get(digest), vocabulary);
    return loaded.ok ? [loaded.value] : [];
  });
  if (packs.length < named.length) return { missing };
  return compileLaw(vocabulary, packs, scene.sha256);
}

function vocabularyOf({ sound }: Texts): Vocabulary | undefined {
  for (const json of sound.values()) {
    const loaded =
      isJsonObject(json) && json['vocabulary'] !== undefined && json['pack'] === undefined ? loadVocabulary(json) : undefined;
    if (loaded?.ok === true) return loaded.value;
  }
  return undefined;
}

function packsOf(record: JsonObject): readonly string[] {
  const packs = Array.isArray(record['packs']) ? record['packs'] : [];
  return packs.map((pack) => (isJsonObject(pack) ? String(pack['sha256']) : ''));
}

function isRecord(record: Json | undefined): record is JsonObject {
  return isJsonObject(record) && isDay(record['on']) && Array.isArray(record['packs']);
}
