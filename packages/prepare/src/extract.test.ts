import { createHmac } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CatalogueTransform, TimeUnit } from './catalogue.ts';
import { tokenOf } from './column-sql.ts';
import { ExtractRefused, extract } from './extract.ts';
import { preview } from './preview.ts';
import { ask, csvFile, entryFor, KEYS, onlyPlan, parquetFile, released, sourceOf, textOf, value } from './testing/files.ts';

const MARCH = { from: '2026-02-28T23:00:00.000Z', until: '2026-03-31T22:00:00.000Z' };
const traffic = { category: 'traffic', period: 'at', zone: 'Europe/Paris' } as const;
const inMarch = (email: string) => ask('email', email, { category: 'traffic', period: MARCH });

describe('what leaves is what was asked for and nothing else', () => {
  it('quotes, separators, line ends and other scripts come out as they went in', async () => {
    const path = csvFile('\uFEFFemail,name,note\r\na@b.example,"Ø, ""Al""\r\nمريم",x\r\nc@d.example,C,y\r\n');
    expect(await released(ask('email', 'a@b.example'), entryFor(path, ['name', 'email']))).toBe(
      'name,email\r\n"Ø, ""Al""\r\nمريم",a@b.example\r\n',
    );
  });

  it('a value that looks like SQL is only a value', async () => {
    const path = csvFile(`email,name\no'x@b.example,ok\nz@b.example,no\n`);
    expect(await released(ask('email', `o'x@b.example`), entryFor(path, ['name']))).toBe('name\r\nok\r\n');
    expect(await released(ask('user_id', `' OR '1'='1`), entryFor(path, ['name'], { identifiers: { user_id: 'email' } }))).toBe(
      'name\r\n',
    );
  });

  it('column names that look like SQL are only names', async () => {
    const path = csvFile(`email,"a"" FROM x --",'\na@b.example,1,2\n`);
    expect(await released(ask('email', 'a@b.example'), entryFor(path, [`a" FROM x --`, `'`]))).toBe(
      `"a"" FROM x --",'\r\n1,2\r\n`,
    );
  });

  it('e-mail addresses match in any case, user ids only in their own', async () => {
    const path = csvFile(
      'email,user,n\nM.Duarte@SkyMail.example,Ab,1\n m.duarte@skymail.EXAMPLE ,ab,2\nm.duartes@skymail.example,AB,3\n',
    );
    expect(await released(ask('email', 'm.DUARTE@skymail.example'), entryFor(path, ['n']))).toBe('n\r\n1\r\n2\r\n');
    expect(await released(ask('user_id', 'ab'), entryFor(path, ['n'], { identifiers: { user_id: 'user' } }))).toBe('n\r\n2\r\n');
  });

  it('identifiers stored as whole numbers match with and without leading zeros; as floating point they are refused', async () => {
    const path = await parquetFile(`SELECT * FROM (VALUES (7::BIGINT, 7::DOUBLE, 'x'), (70, 70, 'y')) t(id, f, n)`);
    const byId = entryFor(path, ['n'], { identifiers: { user_id: 'id' } });
    expect(await released(ask('user_id', '007'), byId)).toBe('n\r\nx\r\n');
    expect(await released(ask('user_id', '7 OR 1=1'), byId).catch((error) => error.refusal.code)).toBe('field-invalid');
    const byFloat = entryFor(path, ['n'], { identifiers: { user_id: 'f' } });
    expect(await released(ask('user_id', '7'), byFloat).catch((error) => error.refusal.code)).toBe('dataset-unreadable');
  });

  it('addresses, phones and device numbers match in every way of writing them', async () => {
    const path = csvFile(
      'ip,phone,mac,n\n2001:DB8:0:0:0:0:0:1,+353 1 234 5678,AA-BB-CC-00-11-22,1\n192.0.2.7,00353-1-2345678,aabbcc001122,2\n192.0.2.70,1,aabbcc001123,3\n',
    );
    const entry = entryFor(path, ['n'], { identifiers: { ip_address: 'ip', phone: 'phone', mac_address: 'mac' } });
    expect(await released(ask('ip_address', '2001:db8::1'), entry)).toBe('n\r\n1\r\n');
    expect(await released(ask('ip_address', '192.0.2.7'), entry)).toBe('n\r\n2\r\n');
    expect(await released(ask('phone', '+35312345678'), entry)).toBe('n\r\n1\r\n2\r\n');
    expect(await released(ask('mac_address', 'aa:bb:cc:00:11:22'), entry)).toBe('n\r\n1\r\n2\r\n');
  });

  it('a version 6 address is found however its groups are written, and no neighbour with it', async () => {
    const written = [
      '2001:db8::1',
      '2001:0DB8::0001',
      '2001:db8:0:0:0:0:0:1',
      '2001:0db8:0000:0000:0000:0000:0000:0001',
      ' 2001:db8:0::1 ',
      '2001:db8::10',
      '2001:db8:1::1',
      '1:2001:db8::1',
      '::1',
      '::ffff:192.0.2.7',
      '0:0:0:0:0:FFFF:c000:207',
      '192.0.2.7',
      '192.0.2.70',
      'not an address: 2001',
    ];
    const path = csvFile(`ip,n\n${written.map((ip, n) => `${ip},${n}`).join('\n')}\n`);
    const entry = entryFor(path, ['n'], { identifiers: { ip_address: 'ip' } });
    expect(await released(ask('ip_address', '2001:0db8::1'), entry)).toBe('n\r\n0\r\n1\r\n2\r\n3\r\n4\r\n');
    expect(await released(ask('ip_address', '::1'), entry)).toBe('n\r\n8\r\n');
    expect(await released(ask('ip_address', '192.0.2.7'), entry)).toBe('n\r\n9\r\n10\r\n11\r\n');
  });

  it('a period is half-open, to the microsecond, and reads local times in the zone of the dataset', async () => {
    const rows = [
      '2026-02-28 23:59:59.999999',
      '2026-03-01 00:00:00',
      '2026-03-29 03:30:00',
      '2026-03-31 23:59:59.999999',
      '2026-04-01 00:00:00',
    ];
    const utc = [
      '2026-02-28T22:59:59.999999Z',
      '2026-02-28T23:00:00Z',
      '2026-03-29T01:30:00Z',
      '2026-03-31T21:59:59.999999Z',
      '2026-03-31T22:00:00Z',
    ];
    const text = csvFile(`email,at,n\n${rows.map((at, n) => `a@b.example,${at},${n}`).join('\n')}\n`);
    const offset = csvFile(`email,at,n\n${utc.map((at, n) => `a@b.example,${at},${n}`).join('\n')}\n`);
    const values = rows.map((at, n) => `('a@b.example', TIMESTAMP '${at}', TIMESTAMPTZ '${utc[n]}', ${n})`).join(',');
    const typed = await parquetFile(`SELECT * FROM (VALUES ${values}) t(email, "at", tz, n)`);
    for (const entry of [
      entryFor(text, ['n'], traffic),
      entryFor(offset, ['n'], { category: 'traffic', period: 'at' }),
      entryFor(typed, ['n'], traffic),
      entryFor(typed, ['n'], { category: 'traffic', period: 'tz' }),
      entryFor(typed, ['n'], { ...traffic, period: 'tz' }),
    ]) {
      expect(await released(inMarch('a@b.example'), entry)).toBe('n\r\n1\r\n2\r\n3\r\n');
    }
  });

  it('a day counts only if the whole of it lies in the period', async () => {
    const path = await parquetFile(`SELECT 'a@b.example' AS email, DATE '2026-02-27' + range::INTEGER AS at FROM range(40)`);
    const text = await released(inMarch('a@b.example'), entryFor(path, ['at'], traffic));
    expect([text.split('\r\n')[1], text.split('\r\n').at(-2), text.split('\r\n').length]).toEqual([
      '2026-03-01',
      '2026-03-31',
      33,
    ]);
  });

  it('times without a zone stay behind when the dataset names none, and the preview says why', async () => {
    const path = csvFile(
      'email,at,n\na@b.example,2026-03-05 10:00:00,1\na@b.example,2026-03-05T10:00:00+01:00,2\na@b.example,soon,3\nb@b.example,,4\n',
    );
    const entry = entryFor(path, ['n'], { category: 'traffic', period: 'at' });
    const plan = onlyPlan(inMarch('a@b.example'), entry);
    const source = await sourceOf(entry, plan);
    expect((await textOf(plan, source)).text).toBe('n\r\n2\r\n');
    expect(value(await preview(plan, source)).rowsDropped).toEqual({
      'other-identifier': 1,
      'time-unreadable': 2,
      'outside-period': 0,
    });
    const typed = await parquetFile(`SELECT 'a@b.example' AS email, TIMESTAMP '2026-03-05 10:00:00' AS at`);
    const naive = entryFor(typed, ['at'], { category: 'traffic', period: 'at' });
    expect(await released(inMarch('a@b.example'), naive).catch((error) => error.refusal.code)).toBe('zone-missing');
  });

  it('a source without rows gives the header record', async () => {
    expect(await released(ask('email', 'a@b.example'), entryFor(csvFile('email,n\n'), ['n']))).toBe('n\r\n');
  });
});

