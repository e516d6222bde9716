import { createSecretKey, hkdfSync, type KeyObject, randomBytes, scrypt } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { writeDurably } from '../disk.ts';
import type { KeyDevice } from './device.ts';

/** What a keystore's file is sealed with: a passphrase that somebody types, a secret of the machine, or a key that a device holds. */
export type KeystoreSecret =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'machine'; readonly secret: KeyObject }
  /** A wrapping key that a device holds. */
  | { readonly kind: 'device'; readonly device: KeyDevice; readonly key: string };

/** How the key of a keystore's file comes from its secret. */
export type KeyDerivation =
  | { readonly name: 'scrypt'; readonly log2n: number; readonly salt: string }
  | { readonly name: 'hkdf-sha256'; readonly salt: string }
  | { readonly name: 'device'; readonly wrapped: string };

const SECRET_BYTES = 32;
const SALT_BYTES = 16;
/** log2 of the scrypt work (RFC 7914): 128 MiB, some tenths of a second. */
const LOG2N = 17;
const MOST_LOG2N = 20;
const INFO = 'comity/keystore/v1';

/** A new file's key, and how it comes from a secret again: scrypt for what a person can remember; HKDF (RFC 5869) for 32 random bytes, which nobody guesses; wrapped by a device. */
export async function newKeyFrom(secret: KeystoreSecret): Promise<{ readonly kdf: KeyDerivation; readonly key: KeyObject }> {
  if (secret.kind === 'device') {
    const bytes = randomBytes(SECRET_BYTES);
    return { kdf: { name: 'device', wrapped: await secret.device.wrap(secret.key, bytes) }, key: createSecretKey(bytes) };
  }
  const salt = randomBytes(SALT_BYTES).toString('base64url');
  const kdf: KeyDerivation =
    secret.kind === 'passphrase' ? { name: 'scrypt', log2n: LOG2N, salt } : { name: 'hkdf-sha256', salt };
  return { kdf, key: await deriveKey(secret, kdf) };
}

const WANTS: Readonly<Record<KeyDerivation['name'], { readonly kind: KeystoreSecret['kind']; readonly words: string }>> = {
  scrypt: { kind: 'passphrase', words: 'a passphrase. Give it as COMITY_KEYSTORE_PASSPHRASE.' },
  'hkdf-sha256': { kind: 'machine', words: 'the secret of a machine. Give its file as keystoreSecret, and no passphrase.' },
  device: { kind: 'device', words: 'a key of a device. Name the device, and its key as wrapKey.' },
};

/** The key of a keystore's file. Throws, in words for the operator, when the file was sealed with another kind of secret or asks for more work than is sensible. */
export async function deriveKey(secret: KeystoreSecret, how: KeyDerivation): Promise<KeyObject> {
  const wants = WANTS[how.name];
  if (wants === undefined) throw new Error('The keystore is damaged.');
  if (wants.kind !== secret.kind) throw new Error(`The keystore is sealed with ${wants.words}`);
  if (how.name === 'scrypt' && secret.kind === 'passphrase') return stretched(secret.passphrase, how);
  if (how.name === 'hkdf-sha256' && secret.kind === 'machine') {
    const salt = Buffer.from(how.salt, 'base64url');
    return createSecretKey(Buffer.from(hkdfSync('sha256', secret.secret, salt, INFO, SECRET_BYTES)));
  }
  if (how.name === 'device' && secret.kind === 'device')
    return createSecretKey(await secret.device.unwrap(secret.key, how.wrapped));
  throw new Error('The keystore is damaged.');
}

async function stretched(
  passphrase: string,
  { log2n, salt }: { readonly log2n: number; readonly salt: string },
): Promise<KeyObject> {
  if (!Number.isInteger(log2n) || log2n < 1 || log2n > MOST_LOG2N) throw new Error('The keystore is damaged.');
  const N = 2 ** log2n;
  return createSecretKey(
    await stretch(passphrase.normalize('NFC'), Buffer.from(salt, 'base64url'), { N, maxmem: 2 * 128 * 8 * N }),
  );
}

const stretch = promisify<string, Buffer, { N: number; maxmem: number }, Buffer>((passphrase, salt, { N, maxmem }, done) =>
  scrypt(passphrase, salt, SECRET_BYTES, { N, r: 8, p: 1, maxmem }, done),
);

/**
 * The machine's secret in a file: 32 bytes, base64url, which only its owner may read; made where there is none. Throws, in words for the operator, when others may read it, when
 * it lies in the folder that it protects (a copy of the folder would hold both), or when it is none.
 */
export async function machineSecret(file: string, protects: string): Promise<KeystoreSecret> {
  if (isInside(file, protects))
    throw new Error(
      `The machine's secret (${file}) lies in the folder that it protects. Keep it elsewhere: keystoreSecret names its file.`,
    );
  if (!existsSync(file)) await writeDurably(file, `${randomBytes(SECRET_BYTES).toString('base64url')}\n`);
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new Error(`Others may read the machine's secret: chmod 600 ${file}`);
  const bytes = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (bytes.length !== SECRET_BYTES)
    throw new Error(`${file} is no machine's secret: it holds something else than 32 bytes, base64url.`);
  return { kind: 'machine', secret: createSecretKey(bytes) };
}

function isInside(file: string, folder: string): boolean {
  const path = relative(resolve(folder), resolve(file));
  return !path.startsWith('..') && !isAbsolute(path);
}
