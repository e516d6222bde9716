/**
 * A number below 2^31 that looks drawn but is not: the same for the same row and column on every machine and version (no engine hash,
 * whose values may change with its version). Two rounds of Knuth's multiplicative mixing; for invented data only.
 */
export function drawn(row: string, column: number): string {
  const once = `((${row} + ${column * 7919}) * 2654435761 % 4294967296)`;
  return `(xor(${once}, ${once} // 65536) * 1103515245 % 4294967296 // 2)`;
}

/** A list literal of texts. */
export function list(texts: readonly string[]): string {
  return `[${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')}]`;
}

/** One of the texts, drawn for a row and a column. */
export function among(texts: readonly string[], row: string, column: number): string {
  return `${list(texts)}[1 + ${drawn(row, column)} % ${texts.length}]`;
}
