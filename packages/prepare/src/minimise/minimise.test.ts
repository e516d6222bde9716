import { appendFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookAtSource } from '../check-source.ts';
import { csvRecord } from '../csv.ts';
import { ExtractRefused, type Keys } from '../extract.ts';
import { csvFile, parquetFile, value } from '../testing/files.ts';
import { minimise, previewMinimise } from './minimise.ts';
import { type MinimisePlan, minimiseNeeds } from './plan.ts';
import { readMinimisePlan } from './readPlan.ts';
import type { MinimiseReport } from './report.ts';

const NONCE = Buffer.alloc(32, 7).toString('base64url');
const RUNS = process.env['SLOW'] === '1' ? 1_000 : 25;
const planOf = (json: object): MinimisePlan => value(readMinimisePlan({ v: 1, ...json }, NONCE));
const keep = (...names: readonly string[]) => names.map((name) => ({ name, reason: 'in-category' }));
const byEmail = { identifier: { column: 'email', type: 'email' } };
const timed = { ...byEmail, period: { column: 'at', zone: 'Europe/Paris' } };
const MARCH = { from: '2026-03-01T00:00:00+01:00', until: '2026-04-01T00:00:00+02:00' };

interface Left {
  readonly text: string;
  readonly report: MinimiseReport;
}

async function left(path: string, plan: MinimisePlan, keys: Keys = {}): Promise<Left> {
  const format = path.endsWith('.csv') ? 'csv' : 'parquet';
  const rows = minimise(plan, value(await lookAtSource(path, format, minimiseNeeds(plan))), keys);
  const parts: Uint8Array[] = [];
  for await (const part of rows) parts.push(part);
  return { text: Buffer.concat(parts).toString('utf8'), report: rows.report() };
}

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'let through',
    (error) => (error instanceof ExtractRefused ? `${error.refusal.code} ${error.refusal.field ?? ''}`.trim() : String(error)),
  );

const linesOf = (text: string): readonly string[] => text.split('\r\n').slice(1, -1);

