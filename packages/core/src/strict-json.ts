import { fromUtf8 } from './bytes.ts';
import type { Json } from './json.ts';
import { ok, type Result, refuse } from './result.ts';

/** How much a JSON text of somebody else's may hold. */
export interface JsonLimits {
  readonly bytes: number;
  readonly depth: number;
}

/** Thrown inside this file alone: it ends the reading, and becomes a refusal. */
class Unreadable extends Error {
  readonly kind: string;
  readonly path: string;
  constructor(kind: string, path: string) {
    super(kind);
    this.kind = kind;
    this.path = path;
  }
}

/**
 * Reads JSON that two readers can only read alike (RFC 8259 with the limits of I-JSON, RFC 7493): UTF-8, no member twice, no number whose digits a machine would lose, no lone
 * surrogate, and no deeper and no longer than it may be. Refuses `body-too-large`, and `body-not-json` with what is wrong (`syntax`, `twice`, `depth`, `number`, `text`) and where.
 */
export function readStrictJson(bytes: Uint8Array, limits: JsonLimits): Result<Json> {
  if (bytes.length > limits.bytes) return refuse('body-too-large', undefined, { limit: limits.bytes });
  try {
    return ok(new Reader(decoded(bytes), limits.depth).whole());
  } catch (error) {
    if (error instanceof Unreadable) return refuse('body-not-json', error.path, { kind: error.kind });
    throw error;
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    throw new Unreadable('text', '');
  }
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const WORDS: Readonly<Record<string, Json>> = { true: true, false: false, null: null };

class Reader {
  readonly #text: string;
  readonly #depth: number;
  #at = 0;
  #path: (string | number)[] = [];

  constructor(text: string, depth: number) {
    this.#text = text;
    this.#depth = depth;
  }

  whole(): Json {
    const value = this.#value();
    this.#take(SPACE);
    if (this.#at !== this.#text.length) this.#stop('syntax');
    return value;
  }

  #value(): Json {
    this.#take(SPACE);
    const next = this.#text[this.#at];
    if (next === '{') return this.#object();
    if (next === '[') return this.#list();
    if (next === '"') return this.#string();
    const word = this.#take(WORD);
    if (word !== undefined) return WORDS[word] ?? null;
    return this.#number();
  }

  #string(): string {
    let end = this.#at + 1;
    // Step by step: a pattern would need a stack as deep as the text is long.
    while (this.#text[end] !== '"' && end < this.#text.length) end += this.#text[end] === '\\' ? 2 : 1;
    const token = this.#text.slice(this.#at, end + 1);
    const text = textOf(token) ?? this.#stop('syntax');
    this.#at += token.length;
    return text.isWellFormed() ? text : this.#stop('text');
  }

  #number(): number {
    const token = this.#take(NUMBER) ?? this.#stop('syntax');
    const number = Number(token);
    const whole = /^-?[0-9]+$/.test(token);
    // A whole number that a double cannot tell from its neighbour is another number to another reader.
    if (!Number.isFinite(number) || (whole && !Number.isSafeInteger(number))) return this.#stop('number');
    return number;
  }

  #list(): Json {
    const members: Json[] = [];
    this.#within(']', () => {
      this.#path.push(members.length);
      members.push(this.#value());
    });
    return members;
  }

  #object(): Json {
    const members = new Map<string, Json>();
    this.#within('}', () => {
      this.#take(SPACE);
      const name = this.#string();
      this.#path.push(name);
      if (members.has(name)) this.#stop('twice');
      this.#take(SPACE);
      this.#expect(':');
      members.set(name, this.#value());
    });
    return Object.fromEntries(members);
  }

  /** The members between the present bracket and its end. */
  #within(end: string, member: () => void): void {
    if (this.#path.length >= this.#depth) this.#stop('depth');
    this.#at++;
    this.#take(SPACE);
    if (this.#text[this.#at] === end) {
      this.#at++;
      return;
    }
    for (;;) {
      member();
      this.#path.pop();
      this.#take(SPACE);
      if (this.#text[this.#at] === end) break;
      this.#expect(',');
    }
    this.#at++;
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) this.#stop('syntax');
    this.#at++;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #stop(kind: string): never {
    throw new Unreadable(kind, this.#path.join('.').slice(0, 200));
  }
}

function textOf(token: string): string | undefined {
  if (!token.startsWith('"')) return undefined;
  try {
    return JSON.parse(token);
  } catch {
    return undefined;
  }
}
