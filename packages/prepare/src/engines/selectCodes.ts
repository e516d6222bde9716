import { toHex } from '@comity/core';
import { codeSql } from '../domain/codeSql.ts';
import { type Domain, sizeOf } from '../domain/domain.ts';
import { quoteName, quoteText } from '../engine.ts';
import type { CodeOptions } from './codes.ts';

/** Where two engines speak differently. */
export interface Dialect {
  /** The MD5 of a text, as hexadecimal text. It spreads, it does not protect: the key does. */
  readonly md5: (text: string) => string;
  readonly typeFor: (size: number) => string;
  /** SQL that numbers the rows, the same each time; undefined where an engine's rows have no order. */
  readonly place: string | undefined;
}

/** Hash digits by which subjects are set aside. */
const DIGITS = 12;

/**
 * One statement that turns rows into numbers of a domain (`c0`, `c1`, …) and says on which side each lies (`part`): 0 to learn from, 1 to judge by.
 * All rows of a subject lie on one side; of one with too many rows those stay that a keyed hash of their values puts first, so that every engine keeps the same.
 */
export function selectCodes(
  from: string,
  domain: Domain,
  { options: { subject, judge, secret }, dialect }: { readonly options: CodeOptions; readonly dialect: Dialect },
): string {
  const key = quoteText(toHex(secret));
  const names = domain.map((_, i) => `c${i}`);
  const codes = domain.map((column, i) => `CAST(${codeSql(column)} AS ${dialect.typeFor(sizeOf(column))}) AS c${i}`);
  const whose =
    subject === undefined ? `CAST(${dialect.place ?? '0'} AS VARCHAR)` : `CAST(${quoteName(subject.column)} AS VARCHAR)`;
  const inner = `SELECT ${codes.join(', ')}, ${whose} AS whose ${from}`;
  const hash = dialect.md5(`concat(${key}, ':', coalesce(whose, ''))`);
  const bound = quoteText(
    Math.floor(judge * 16 ** DIGITS)
      .toString(16)
      .padStart(DIGITS, '0'),
  );
  const part = judge > 0 ? `CASE WHEN substr(${hash}, 1, ${DIGITS}) < ${bound} THEN 1 ELSE 0 END` : '0';
  const outer = `SELECT ${names.join(', ')}, ${part} AS part`;
  if (subject === undefined) return `${outer} FROM (${inner}) coded`;
  const values = names.map((name) => `coalesce(CAST(${name} AS VARCHAR), '')`).join(`, ',', `);
  const nth = `row_number() OVER (PARTITION BY whose ORDER BY ${dialect.md5(`concat(${key}, ':', ${values}, ',')`)})`;
  return `${outer} FROM (SELECT *, ${nth} AS nth FROM (${inner}) coded) numbered WHERE nth <= ${subject.rows}`;
}

/** How many rows each column has no place for. */
export function outsideSql(domain: Domain, codes: string): string {
  return `SELECT ${domain.map((_, i) => `count(*) FILTER (WHERE c${i} IS NULL)`).join(', ')} FROM ${codes}`;
}
