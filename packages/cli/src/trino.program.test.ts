import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileIn } from './testing/run.ts';

const BIN = join(import.meta.dirname, '..', 'bin', 'comity.js');

let dir = '';
let server: Server;
/** What the cluster says of the rows that are asked for; an error ends them. */
let rows: { data: unknown[][]; error?: { errorType: string; message: string } } = { data: [] };

/** Trino's protocol in its simplest form: every statement is answered on its second page. */
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'comity-trino-'));
  const statements: string[] = [];
  server = createServer((request, response) => {
    let sql = '';
    request.on('data', (chunk) => {
      sql += String(chunk);
    });
    request.on('end', () => {
      const id = request.method === 'POST' ? String(statements.push(sql) - 1) : (request.url?.split('/')[3] ?? '');
      const next = `http://${request.headers.host}/v1/statement/${id}/1`;
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify(request.method === 'POST' ? { id, nextUri: next } : { id, ...answerTo(statements[Number(id)] ?? '') }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function answerTo(sql: string): object {
  if (sql.includes('version()')) return { data: [['476', 1_790_000_000]] };
  if (sql.includes('information_schema'))
    return {
      data: [
        ['email', 'varchar'],
        ['seen', 'date'],
      ],
    };
  if (sql.includes('approx_distinct')) return { data: [[3, 3, 2, 15, 15, 45, 3, 1, 10, 10, 30]] };
  if (sql.startsWith('SELECT count(')) return { data: [[3]] };
  if (sql.includes('GROUP BY'))
    return {
      data: sql.includes('"seen"')
        ? [['2026-03-01', 3]]
        : [
            ['ann@example.org', 2],
            ['bea@example.org', 1],
          ],
    };
  return rows;
}

function comity(
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  // It listens on a port, not on a pipe.
  const { port } = server.address() as AddressInfo;
  const child = spawn(process.execPath, [BIN, ...args.map((arg) => arg.replace('HOST', `127.0.0.1:${port}`))], { cwd: dir });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    said.err += String(chunk);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
}

const TABLE = 'trino://ann@HOST/lake/made/people';

test('comity scan, minimise and deidentify read a table on a cluster, and name it instead of a digest', async () => {
  fileIn(dir, 'items.json', {
    v: 1,
    purpose: 'a test',
    identifier: { column: 'email', type: 'email' },
    columns: [{ name: 'seen', reason: 'in-category' }],
    items: [{ id: '1', value: 'ANN@example.org' }],
  });
  rows = {
    data: [
      ['2026-03-01', 'ann@example.org'],
      ['2026-03-02', 'bea@example.org'],
    ],
  };
  const scanned = await comity('scan', TABLE, '--subject', 'email');
  expect(scanned.out).toContain(
    '3 rows, 2 columns.\nTable lake.made.people on Trino 476, looked at from 2026-09-21T14:13:20.000Z on: it has no digest',
  );
  expect(scanned.out).toContain('E-mail address');
  const minimised = await comity('minimise', TABLE, '--items', 'items.json', '-o', 'out.csv');
  expect(minimised.out).toContain('out.csv: 1 of 3 rows, 1 columns.');
  expect(minimised.out).toContain('Table lake.made.people on Trino 476, read from');
  expect(readFileSync(join(dir, 'out.csv'), 'utf8')).toBe('seen\r\n2026-03-01\r\n');
  rows = { data: [['2026-03-01'], ['2026-03-01'], ['2025-12-31']] };
  const classes = fileIn(dir, 'classes.json', { seen: { class: 'date', order: 'iso' } });
  const made = await comity('deidentify', TABLE, '--classes', classes, '--on', '2026-11-26', '-o', 'years.csv');
  expect(made.out).toContain('table lake.made.people on Trino 476, read from');
  expect(readFileSync(join(dir, 'years.csv'), 'utf8')).toBe('seen\r\n2026\r\n2026\r\n2025\r\n');
});

test('leaves no file when the cluster fails half-way, and says nothing of what it said', async () => {
  fileIn(dir, 'items.json', { v: 1, purpose: 'a test', columns: [{ name: 'seen', reason: 'in-category' }] });
  rows = { data: [['2026-03-01']], error: { errorType: 'USER_ERROR', message: 'Cannot cast zebulon@example.org' } };
  const { code, out, err } = await comity('minimise', TABLE, '--items', 'items.json', '-o', 'out.csv');
  expect([code, existsSync(join(dir, 'out.csv'))]).toEqual([1, false]);
  expect(readdirSync(dir)).toEqual(['items.json']);
  expect(err).toContain('could not be read');
  expect(out + err).not.toContain('zebulon');
});

test('half an address is no table and no file', async () => {
  for (const command of [['scan'], ['minimise', '--items', 'i.json', '-o', 'o.csv'], ['deidentify', '-o', 'o.csv']]) {
    fileIn(dir, 'i.json', { v: 1, purpose: 'a test', columns: [{ name: 'seen', reason: 'in-category' }] });
    const { code, err } = await comity(...command.slice(0, 1), 'trino://host/only', ...command.slice(1));
    expect([command[0], code]).toEqual([command[0], 1]);
    expect(err).toContain('trino://user@host:port/catalog/schema/table');
  }
});
