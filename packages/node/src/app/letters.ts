import {
  canonicalJson,
  digestJson,
  isJsonObject,
  type Json,
  type JsonObject,
  ok,
  type Result,
  refuse,
  toHex,
} from '@comity/core';
import { WORDS } from '@comity/formats';
import {
  MLA_WORDS,
  type MlaDocument,
  mlaGaps,
  mlaPdf,
  type NoticeDocument,
  noticeDigest,
  noticePdf,
  noticeText,
} from '@comity/formats/letters';
import type { ItemState } from '@comity/procedure';
import { sha256 } from '../keys/crypto.ts';
import { actsOf, type StoredAct } from '../store/acts.ts';
import { findCase, type StoredCase } from '../store/cases.ts';
import { procedureFor } from './append.ts';
import type { House, LoadedProcedure } from './house.ts';
import { identifierOf } from './identify.ts';
import type { PrintLanguage } from './words.ts';

interface Loaded {
  readonly house: House;
  readonly stored: StoredCase;
  readonly loaded: LoadedProcedure;
  readonly acts: readonly StoredAct[];
}

async function load(house: House, caseId: string): Promise<Result<Loaded>> {
  const stored = await findCase(house.db, caseId);
  if (stored === undefined) return refuse('case-unknown', 'case');
  const loaded = procedureFor(house, { id: stored.procedure, sha256: stored.procedureSha256 });
  if (!loaded.ok) return loaded;
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, caseId, house.subjects));
  return ok({ house, stored, loaded: loaded.value, acts });
}

/** What a case does not say of a notice, and whoever writes it must. */
export type NoticeWish = Pick<NoticeDocument, 'language' | 'person' | 'remedies' | 'contact' | 'delay'> & {
  /** Items that are about this person. */
  readonly items: readonly string[];
};

/** A notice with its digest, which the act that says so carries, and as text. */
export interface WrittenNotice {
  readonly document: NoticeDocument;
  readonly digest: string;
  readonly text: string;
}

/**
 * The notice to one person about the items that concern them: from the case what was asked, of whom, when and with which outcome; the rest as wished. Nothing is sent or logged: the act `inform-person` does that. Errors: `case-unknown`,
 * `item-unknown`, `section-not-addressed`, and `not-found` for procedures in which nobody informs a person.
 */
export async function writeNotice(house: House, caseId: string, wish: NoticeWish): Promise<Result<WrittenNotice>> {
  const found = await load(house, caseId);
  if (!found.ok) return found;
  const { stored, loaded } = found.value;
  const rule = loaded.procedure.acts['inform-person'];
  const opening = stored.state.done[0];
  if (rule === undefined || opening === undefined || stored.state.seats[rule.seat] !== house.party.id)
    return refuse('not-found', 'case');
  const data = dataOf(found.value, wish.items);
  if (!data.ok) return data;
  const { items: _items, ...said } = wish;
  const document: NoticeDocument = {
    ...{ v: 1, env: house.env, ...said, data: data.value.data, state: data.value.state },
    authority: house.party.name,
    reference: caseId,
    holder: nameIn(found.value, ['provider', 'executing', 'holder']),
    ordered: opening.at.slice(0, 10),
    basis: rule.cite?.ref ?? loaded.procedure.instrument,
    zone: house.party.zone,
    check: `${house.party.endpoint}/notice`,
    issued: house.now(),
    nonce: toHex(house.random(16)),
  };
  const digest = noticeDigest(document, sha256);
  return ok({ document, digest, text: noticeText(document, digest) });
}

/** A notice that was written, as PDF. Refuses `language-not-printable`. */
export async function printNotice(document: NoticeDocument): Promise<Result<Uint8Array>> {
  return noticePdf(document, noticeDigest(document, sha256));
}

function dataOf({ stored, acts }: Loaded, wanted: readonly string[]): Result<Pick<NoticeDocument, 'data' | 'state'>> {
  const data: NoticeDocument['data'][number][] = [];
  const states: ItemState[] = [];
  for (const id of wanted) {
    const state = stored.state.items.find(({ item }) => item.id === id);
    if (state === undefined || state.item.category === 'records') return refuse('item-unknown', 'items', { item: id });
    const identifier = identifierOf(acts, state.item);
    if (!identifier.ok) return identifier;
    const { category, period } = state.item;
    data.push({ category, identifier: identifier.value.value, ...(period === undefined ? {} : { period }) });
    states.push(state);
  }
  return ok({ data, state: outcomeOf(states) });
}

function outcomeOf(states: readonly ItemState[]): NoticeDocument['state'] {
  const answers = states.map(({ tracks }) => tracks['answer']);
  if (answers.includes('delivered')) return 'delivered';
  const ended = states.every(
    ({ tracks }) => ['refused', 'impossible'].includes(tracks['answer'] ?? '') || tracks['approval'] === 'struck',
  );
  return ended ? 'refused' : 'open';
}

