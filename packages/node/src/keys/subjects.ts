import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing, moveDurably, shred, writeDurably } from '../disk.ts';
import { sha256Hex } from './crypto.ts';

/** A data key, and the name by which the database says that it is in force. */
export interface SubjectKey {
  readonly id: string;
  readonly key: KeyObject;
}

/**
 * The data keys under which personal data lie in the database: one for each subject, which is the case. They are kept outside the database, so that destroying one
 * reaches every backup of it. Whoever calls anything but `find` holds the case's lock in the database, which also says which key is in force.
 */
export interface SubjectKeys {
  /** The key of a case with this name; undefined when it is gone. */
  readonly find: (caseId: string, id: string) => SubjectKey | undefined;
  /** The first key of a case, durable before it is given out. One that a transaction left behind when it failed is taken up. */
  readonly make: (caseId: string) => Promise<SubjectKey>;
  /** A new key beside the one in force, durable before it is given out. Both stand until `settle`. */
  readonly replace: (caseId: string) => Promise<SubjectKey>;
  /** Destroys every key of the case but the one with this name; nothing when that one is not here. */
  readonly settle: (caseId: string, id: string) => Promise<void>;
  /** Destroys every key of the case. */
  readonly destroy: (caseId: string) => Promise<void>;
  /** Of these cases, those with a key that a replacement left beside the one in force, and those without any key. */
  readonly look: (caseIds: readonly string[]) => { readonly unsettled: readonly string[]; readonly missing: readonly string[] };
}

/** Keys in memory at most, and for how long: another process may have destroyed one meanwhile. */
const HELD = 10_000;
const HELD_FOR = 300_000;
const KEY_BYTES = 32;
const NEXT = '.next';

/** Subject keys as files in a folder, one for each case, named by a hash of the case. */
export function subjectKeys(dir: string): SubjectKeys {
  return new KeyFolder(dir);
}

class KeyFolder implements SubjectKeys {
  readonly #dir: string;
  readonly #held = new Map<string, SubjectKey & { readonly since: number }>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  find(caseId: string, id: string): SubjectKey | undefined {
    const held = this.#held.get(caseId);
    if (held?.id === id && performance.now() - held.since < HELD_FOR) return held;
    const path = this.#pathOf(caseId);
    const found = [path, path + NEXT].map(readKey).find((key) => key?.id === id);
    return found === undefined ? undefined : this.#hold(caseId, found);
  }

  async make(caseId: string): Promise<SubjectKey> {
    const path = this.#pathOf(caseId);
    const left = readKey(path);
    return this.#hold(caseId, left ?? (await writeKey(path)));
  }

  replace(caseId: string): Promise<SubjectKey> {
    return writeKey(this.#pathOf(caseId) + NEXT);
  }

  async settle(caseId: string, id: string): Promise<void> {
    const path = this.#pathOf(caseId);
    const [current, next] = [readKey(path), readKey(path + NEXT)];
    if (next?.id === id) {
      await shred(path);
      await moveDurably(path + NEXT, path);
    } else if (current?.id === id) await shred(path + NEXT);
    else return;
    this.#held.delete(caseId);
  }

  async destroy(caseId: string): Promise<void> {
    this.#held.delete(caseId);
    const path = this.#pathOf(caseId);
    for (const name of [path, path + NEXT]) await shred(name);
  }

  look(caseIds: readonly string[]): ReturnType<SubjectKeys['look']> {
    const names = new Set(existsSync(this.#dir) ? readdirSync(this.#dir) : []);
    return {
      unsettled: caseIds.filter((caseId) => names.has(nameOf(caseId) + NEXT)),
      missing: caseIds.filter((caseId) => !names.has(nameOf(caseId)) && !names.has(nameOf(caseId) + NEXT)),
    };
  }

  #pathOf(caseId: string): string {
    return join(this.#dir, nameOf(caseId));
  }

  #hold(caseId: string, key: SubjectKey): SubjectKey {
    this.#held.delete(caseId);
    const [oldest] = this.#held.keys();
    if (oldest !== undefined && this.#held.size >= HELD) this.#held.delete(oldest);
    this.#held.set(caseId, { ...key, since: performance.now() });
    return key;
  }
}

/** A hash: a case's id may come from another party, and is not to be a path. */
function nameOf(caseId: string): string {
  return sha256Hex(caseId);
}

async function writeKey(path: string): Promise<SubjectKey> {
  const bytes = randomBytes(KEY_BYTES);
  await writeDurably(path, bytes);
  return keyOf(bytes);
}

/** A file of another length is no key of ours. */
function readKey(path: string): SubjectKey | undefined {
  try {
    const bytes = readFileSync(path);
    return bytes.length === KEY_BYTES ? keyOf(bytes) : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function keyOf(bytes: Buffer): SubjectKey {
  return {
    id: sha256Hex(Buffer.concat([Buffer.from('comity/subject-key/v1\n'), bytes])).slice(0, 32),
    key: createSecretKey(bytes),
  };
}
