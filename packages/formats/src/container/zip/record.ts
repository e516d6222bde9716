/** Signatures of ZIP records (PKWARE APPNOTE 6.3.10, section 4.3). */
export const SIGNATURE = {
  local: 0x04034b50,
  descriptor: 0x08074b50,
  central: 0x02014b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
  end: 0x06054b50,
} as const;

/** Value of a 4-byte (2-byte) field whose real value stands in a ZIP64 record. */
export const MAX32 = 0xffffffff;
export const MAX16 = 0xffff;

/** Extra field that holds 8-byte sizes and offsets (APPNOTE 4.5.3). */
export const ZIP64_EXTRA = 0x0001;

/** Methods of compression (APPNOTE 4.4.5) that are read and written here. */
export const STORED = 0;
export const DEFLATED = 8;

/** General purpose flags (APPNOTE 4.4.4). */
export const FLAG = { encrypted: 1, descriptor: 1 << 3, strong: 1 << 6, utf8: 1 << 11, masked: 1 << 13 } as const;

type Field = readonly [bytes: 2 | 4 | 8, value: number];

/** Little-endian fields in order, followed by bytes as they are. */
export function record(fields: readonly Field[], ...tails: readonly Uint8Array[]): Uint8Array {
  const head = fields.reduce((sum, [bytes]) => sum + bytes, 0);
  const whole = new Uint8Array(tails.reduce((sum, tail) => sum + tail.length, head));
  const view = new DataView(whole.buffer);
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else if (bytes === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += bytes;
  }
  for (const tail of tails) {
    whole.set(tail, at);
    at += tail.length;
  }
  return whole;
}

/** Little-endian numbers at places of a record. Throws RangeError beyond its end. */
export class Fields {
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u16(at: number): number {
    return this.#view.getUint16(at, true);
  }

  u32(at: number): number {
    return this.#view.getUint32(at, true);
  }

  /** Infinity for what no file can be long: it fails every comparison with a size. */
  u64(at: number): number {
    const value = this.#view.getBigUint64(at, true);
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.POSITIVE_INFINITY : Number(value);
  }
}
