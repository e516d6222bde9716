const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export interface Header {
  readonly delimiter: Delimiter;
  readonly names: readonly string[];
}

/**
 * The header record of a CSV text (RFC 4180, with or without byte order mark). The delimiter is the one under which most of the
 * expected columns are found, and among equals the one that gives most columns. Undefined when there is no header record.
 */
export function readHeader(text: string, expected: readonly string[]): Header | undefined {
  const start = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const wanted = new Set(expected);
  let best: { header: Header; score: number } | undefined;
  for (const delimiter of DELIMITERS) {
    const names = firstRecord(start, delimiter);
    if (names === undefined) continue;
    const score = names.filter((name) => wanted.has(name)).length * 10_000 + names.length;
    if (best === undefined || score > best.score) best = { header: { delimiter, names }, score };
  }
  if (best === undefined || best.header.names.every((name) => name === '')) return undefined;
  return {
    delimiter: best.header.delimiter,
    names: best.header.names.map((name, i) => (name === '' ? `column ${i + 1}` : name)),
  };
}

/** Fields of the first record, or undefined when a quoted field does not end within the text. */
function firstRecord(text: string, delimiter: string): readonly string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at, delimiter);
    if (field === undefined) return undefined;
    fields.push(field.value);
    if (text[field.end] !== delimiter) return fields;
    at = field.end + 1;
  }
}

interface Field {
  readonly value: string;
  readonly end: number;
}

function plainField(text: string, start: number, delimiter: string): Field {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++;
  return { value: text.slice(start, end), end };
}

function quotedField(text: string, start: number): Field | undefined {
  let end = start + 1;
  while (end < text.length) {
    if (text[end] !== '"') end += 1;
    else if (text[end + 1] === '"') end += 2;
    else return { value: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1 };
  }
  return undefined;
}
