/** What an entry is written in: no fractions, no null, no booleans, so that there is one way to write each value. */
export type StrictJson = string | number | readonly StrictJson[] | { readonly [key: string]: StrictJson };

/** Canonical JSON (RFC 8785) of strings, safe integers, arrays and objects. Throws on everything else, -0 and lone surrogates included. */
export function writeStrict(value: unknown): string {
  if (typeof value === 'string') return writeText(value);
  if (typeof value === 'number') return writeInteger(value);
  if (Array.isArray(value)) return `[${value.map(writeStrict).join(',')}]`;
  if (typeof value !== 'object' || value === null) throw new TypeError('only strings, integers, arrays and objects are written');
  // RFC 8785 section 3.2.3: members in the order of their UTF-16 code units.
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${writeText(key)}:${writeStrict(member)}`).join(',')}}`;
}

// Printable ASCII without quotation mark and backslash is written as it is; nearly every text of an entry is.
const PLAIN = /^[ !#-[\]-~]*$/;

function writeText(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('a string with a lone surrogate cannot be written');
  return JSON.stringify(text);
}

function writeInteger(number: number): string {
  if (!Number.isSafeInteger(number) || Object.is(number, -0)) throw new TypeError('only safe integers are written');
  return String(number);
}
