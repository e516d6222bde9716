const ENCODED_WORD = /=\?([^?\s]{1,40})\?([BbQq])\?([^?\s]*)\?=/g;

/** Bytes of a text whose characters each stand for one byte. */
export function bytesOf(binary: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(binary, (character) => character.charCodeAt(0) & 255);
}

/** Text of bytes, each as one character: mail is cut up so, and decoded where its parts say how. */
export function binaryOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return text;
}

/** Text in a charset that mail names; UTF-8 where the browser does not know it or none is named. What does not fit becomes U+FFFD. */
export function textIn(bytes: Uint8Array<ArrayBuffer>, charset: string): string {
  try {
    return new TextDecoder(charset === '' ? 'utf-8' : charset).decode(bytes);
  } catch {
    // TextDecoder throws RangeError for charsets it does not know.
    return new TextDecoder().decode(bytes);
  }
}

/** A body as its Content-Transfer-Encoding says (RFC 2045 section 6); unknown encodings are left as they are. */
export function transferDecoded(body: string, encoding: string): Uint8Array<ArrayBuffer> {
  const name = encoding.trim().toLowerCase();
  if (name === 'base64') return base64(body);
  return bytesOf(name === 'quoted-printable' ? quotedPrintable(body) : body);
}

/** A header's value with its encoded words decoded (RFC 2047); blanks between two of them vanish. */
export function headerText(value: string): string {
  const joined = value.replace(/(\?=)\s+(?==\?[^?\s]{1,40}\?[BbQq]\?)/g, '$1');
  const decoded = joined.replace(ENCODED_WORD, (_, charset: string, kind: string, text: string) => {
    const bytes = kind.toLowerCase() === 'b' ? base64(text) : bytesOf(quotedPrintable(text.replaceAll('_', ' ')));
    return textIn(bytes, charset.split('*')[0] ?? '');
  });
  // Values without encoded words may be raw UTF-8 (RFC 6532).
  return decoded === joined && /[\x80-\xff]/.test(joined) ? textIn(bytesOf(joined), 'utf-8') : decoded;
}

function quotedPrintable(text: string): string {
  return text
    .replace(/[ \t]+(?=\r?\n)/g, '')
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function base64(text: string): Uint8Array<ArrayBuffer> {
  const clean = text.replace(/[^A-Za-z0-9+/]/g, '');
  try {
    return bytesOf(atob(clean.slice(0, clean.length - (clean.length % 4 === 1 ? 1 : 0))));
  } catch {
    // atob takes every text of this alphabet and length; should one refuse, there is nothing to show.
    return new Uint8Array();
  }
}
