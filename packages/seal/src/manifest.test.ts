import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkManifest,
  currentSuite,
  listEntry,
  type Manifest,
  type ManifestSigner,
  type ManifestTrust,
  manifestBytes,
  manifestDigest,
  parseManifest,
  type SignedManifest,
  SUITES,
  signManifest,
} from './manifest.ts';

const hash = 'ab'.repeat(32);
const manifest: Manifest = {
  v: 2,
  suite: 'comity-seal-2',
  env: 'sandbox',
  case: 'case-1',
  delivery: '01939d3c-5b9e-7c3a-8f00-0123456789ab',
  item: 'item-1',
  from: 'provider.example',
  to: [{ party: 'court.example', keyId: 'office-1', recipient: `age1${'q'.repeat(58)}` }],
  ciphertext: { sha256: hash, size: 268_435_456 },
  plaintext: { digest: hash },
  list: { root: hash, size: 3, index: 1, proof: [hash] },
  basis: { procedure: hash, order: hash, approvals: [hash] },
  minimisation: {
    planDigest: hash,
    rowsTotal: 1000,
    rowsKept: 17,
    columnsKept: ['time', 'number'],
    columnsDropped: ['location'],
  },
  retention: { until: '2027-01-01T00:00:00.000Z', action: 'destroy' },
  at: '2026-11-22T08:00:00.000Z',
};

const pairs = { Ed25519: generateKeyPairSync('ed25519'), 'ML-DSA-44': generateKeyPairSync('ml-dsa-44') };
const signers = (Object.keys(pairs) as (keyof typeof pairs)[]).map(
  (alg): ManifestSigner => ({
    key: `provider.example#${alg}`,
    alg,
    sign: (message) => new Uint8Array(sign(null, message, pairs[alg].privateKey)),
  }),
);
const rawKey = (alg: keyof typeof pairs): string => {
  const { x, pub } = pairs[alg].publicKey.export({ format: 'jwk' }) as { x?: string; pub?: string }; // test: the types do not know AKP
  return x ?? pub ?? '';
};
const verifyBy =
  (alg: keyof typeof pairs): ManifestTrust['ed25519'] =>
  (key, message, signature) =>
    Buffer.from(key).toString('base64url') === rawKey(alg) && verify(null, message, pairs[alg].publicKey, signature);
const trust: ManifestTrust = {
  keyOf: (id, alg) => (id === `provider.example#${alg}` ? rawKey(alg) : undefined),
  ed25519: verifyBy('Ed25519'),
  mlDsa44: verifyBy('ML-DSA-44'),
};
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** A copy with one field of the given path replaced, or removed when no value is given. */
function changed(path: string, ...value: readonly unknown[]): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(manifest));
  const names = path.split('.');
  let at = copy as Record<string, unknown>; // test: the paths below exist
  for (const name of names.slice(0, -1)) at = at[name] as Record<string, unknown>;
  const last = names.at(-1) ?? '';
  if (value.length === 0) delete at[last];
  else at[last] = value[0];
  return copy;
}

test('a manifest is signed, checked and named by its bytes', async () => {
  expect(new TextDecoder().decode(manifestBytes(manifest)).split('\n')[0]).toBe('comity/manifest/v2');
  expect(manifestDigest(manifest, sha256)).toBe(createHash('sha256').update(manifestBytes(manifest)).digest('hex'));
  const signed = await signManifest(manifest, signers);
  expect(checkManifest(signed, trust)).toEqual({ ok: true, value: manifest });
  expect(checkManifest(JSON.parse(JSON.stringify(signed)), trust).ok).toBe(true);
});

test('the order of members makes no difference to what is signed', () => {
  const turned = Object.fromEntries(Object.entries(manifest).reverse()) as unknown as Manifest;
  expect(manifestDigest(turned, sha256)).toBe(manifestDigest(manifest, sha256));
});

const leaves = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, part]) => leaves(part, path === '' ? key : `${path}.${key}`))
    : [path];
const required = leaves(manifest).filter((path) => !/\.\d+$/.test(path));

test.each(required)('a manifest without %s is refused, by the name of the field', (path) => {
  expect(parseManifest(changed(path))).toEqual({ ok: false, refusal: { code: 'manifest-invalid', field: path } });
});

test.each(leaves(manifest))('null for %s is refused, by the name of the field', (path) => {
  expect(parseManifest(changed(path, null))).toEqual({ ok: false, refusal: { code: 'manifest-invalid', field: path } });
});

