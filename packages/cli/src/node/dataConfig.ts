import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { validateFacts } from '@comity/assess';
import { type Facts, isJsonObject, type JsonObject, ok, type Result, refuse } from '@comity/core';
import type { FactCards } from '@comity/node';
import { loadLaw } from '@comity/node/law';
import type { Catalogue } from '@comity/prepare';
import { readCatalogue } from '@comity/prepare/catalogue';
import { readJson } from '../output.ts';
import { readZip3List } from '../prepare/zip3.ts';

/** What an office holds, what is known of it and of its partners, and which ZIP areas have few people. */
export interface HeldData {
  readonly catalogue: Catalogue;
  readonly factCards: FactCards;
  readonly restrictedZip3?: readonly string[];
}

const MEMBERS = ['catalogue', 'cards'];

/**
 * The data that a configuration names: a file `{catalogue: […], cards: {"dataset:NAME": {facts}, "PARTY": {facts}}}`; paths in it are relative to it. Facts are held against the vocabulary of the law
 * in `lawDir`. The dated list of ZIP areas comes with the program. Errors name the place: `not-found`, `body-not-json`, `field-…`, `named-twice`, `fact-…`.
 */
export function readData(file: string, lawDir: string): Result<HeldData> {
  const json = readJson(file);
  if (!json.ok) return json;
  if (!isJsonObject(json.value)) return refuse('field-invalid', file, { kind: '{catalogue, cards}' });
  const unknown = Object.keys(json.value).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) return refuse('field-unknown', `data.${unknown}`);
  const catalogue = readCatalogue(json.value['catalogue'] ?? [], (path) => resolve(dirname(file), path));
  if (!catalogue.ok) return inData(catalogue);
  const absent = catalogue.value.find(({ path }) => statSync(path, { throwIfNoEntry: false })?.isFile() !== true);
  if (absent !== undefined) return refuse('not-found', absent.path);
  const cards = json.value['cards'] ?? {};
  if (!isJsonObject(cards)) return refuse('field-invalid', 'data.cards', { kind: '{"dataset:NAME": {facts}}' });
  const factCards = readCards(cards, lawDir);
  if (!factCards.ok) return factCards;
  const zip3 = readZip3List();
  return ok({
    catalogue: catalogue.value,
    factCards: factCards.value,
    ...(zip3.ok ? { restrictedZip3: zip3.value.restricted } : {}),
  });
}

function readCards(cards: JsonObject, lawDir: string): Result<FactCards> {
  if (Object.keys(cards).length === 0) return ok({});
  const { vocabulary } = loadLaw(lawDir).assess;
  const read: Record<string, Facts> = {};
  for (const [about, card] of Object.entries(cards)) {
    const facts = validateFacts(vocabulary, card);
    if (!facts.ok) return refuse(facts.refusal.code, `data.cards.${about}: ${facts.refusal.field ?? ''}`, facts.refusal.values);
    read[about] = facts.value;
  }
  return ok(read);
}

function inData(result: Result<unknown> & { readonly ok: false }): Result<never> {
  const { code, field, values } = result.refusal;
  return refuse(code, `data.${field ?? 'catalogue'}`, values);
}
