import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing, shred, writeFresh } from '../disk.ts';
import { sha256Hex } from './crypto.ts';

/** A data key, and the name under which the database refers to it. */
export interface SubjectKey {
  readonly id: string;
  readonly key: KeyObject;
}

/**
 * The data keys under which personal data lie in the database: one for each subject, which is the case. They are kept outside the database, which only says by its name
 * which key is in force for which case, so that destroying one reaches every backup of it.
 */
export interface SubjectKeys {
  /** A key by its name; undefined when it is gone. */
  readonly find: (id: string) => SubjectKey | undefined;
  /** A new key, durable before it is given out. One that is never used holds nothing. */
  readonly take: () => Promise<SubjectKey>;
  /** Destroys a key, durably; nothing when it is gone. */
  readonly destroy: (id: string) => Promise<void>;
  /** How many of these keys are gone. */
  readonly missing: (ids: readonly string[]) => number;
  /** Removes the keys that were made ahead and not given out. */
  readonly close: () => Promise<void>;
}

/** Keys in memory at most, and for how many milliseconds: another process may have destroyed one meanwhile. */
const HELD = 10_000;
const HELD_FOR = 300_000;
const KEY_BYTES = 32;
/** Keys made ahead, so that whoever opens a case need not wait for the disk. */
const SPARE = 32;

/** Subject keys in a folder, a file of 32 bytes for each, named by a hash of it. */
export function subjectKeys(dir: string): SubjectKeys {
  return new KeyFolder(dir);
}

class KeyFolder implements SubjectKeys {
  readonly #dir: string;
  readonly #held = new Map<string, SubjectKey & { readonly since: number }>();
  readonly #spare: SubjectKey[] = [];
  #filling: Promise<void> | undefined;
  #closed = false;

  constructor(dir: string) {
    this.#dir = dir;
  }

  find(id: string): SubjectKey | undefined {
    const held = this.#held.get(id);
    if (held !== undefined && performance.now() - held.since < HELD_FOR) return held;
    this.#held.delete(id);
    const found = readKey(join(this.#dir, id));
    return found?.id === id ? this.#hold(found) : undefined;
  }

  async take(): Promise<SubjectKey> {
    const key = this.#spare.pop() ?? (await this.#make(1))[0];
    if (key === undefined) throw new Error('no key was made');
    if (!this.#closed && this.#spare.length < SPARE / 2) this.#filling ??= this.#fill();
    return this.#hold(key);
  }

  async destroy(id: string): Promise<void> {
    this.#held.delete(id);
    await shred(join(this.#dir, id));
  }

  missing(ids: readonly string[]): number {
    const names = new Set(existsSync(this.#dir) ? readdirSync(this.#dir) : []);
    return ids.filter((id) => !names.has(id)).length;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#filling;
    for (const { id } of this.#spare.splice(0)) await this.destroy(id);
  }

  async #fill(): Promise<void> {
    try {
      this.#spare.push(...(await this.#make(SPARE)));
    } catch {
      // Whoever needs a key makes it then, and is told why it cannot be.
    }
    this.#filling = undefined;
  }

  async #make(count: number): Promise<readonly SubjectKey[]> {
    const all = Array.from({ length: count }, () => randomBytes(KEY_BYTES));
    const keys = all.map(keyOf);
    await writeFresh(
      this.#dir,
      all.map((bytes, i) => ({ name: keys[i]?.id ?? '', bytes })),
    );
    return keys;
  }

  #hold(key: SubjectKey): SubjectKey {
    const [oldest] = this.#held.keys();
    if (oldest !== undefined && this.#held.size >= HELD) this.#held.delete(oldest);
    this.#held.set(key.id, { ...key, since: performance.now() });
    return key;
  }
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
  const id = sha256Hex(Buffer.concat([Buffer.from('comity/subject-key/v1\n'), bytes])).slice(0, 32);
  return { id, key: createSecretKey(bytes) };
}
