import { fromUtf8, ok, type Result } from '@comity/core';
import { type Fault, fault } from '../faults.ts';
import { DEFLATED, Fields, FLAG, MAX32, SIGNATURE, STORED, ZIP64_EXTRA } from './record.ts';

/** One entry as the central directory has it. */
export interface CentralEntry {
  readonly name: string;
  readonly method: typeof STORED | typeof DEFLATED;
  readonly flags: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
  /** Length of the name in bytes. */
  readonly nameBytes: number;
}

const CENTRAL_BYTES = 46;
const FILE_TYPE = 0o170000;
const ORDINARY = [0, 0o100000, 0o040000];

/** Reads the records of a central directory (APPNOTE 4.3.12): exactly so many, filling it exactly. */
export function readCentral(bytes: Uint8Array, entries: number): Result<readonly CentralEntry[]> {
  const fields = new Fields(bytes);
  const read: CentralEntry[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + CENTRAL_BYTES > bytes.length || fields.u32(at) !== SIGNATURE.central) return fault('truncated', `${read.length}`);
    const [name, extra, comment] = [fields.u16(at + 28), fields.u16(at + 30), fields.u16(at + 32)];
    const next = at + CENTRAL_BYTES + name + extra + comment;
    if (next > bytes.length) return fault('truncated', `${read.length}`);
    const entry = readOne(bytes.subarray(at, next), { name, extra });
    if (!entry.ok) return entry;
    read.push(entry.value);
    at = next;
  }
  return read.length === entries ? ok(read) : fault('hidden-data');
}

function readOne(bytes: Uint8Array, length: { readonly name: number; readonly extra: number }): Result<CentralEntry> {
  const fields = new Fields(bytes);
  const flags = fields.u16(8);
  const name = nameOf(bytes.subarray(CENTRAL_BYTES, CENTRAL_BYTES + length.name), flags);
  if (name === undefined) return fault('name-not-utf8');
  const method = fields.u16(10);
  const wrong = wrongIn(fields, flags);
  if (wrong !== undefined) return fault(wrong, name);
  if (method !== STORED && method !== DEFLATED) return fault('method-unsupported', name);
  const plain = { size: fields.u32(24), packed: fields.u32(20), offset: fields.u32(42) };
  const extra = bytes.subarray(CENTRAL_BYTES + length.name, CENTRAL_BYTES + length.name + length.extra);
  const places = large(plain, extra);
  if (places === undefined) return fault('header-mismatch', name);
  return ok({ name, method, flags, crc: fields.u32(16), ...places, nameBytes: length.name });
}

function wrongIn(fields: Fields, flags: number): Fault | undefined {
  if ((flags & (FLAG.encrypted | FLAG.strong | FLAG.masked)) !== 0) return 'encrypted';
  if (fields.u16(34) !== 0) return 'several-disks';
  // The upper half of the attributes is the mode of Unix; whatever system the maker names, some program may take it for one.
  const mode = fields.u16(40) & FILE_TYPE;
  return ORDINARY.includes(mode) ? undefined : 'symlink';
}

/** Names are ASCII, or UTF-8 and flagged so (APPNOTE 4.4.4, bit 11): all else would be read differently elsewhere. */
function nameOf(bytes: Uint8Array, flags: number): string | undefined {
  const ascii = bytes.every((byte) => byte < 0x80);
  if (!ascii && (flags & FLAG.utf8) === 0) return undefined;
  try {
    return fromUtf8(bytes);
  } catch {
    // fromUtf8 throws on what is not UTF-8.
    return undefined;
  }
}

type Places = Pick<CentralEntry, 'size' | 'packed' | 'offset'>;

/** APPNOTE 4.5.3: the ZIP64 field holds exactly those values whose 4 bytes are all ones, in this order. Undefined when it does not. */
function large(plain: Places, extra: Uint8Array): Places | undefined {
  const field = extraField(extra, ZIP64_EXTRA);
  const wanted = (['size', 'packed', 'offset'] as const).filter((name) => plain[name] === MAX32);
  if (field === 'broken') return undefined;
  if (field === undefined) return wanted.length === 0 ? plain : undefined;
  if (field.length !== 8 * wanted.length) return undefined;
  const fields = new Fields(field);
  return { ...plain, ...Object.fromEntries(wanted.map((name, index) => [name, fields.u64(8 * index)])) };
}

/** The one field of an id; `broken` when fields do not fill the extra exactly or the id stands twice. */
function extraField(extra: Uint8Array, id: number): Uint8Array | 'broken' | undefined {
  const fields = new Fields(extra);
  let found: Uint8Array | undefined;
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + fields.u16(at + 2);
    if (end > extra.length) return 'broken';
    if (fields.u16(at) === id) {
      if (found !== undefined) return 'broken';
      found = extra.subarray(at + 4, end);
    }
    at = end;
  }
  return at === extra.length ? found : 'broken';
}
