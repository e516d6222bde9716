import { parseSize } from './size.ts';

/** Why a log did what it should not have to do: without a quorum of witnesses, in an emergency. The closed list of marks, in the order in which they stand. */
export const ENTRY_MARKS = ['emergency', 'unwitnessed'] as const;

type Check = (value: unknown) => boolean;

// 64 bytes end in a character whose last four bits are zero.
const isBytes64 = matches(/^[A-Za-z0-9_-]{85}[AQgw]$/);
const TYPE = matches(/^(?=.{1,64}$)[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$/);
const MAX_ORDERS = 16;

/** A name, code or pseudonym: no spaces, so no free text. */
export const isName: Check = matches(/^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,127}$/);
/** SHA-256 in lower-case hexadecimal. */
export const isHash: Check = matches(/^[0-9a-f]{64}$/);
/** 32 bytes in base64url. They end in a character whose last two bits are zero; any other would be a second spelling of the same bytes. */
export const isBytes32: Check = matches(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);
/** An index or size as decimal text: JSON numbers would be rounded. */
export const isDecimal: Check = (value) => typeof value === 'string' && parseSize(value).ok;

/** A member of an entry. */
interface EntryMember {
  readonly name: string;
  /** Comma, name and colon, as they stand before the value. */
  readonly lead: string;
  readonly required: boolean;
  readonly check: Check;
}

/** Members that an entry has or may have, in the order in which they are written (RFC 8785 section 3.2.3). */
export const MEMBERS: readonly EntryMember[] = [
  required('v', (value) => value === 1),
  required('t', TYPE),
  required('id', matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)),
  required('nonce', isBytes32),
  required('case', isName),
  required('at', isInstant),
  required('actor', isName),
  required('role', isName),
  optional('act', isHash),
  optional('policy', isHash),
  optional('decision', isName),
  optional('basis', listOf(isName)),
  optional('refs', listOf(isHash)),
  optional('obj', isSealedObject),
  optional('seen', isSeen),
  optional('marks', isMarks),
  optional('until', isInstant),
  optional('index', isDecimal),
  optional('was', TYPE),
  optional('orders', isOrders),
  optional('_sd', listOf(isBytes32)),
  optional('_sd_alg', (value) => value === 'sha-256'),
].sort((a, b) => (a.name < b.name ? -1 : 1));

function required(name: string, check: Check): EntryMember {
  return { name, lead: `,"${name}":`, required: true, check };
}

function optional(name: string, check: Check): EntryMember {
  return { name, lead: `,"${name}":`, required: false, check };
}

function matches(form: RegExp): Check {
  return (value) => typeof value === 'string' && form.test(value);
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.length > 0 && value.every(check);
}

/** The members of an object that has exactly these, or undefined. */
function membersOf(value: unknown, names: readonly string[]): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const members = new Map<string, unknown>(Object.entries(value));
  return members.size === names.length && names.every((name) => members.has(name)) ? members : undefined;
}

function isSealedObject(value: unknown): boolean {
  const members = membersOf(value, ['ct_sha256', 'bytes']);
  const bytes = members?.get('bytes');
  return isHash(members?.get('ct_sha256')) && typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes >= 0;
}

function isSeen(value: unknown): boolean {
  const members = membersOf(value, ['origin', 'index', 'size', 'root']);
  if (members === undefined || !isName(members.get('origin')) || !isHash(members.get('root'))) return false;
  const [index, size] = [members.get('index'), members.get('size')];
  // An entry stands below the size of the tree that holds it.
  return isDecimal(index) && isDecimal(size) && BigInt(String(index)) < BigInt(String(size));
}

function isMarks(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  // One order and no repetition, so that the same marks have one spelling.
  const places = value.map((mark) => ENTRY_MARKS.indexOf(mark));
  return places.every((place, i) => place > (i === 0 ? -1 : (places[i - 1] ?? -1)));
}

function isOrders(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_ORDERS) return false;
  const orders = value.map((order) => membersOf(order, ['key', 'signature']));
  const keys = new Set(orders.map((order) => order?.get('key')));
  return keys.size === orders.length && orders.every((order) => isName(order?.get('key')) && isBytes64(order?.get('signature')));
}

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** RFC 3339, UTC, milliseconds, of a day that the calendar has. By arithmetic: a Date costs more than the rest of the entry. */
function isInstant(value: unknown): boolean {
  const parts = typeof value === 'string' ? INSTANT.exec(value) : null;
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days;
}
