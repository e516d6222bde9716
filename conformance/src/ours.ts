import { createHash } from 'node:crypto';
import { assess, compileLaw, loadPack, loadVocabulary, readQuestion } from '@comity/assess';
import {
  type ActBody,
  actDigest,
  canonicalJson,
  commitment,
  deadlineOf,
  type Json,
  type JsonObject,
  type Opening,
  parseClockLength,
  type Sha256,
  toBase64Url,
  utf8,
} from '@comity/core';
import { fold, type ItemState, loadProcedure, type Setting } from '@comity/procedure';
import { emptyEdge, growTree, treeHasher } from '@comity/prove';
import { joinShares, parseShare, parseShareSet } from '@comity/seal';
import { manifestDigest, parseManifest } from '@comity/seal/manifest';
import type { Answer } from './run.ts';
import type { Kind, Vector } from './vectors.ts';

const sha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());

/** This project's own packages as the implementation under test. */
export const ours = (vectors: readonly Vector[]): Promise<readonly Answer[]> => Promise.all(vectors.map(answer));

async function answer({ kind, input }: Vector): Promise<Answer> {
  try {
    const output = await ANSWERS[kind](input);
    return output === undefined ? { refused: true } : { output };
  } catch (error) {
    // The pure packages throw on what is no value at all, such as a lone surrogate: here that is a refusal like any other.
    if (error instanceof TypeError || error instanceof SyntaxError) return { refused: true };
    throw error;
  }
}

// Parsers: the inputs are vectors, whose form is described in README.md; a wrong one fails its comparison.
const ANSWERS: Readonly<Record<Kind, (input: JsonObject) => JsonObject | undefined | Promise<JsonObject | undefined>>> = {
  'canonical-json': (input) => ({ text: canonicalJson(JSON.parse(String(input['text']))) }),
  'act-digest': (input) => ({ sha256: actDigest(input['body'] as unknown as ActBody, sha256) }),
  commitment: ({ name, salt, value }) => ({
    commitment: commitment(String(name), { salt, value } as unknown as Opening, sha256),
  }),
  'manifest-digest': (input) => {
    const manifest = parseManifest(input['manifest']);
    return manifest.ok ? { sha256: manifestDigest(manifest.value, sha256) } : undefined;
  },
  'join-shares': async ({ set, shares }) => {
    const known = parseShareSet(set);
    const parsed = (shares as readonly Json[]).map(parseShare);
    if (!known.ok || parsed.some((share) => !share.ok)) return undefined;
    const joined = await joinShares(
      parsed.flatMap((share) => (share.ok ? [share.value] : [])),
      known.value,
    );
    return joined.ok ? { secret: toBase64Url(joined.value) } : undefined;
  },
  'tree-root': (input) => {
    const entries = Array.from({ length: Number(input['count']) }, (_, index) => utf8(`entry ${index}`));
    const hasher = treeHasher(sha256);
    return { sha256: Buffer.from(growTree(emptyEdge(), hasher.hashLeaves(entries), hasher).root).toString('hex') };
  },
  deadline: ({ start, length, zone, holidays }) => {
    const calendar = { zone: String(zone), holidays: holidays as readonly string[] };
    return { ...deadlineOf(String(start), parseClockLength(String(length)), calendar) };
  },
  fold: foldActs,
  assess: assessFacts,
};

function assessFacts({ vocabulary, packs, on, facts, decided }: JsonObject): JsonObject | undefined {
  const words = loadVocabulary(vocabulary);
  if (!words.ok) return undefined;
  const loaded = (packs as readonly Json[]).map((pack) => loadPack(pack, words.value));
  if (loaded.some((pack) => !pack.ok)) return undefined;
  const law = compileLaw(
    words.value,
    loaded.flatMap((pack) => (pack.ok ? [pack.value] : [])),
    sha256,
  );
  const question = readQuestion(law, { on: on ?? null, facts: facts ?? null });
  if (!question.ok) return undefined;
  const { verdict, regimes } = assess(law, { ...question.value, ...(typeof decided === 'string' ? { decided } : {}) });
  const said = Object.entries(regimes).map(([name, regime]) => [
    name,
    { verdict: regime.verdict, duties: regime.duties.map(({ duty }) => duty).sort(), missing: [...regime.missing] },
  ]);
  return { verdict, regimes: Object.fromEntries(said) };
}

function foldActs(input: JsonObject): JsonObject | undefined {
  const procedure = loadProcedure(input['procedure'] ?? null);
  if (!procedure.ok) return undefined;
  const zones = input['zones'] as JsonObject;
  const setting: Setting = {
    procedure: procedure.value,
    calendarOf: (party) => ({ zone: String(zones[party] ?? 'UTC'), holidays: [], holidaysKnown: true }),
  };
  const { state, acts, heads } = fold(setting, input['acts'] as unknown as readonly ActBody[], sha256);
  const verdicts = acts.map(({ digest, verdict, refusal }) => ({
    act: digest,
    verdict,
    ...(refusal === undefined ? {} : { code: refusal.code }),
  }));
  return {
    verdicts: verdicts.sort((a, b) => (a.act < b.act ? -1 : 1)),
    tracks: state.tracks,
    items: itemsOf(state.items),
    seats: state.seats,
    heads,
  };
}

function itemsOf(items: readonly ItemState[]): JsonObject {
  return Object.fromEntries(items.map(({ item, tracks }) => [item.id, tracks]));
}
