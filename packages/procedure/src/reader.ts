import { isJsonObject, type Json, type JsonObject } from '@comity/core';

/** Thrown inside the loader only; `loadProcedure` turns it into a refusal that names the path. */
export class PackFault extends Error {
  readonly path: string;
  constructor(path: string, what: string) {
    super(what);
    this.path = path;
  }
}

/** Reads a foreign JSON object member by member; whatever was not read is an unknown word, which rejects the whole. */
export class Reader {
  readonly path: string;
  readonly #object: JsonObject;
  readonly #unread: Set<string>;

  constructor(value: Json | undefined, path: string) {
    if (!isJsonObject(value)) throw new PackFault(path, 'an object is needed here');
    this.path = path;
    this.#object = value;
    this.#unread = new Set(Object.keys(value));
  }

  has(member: string): boolean {
    return this.#object[member] !== undefined;
  }

  take(member: string): Json | undefined {
    this.#unread.delete(member);
    return this.#object[member];
  }

  text(member: string): string {
    const value = this.take(member);
    if (typeof value === 'string' && value.length > 0 && value.length <= 500) return value;
    throw new PackFault(this.at(member), 'a text is needed here');
  }

  count(member: string): number {
    const value = this.take(member);
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    throw new PackFault(this.at(member), 'a whole number is needed here');
  }

  flag(member: string): boolean {
    const value = this.take(member) ?? false;
    if (typeof value === 'boolean') return value;
    throw new PackFault(this.at(member), 'true or false is needed here');
  }

  words(member: string): readonly string[] {
    return this.list(member).map((value, index) => {
      if (typeof value === 'string' && value.length > 0) return value;
      throw new PackFault(`${this.at(member)}.${index}`, 'a word is needed here');
    });
  }

  list(member: string): readonly Json[] {
    const value = this.take(member) ?? [];
    if (Array.isArray(value) && value.length <= 1000) return value;
    throw new PackFault(this.at(member), 'a list is needed here');
  }

  /** Every member of an object under its name, each read by `read`. An absent object is an empty one. */
  map<T>(member: string, read: (value: Json, path: string) => T): Readonly<Record<string, T>> {
    const value = this.take(member) ?? {};
    if (!isJsonObject(value)) throw new PackFault(this.at(member), 'an object is needed here');
    // Without a prototype: a hostile `constructor` or `toString` names nothing here.
    const entries: Record<string, T> = Object.create(null);
    for (const [name, part] of Object.entries(value)) entries[name] = read(part, `${this.at(member)}.${name}`);
    return entries;
  }

  at(member: string): string {
    return this.path === '' ? member : `${this.path}.${member}`;
  }

  /** Fails on the first member that nobody read. */
  end(): void {
    const [unknown] = this.#unread;
    if (unknown !== undefined) throw new PackFault(this.at(unknown), 'this word is not known here');
  }
}

/** A reader over a list of words that must be among those known. */
export function oneOf<const T extends string>(value: Json | undefined, known: readonly T[], path: string): T {
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw new PackFault(path, `one of ${known.join(', ')} is needed here`);
  return found;
}
