import { crc32 } from 'node:zlib';
import { type IdentifierType, millisecondsOf } from '@comity/core';
import { quoteName, quoteText } from '../engine.ts';
import type { TableColumn, TableHead } from '../engines/trinoTable.ts';
import { textFor } from '../engines/trinoTypes.ts';
import { pairsOf, type Wanted } from './groups.ts';
import type { MinimisePlan } from './plan.ts';

/** Places for each identifier, and bounds: a statement of Trino may hold a million characters. */
const SPREAD = 64;
const [LEAST, MOST] = [2 ** 16, 2 ** 18];

/**
 * SQL of Trino that is true for every row that holds an asked identifier, and for few others: the node looks at what comes as at a file. The cluster keeps
 * the texts of statements, so no identifier stands in one: of each only where a checksum of it falls, as in the node's own sieve.
 */
export function sieveSql(plan: MinimisePlan, wanted: readonly Wanted[], { columns }: TableHead): string {
  const parts = pairsOf(plan.items ?? []).map(({ column, type }, i) => {
    const stored = columns.find(({ name }) => name === column);
    const items = wanted[i]?.items;
    return stored === undefined || items === undefined
      ? 'true'
      : sieveOf(stored, type, { texts: [...items.keys()], nonce: plan.nonce });
  });
  return parts.length === 0 ? 'true' : parts.map((part) => `(${part})`).join(' OR ');
}

interface Sought {
  readonly texts: readonly string[];
  readonly nonce: string;
}

const COMPARED = /^(?:VARCHAR|TINYINT|SMALLINT|INTEGER|BIGINT)$/;

function sieveOf(column: TableColumn, type: IdentifierType, { texts, nonce }: Sought): string {
  // Of other types both engines write texts of their own.
  if (!COMPARED.test(column.type)) return 'true';
  const { form, open, own } = FORMS[type] ?? EXACT;
  const cell = textFor(column);
  const size = Math.min(MOST, Math.max(LEAST, 2 ** Math.ceil(Math.log2(texts.length * SPREAD))));
  const places = Buffer.alloc(size);
  for (const text of texts) places[crc32(Buffer.from(nonce + own(text))) % size] = 1;
  const place = `CAST(crc32(to_utf8(${quoteText(nonce)} || ${form(cell)})) % ${size} AS integer)`;
  const packed = bits(places).toString('base64');
  const byte = `from_big_endian_32(X'000000' || substr(from_base64(${quoteText(packed)}), ${place} / 8 + 1, 1))`;
  const hit = `coalesce(bitwise_and(${byte}, CAST(power(2, ${place} % 8) AS integer)) <> 0, false)`;
  return open === undefined ? hit : `${hit} OR coalesce(${open(cell)}, false)`;
}

/** Eight places to a byte, the first in its lowest bit. */
function bits(places: Buffer): Buffer {
  const packed = Buffer.alloc(places.length / 8);
  for (const [at, place] of places.entries()) if (place === 1) packed[at >> 3] = (packed[at >> 3] ?? 0) | (1 << (at & 7));
  return packed;
}

/** How the cluster brings a text into the form in which identifiers are compared. */
interface Form {
  readonly form: (text: string) => string;
  /** The texts for which it may do so otherwise than the node: their rows come. */
  readonly open?: (text: string) => string;
  /** The form on the cluster of a text in the node's form. */
  readonly own: (text: string) => string;
}

const same = (text: string): string => text;
const EXACT: Form = { form: same, own: same };
const digits = (text: string): string => `regexp_replace(${text}, '[^0-9]', '')`;

const FORMS: Readonly<Partial<Record<IdentifierType, Form>>> = {
  // Engines agree on the small letters and the spaces of ASCII.
  email: { form: (text) => `lower(trim(${text}))`, open: (text) => `length(to_utf8(${text})) <> length(${text})`, own: same },
  ip_address: {
    form: (text) =>
      `CASE WHEN strpos(${text}, ':') = 0 THEN trim(${text}) ELSE CAST(TRY_CAST(trim(${text}) AS ipaddress) AS varchar) END`,
    open: (text) => `strpos(${text}, ':') > 0 AND TRY_CAST(trim(${text}) AS ipaddress) IS NULL`,
    own: shortAddress,
  },
  phone: { form: (text) => `regexp_replace(${digits(text)}, '^00', '')`, own: same },
  imei: { form: digits, own: same },
  mac_address: { form: (text) => `regexp_replace(lower(${text}), '[^0-9a-f]', '')`, own: same },
};

/** An address of version 6 as short as it can be (RFC 5952); one of version 4 that it carries as that. */
function shortAddress(text: string): string {
  if (!text.includes(':')) return text;
  const mapped = /^(?:0000:){5}ffff:([0-9a-f]{2})([0-9a-f]{2}):([0-9a-f]{2})([0-9a-f]{2})$/.exec(text);
  if (mapped !== null)
    return mapped
      .slice(1)
      .map((byte) => Number.parseInt(byte, 16))
      .join('.');
  return new URL(`http://[${text}]/`).hostname.slice(1, -1);
}

const DAY_MS = 86_400_000;
/** A time without an offset is read in a zone, at most so far from UTC; days last one more. */
const MARGIN_MS = 3 * DAY_MS;

/** SQL of Trino: a row's time may lie in some item's period or is not there; it lies outside all of them. Plain enough for the cluster to leave out whole parts of a table. */
interface Hull {
  readonly inside: string;
  readonly outside: string;
}

/** The hull of all periods, wider by what a zone can change; undefined where only the node can read the times. */
export function hullOnCluster({ items, period }: MinimisePlan, { columns }: TableHead): Hull | undefined {
  const column = columns.find(({ name }) => name === period?.column);
  const literal = column === undefined ? undefined : LITERALS[column.type];
  const periods = (items ?? []).flatMap((item) => (item.period == null ? [] : [item.period]));
  if (column === undefined || literal === undefined || periods.length === 0) return undefined;
  const from = new Date(Math.min(...periods.map((one) => millisecondsOf(one.from))) - MARGIN_MS);
  const until = new Date(Math.max(...periods.map((one) => millisecondsOf(one.until))) + MARGIN_MS);
  if (from.getUTCFullYear() < 1 || until.getUTCFullYear() > 9_999) return undefined;
  const cell = quoteName(column.name);
  return {
    inside: `(${cell} >= ${literal(from)} AND ${cell} < ${literal(until)} OR ${cell} IS NULL)`,
    outside: `(${cell} < ${literal(from)} OR ${cell} >= ${literal(until)})`,
  };
}

const seconds = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');

const LITERALS: Readonly<Record<string, (at: Date) => string>> = {
  DATE: (at) => `DATE '${at.toISOString().slice(0, 10)}'`,
  TIMESTAMP: (at) => `TIMESTAMP '${seconds(at)}'`,
  TIMESTAMP_NS: (at) => `TIMESTAMP '${seconds(at)}'`,
  'TIMESTAMP WITH TIME ZONE': (at) => `TIMESTAMP '${seconds(at)} UTC'`,
};
