import { crc32 } from 'node:zlib';

/** An entry for an archive that is made by hand, with whatever lies it should tell. */
export interface Raw {
  readonly name: string | Buffer;
  readonly data?: Buffer;
  readonly method?: number;
  readonly flags?: number;
  readonly size?: number;
  readonly crc?: number;
  readonly localName?: string;
  readonly localMethod?: number;
  readonly mode?: number;
  /** Points to the bytes of the entry before. */
  readonly sharing?: boolean;
}

/** A ZIP archive of these entries as they are, with what is put around them. */
export function archive(
  entries: readonly Raw[],
  around: { readonly before?: Buffer; readonly after?: Buffer; readonly count?: number; readonly comment?: Buffer } = {},
): Buffer {
  const { before = Buffer.alloc(0), after = Buffer.alloc(0), comment = Buffer.alloc(0) } = around;
  const locals: Buffer[] = [before];
  const centrals: Buffer[] = [];
  let [offset, last] = [before.length, 0];
  for (const raw of entries) {
    const data = raw.data ?? Buffer.from('data');
    const name = Buffer.from(raw.name);
    const localName = Buffer.from(raw.localName ?? raw.name);
    const [method, flags] = [raw.method ?? 0, raw.flags ?? 0];
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(raw.crc ?? crc32(data), 0);
    sizes.writeUInt32LE(data.length, 4);
    sizes.writeUInt32LE(raw.size ?? data.length, 8);
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04\x14\0'),
      le16(flags),
      le16(raw.localMethod ?? method),
      le16(0, 0),
      sizes,
      le16(localName.length, 0),
      localName,
      data,
    ]);
    const at = raw.sharing ? last : offset;
    centrals.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02\x14\x03\x14\0'),
        le16(flags, method, 0, 0),
        sizes,
        le16(name.length, 0, 0, 0, 0, 0, raw.mode ?? 0o100644),
        le32(at),
        name,
      ]),
    );
    if (raw.sharing) continue;
    last = offset;
    offset += local.length;
    locals.push(local);
  }
  const central = Buffer.concat(centrals);
  const count = around.count ?? entries.length;
  const end = Buffer.concat([
    Buffer.from('PK\x05\x06'),
    le16(0, 0, count, count),
    le32(central.length),
    le32(offset),
    le16(comment.length),
    comment,
  ]);
  return Buffer.concat([...locals, central, end, after]);
}

function le16(...values: readonly number[]): Buffer {
  return Buffer.concat(values.map((value) => Buffer.from([value & 255, value >> 8])));
}

function le32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
