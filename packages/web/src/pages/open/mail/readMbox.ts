const NEWLINE = 0x0a;
const FROM = [0x46, 0x72, 0x6f, 0x6d, 0x20]; // "From "
const QUOTE = 0x3e; // ">"

/** Where one message lies in a mailbox. */
export interface MailPlace {
  readonly from: number;
  readonly until: number;
}

/** Whether a file is a mailbox of several messages, not one message: the first line says so. */
export function isMbox(bytes: Uint8Array): boolean {
  return beginsFrom(bytes, 0);
}

/** Finds the messages of a mailbox (RFC 4155): each begins behind a line that begins with `From ` and follows an empty one. */
export function placesIn(bytes: Uint8Array): readonly MailPlace[] {
  const places: MailPlace[] = [];
  let from = -1;
  for (let line = 0; line < bytes.length; ) {
    const end = endOfLine(bytes, line);
    if (beginsFrom(bytes, line) && (line === 0 || isEmptyBefore(bytes, line))) {
      if (from >= 0) places.push({ from, until: line });
      from = end;
    }
    line = end;
  }
  return from < 0 ? places : [...places, { from, until: bytes.length }];
}

/** A message of a mailbox without the quoting of its `From ` lines (mboxrd: `>From ` becomes `From `). */
export function messageAt(bytes: Uint8Array, { from, until }: MailPlace): Uint8Array {
  const kept: Uint8Array[] = [];
  for (let line = from; line < until; ) {
    const end = Math.min(endOfLine(bytes, line), until);
    let quotes = 0;
    while (bytes[line + quotes] === QUOTE) quotes++;
    kept.push(bytes.subarray(quotes > 0 && beginsFrom(bytes, line + quotes) ? line + 1 : line, end));
    line = end;
  }
  const whole = new Uint8Array(kept.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of kept) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function beginsFrom(bytes: Uint8Array, at: number): boolean {
  return FROM.every((byte, index) => bytes[at + index] === byte);
}

function isEmptyBefore(bytes: Uint8Array, line: number): boolean {
  const previous = bytes[line - 2] === 0x0d ? line - 3 : line - 2;
  return previous < 0 || bytes[previous] === NEWLINE;
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(NEWLINE, from);
  return end < 0 ? bytes.length : end + 1;
}
