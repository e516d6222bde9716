/** An e-mail as far as a clerk needs it: who it says it is from, its words, and what hangs on it. */
export interface Mail {
  /** Headers by their name in lower case; the first of each. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  /** The words were taken out of HTML, for there were no others. */
  readonly fromHtml: boolean;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly bytes: number }[];
}

const DEPTH = 8;
const MOST_PARTS = 200;

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * Reads an e-mail (RFC 5322, with MIME as of RFC 2045 to 2047): headers, the text parts, and the names of the others. Undefined for what has no header at all. Nothing in it is fetched, run or
 * believed.
 */
export function readMail(bytes: Uint8Array): Mail | undefined {
  const whole = partOf(latin1(bytes));
  if (!whole.headers.has('from') && !whole.headers.has('subject')) return undefined;
  const leaves = leavesOf(whole, 0).slice(0, MOST_PARTS);
  const texts = leaves.filter((leaf) => typeOf(leaf) === 'text/plain' && !isAttached(leaf));
  const html = leaves.filter((leaf) => typeOf(leaf) === 'text/html' && !isAttached(leaf));
  const fromHtml = texts.length === 0 && html.length > 0;
  const words = fromHtml ? html.map((leaf) => withoutTags(textOf(leaf))) : texts.map(textOf);
  const others = leaves.filter((leaf) => !texts.includes(leaf) && !html.includes(leaf));
  return {
    headers: new Map([...whole.headers].map(([name, value]) => [name, decodeWords(value)])),
    text: words.join('\n').replaceAll('\r\n', '\n'),
    fromHtml,
    attachments: others.map((leaf) => ({ name: nameOf(leaf), type: typeOf(leaf), bytes: decodedBody(leaf).length })),
  };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function partOf(raw: string): Part {
  const end = /\r?\n\r?\n/.exec(raw);
  const head = end === null ? raw : raw.slice(0, end.index);
  const body = end === null ? '' : raw.slice(end.index + end[0].length);
  const headers = new Map<string, string>();
  for (const line of head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? [];
    const key = name?.toLowerCase();
    if (key !== undefined && value !== undefined && !headers.has(key)) headers.set(key, value);
  }
  return { headers, body };
}

function leavesOf(part: Part, depth: number): readonly Part[] {
  const boundary = parameter(part, 'content-type', 'boundary');
  if (!typeOf(part).startsWith('multipart/') || boundary === undefined || depth >= DEPTH) return [part];
  const pieces = `\n${part.body.replaceAll('\r\n', '\n')}`.split(`\n--${boundary}`).slice(1);
  return pieces
    .filter((piece) => !piece.startsWith('--'))
    .slice(0, MOST_PARTS)
    .flatMap((piece) => leavesOf(partOf(piece.replace(/^[^\n]*\n/, '')), depth + 1));
}

function typeOf({ headers }: Part): string {
  return (headers.get('content-type') ?? 'text/plain').split(';')[0]?.trim().toLowerCase() ?? '';
}

function parameter({ headers }: Part, header: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}="?([^";]+)"?`, 'i').exec(headers.get(header) ?? '');
  return found?.[1]?.trim();
}

function isAttached({ headers }: Part): boolean {
  return /^attachment/i.test(headers.get('content-disposition') ?? '');
}

function nameOf(part: Part): string {
  const name = parameter(part, 'content-disposition', 'filename') ?? parameter(part, 'content-type', 'name') ?? '';
  return decodeWords(name).slice(0, 200);
}

function decodedBody({ headers, body }: Part): Uint8Array {
  const encoding = (headers.get('content-transfer-encoding') ?? '').trim().toLowerCase();
  if (encoding === 'base64') return new Uint8Array(Buffer.from(body, 'base64'));
  return new Uint8Array(Buffer.from(encoding === 'quoted-printable' ? unquoted(body) : body, 'latin1'));
}

/** RFC 2045 section 6.7, as latin1 of the bytes. */
function unquoted(text: string): string {
  return text
    .replaceAll(/[ \t]+(?=\r?\n)/g, '')
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function textOf(part: Part): string {
  return inCharset(decodedBody(part), parameter(part, 'content-type', 'charset') ?? 'utf-8');
}

function inCharset(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset that nobody knows: the bytes as they are, so that the ASCII in them can be read.
    return latin1(bytes);
  }
}

/** Encoded words in headers, RFC 2047. */
function decodeWords(value: string): string {
  return value
    .replaceAll(/(=\?[^?]+\?[BbQq]\?[^?]*\?=)\s+(?==\?)/g, '$1')
    .replaceAll(/=\?([^?*]+)(?:\*[^?]*)?\?([BbQq])\?([^?]*)\?=/g, (_, charset: string, how: string, text: string) => {
      const raw =
        how.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : Buffer.from(unquoted(text.replaceAll('_', ' ')), 'latin1');
      return inCharset(new Uint8Array(raw), charset);
    });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'" };

function withoutTags(html: string): string {
  return html
    .replaceAll(/<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, '')
    .replaceAll(/<(?:br|\/p|\/div|\/tr|\/li)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:#(\d{1,6})|(\w{2,6}));/g, (whole, code: string | undefined, name: string | undefined) =>
      code === undefined ? (ENTITIES[name ?? ''] ?? whole) : String.fromCodePoint(Number(code)),
    );
}