describe('transforms', () => {
  const projected = async (rows: string, transforms: Readonly<Record<string, CatalogueTransform>>): Promise<string> => {
    const path = await parquetFile(rows);
    const columns = Object.entries(transforms).map(
      ([name, transform]) => ({ name, keep: true, reason: 'needed-for-purpose', transform }) as const,
    );
    const entry = entryFor(path, [], { dataset: 'claims', category: 'records', identifiers: {}, columns });
    return released(ask('dataset', 'claims', { category: 'records' }), entry);
  };

  it('a token is the HMAC of the value under the recipient key, and nothing for nothing', async () => {
    const text = await projected(`SELECT unnest(['MRN-1é', NULL, 'MRN-2']) AS mrn`, { mrn: { op: 'token' } });
    const key = new Uint8Array(32).fill(9);
    const expected = createHmac('sha256', key).update('comity/token/v1\nMRN-1é').digest('hex').slice(0, 32);
    expect(text).toBe(`mrn\r\n${expected}\r\n""\r\n${tokenOf('MRN-2', key)}\r\n`);
    expect(tokenOf('MRN-2', new Uint8Array(32))).not.toBe(tokenOf('MRN-2', key));
  });

  it('years, ZIP areas and ages lose what the Safe Harbor says they must lose', async () => {
    const rows = `SELECT * FROM (VALUES
      (DATE '1936-11-22', '10001', 91, DATE '2026-02-03'), (DATE '1936-11-23', '03601-1234', 90, NULL),
      (DATE '1980-01-01', 'ABC', 89, DATE '2025-12-31')) t(born, zip, age, served)`;
    const text = await projected(rows, {
      born: { op: 'ageTop90' },
      zip: { op: 'zip3' },
      age: { op: 'ageTop90' },
      served: { op: 'year' },
    });
    expect(text).toBe('born,zip,age,served\r\n90+,100,90+,2026\r\n1936,000,90+,\r\n1980,,89,2025\r\n');
    const years = await projected(`SELECT unnest(['1936', '1937', '-3', '0', '150', 'young']) AS age`, {
      age: { op: 'ageTop90' },
    });
    expect(years).toBe('age\r\n90+\r\n1937\r\n""\r\n0\r\n90+\r\n""\r\n');
    expect(await projected('SELECT 2134 AS zip', { zip: { op: 'zip3' } })).toBe('zip\r\n021\r\n');
  });

  it('times keep their minute, hour, day, month or year, in UTC where they have an offset', async () => {
    const rows = `SELECT * FROM (VALUES ('2026-03-05T23:45:59+01:00', TIMESTAMP '2026-03-05 23:45:59', DATE '2026-03-05', TIMESTAMPTZ '2026-03-05 23:45:59+01'),
      ('2026-03-05', NULL, NULL, NULL), ('soon', NULL, NULL, NULL)) t(a, b, c, d)`;
    const by = async (to: TimeUnit): Promise<readonly string[]> => {
      const time = { op: 'time', to } as const;
      return (await projected(rows, { a: time, b: time, c: time, d: time })).split('\r\n').slice(1, 4);
    };
    expect(await by('minute')).toEqual([
      '2026-03-05T22:45Z,2026-03-05T23:45,2026-03-05,2026-03-05T22:45Z',
      '2026-03-05,,,',
      ',,,',
    ]);
    expect((await by('hour'))[0]).toBe('2026-03-05T22:00Z,2026-03-05T23:00,2026-03-05,2026-03-05T22:00Z');
    expect((await by('day'))[0]).toBe('2026-03-05,2026-03-05,2026-03-05,2026-03-05');
    expect((await by('month'))[1]).toBe('2026-03,,,');
    expect((await by('year'))[0]).toBe('2026,2026,2026,2026');
  });

  it('numbers keep the digits that are asked for and gain none, and texts their first characters', async () => {
    const rows = `SELECT * FROM (VALUES ('48.85661', 2.345::DOUBLE, 1250, 'SW1A 1AA'), ('-0.125', -2.5, -1249, NULL),
      ('9007199254740993', NULL, 0, 'é'), ('much', 1e300, NULL, '')) t(a, b, c, d)`;
    const round = (decimals: number) => ({ op: 'round', decimals }) as const;
    const text = await projected(rows, { a: round(2), b: round(0), c: round(-2), d: { op: 'prefix', length: 3 } });
    expect(text.split('\r\n').slice(1, -1)).toEqual(['48.86,2,1300,SW1', '-0.13,-3,-1200,', '9007199254740993.00,,0,é', ',,,']);
  });

  it('free text leaves without the pieces that identify somebody, and the report says how many', async () => {
    const path = csvFile('email,note\na@b.example,"mail a@b.example, ""now"""\na@b.example,\na@b.example,"nothing, here"\n');
    const entry = entryFor(path, [], {
      columns: [{ name: 'note', keep: true, reason: 'in-category', transform: { op: 'redact', kinds: ['email'] } }],
    });
    const plan = onlyPlan(ask('email', 'a@b.example'), entry);
    const source = await sourceOf(entry, plan);
    const { text, counts } = await textOf(plan, source);
    expect(text).toBe('note\r\n"mail [email], ""now"""\r\n""\r\n"nothing, here"\r\n');
    expect(counts).toMatchObject({ rowsKept: 3, redacted: [{ column: 'note', cells: 1, pieces: 1 }] });
    expect(value(await preview(plan, source)).sample[0]).toEqual([{ kind: 'text', shown: '' }]);
  });

  it('all dates of one subject move together, never by nothing and never by more than allowed', async () => {
    const rows = `SELECT 's' || (range % 50) AS s, DATE '2026-06-01' AS d FROM range(500)`;
    const text = await projected(rows, { s: { op: 'token' }, d: { op: 'dateShift', subject: 's', maxDays: 10 } });
    const pairs = text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(','));
    const bySubject = new Map(pairs.map(([s = '', d = '']) => [s, d]));
    expect(pairs.every(([s = '', d]) => bySubject.get(s) === d)).toBe(true);
    const moved = [...bySubject.values()].map((d) => (Date.parse(d) - Date.parse('2026-06-01')) / 86_400_000);
    expect(moved.every((days) => days !== 0 && Math.abs(days) <= 10)).toBe(true);
    expect(new Set(moved).size).toBeGreaterThan(10);
  });
});