test.each([
  ['v', 1],
  ['list.index', 3],
  ['list.proof.0', hash.slice(1)],
  ['env', 'test'],
  ['delivery', 'DELIVERY'],
  ['to', []],
  ['ciphertext.sha256', hash.toUpperCase()],
  ['ciphertext.size', -1],
  ['ciphertext.size', 1.5],
  ['ciphertext.size', '1'],
  ['basis.approvals', hash],
  ['minimisation.rowsKept', 1001],
  ['minimisation.columnsDropped', ['time']],
  ['retention.action', 'keep'],
  ['retention.until', '2026-11-22T07:59:59.999Z'],
  ['retention.until', '2026-11-22'],
  ['to.0.recipient', 'ssh-ed25519 AAAA'],
  ['extra', 1],
  ['to.0.extra', 1],
])('%s = %j is refused', (path, value) => {
  const refusal = { code: 'manifest-invalid', field: path };
  expect(parseManifest(changed(path, value))).toEqual({ ok: false, refusal });
});

test('an office named twice is refused', () => {
  expect(parseManifest(changed('to', [...manifest.to, ...manifest.to]))).toMatchObject({ refusal: { field: 'to' } });
});

test.each([null, undefined, [], 'text', 1])('%j is no manifest', (json) => {
  expect(parseManifest(json)).toMatchObject({ ok: false, refusal: { code: 'manifest-invalid' } });
});

const holders = ['a', 'b', 'c'].map((name) => ({
  party: name,
  keyId: `${name}#office`,
  recipient: `age1${name.repeat(58)}`,
  commitment: hash,
}));

test.each([
  ['to', manifest.to, { needed: 2, holders }],
  ['to', [], undefined],
  ['joint.needed', [], { needed: 1, holders }],
  ['joint.needed', [], { needed: 4, holders }],
  ['joint.holders', [], { needed: 2, holders: [...holders, holders[0]] }],
  ['joint.holders', [], { needed: 2, holders: holders.slice(1, 2) }],
])('a joint opening that is no such thing is refused by %s', (field, to, joint) => {
  expect(parseManifest({ ...manifest, to, ...(joint === undefined ? {} : { joint }) })).toEqual({
    ok: false,
    refusal: { code: 'manifest-invalid', field },
  });
});

test('a payload that nobody opens alone names its holders instead of offices', () => {
  expect(parseManifest({ ...manifest, to: [], joint: { needed: 2, holders } }).ok).toBe(true);
});

test('what the list says of an item has nothing of the case in it', () => {
  expect(new TextDecoder().decode(listEntry(manifest))).toBe(
    `{"ciphertext":{"sha256":"${hash}","size":268435456},"item":"item-1","plaintext":{"digest":"${hash}"}}`,
  );
});

/** Signed as no honest sender would: whatever stands in the suite. */
async function forced(suite: string): Promise<SignedManifest> {
  const changed = { ...manifest, suite };
  const signatures = signers.map(async ({ key, alg, sign: by }) => ({
    key,
    alg,
    signature: Buffer.from(await by(manifestBytes(changed))).toString('base64url'),
  }));
  return { manifest: changed, signatures: await Promise.all(signatures) };
}

test('unknown suites are refused, whoever signed', async () => {
  for (const suite of ['comity-seal-0', 'comity-seal-3', 'toString', '__proto__'])
    expect(checkManifest(await forced(suite), trust)).toMatchObject({ ok: false, refusal: { field: 'suite' } });
});

test('a suite that was retired still opens what was made before its end, and nothing after', async () => {
  const signed = await signManifest(manifest, signers);
  const retired = (until?: string) => ({
    'comity-seal-2': {
      ...SUITES['comity-seal-2'],
      signatures: [],
      state: 'retired' as const,
      ...(until === undefined ? {} : { until }),
    },
  });
  const field = (until?: string) => checkManifest(signed, { ...trust, suites: retired(until) });
  expect(field()).toMatchObject({ ok: false, refusal: { field: 'suite' } });
  expect(field(manifest.at)).toMatchObject({ ok: false, refusal: { field: 'suite' } });
  expect(field('2026-11-23T00:00:00.000Z').ok).toBe(true);
});

test('there is one suite to seal with, and it demands both signatures', () => {
  expect(currentSuite()).toBe('comity-seal-2');
  expect(SUITES[currentSuite()]?.signatures).toEqual(['Ed25519', 'ML-DSA-44']);
  expect(() => currentSuite({})).toThrow('no suite');
});

