import { isDay, isJsonObject, type Json, type JsonObject } from '@comity/core';

/** One change of a pack that somebody drafts. */
export type Edit =
  | { readonly kind: 'ends' | 'starts'; readonly rule: string; readonly day: string }
  | { readonly kind: 'drops'; readonly rule: string; readonly exception: string }
  | { readonly kind: 'joins' | 'leaves'; readonly region: string; readonly country: string; readonly day: string }
  | { readonly kind: 'number'; readonly path: readonly (string | number)[]; readonly value: number };

export const EDIT_KINDS = ['ends', 'starts', 'drops', 'joins', 'leaves', 'number'] as const;

/** The pack after some changes: the next version, reviewed by nobody. What an edit does not find it leaves as it is. */
export function withEdits(pack: JsonObject, edits: readonly Edit[]): JsonObject {
  if (edits.length === 0) return pack;
  const version = typeof pack['version'] === 'number' ? pack['version'] + 1 : 1;
  const fresh: JsonObject = { ...pack, version, reviewed: { by: [], on: null, next: null } };
  return edits.reduce(apply, fresh);
}

function apply(pack: JsonObject, edit: Edit): JsonObject {
  switch (edit.kind) {
    case 'ends':
    case 'starts':
      return mapRule(pack, edit.rule, (rule) => ({ ...rule, force: spanAfter(rule['force'], edit) }));
    case 'drops':
      return mapRule(pack, edit.rule, (rule) => ({
        ...rule,
        unless: listOf(rule['unless']).filter((one) => idOf(one) !== edit.exception),
      }));
    case 'joins':
    case 'leaves':
      return mapRegion(pack, edit.region, (members) => (edit.kind === 'joins' ? joined(members, edit) : left(members, edit)));
    case 'number':
      return objectOf(putAt(pack, edit.path, edit.value));
  }
}

function mapRule(pack: JsonObject, id: string, change: (rule: JsonObject) => JsonObject): JsonObject {
  const rules = listOf(pack['rules']).map((rule) => (isJsonObject(rule) && rule['id'] === id ? change(rule) : rule));
  return { ...pack, rules };
}

function spanAfter(
  force: Json | undefined,
  { kind, day }: { readonly kind: 'ends' | 'starts'; readonly day: string },
): JsonObject {
  const span = objectOf(force);
  return kind === 'ends' ? { ...span, until: day } : { ...span, from: day };
}

type Joining = { readonly country: string; readonly day: string };

function mapRegion(
  pack: JsonObject,
  name: string,
  change: (members: readonly JsonObject[]) => readonly JsonObject[],
): JsonObject {
  const regions = objectOf(pack['regions']);
  const region = objectOf(regions[name]);
  const members = [...change(listOf(region['members']).filter(isJsonObject))];
  return { ...pack, regions: { ...regions, [name]: { ...region, members } } };
}

function joined(members: readonly JsonObject[], { country, day }: Joining): readonly JsonObject[] {
  return [...members, { codes: [country], from: day }];
}

/** The country stays a member up to that day; the others stay as they are. */
function left(members: readonly JsonObject[], { country, day }: Joining): readonly JsonObject[] {
  return members.flatMap((member) => {
    const codes = listOf(member['codes']);
    const ended = typeof member['until'] === 'string' && member['until'] <= day;
    if (!codes.includes(country) || ended) return [member];
    const others = codes.filter((code) => code !== country);
    const begun = typeof member['from'] === 'string' && member['from'] < day;
    return [
      ...(others.length === 0 ? [] : [{ ...member, codes: others }]),
      ...(begun ? [{ ...member, codes: [country], until: day }] : []),
    ];
  });
}

/** A number that rules compare with, and where it stands. */
export interface PackNumber {
  readonly path: readonly (string | number)[];
  /** Rule or definition that holds it. */
  readonly where: string;
  readonly fact: string;
  readonly compare: string;
  readonly value: number;
}

const COMPARISONS = ['over', 'atLeast', 'under', 'atMost'];

