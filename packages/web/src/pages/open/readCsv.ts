/** Rows of a CSV text (RFC 4180): fields may be quoted, quotes in them are doubled, lines end in LF or CRLF. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const field = text[at] === '"' ? quoted(text, at) : plain(text, at);
    row.push(field.value);
    at = field.end;
    if (text[at] === ',') {
      at += 1;
      if (at === text.length) row.push('');
      continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

interface Field {
  readonly value: string;
  readonly end: number;
}

function plain(text: string, from: number): Field {
  let end = from;
  while (end < text.length && !',\r\n'.includes(text[end] ?? '')) end += 1;
  return { value: text.slice(from, end), end };
}

function quoted(text: string, from: number): Field {
  let value = '';
  let at = from + 1;
  for (;;) {
    const next = text.indexOf('"', at);
    if (next === -1) return { value: value + text.slice(at), end: text.length };
    value += text.slice(at, next);
    if (text[next + 1] !== '"') return { value, end: next + 1 };
    value += '"';
    at = next + 2;
  }
}
