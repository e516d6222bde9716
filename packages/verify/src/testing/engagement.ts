import { assess, compileLaw, decisionRecord, loadPack, loadVocabulary } from '@comity/assess';
import { digestJson, type Facts, type JsonObject, type Result, toBase64Url, toHex } from '@comity/core';
import { leafHash } from '@comity/prove';
import { listEntry, type Manifest, manifestBytes, manifestDigest } from '@comity/seal/manifest';
import { bytesFrom, functions, mlDsaSignerOf, signerOf } from './keys.ts';
import { CASE, type Draft, digestOf, readPack, recipientOf, World } from './world.ts';

const hash = (seed: string): string => toHex(bytesFrom(seed));
const [PLAN, CIPHERTEXT, PLAINTEXT] = [hash('plan'), hash('ciphertext'), hash('plaintext')];
const RETENTION = '2027-03-31T00:00:00.000Z';
const DELIVERY = '01a20000-0000-7000-8000-00000000000d';
/** A law whose answer does not matter here: only that it can be given again. */
export const FACTS: Facts = {
  'exporter.country': 'US',
  'importer.country': 'US',
  'data.categories': ['business'],
  'data.form': 'anonymous',
};

/** Steps by name; each may be changed before it is made, or left out (`undefined`). */
export type Changes = Readonly<Record<string, (draft: Draft, world: World) => Draft | undefined>>;

/** Plays an engagement from the question to the end, up to and including `until`. */
export function play(changes: Changes = {}, until = 'close', world = new World()): World {
  for (const step of STEPS) {
    const draft = step(world);
    const changed = changes[draft.type] === undefined ? draft : changes[draft.type]?.(draft, world);
    if (changed !== undefined) world.act(changed);
    if (draft.type === until) break;
  }
  return world;
}

const owner = { party: 'hospital', person: 'owner', role: 'project_owner' };
const counsel = { party: 'hospital', person: 'counsel', role: 'counsel' };
const engineer = { party: 'hospital', person: 'engineer', role: 'data_engineer' };
const manager = { party: 'vendor', person: 'manager', role: 'vendor_manager' };
const decide = (choice: string, rest: JsonObject = {}) => ({ decisions: [{ item: 'd1', choice, ...rest }] });

const STEPS: readonly ((world: World) => Draft)[] = [
  () => ({
    ...owner,
    type: 'ask',
    data: {
      seats: { client: 'hospital' },
      items: [{ id: 'd1', identifierType: 'dataset', category: 'records' }],
      purpose: 'cost-analysis',
      retentionUntil: RETENTION,
    },
    sections: { datasets: { d1: { type: 'dataset', value: 'claims' } }, need: { text: 'why' } },
  }),
  assessment,
  () => ({ ...owner, type: 'choose', data: { party: 'vendor', seats: { vendor: 'vendor' } }, sections: { duties: {} } }),
  () => ({ ...manager, type: 'agree', data: { storedIn: 'US', destructionMethod: 'deleted' }, sections: { answers: {} } }),
  () => ({
    ...engineer,
    type: 'minimise',
    data: decide('minimise', { plan: PLAN, preview: hash('preview'), rowsTotal: 9, rowsKept: 4 }),
  }),
  () => ({ ...counsel, type: 'approve', data: { ...decide('approve'), dutiesMet: true }, sections: { reasons: {} } }),
  delivery,
  (world) => ({
    party: 'vendor',
    person: 'node',
    role: 'node',
    type: 'receive-delivery',
    data: decide('receive', { manifest: manifestDigest(manifestIn(world), functions.sha256), ciphertext: CIPHERTEXT, size: 77 }),
  }),
  () => ({ ...manager, type: 'open', data: decide('open', { plaintext: PLAINTEXT }), sections: { reason: {} } }),
  () => ({ ...owner, type: 'end' }),
  () => ({
    ...manager,
    type: 'destroy',
    data: decide('destroy', { ciphertext: CIPHERTEXT, method: 'deleted', verified: '2026-11-02T10:00:00.000Z' }),
    sections: { reason: {} },
  }),
  () => ({
    ...engineer,
    type: 'destroy-source',
    data: decide('destroy', { ciphertext: CIPHERTEXT, method: 'deleted', verified: '2026-11-02T10:00:00.000Z' }),
  }),
  () => ({ ...counsel, type: 'validate-destruction', data: decide('validate', { ciphertext: CIPHERTEXT }) }),
  () => ({ ...owner, type: 'close' }),
];