describe('an extraction fails whole', () => {
  const drained = async (extraction: AsyncIterable<Uint8Array>): Promise<string> => {
    try {
      for await (const _ of extraction);
      return 'ended';
    } catch (error) {
      return error instanceof ExtractRefused ? `${error.refusal.code} ${error.refusal.field ?? ''}`.trim() : 'bug';
    }
  };

  it('when the file is no longer the one that was previewed', async () => {
    const entry = entryFor(csvFile('email,n\na@b.example,1\n'), ['n']);
    const plan = onlyPlan(ask('email', 'a@b.example'), entry);
    const source = await sourceOf(entry, plan);
    appendFileSync(entry.path, 'a@b.example,2\n');
    expect(await drained(extract(plan, source, KEYS))).toBe('preview-stale');
    expect(await preview(plan, source)).toMatchObject({ ok: false, refusal: { code: 'preview-stale' } });
  });

  it('without the key that the plan names, or with one that is too short', async () => {
    const path = await parquetFile('SELECT 1 AS a');
    const columns = [{ name: 'a', keep: true, reason: 'needed-for-purpose', transform: { op: 'token' } }] as const;
    const entry = entryFor(path, [], { dataset: 'd', category: 'records', identifiers: {}, columns });
    const plan = onlyPlan(ask('dataset', 'd', { category: 'records' }), entry);
    const source = await sourceOf(entry, plan);
    expect(await drained(extract(plan, source, {}))).toBe('field-missing keys.institute');
    expect(await drained(extract(plan, source, { institute: new Uint8Array(8) }))).toBe('field-invalid keys.institute');
    expect(() => extract(plan, source, KEYS).report()).toThrow();
  });
});
