import { fromBase64, fromHex, join, textOf, toBase64, toHex, utf8 } from './bytes.ts';
import { isKeyName } from './key.ts';
import { found, type Outcome, refused } from './refusal.ts';

/** One signature line. */
export interface NoteSignature {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly id: string;
  /** What follows the four bytes of the id. */
  readonly signature: Uint8Array;
}

/** A C2SP signed note taken apart. Nothing in it is to be believed before openNote. */
export interface Note {
  /** With its last newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Bytes of the longest note that is read: a checkpoint with a hundred signatures of the largest assigned kind fits. */
export const MAX_NOTE_BYTES = 1_000_000;
/** Most signatures that are read; C2SP signed-note asks for at least 16. */
export const MAX_SIGNATURES = 100;

const LINE = /^\u2014 ([^ ]+) ([A-Za-z0-9+/]+=*)$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what a note must not hold (C2SP signed-note).
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;

/**
 * Takes a note apart: text, blank line, at least one signature line. Strict as C2SP signed-note: valid UTF-8, no control character but
 * the newline (so no CRLF), canonical base64, every line ended by a newline.
 */
export function parseNote(note: Uint8Array | string): Outcome<Note> {
  const whole = wholeText(note);
  if (whole === undefined) return refused('malformed-note', 'too long, not UTF-8, or with control characters');
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !whole.endsWith('\n'))
    return refused('malformed-note', 'no blank line before the signatures, or no newline at the end');
  const lines = whole.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) return refused('malformed-note', 'too many signatures');
  const signatures = lines.map(parseLine).filter((signature) => signature !== undefined);
  if (signatures.length !== lines.length) return refused('malformed-note', 'a line that is not a signature');
  return found({ text: whole.slice(0, split + 1), signatures });
}

/** The note as text. Throws on what parseNote would refuse, so that nothing unreadable is written. */
export function formatNote({ text, signatures }: Note): string {
  const note = `${text}\n${signatures.map(formatLine).join('')}`;
  const read = parseNote(note);
  if (!read.ok || read.value.text !== text) throw new TypeError(read.ok ? 'the text must end in a newline' : read.detail);
  return note;
}

/** Whether a text can stand in a note: no control character but the newline, valid UTF-16 (C2SP signed-note). */
export function isNoteText(text: string): boolean {
  return !CONTROL.test(text) && text.isWellFormed();
}

function wholeText(note: Uint8Array | string): string | undefined {
  if (note.length > MAX_NOTE_BYTES) return undefined;
  const text = typeof note === 'string' ? note : textOf(note);
  if (text === undefined || !isNoteText(text)) return undefined;
  return utf8(text).length > MAX_NOTE_BYTES ? undefined : text;
}

function parseLine(line: string): NoteSignature | undefined {
  const [, name, encoded] = LINE.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  if (name === undefined || bytes === undefined || bytes.length < 5 || !isKeyName(name)) return undefined;
  return { name, id: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) };
}

function formatLine({ name, id, signature }: NoteSignature): string {
  return `\u2014 ${name} ${toBase64(join([fromHex(id) ?? new Uint8Array(0), signature]))}\n`;
}
