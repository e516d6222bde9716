/** Four bytes that begin a frame; LZ4 Frame Format 1.6.4. */
const MAGIC = 0x184d2204;
const FLAGS = {
  version: 0b1100_0000,
  blockChecksum: 0b0001_0000,
  size: 0b0000_1000,
  checksum: 0b0000_0100,
  dictionary: 0b0000_0001,
};
const VERSION = 0b0100_0000;
/** The highest bit of a block's size: it is stored as it is. */
const STORED = 0x8000_0000;
const MIN_MATCH = 4;
const LONG = 15;

/** Nothing of what the bytes hold is said: they may be anybody's data. */
class NoLz4 extends Error {}

/**
 * Unpacks LZ4 frames, as Arrow packs buffers with them. Checksums are not looked at: Arrow writes none, and whoever reads a file knows its SHA-256.
 * `most` bounds what comes out, in bytes. Throws for anything that is no sound frame, or unpacks to more.
 */
export function readLz4(packed: Uint8Array, most: number): Uint8Array {
  const out = new Growing(most);
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at < packed.length; ) at = frame(view, at, out);
  return out.bytes();
}

function frame(view: DataView, start: number, out: Growing): number {
  if (view.getUint32(start, true) !== MAGIC) throw new NoLz4('no frame');
  const flags = view.getUint8(start + 4);
  if ((flags & FLAGS.version) !== VERSION || (flags & FLAGS.dictionary) !== 0)
    throw new NoLz4('a kind of frame that is not read');
  // Magic, flags, block size, the size of all if there is one, and a checksum of these.
  let at = start + 7 + ((flags & FLAGS.size) === 0 ? 0 : 8);
  for (;;) {
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) return at + ((flags & FLAGS.checksum) === 0 ? 0 : 4);
    const length = word % STORED;
    if (at + length > view.byteLength) throw new NoLz4('it breaks off');
    const block = new Uint8Array(view.buffer, view.byteOffset + at, length);
    if (word >= STORED) out.add(block);
    else unpack(block, out);
    at += length + ((flags & FLAGS.blockChecksum) === 0 ? 0 : 4);
  }
}

/** A block is a row of sequences: some bytes as they are, then how far back and how many of the bytes that came before come again. */
function unpack(block: Uint8Array, out: Growing): void {
  const reading = { at: 0 };
  const next = (): number => {
    const byte = block[reading.at++];
    if (byte === undefined) throw new NoLz4('it breaks off');
    return byte;
  };
  const lengthFrom = (first: number): number => {
    let length = first;
    if (first !== LONG) return length;
    for (let byte = 255; byte === 255; length += byte) byte = next();
    return length;
  };
  while (reading.at < block.length) {
    const token = next();
    const plain = lengthFrom(token >> 4);
    if (reading.at + plain > block.length) throw new NoLz4('it breaks off');
    out.add(block.subarray(reading.at, reading.at + plain));
    reading.at += plain;
    // The last sequence has no second half.
    if (reading.at === block.length) return;
    const back = next() + next() * 256;
    out.again(back, lengthFrom(token & LONG) + MIN_MATCH);
  }
}

/** Bytes that grow up to a bound. */
class Growing {
  readonly #most: number;
  #held: Uint8Array = new Uint8Array(1 << 16);
  #length = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#held.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  again(back: number, count: number): void {
    if (back === 0 || back > this.#length) throw new NoLz4('it points before its beginning');
    this.#room(count);
    // Byte by byte where it repeats itself.
    if (back >= count) this.#held.copyWithin(this.#length, this.#length - back, this.#length - back + count);
    else for (let i = 0; i < count; i++) this.#held[this.#length + i] = this.#held[this.#length + i - back] ?? 0;
    this.#length += count;
  }

  bytes(): Uint8Array {
    return this.#held.subarray(0, this.#length);
  }

  #room(more: number): void {
    const needed = this.#length + more;
    if (needed > this.#most) throw new NoLz4('it unpacks to more than is read');
    if (needed <= this.#held.length) return;
    const held = new Uint8Array(Math.min(this.#most, Math.max(needed, this.#held.length * 2)));
    held.set(this.#held.subarray(0, this.#length));
    this.#held = held;
  }
}
