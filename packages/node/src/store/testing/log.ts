import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { join } from 'node:path';
import { type LogEntry, MLDSA_COSIGNATURE, NOTE_SIGNATURE, signCheckpoint, type VerifierKey, verifierKey } from '@comity/prove';
import { mlDsa44SignerOf, newMlDsa44Key, sha256 } from '../../keys/crypto.ts';
import { nodeTreeHasher } from '../../keys/treeHasher.ts';
import { headFile } from '../headFile.ts';
import type { LogWriter } from '../logWriter.ts';

const keys = generateKeyPairSync('ed25519');
const postQuantum = newMlDsa44Key();
const signPostQuantum = mlDsa44SignerOf(postQuantum);

/** The two public keys of a log under this name. */
export function testLogKeys(name: string): readonly [VerifierKey, VerifierKey] {
  const raw = Buffer.from(keys.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return [
    verifierKey({ name, kind: NOTE_SIGNATURE, publicKey: raw }, sha256),
    verifierKey({ name, kind: MLDSA_COSIGNATURE, publicKey: Buffer.from(postQuantum.pub, 'base64url') }, sha256),
  ];
}

/** A writer with keys of its own, whose heads outside the database lie in a folder. */
export function testWriter(dir: string, more: Partial<LogWriter> = {}): LogWriter & { readonly reported: readonly string[] } {
  const reported: string[] = [];
  return {
    originOf: (year) => `log.example/${year}`,
    hasher: nodeTreeHasher,
    sign: async (text) => {
      const [ed25519, mlDsa44] = testLogKeys(text.split('\n')[0] ?? '');
      return signCheckpoint({ text, time: 1_790_000_000n }, [
        { key: ed25519, sign: (message) => sign(null, message, keys.privateKey) },
        { key: mlDsa44, sign: signPostQuantum },
      ]);
    },
    headFileOf: (year) => headFile(join(dir, `log-${year}`)),
    clock: () => Date.parse('2026-11-22T10:00:00.000Z'),
    consult: async () => undefined,
    report: (why) => void reported.push(why),
    reported,
    ...more,
  };
}

/** An entry that no other is like. */
export function testEntry(more: Partial<LogEntry> = {}): LogEntry {
  return {
    v: 1,
    t: 'case.read',
    id: crypto.randomUUID(),
    nonce: randomBytes(32).toString('base64url'),
    case: 'case-1',
    at: '2026-11-22T10:00:00.000Z',
    actor: 'pt#sign-1',
    role: 'judge',
    ...more,
  };
}