/** Every number that a condition of the pack compares a fact with. */
export function numbersIn(pack: JsonObject): readonly PackNumber[] {
  const defined = Object.entries(objectOf(pack['define'])).flatMap(([name, definition]) =>
    numbersBelow(definition, { path: ['define', name], where: name, fact: '' }),
  );
  const shared = Object.entries(objectOf(pack['exceptions'])).flatMap(([name, exception]) =>
    numbersBelow(exception, { path: ['exceptions', name], where: name, fact: '' }),
  );
  const ruled = listOf(pack['rules']).flatMap((rule, i) =>
    numbersBelow(rule, { path: ['rules', i], where: idOf(rule), fact: '' }),
  );
  return [...defined, ...shared, ...ruled];
}

function numbersBelow(json: Json, at: Pick<PackNumber, 'path' | 'where' | 'fact'>): readonly PackNumber[] {
  if (Array.isArray(json)) return json.flatMap((one, i) => numbersBelow(one, { ...at, path: [...at.path, i] }));
  if (!isJsonObject(json)) return [];
  return Object.entries(json).flatMap(([key, value]): readonly PackNumber[] => {
    if (key === 'examples' || value === undefined) return [];
    const path = [...at.path, key];
    if (COMPARISONS.includes(key) && typeof value === 'number')
      return at.fact === '' ? [] : [{ ...at, path, compare: key, value }];
    return numbersBelow(value, { ...at, path, fact: key });
  });
}

function putAt(json: Json, [key, ...rest]: readonly (string | number)[], value: number): Json {
  if (key === undefined) return value;
  if (Array.isArray(json)) return json.map((one, i) => (i === key ? putAt(one, rest, value) : one));
  if (!isJsonObject(json)) return json;
  const inner = json[key];
  return inner === undefined ? json : { ...json, [key]: putAt(inner, rest, value) };
}

/** Ids of the exceptions that stand directly under a rule. */
export function exceptionsOf(pack: JsonObject, id: string): readonly string[] {
  const rule = listOf(pack['rules']).find((one) => idOf(one) === id);
  return listOf(objectOf(rule)['unless']).map(idOf);
}

/** Names of the pack's regions. */
export function regionsOf(pack: JsonObject): readonly string[] {
  return Object.keys(objectOf(pack['regions']));
}

/** Countries that belong to a region on a day. */
export function membersOf(pack: JsonObject, region: string, day: string): readonly string[] {
  const members = listOf(objectOf(objectOf(pack['regions'])[region])['members']).filter(isJsonObject);
  const inForce = members.filter(({ from, until }) => String(from) <= day && (until === undefined || day < String(until)));
  return [...new Set(inForce.flatMap(({ codes }) => listOf(codes ?? []).map(String)))].sort();
}

/** An exception under a rule is written out, or named where several rules share it. */
function idOf(json: Json): string {
  return typeof json === 'string' ? json : String(objectOf(json)['id']);
}

function listOf(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? json : [];
}

function objectOf(json: Json | undefined): JsonObject {
  return isJsonObject(json) ? json : {};
}

/** What somebody has drafted so far: a pack, the changes, or a whole text instead. It stays on this computer. */
export interface LawDraft {
  readonly edits: readonly Edit[];
  /** A pack that was pasted or uploaded; empty when the changes count. */
  readonly text: string;
}

export const NO_CHANGE: LawDraft = { edits: [], text: '' };

/** A kept draft, if it still has the form's shape. */
export function readLawDraft(kept: unknown): LawDraft | undefined {
  if (!isJsonObject(kept) || !Array.isArray(kept['edits']) || typeof kept['text'] !== 'string') return undefined;
  // Parser: each edit is checked; the text is read as JSON when it is used.
  return kept['edits'].every(isEdit) ? (kept as unknown as LawDraft) : undefined;
}

function isEdit(json: unknown): boolean {
  if (!isJsonObject(json) || !EDIT_KINDS.some((kind) => kind === json['kind'])) return false;
  const { kind, rule, exception, region, country, day, path, value } = json;
  if (kind === 'number') return Array.isArray(path) && typeof value === 'number';
  if (kind === 'drops') return typeof rule === 'string' && typeof exception === 'string';
  if (kind === 'joins' || kind === 'leaves') return typeof region === 'string' && typeof country === 'string' && isDay(day);
  return typeof rule === 'string' && isDay(day);
}
