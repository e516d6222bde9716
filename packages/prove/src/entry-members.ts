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

/** Members that every entry has. */
export const REQUIRED: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['v', (value) => value === 1],
  ['t', TYPE],
  ['id', matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)],
  ['nonce', isBytes32],
  ['case', isName],
  ['at', isInstant],
  ['actor', isName],
  ['role', isName],
]);

/** Members that an entry may have. */
export const OPTIONAL: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['act', isHash],
  ['policy', isHash],
  ['decision', isName],
  ['basis', listOf(isName)],
  ['refs', listOf(isHash)],
  ['obj', isSealedObject],
  ['seen', isSeen],
  ['marks', isMarks],
  ['until', isInstant],
  ['index', isDecimal],
  ['was', TYPE],
  ['orders', isOrders],
  ['_sd', listOf(isBytes32)],
  ['_sd_alg', (value) => value === 'sha-256'],
]);

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

function isInstant(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value)) return false;
  const milliseconds = Date.parse(value);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === value;
}