describe('what an item asks for leaves, and nothing else', () => {
  const PEOPLE = ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example'];
  const SPELT = [(text: string) => text, (text: string) => text.toUpperCase(), (text: string) => ` ${text} `];
  const HOUR = 3_600_000;
  const at = (hour: number): string => new Date(Date.UTC(2026, 2, 1) + hour * HOUR).toISOString();
  const row = fc.record({
    who: fc.nat(3),
    spelt: fc.nat(2),
    hour: fc.option(fc.integer({ min: -30, max: 30 }), { nil: undefined, freq: 6 }),
    note: fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\n', '\r', 'م'), maxLength: 5 }),
  });
  const item = fc.record({
    who: fc.nat(3),
    spelt: fc.nat(1),
    from: fc.integer({ min: -30, max: 29 }),
    hours: fc.integer({ min: 1, max: 40 }),
  });

  /** The same rows with times that a file can keep least and greatest values of; unreadable ones are absent or without end. */
  const parquetOf = (cells: readonly (readonly string[])[]): Promise<string> => {
    const text = (cell = ''): string => `'${cell.replaceAll("'", "''")}'`;
    const time = (cell = '', n: number): string => (cell === 'soon' ? (n % 2 === 0 ? 'NULL' : `'infinity'`) : text(cell));
    const rows = cells.map(([email, when, note, n], i) => `(${text(email)}, ${time(when, i)}, ${text(note)}, ${text(n)})`);
    const values = ['(NULL::VARCHAR, NULL, NULL::VARCHAR, NULL::VARCHAR)', ...rows].join(', ');
    return parquetFile(
      `SELECT email, CAST("at" AS TIMESTAMPTZ) AS "at", note, n FROM (VALUES ${values}) rows(email, "at", note, n) WHERE email IS NOT NULL`,
    );
  };

  it('as a plain reading of the rows would say: rows, order, counts, items; of text and of times alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 60 }), fc.array(item, { minLength: 1, maxLength: 12 }), async (rows, items) => {
        const cells = rows.map(({ who, spelt, hour, note }, n) => {
          const email = SPELT[spelt]?.(PEOPLE[who] ?? '') ?? '';
          return [email, hour === undefined ? 'soon' : at(hour), note, String(n)];
        });
        const csv = csvFile(['email,at,note,n\r\n', ...cells.map(csvRecord)].join(''));
        const asked = items.map(({ who, spelt, from, hours }, i) => ({
          id: `i${i}`,
          value: SPELT[spelt]?.(PEOPLE[who] ?? ''),
          from: at(from),
          until: at(from + hours),
        }));
        const plan = planOf({ ...timed, columns: keep('n', 'note'), items: asked });
        const covers = (one: (typeof rows)[number]) =>
          items.map(
            ({ who, from, hours }) => who === one.who && one.hour !== undefined && one.hour >= from && one.hour < from + hours,
          );
        const expected = rows.flatMap((one, n) => (covers(one).some(Boolean) ? [csvRecord([String(n), one.note])] : []));
        const known = rows.filter(({ who }) => items.some((one) => one.who === who));
        const unreadable = known.filter(({ hour }) => hour === undefined).length;
        for (const path of [csv, await parquetOf(cells)]) {
          const { text, report } = await left(path, plan);
          expect(text).toBe(`n,note\r\n${expected.join('')}`);
          expect(report).toMatchObject({
            rowsTotal: rows.length,
            rowsKept: expected.length,
            rowsDropped: {
              'other-identifier': rows.length - known.length,
              'time-unreadable': unreadable,
              'outside-period': known.length - unreadable - expected.length,
            },
            items: items.map((_, i) => ({ id: `i${i}`, rows: rows.filter((one) => covers(one)[i]).length })),
          });
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('a thousand items, each with its own period, in one reading', async () => {
    const path = await parquetFile(
      `SELECT 'u' || (range % 2000) || '@x.example' AS email, TIMESTAMPTZ '2026-03-01 00:00:00Z' + to_hours((range // 2000)::INTEGER) AS at, range AS n FROM range(100000)`,
    );
    const start = Date.UTC(2026, 2, 1);
    const hour = (hours: number): string => new Date(start + hours * HOUR).toISOString();
    const items = Array.from({ length: 1_000 }, (_, i) => ({
      id: String(i),
      value: `U${i * 2}@x.example`,
      from: hour(i % 40),
      until: hour((i % 40) + 1 + (i % 5)),
    }));
    const { text, report } = await left(path, planOf({ ...timed, columns: keep('n'), items }));
    const expected = Array.from({ length: 50 }, (_, h) =>
      items.flatMap((_, i) => (h >= i % 40 && h < (i % 40) + 1 + (i % 5) ? [String(h * 2_000 + i * 2)] : [])),
    ).flat();
    expect(linesOf(text)).toEqual(expected);
    expect(report.items).toEqual(items.map(({ id }, i) => ({ id, rows: 1 + (i % 5) })));
    expect(report.rowsTotal).toBe(100_000);
  });

  it('the order is that of the source, however many threads read how many groups of rows', async () => {
    const rows = `SELECT 'u' || (range % 7) || '@x.example' AS email, range AS n, repeat('x', 100) AS filler FROM range(600000)`;
    const items = [1, 3, 5].map((who) => ({ id: String(who), value: `u${who}@x.example` }));
    const plan = planOf({ ...byEmail, columns: keep('n'), items });
    const parquet = await parquetFile(rows);
    const csv = csvFile(
      `email,n,filler\n${Array.from({ length: 600_000 }, (_, n) => `u${n % 7}@x.example,${n},${'x'.repeat(100)}\n`).join('')}`,
    );
    for (const path of [parquet, csv]) {
      const numbers = linesOf((await left(path, plan)).text).map(Number);
      expect(numbers.length).toBe(257_143);
      expect(numbers.findIndex((n, i) => i > 0 && n <= (numbers[i - 1] ?? 0))).toBe(-1);
    }
  });

  it('a row that two items cover leaves once and counts for both', async () => {
    const path = csvFile('email,ip,n\na@x.example,192.0.2.7,1\nb@x.example,192.0.2.8,2\nc@x.example,192.0.2.7,3\n');
    const items = [
      { id: 'mail', value: 'a@x.example' },
      { id: 'again', value: 'A@X.example' },
      { id: 'ip', value: '192.0.2.7', type: 'ip_address', column: 'ip' },
      { id: 'none', value: 'z@x.example' },
    ];
    const { text, report } = await left(path, planOf({ ...byEmail, columns: keep('n'), items }));
    expect(linesOf(text)).toEqual(['1', '3']);
    expect(report.items).toEqual([
      { id: 'mail', rows: 1 },
      { id: 'again', rows: 1 },
      { id: 'ip', rows: 2 },
      { id: 'none', rows: 0 },
    ]);
    expect(report.rowsDropped['other-identifier']).toBe(1);
  });

  it('every way of writing an address, a number or a mailbox is found', async () => {
    const path = csvFile(
      'email,ip,phone,n\nM@X.example,2001:DB8:0:0:0:0:0:1,+353 1 234 5678,1\nz@x.example,::ffff:192.0.2.7,00353-1-2345678,2\nz@x.example,2001:db8::10,1,3\n,,,4\n',
    );
    const asking = async (type: string, column: string, asked: string): Promise<readonly string[]> => {
      const plan = planOf({ identifier: { type, column }, columns: keep('n'), items: [{ id: '1', value: asked }] });
      return linesOf((await left(path, plan)).text);
    };
    expect(await asking('email', 'email', 'm@x.EXAMPLE')).toEqual(['1']);
    expect(await asking('ip_address', 'ip', '2001:0db8::0001')).toEqual(['1']);
    expect(await asking('ip_address', 'ip', '192.0.2.7')).toEqual(['2']);
    expect(await asking('phone', 'phone', '+35312345678')).toEqual(['1', '2']);
  });

  it('without items every row leaves with the named columns alone, and none is held back by a column that looks like ours', async () => {
    const path = csvFile('comity_g0,comity_s,Comity__c0\n1,2,3\n4,5,6\n');
    const { text, report } = await left(path, planOf({ columns: keep('Comity__c0', 'comity_g0') }));
    expect(text).toBe('Comity__c0,comity_g0\r\n3,1\r\n6,4\r\n');
    expect(report).toMatchObject({ rowsTotal: 2, rowsKept: 2, items: [], columnsDropped: [{ name: 'comity_s' }] });
    const asked = {
      identifier: { column: 'comity_s', type: 'user_id' },
      columns: keep('comity_g0'),
      items: [{ id: '1', value: '5' }],
    };
    expect((await left(path, planOf(asked))).text).toBe('comity_g0\r\n4\r\n');
  });

  it('a file without rows gives the header record and says so', async () => {
    const plan = planOf({ ...timed, columns: keep('n'), items: [{ id: '1', value: 'a@x.example', ...MARCH }] });
    const none = await parquetFile(`SELECT 'a' AS email, now() AS at, 1 AS n WHERE false`);
    for (const path of [csvFile('email,at,n\n'), none]) {
      const { text, report } = await left(path, plan);
      expect([text, report.rowsTotal, report.items]).toEqual(['n\r\n', 0, [{ id: '1', rows: 0 }]]);
    }
  });

  it('days and times of every kind of column keep to the period', async () => {
    const path = await parquetFile(`SELECT 'a@x.example' AS email, DATE '2026-02-27' + range::INTEGER AS at FROM range(40)`);
    const plan = planOf({ ...timed, columns: keep('at'), items: [{ id: '1', value: 'a@x.example', ...MARCH }] });
    const days = linesOf((await left(path, plan)).text);
    expect([days[0], days.at(-1), days.length]).toEqual(['2026-03-01', '2026-03-31', 31]);
    const rows = `SELECT 'a@x.example' AS email, unnest([TIMESTAMP '2026-02-28 23:59:59.999999', '2026-03-01', '2026-03-31 23:59:59.999999', '2026-04-01', 'infinity', NULL]) AS at`;
    const seen = await left(await parquetFile(rows), plan);
    expect(linesOf(seen.text)).toEqual(['2026-03-01 00:00:00', '2026-03-31 23:59:59.999999']);
    expect(seen.report.rowsDropped).toEqual({ 'other-identifier': 0, 'time-unreadable': 2, 'outside-period': 2 });
  });
});

describe('a preview', () => {
  it('counts as the stream does and shows five masked rows', async () => {
    const path = csvFile(`email,note,n\n${'a@x.example,call +33 1 22 33 44 55,7\n'.repeat(9)}b@x.example,x,8\n`);
    const columns = [
      { name: 'email', reason: 'in-category' },
      { name: 'note', reason: 'in-category', transform: { op: 'redact', kinds: ['phone'] } },
    ];
    const plan = planOf({ ...byEmail, columns, items: [{ id: '1', value: 'a@x.example' }] });
    const source = value(await lookAtSource(path, 'csv', minimiseNeeds(plan)));
    const { sample, ...seen } = value(await previewMinimise(plan, source));
    const { report } = await left(path, plan);
    expect(seen).toEqual({ ...report, outputDigest: null });
    expect(seen.redacted).toEqual([{ column: 'note', cells: 9, pieces: 9 }]);
    expect(sample).toEqual(
      Array.from({ length: 5 }, () => [
        { kind: 'text', shown: 'a•••' },
        { kind: 'text', shown: '' },
      ]),
    );
  });
});

describe('a minimised stream fails whole', () => {
  const plan = planOf({ ...byEmail, columns: keep('n'), items: [{ id: '1', value: 'a@x.example' }] });

  it('when a record is ragged or not UTF-8, also in columns that do not leave', async () => {
    const many = 'a@x.example,1,z\n'.repeat(50_000);
    for (const bad of [
      'a@x.example,1\n',
      'a@x.example,1,z,w\n',
      'a@x.example,1,"z\n',
      Buffer.from([0x61, 0x2c, 0x31, 0x2c, 0xe9, 0x0a]),
    ]) {
      const path = csvFile(
        Buffer.concat([Buffer.from(`email,n,other\n${many}`), Buffer.from(bad), Buffer.from('b@x.example,2,y\n')]),
      );
      expect(await refusal(left(path, plan))).toBe('dataset-unreadable');
    }
  });

  it('when the file changes while it is read', async () => {
    const path = csvFile(`email,n\n${'a@x.example,1\n'.repeat(100_000)}`);
    const rows = minimise(plan, value(await lookAtSource(path, 'csv', ['email', 'n'])), {});
    const drained = async (): Promise<void> => {
      let first = true;
      for await (const _ of rows) {
        if (first) appendFileSync(path, 'a@x.example,2\n');
        first = false;
      }
    };
    expect(await refusal(drained())).toMatch(/^(preview-stale|dataset-unreadable)$/);
    expect(() => rows.report()).toThrow();
    const source = value(await lookAtSource(path, 'csv', ['email', 'n']));
    writeFileSync(path, 'email,n\n');
    expect(await previewMinimise(plan, source)).toMatchObject({ ok: false, refusal: { code: 'preview-stale' } });
  });

  it('when asked rows have times that only a zone would make readable', async () => {
    const path = csvFile('email,at,n\na@x.example,2026-03-05 10:00:00,1\na@x.example,2026-03-05T10:00:00+01:00,2\n');
    const items = [{ id: '1', value: 'a@x.example', ...MARCH }];
    const without = planOf({ ...byEmail, period: { column: 'at' }, columns: keep('n'), items });
    expect(await refusal(left(path, without))).toBe('zone-missing period.zone');
    const others = planOf({
      ...byEmail,
      period: { column: 'at' },
      columns: keep('n'),
      items: [{ ...items[0], value: 'b@x.example' }],
    });
    expect((await left(path, others)).report.rowsKept).toBe(0);
    const naive = await parquetFile(`SELECT 'a@x.example' AS email, TIMESTAMP '2026-03-05 10:00:00' AS at, 1 AS n`);
    expect(await refusal(left(naive, without))).toContain('zone-missing');
  });

  it('without the key that a column needs', async () => {
    const path = csvFile('email,n\na@x.example,1\n');
    const token = planOf({ columns: [{ name: 'email', reason: 'in-category', transform: { op: 'token' } }] });
    expect(await refusal(left(path, token))).toBe('field-missing keys.recipient');
    expect((await left(path, token, { recipient: new Uint8Array(32) })).text).toMatch(/^email\r\n[0-9a-f]{32}\r\n$/);
  });

  it('and whoever stops reading early stops the engine, too', async () => {
    const path = await parquetFile(`SELECT 'a@x.example' AS email, range AS n FROM range(3000000)`);
    const rows = minimise(plan, value(await lookAtSource(path, 'parquet', ['email', 'n'])), {});
    for await (const _ of rows) break;
    expect(() => rows.report()).toThrow();
  });
});