function nameIn({ house, stored }: Loaded, seats: readonly string[]): string {
  const id = seats.map((seat) => stored.state.seats[seat]).find((party) => party !== undefined);
  return house.directory.parties.find((party) => party.id === id)?.name ?? '';
}

/** A request for mutual assistance as data, and what it does not say yet. */
export interface WrittenRequest {
  readonly document: MlaDocument;
  readonly gaps: ReturnType<typeof mlaGaps>;
}

/** The request of a case of mutual assistance, from what this party may read of it. Errors: `case-unknown`; `not-found` for a case of another kind. */
export async function writeRequest(
  house: House,
  ask: { readonly case: string; readonly language: PrintLanguage; readonly answerIn?: string },
): Promise<Result<WrittenRequest>> {
  const found = await load(house, ask.case);
  if (!found.ok) return found;
  const { stored } = found.value;
  const opening = stored.state.done[0];
  if (opening === undefined || !(stored.procedure === 'mla' || stored.procedure.startsWith('mla.')))
    return refuse('not-found', 'case');
  const { data } = opening;
  const section = (name: string): string => textIn(sectionOf(found.value, name));
  const executing = nameIn(found.value, ['executing']);
  const assurances = section('assurances');
  const bare = {
    ...{ v: 1 as const, env: house.env, reference: ask.case, issued: opening.at, zone: house.party.zone },
    requesting: nameIn(found.value, ['requesting']),
    centralOut: nameIn(found.value, ['central-out']),
    centralIn: nameIn(found.value, ['central-in']),
    ...(executing === '' ? {} : { executing }),
    ...(typeof data['treaty'] === 'string' ? { treaty: data['treaty'] } : {}),
    subject: typeof data['purpose'] === 'string' ? data['purpose'] : '',
    facts: section('facts'),
    offence: section('offence'),
    ...(typeof data['maxPenaltyYears'] === 'number' ? { maxPenaltyYears: data['maxPenaltyYears'] } : {}),
    purpose: typeof data['purpose'] === 'string' ? data['purpose'] : '',
    necessity: section('necessity'),
    ...(ask.answerIn === undefined ? {} : { language: ask.answerIn }),
    deathPenaltyPossible: data['deathPenaltyPossible'] === true,
    ...(assurances === '' ? {} : { assurances }),
    items: itemsOf(found.value),
    annexes: annexesOf(found.value, ask.language),
  };
  const document = { ...bare, digest: digestJson(plain(bare), sha256) };
  return ok({ document, gaps: mlaGaps(document) });
}

/** The same as a letter. */
export async function printRequest(
  house: House,
  ask: { readonly case: string; readonly language: PrintLanguage; readonly answerIn?: string },
): Promise<Result<Uint8Array>> {
  const written = await writeRequest(house, ask);
  if (!written.ok) return written;
  return ok(await mlaPdf(written.value.document, { general: WORDS[ask.language], own: MLA_WORDS[ask.language] }));
}

function plain(value: object): JsonObject {
  // The round trip proves that it is plain JSON.
  return JSON.parse(canonicalJson(value)) as JsonObject;
}

function sectionOf({ acts }: Loaded, name: string): Json | undefined {
  return acts.find(({ openings }) => openings[name] !== undefined)?.openings[name]?.value;
}

/** The words of a section, whatever its members are called. */
function textIn(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (!isJsonObject(value)) return '';
  return Object.values(value)
    .filter((member): member is string => typeof member === 'string')
    .join('\n');
}

function itemsOf({ stored, acts }: Loaded): MlaDocument['items'] {
  return stored.state.items.flatMap(({ item }) => {
    const identifier = identifierOf(acts, item);
    if (!identifier.ok) return [];
    const { id, category, period } = item;
    return [{ id, identifier: identifier.value, category, ...(period === undefined ? {} : { period }) }];
  });
}

/** What goes with the letter, each by the digest of its canonical JSON. */
function annexesOf(found: Loaded, language: PrintLanguage): MlaDocument['annexes'] {
  const own = MLA_WORDS[language];
  const parts: readonly (readonly [string, Json | undefined])[] = [
    [own['annex.items'], plain({ items: itemsOf(found) })],
    [own['annex.facts'], sectionOf(found, 'facts')],
    [own['annex.offence'], sectionOf(found, 'offence')],
    [own['annex.assurances'], sectionOf(found, 'assurances')],
  ];
  return parts.flatMap(([title, value]) => (value === undefined ? [] : [{ title, sha256: digestJson(value, sha256) }]));
}
