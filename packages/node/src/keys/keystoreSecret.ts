import { createSecretKey, hkdfSync, type KeyObject, randomBytes, scrypt } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { writeDurably } from '../disk.ts';

/** What a keystore's file is sealed with: a passphrase that somebody types, or a secret of the machine. */
export type KeystoreSecret =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'machine'; readonly secret: KeyObject };

/** How the key of a keystore's file comes from its secret. */
export type KeyDerivation =
  | { readonly name: 'scrypt'; readonly log2n: number; readonly salt: string }
  | { readonly name: 'hkdf-sha256'; readonly salt: string };

const SECRET_BYTES = 32;
const SALT_BYTES = 16;
/** log2 of the scrypt work (RFC 7914): 128 MiB, some tenths of a second. */
const LOG2N = 17;
const MOST_LOG2N = 20;
const INFO = 'comity/keystore/v1';

/** How a new file's key is derived from a secret: scrypt for what a person can remember; HKDF (RFC 5869) for 32 random bytes, which nobody guesses. */
export function derivationFor({ kind }: KeystoreSecret): KeyDerivation {
  const salt = randomBytes(SALT_BYTES).toString('base64url');
  return kind === 'passphrase' ? { name: 'scrypt', log2n: LOG2N, salt } : { name: 'hkdf-sha256', salt };
}

/** The key of a keystore's file. Throws, in words for the operator, when the file was sealed with the other kind of secret or asks for more work than is sensible. */
export async function deriveKey(secret: KeystoreSecret, how: KeyDerivation): Promise<KeyObject> {
  const salt = Buffer.from(how.salt, 'base64url');
  if (how.name === 'scrypt') {
    if (secret.kind !== 'passphrase')
      throw new Error('The keystore is sealed with a passphrase. Give it as COMITY_KEYSTORE_PASSPHRASE.');
    if (!Number.isInteger(how.log2n) || how.log2n < 1 || how.log2n > MOST_LOG2N) throw new Error('The keystore is damaged.');
    const N = 2 ** how.log2n;
    const bytes = await stretch(secret.passphrase.normalize('NFC'), salt, { N, maxmem: 2 * 128 * 8 * N });
    return createSecretKey(bytes);
  }
  if (secret.kind !== 'machine')
    throw new Error('The keystore is sealed with the secret of a machine. Give its file as keystoreSecret, and no passphrase.');
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret.secret, salt, INFO, SECRET_BYTES)));
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
