import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { generateOfficeIdentity, openWithPassphrase, readArmor } from './identity.ts';
import { unseal } from './unseal.ts';
import { unsealWhole } from './whole.ts';

const folder = resolve(import.meta.dirname, '../../../../shared/vectors/age-testkit/testdata');
const present = existsSync(folder);
const title = present ? '%s' : 'skipped: vectors not present';

const ANY_IDENTITY = (await generateOfficeIdentity('x25519')).identity;

interface Vector {
  readonly keys: ReadonlyMap<string, string>;
  readonly identities: readonly string[];
  readonly file: Uint8Array;
}

/** Lines of `key: value`, an empty line, then the file, perhaps compressed (README of the testkit). */
function readVector(name: string): Vector {
  const bytes = readFileSync(resolve(folder, name));
  const split = bytes.indexOf('\n\n');
  const pairs = bytes
    .subarray(0, split)
    .toString()
    .split('\n')
    .map((line) => line.split(': ') as [string, string]); // parser of a test vector
  const keys = new Map(pairs);
  const body = bytes.subarray(split + 2);
  const identities = pairs.filter(([key]) => key === 'identity').map(([, value]) => value);
  return { keys, identities, file: keys.get('compressed') === 'zlib' ? inflateSync(body) : body };
}

interface Outcome {
  readonly opened: boolean;
  readonly began: boolean;
  readonly released: string;
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Byte by byte; the few files of megabytes in pieces of 1,021 bytes, which meet no border either. */
async function* bytewise(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const step = bytes.length > 500_000 ? 1021 : 1;
  for (let i = 0; i < bytes.length; i += step) yield bytes.subarray(i, i + step);
}

async function open(source: AsyncIterable<Uint8Array>, identity: string): Promise<Outcome> {
  const plaintext = await unseal(source, identity);
  if (!plaintext.ok) return { opened: false, began: false, released: '' };
  const hash = createHash('sha256');
  try {
    for await (const piece of plaintext.value) hash.update(piece);
    return { opened: true, began: true, released: hash.digest('hex') };
  } catch {
    return { opened: false, began: true, released: hash.digest('hex') };
  }
}

/** Opens a vector as an office does; of several identities, as age does, the first that opens the header. */
async function openVector(vector: Vector, pieces: typeof whole): Promise<Outcome> {
  const armored = vector.keys.get('armored') === 'yes';
  const binary = armored ? readArmor(Buffer.from(vector.file).toString('latin1')) : { ok: true as const, value: vector.file };
  if (!binary.ok) return { opened: false, began: false, released: '' };
  const passphrase = vector.keys.get('passphrase');
  if (vector.identities.length === 0 && passphrase !== undefined) {
    const opened = await openWithPassphrase(binary.value, passphrase, 20);
    return {
      opened: opened.ok,
      began: opened.ok,
      released: opened.ok ? createHash('sha256').update(opened.value).digest('hex') : '',
    };
  }
  for (const identity of vector.identities.length > 0 ? vector.identities : [ANY_IDENTITY]) {
    const outcome = await open(pieces(binary.value), identity);
    if (outcome.began) return outcome;
  }
  return { opened: false, began: false, released: '' };
}

const names = present ? readdirSync(folder) : ['none'];

test.skipIf(!present)('the testkit is whole, and each vector is opened by an identity or a passphrase or holds nothing', () => {
  expect(names.length).toBeGreaterThan(110);
  const unopenable = names.filter((name) => {
    const { identities, keys } = readVector(name);
    return identities.length === 0 && !keys.has('passphrase');
  });
  expect(unopenable).toEqual(['armor_empty', 'empty']);
});

test.skipIf(!present).each(names)(title, async (name) => {
  const vector = readVector(name);
  const expected = vector.keys.get('expect');
  for (const pieces of [whole, bytewise]) {
    const outcome = await openVector(vector, pieces);
    expect(outcome.opened).toBe(expected === 'success');
    if (expected === 'payload failure') expect(outcome.began).toBe(true);
    if (expected === 'success' || expected === 'payload failure') expect(outcome.released).toBe(vector.keys.get('payload'));
    else expect(outcome.began).toBe(false);
  }
});

test.skipIf(!present).each(names)(`in a page: ${title}`, async (name) => {
  const { keys, identities, file } = readVector(name);
  // Pages open binary files whole, by one identity; the rest is above.
  if (keys.get('armored') === 'yes' || identities.length !== 1) return;
  const opened = await unsealWhole(file, identities[0] ?? '');
  expect(opened.ok).toBe(keys.get('expect') === 'success');
  if (opened.ok) expect(createHash('sha256').update(opened.value).digest('hex')).toBe(keys.get('payload'));
});