/** The committed pack that is smallest, and the vocabulary it is written in. */
function assessment(world: World): Draft {
  const [vocabularyJson, packJson] = [readPack('vocabulary'), readPack('eu.gdpr')];
  for (const json of [vocabularyJson, packJson]) world.law[digestJson(json, functions.sha256)] = json;
  const vocabulary = must(loadVocabulary(vocabularyJson));
  const law = compileLaw(vocabulary, [must(loadPack(packJson, vocabulary))], functions.sha256);
  const record = decisionRecord(assess(law, { facts: FACTS, on: '2026-11-02' }), FACTS, functions.sha256);
  const section = JSON.parse(JSON.stringify({ facts: FACTS, party: 'vendor', country: 'US', record }));
  const data = { record: record.sha256, verdict: record.verdict };
  return { ...owner, type: 'assess', data, sections: { assessment: section } };
}

function delivery(world: World): Draft {
  return deliver(manifestFor(world));
}

/** The delivery of a manifest, signed by the sender or by somebody else. */
export function deliver(manifest: Manifest, seed = 'hospital#sign'): Draft {
  const data = decide('deliver', {
    manifest: manifestDigest(manifest, functions.sha256),
    ciphertext: CIPHERTEXT,
    size: 77,
    delivery: DELIVERY,
  });
  const message = manifestBytes(manifest);
  const signatures = [
    { key: 'hospital#sign', alg: 'Ed25519', signature: toBase64Url(signerOf(seed).sign(message)) },
    { key: 'hospital#sign-pq', alg: 'ML-DSA-44', signature: toBase64Url(mlDsaSignerOf(seed).sign(message)) },
  ];
  const sealed = { manifest: JSON.parse(JSON.stringify(manifest)), signatures, plaintextSalt: 'salt' };
  return { ...engineer, type: 'deliver', data, sections: { package: { d1: sealed } } };
}

/** The manifest that fits the case as it stands. */
export function manifestFor(world: World): Manifest {
  const digests = (...types: string[]) =>
    world.acts.filter(({ body }) => types.includes(body.type)).map(({ body }) => digestOf(body));
  const sealed = { item: 'd1', ciphertext: { sha256: CIPHERTEXT, size: 77 }, plaintext: { digest: PLAINTEXT } };
  return {
    v: 2,
    suite: 'comity-seal-2',
    env: 'sandbox',
    case: CASE,
    delivery: DELIVERY,
    ...sealed,
    list: { root: toHex(leafHash(listEntry(sealed), functions.sha256)), size: 1, index: 0, proof: [] },
    from: 'hospital',
    to: [{ party: 'vendor', keyId: 'vendor#office', recipient: recipientOf('vendor') }],
    basis: {
      procedure: digestJson(world.procedure, functions.sha256),
      order: digests('ask')[0] ?? '',
      approvals: digests('approve', 'agree'),
    },
    minimisation: { planDigest: PLAN, rowsTotal: 9, rowsKept: 4, columnsKept: ['a'], columnsDropped: ['b'] },
    retention: { until: RETENTION, action: 'destroy' },
    at: world.tick(0.01),
  };
}

function manifestIn(world: World): Manifest {
  const value = world.acts.find(({ body }) => body.type === 'deliver')?.openings['package']?.value;
  // Written by `deliver` above.
  return (value as unknown as { readonly d1: { readonly manifest: Manifest } }).d1.manifest;
}

/** The value of a result that must be one. */
export function must<V>(result: Result<V>): V {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}
