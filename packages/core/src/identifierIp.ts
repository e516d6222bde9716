import type { IdentifierWarning, ReadIdentifier } from './identifierRead.ts';
import { ok, type Result, refuse } from './result.ts';

interface Block {
  readonly base: readonly number[];
  readonly bits: number;
  readonly warning: IdentifierWarning;
}

/** Special blocks of IANA's registries (RFC 6890 and its updates): an address in them names nobody on the open network. */
const V4: readonly Block[] = [
  block([10, 0, 0, 0], 8, 'private-address'),
  block([172, 16, 0, 0], 12, 'private-address'),
  block([192, 168, 0, 0], 16, 'private-address'),
  // RFC 6598: shared by the customers of a provider, who are told apart by port and time alone.
  block([100, 64, 0, 0], 10, 'port-needed'),
  block([0, 0, 0, 0], 8, 'not-public'),
  block([127, 0, 0, 0], 8, 'not-public'),
  block([169, 254, 0, 0], 16, 'not-public'),
  block([192, 0, 0, 0], 24, 'not-public'),
  block([192, 0, 2, 0], 24, 'not-public'),
  block([198, 18, 0, 0], 15, 'not-public'),
  block([198, 51, 100, 0], 24, 'not-public'),
  block([203, 0, 113, 0], 24, 'not-public'),
  block([224, 0, 0, 0], 3, 'not-public'),
];
const V6: readonly Block[] = [
  block([0xfc00], 7, 'private-address'),
  block([0xfe80], 10, 'not-public'),
  block([0xff00], 8, 'not-public'),
  block([0x2001, 0x0db8], 32, 'not-public'),
  block([0x0100, 0, 0, 0], 64, 'not-public'),
  block([0, 0, 0, 0, 0, 0, 0], 112, 'not-public'),
];

function block(base: readonly number[], bits: number, warning: IdentifierWarning): Block {
  return { base, bits, warning };
}

/**
 * One address, version 4 or 6, with a port if one was keyed (`192.0.2.7:443`, `[2001:db8::1]:443`). Version 4 in decimals without leading
 * zeros, which some programs read as octal; version 6 written out, in small letters, which is how messages of TS 103 120 carry it.
 */
export function readAddress(text: string): Result<ReadIdentifier> {
  if (/\/\d{1,3}$/u.test(text) || /^[\d.]+\s*[-–]\s*[\d.]+$/u.test(text)) return refuse('ip-range', 'value');
  const { address, port } = split(text);
  if (port !== undefined && (port < 1 || port > 65_535)) return refuse('ip-invalid', 'value');
  const four = bytesOf(address);
  const six = four === undefined ? groupsOf(address) : undefined;
  if (four !== undefined) return ok(version4(four, port, []));
  if (six === undefined) return refuse('ip-invalid', 'value');
  const mapped = mappedIn(six);
  return ok(mapped === undefined ? version6(six, port) : version4(mapped, port, ['mapped-address']));
}

function split(text: string): { readonly address: string; readonly port?: number } {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/u.exec(text);
  if (bracketed !== null) return { address: bracketed[1] ?? '', ...withPort(bracketed[2]) };
  const dotted = /^([\d.]+):(\d{1,5})$/u.exec(text);
  return dotted === null ? { address: text } : { address: dotted[1] ?? '', ...withPort(dotted[2]) };
}

function withPort(digits: string | undefined): { readonly port?: number } {
  return digits === undefined ? {} : { port: Number(digits) };
}

function version4(bytes: readonly number[], port: number | undefined, more: readonly IdentifierWarning[]): ReadIdentifier {
  const found = V4.find((one) => isWithin(bytes, one, 8))?.warning;
  // With its port a shared address names one customer.
  const warning = found === 'port-needed' && port !== undefined ? undefined : found;
  const value = `${bytes.join('.')}${port === undefined ? '' : `:${port}`}`;
  const warnings = [...more, ...(warning === undefined ? [] : [warning])];
  return { type: 'ip_address', family: 4, value, warnings, ...(port === undefined ? {} : { port }) };
}

function version6(groups: readonly number[], port: number | undefined): ReadIdentifier {
  const written = groups.map((group) => group.toString(16).padStart(4, '0')).join(':');
  const warning = V6.find((one) => isWithin(groups, one, 16))?.warning;
  const value = port === undefined ? written : `[${written}]:${port}`;
  const warnings = warning === undefined ? [] : [warning];
  return { type: 'ip_address', family: 6, value, warnings, ...(port === undefined ? {} : { port }) };
}

function isWithin(parts: readonly number[], { base, bits }: Block, width: 8 | 16): boolean {
  return parts.every((part, i) => {
    const counted = Math.min(width, Math.max(0, bits - i * width));
    const mask = (((1 << width) - 1) >> (width - counted)) << (width - counted);
    return (part & mask) === ((base[i] ?? 0) & mask);
  });
}

function bytesOf(address: string): readonly number[] | undefined {
  const parts = address.split('.');
  const sound = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/u.test(part) && Number(part) <= 255);
  return sound ? parts.map(Number) : undefined;
}

/** The eight groups of a version 6 address; undefined when it is none. A zone index (`%eth0`) names a machine's own card and is refused. */
function groupsOf(address: string): readonly number[] | undefined {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/u.exec(address);
  const bytes = embedded === null ? undefined : bytesOf(embedded[2] ?? '');
  if (embedded !== null && bytes === undefined) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = bytes ?? [];
  const text = bytes === undefined ? address : `${embedded?.[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const gap = 8 - head.length - tail.length;
  if (halves.length === 2 ? gap < 1 : gap !== 0) return undefined;
  const all = [...head, ...Array.from({ length: halves.length === 2 ? gap : 0 }, () => '0'), ...tail];
  return all.every((group) => /^[0-9a-f]{1,4}$/iu.test(group)) ? all.map((group) => Number.parseInt(group, 16)) : undefined;
}

/** The version 4 address inside `::ffff:a.b.c.d`. */
function mappedIn(groups: readonly number[]): readonly number[] | undefined {
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? [high >> 8, high & 255, low >> 8, low & 255] : undefined;
}
