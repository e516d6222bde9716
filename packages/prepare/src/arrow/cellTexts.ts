import { type Data, DataType, type DateUnit, TimeUnit, type Vector } from 'apache-arrow';

/** The text of a cell, or null where there is none. */
export type CellText = (row: number) => string | null;

const DAY = 86_400_000;
const PER_SECOND: Readonly<Record<TimeUnit, bigint>> = {
  [TimeUnit.SECOND]: 1n,
  [TimeUnit.MILLISECOND]: 1_000n,
  [TimeUnit.MICROSECOND]: 1_000_000n,
  [TimeUnit.NANOSECOND]: 1_000_000_000n,
};
/** Seconds since 1970 that a date has in JavaScript; Arrow's go further. */
const FARTHEST = 8_640_000_000_000n;

/**
 * How the cells of one column of one batch are written: what a number of the file is written as, exactly, times as RFC 3339 has them (with `Z` where the file says that they
 * are instants, else without an offset), bytes as hexadecimal, what is nested as its JSON.
 */
export function cellTexts(vector: Vector): CellText {
  const [data, ...more] = vector.data;
  // A batch of a file holds each column in one piece.
  if (data === undefined || more.length > 0) return (row) => textOf(vector.get(row));
  const exact = exactTexts(data);
  if (exact === undefined) return (row) => textOf(vector.get(row));
  return (row) => (data.getValid(row) ? exact(row) : null);
}

/** Kinds whose numbers a plain reading would round. */
function exactTexts(data: Data): ((row: number) => string | null) | undefined {
  const { type, values } = data;
  if (DataType.isTimestamp(type)) {
    const zone = type.timezone == null || type.timezone === '' ? '' : 'Z';
    return (row) => timestampText(BigInt(values[row]), type.unit, zone);
  }
  if (DataType.isDate(type)) return (row) => dateText(Number(values[row]), type.unit);
  if (DataType.isTime(type)) return (row) => timeText(BigInt(values[row]), type.unit);
  if (DataType.isDecimal(type)) {
    const words = type.bitWidth / 32;
    return (row) => decimalText(values.subarray(row * words, (row + 1) * words), type.scale);
  }
  return undefined;
}

function timestampText(value: bigint, unit: TimeUnit, zone: string): string | null {
  const per = PER_SECOND[unit];
  const second = floorDivide(value, per);
  if (second > FARTHEST || second < -FARTHEST) return null;
  return `${new Date(Number(second) * 1000).toISOString().slice(0, -5)}${fraction(value - second * per, per)}${zone}`;
}

function dateText(value: number, unit: DateUnit): string | null {
  const millis = unit === 0 ? value * DAY : value;
  return Math.abs(millis) > Number(FARTHEST) * 1000 ? null : new Date(millis).toISOString().slice(0, -14);
}

function timeText(value: bigint, unit: TimeUnit): string {
  const per = PER_SECOND[unit];
  const second = value / per;
  const two = (part: bigint): string => String(part).padStart(2, '0');
  return `${two(second / 3600n)}:${two((second / 60n) % 60n)}:${two(second % 60n)}${fraction(value % per, per)}`;
}

function fraction(part: bigint, per: bigint): string {
  return part === 0n ? '' : `.${String(part).padStart(String(per).length - 1, '0')}`;
}

function floorDivide(value: bigint, by: bigint): bigint {
  return value < 0n && value % by !== 0n ? value / by - 1n : value / by;
}

/** Little-endian two's complement in words of 32 bits. */
function decimalText(words: Uint32Array, scale: number): string {
  let value = 0n;
  for (let i = words.length - 1; i >= 0; i--) value = (value << 32n) | BigInt(words[i] ?? 0);
  const signed = BigInt.asIntN(words.length * 32, value);
  if (scale <= 0) return String(signed * 10n ** BigInt(-scale));
  const digits = String(signed < 0n ? -signed : signed).padStart(scale + 1, '0');
  return `${signed < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const plain = plainOf(value);
  return typeof plain === 'object' ? JSON.stringify(plain) : String(plain);
}

type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

function plainOf(value: unknown): Plain {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value !== 'object') return String(value);
  if (!(Symbol.iterator in value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plainOf(one)]));
  // A list is a column of its own; a record or a map gives pairs of a name and a value.
  if ('getChildAt' in value || ArrayBuffer.isView(value)) return Array.from(value as Iterable<unknown>, plainOf);
  return Object.fromEntries(Array.from(value as Iterable<[unknown, unknown]>, ([name, one]) => [String(name), plainOf(one)]));
}
