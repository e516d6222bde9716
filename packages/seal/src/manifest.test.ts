import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkManifest, type Manifest, manifestBytes, manifestDigest, parseManifest, signManifest } from './manifest.ts';

const hash = 'ab'.repeat(32);
const manifest: Manifest = {
  v: 1,
  suite: 'comity-seal-1',
  env: 'sandbox',
  case: 'case-1',
  delivery: '01939d3c-5b9e-7c3a-8f00-0123456789ab',
  item: 'item-1',
  from: 'provider.example',
  to: [{ party: 'court.example', keyId: 'office-1', recipient: `age1${'q'.repeat(58)}` }],
  ciphertext: { sha256: hash, size: 268_435_456 },
  plaintext: { digest: hash },
  basis: { order: hash, approvals: [hash] },
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

const keys = generateKeyPairSync('ed25519');
const publicKey = keys.publicKey.export({ format: 'jwk' }).x ?? '';
const signing = (message: Uint8Array): Uint8Array => new Uint8Array(sign(null, message, keys.privateKey));
const ed25519Verify = (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  Buffer.from(key).toString('base64url') === publicKey && verify(null, message, keys.publicKey, signature);
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
  expect(new TextDecoder().decode(manifestBytes(manifest)).split('\n')[0]).toBe('comity/manifest/v1');
  expect(manifestDigest(manifest, sha256)).toBe(createHash('sha256').update(manifestBytes(manifest)).digest('hex'));
  const signed = await signManifest(manifest, signing);
  expect(checkManifest({ ...signed, publicKey }, ed25519Verify)).toEqual({ ok: true, value: manifest });
  const overTheWire = JSON.parse(JSON.stringify(signed));
  expect(checkManifest({ ...overTheWire, publicKey }, ed25519Verify).ok).toBe(true);
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
  ['v', 2],
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

test('unknown and retired suites are refused, whoever signed', async () => {
  for (const suite of ['comity-seal-0', 'comity-seal-2', 'toString', '__proto__']) {
    const signed = await signManifest({ ...manifest, suite }, signing);
    expect(checkManifest({ ...signed, publicKey }, ed25519Verify)).toMatchObject({ ok: false, refusal: { field: 'suite' } });
  }
  const signed = await signManifest(manifest, signing);
  const suites = { 'comity-seal-1': 'retired', 'comity-seal-2': 'current' } as const;
  expect(checkManifest({ ...signed, publicKey }, ed25519Verify, suites)).toMatchObject({
    ok: false,
    refusal: { field: 'suite' },
  });
});

test('any change to what was signed, the signature or the key is refused', async () => {
  const signed = await signManifest(manifest, signing);
  const refusal = { code: 'manifest-invalid', field: 'signature' };
  const other: Manifest = { ...manifest, ciphertext: { sha256: 'cd'.repeat(32), size: 1 } };
  expect(checkManifest({ ...signed, manifest: other, publicKey }, ed25519Verify)).toEqual({ ok: false, refusal });
  const bytes = Buffer.from(signed.signature, 'base64url');
  fc.assert(
    fc.property(fc.nat(63), fc.nat(7), (at, bit) => {
      const turned = Buffer.from(bytes);
      turned[at] = (turned[at] ?? 0) ^ (1 << bit);
      expect(checkManifest({ ...signed, signature: turned.toString('base64url'), publicKey }, ed25519Verify)).toEqual({
        ok: false,
        refusal,
      });
    }),
    { numRuns: 30 },
  );
  for (const signature of ['', `${signed.signature}=`, signed.signature.slice(2)]) {
    expect(checkManifest({ ...signed, signature, publicKey }, ed25519Verify)).toEqual({ ok: false, refusal });
  }
  const stranger = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? '';
  expect(checkManifest({ ...signed, publicKey: stranger }, ed25519Verify)).toEqual({ ok: false, refusal });
});

test('a signature over the bare JSON, without the domain line, is refused', async () => {
  const bare = { manifest, signature: Buffer.from(signing(manifestBytes(manifest).subarray(19))).toString('base64url') };
  expect(checkManifest({ ...bare, publicKey }, ed25519Verify)).toMatchObject({ ok: false, refusal: { field: 'signature' } });
});

test('a manifest that would be refused is not signed', async () => {
  await expect(signManifest({ ...manifest, from: '' }, signing)).rejects.toThrow('manifest: from');
});

test('the manifest door runs in a browser: it reaches nothing but core', () => {
  const sources = ['manifest.ts', 'manifest-form.ts'].map((file) => readFileSync(resolve(import.meta.dirname, file), 'utf8'));
  const imported = sources.flatMap((source) => [...source.matchAll(/from '([^']+)'/g)].map((match) => match[1]));
  expect([...new Set(imported)].sort()).toEqual(['./manifest-form.ts', '@comity/core']);
});