test('one signature less than the suite demands is a downgrade; one more is passed over', async () => {
  const signed = await signManifest(manifest, signers);
  const refusal = { code: 'manifest-invalid', field: 'signatures' };
  for (const one of signed.signatures)
    expect(checkManifest({ ...signed, signatures: [one] }, trust)).toEqual({ ok: false, refusal });
  for (const signatures of [[], undefined, null, 'x', [null], [{}], signed.signatures.map(({ signature }) => ({ signature }))])
    expect(checkManifest({ ...signed, signatures }, trust)).toEqual({ ok: false, refusal });
  const later = { key: 'provider.example#later', alg: 'SLH-DSA', signature: 'AAAA' };
  expect(checkManifest({ ...signed, signatures: [later, ...signed.signatures] }, trust).ok).toBe(true);
  const older = await signManifest({ ...manifest, suite: 'comity-seal-1' }, signers);
  expect(older.signatures.map(({ alg }) => alg)).toEqual(['Ed25519']);
  expect(checkManifest(older, trust).ok).toBe(true);
  // The suite is signed: an older one cannot be put in its place.
  expect(checkManifest({ ...signed, manifest: { ...manifest, suite: 'comity-seal-1' } }, trust)).toEqual({ ok: false, refusal });
});

test('any change to what was signed, the signatures or the keys is refused', async () => {
  const signed = await signManifest(manifest, signers);
  const refusal = { code: 'manifest-invalid', field: 'signatures' };
  const other: Manifest = { ...manifest, ciphertext: { sha256: 'cd'.repeat(32), size: 1 } };
  expect(checkManifest({ ...signed, manifest: other }, trust)).toEqual({ ok: false, refusal });
  const altered = (which: number, change: (text: string) => string) =>
    signed.signatures.map((one, i) => (i === which ? { ...one, signature: change(one.signature) } : one));
  fc.assert(
    fc.property(fc.nat(1), fc.nat(63), fc.nat(7), (which, at, bit) => {
      const turn = (text: string): string => {
        const turned = Buffer.from(text, 'base64url');
        turned[at] = (turned[at] ?? 0) ^ (1 << bit);
        return turned.toString('base64url');
      };
      expect(checkManifest({ ...signed, signatures: altered(which, turn) }, trust)).toEqual({ ok: false, refusal });
    }),
    { numRuns: 30 },
  );
  for (const change of [() => '', (text: string) => `${text}=`, (text: string) => text.slice(2)])
    for (const which of [0, 1])
      expect(checkManifest({ ...signed, signatures: altered(which, change) }, trust)).toEqual({ ok: false, refusal });
  const stranger = { ...trust, keyOf: () => undefined };
  expect(checkManifest(signed, stranger)).toEqual({ ok: false, refusal });
  const swapped = signed.signatures.map((one, i) => ({ ...one, alg: signed.signatures[1 - i]?.alg }));
  expect(checkManifest({ ...signed, signatures: swapped }, trust)).toEqual({ ok: false, refusal });
});

test('a signature over the bare JSON, without the domain line, is refused', async () => {
  const bare = signers.map(async ({ key, alg, sign: by }) => ({
    key,
    alg,
    signature: Buffer.from(await by(manifestBytes(manifest).subarray(19))).toString('base64url'),
  }));
  expect(checkManifest({ manifest, signatures: await Promise.all(bare) }, trust)).toMatchObject({
    refusal: { field: 'signatures' },
  });
});

test('a manifest that would be refused is not signed', async () => {
  await expect(signManifest({ ...manifest, from: '' }, signers)).rejects.toThrow('manifest: from');
  await expect(signManifest({ ...manifest, suite: 'comity-seal-0' }, signers)).rejects.toThrow('manifest: suite');
  await expect(signManifest(manifest, signers.slice(0, 1))).rejects.toThrow('no key for ML-DSA-44');
});

test('the manifest door runs in a browser: it reaches nothing but core', () => {
  const sources = ['manifest.ts', 'manifest-form.ts', 'suites.ts'].map((file) =>
    readFileSync(resolve(import.meta.dirname, file), 'utf8'),
  );
  const imported = sources.flatMap((source) => [...source.matchAll(/from '([^']+)'/g)].map((match) => match[1]));
  expect([...new Set(imported)].sort()).toEqual(['./manifest-form.ts', './suites.ts', '@comity/core']);
});
