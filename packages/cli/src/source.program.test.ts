import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runIn } from './testing/run.ts';

const BIN = join(import.meta.dirname, '..', 'bin', 'comity.js');
/** Values of every kind in one small file; packages/prepare looks at what becomes of each. */
const VALUES = join(import.meta.dirname, '../../prepare/src/testing/values-lz4.arrow');
const PEOPLE = 'name,email\r\nAnn Lee,ann@lee.example\r\nBob Day,bob@day.example\r\n';

/** A service that gives two objects to whoever signs, and takes no signature apart: packages/node does that. */
const objects: Record<string, Buffer> = {
  '/lake/may/people.csv': Buffer.from(PEOPLE),
  '/lake/values.arrow': readFileSync(VALUES),
};
let server: Server;
let dir = '';
let env: NodeJS.ProcessEnv = {};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'comity-sources-'));
  server = createServer(({ url = '', headers }, response) => {
    const object = headers.authorization?.startsWith('AWS4-HMAC-SHA256') ? objects[decodeURIComponent(url)] : undefined;
    response.writeHead(object === undefined ? 404 : 200).end(object);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  env = {
    ...process.env,
    TMPDIR: dir,
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'A',
    AWS_SECRET_ACCESS_KEY: 'S',
  };
});

afterAll(async () => {
  await new Promise((done) => server.close(done));
  rmSync(dir, { recursive: true, force: true });
});

/** Runs the program while the service of this process answers it. */
async function run(
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: dir, env: { ...env, ...variables } });
  const pieces: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => pieces.push(piece.toString()));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, said: pieces.join('') };
}

const left = (): readonly string[] => readdirSync(dir).filter((name) => name.startsWith('comity-source-'));

describe('what a command reads', () => {
  test('may be an Arrow file', () => {
    const { code, out } = runIn(dir, 'scan', VALUES, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      rows: 4,
      columns: expect.arrayContaining([expect.objectContaining({ name: 'nested.b' })]),
    });
  });

  test('may lie in a bucket, and nothing of it stays behind', async () => {
    const { code, said } = await run(['scan', 's3://lake/may/people.csv', '--json']);
    expect(said).toContain('"class":"email"');
    expect([code, left()]).toEqual([0, []]);
    const arrow = await run(['scan', 's3://lake/values.arrow']);
    expect([arrow.code, left()]).toEqual([0, []]);
  });

  test('is refused by name when it is not there, when nobody may read it, and when the service is out of reach', async () => {
    const none = await run(['scan', 's3://lake/none.csv', '--json']);
    expect(JSON.parse(none.said)).toMatchObject({ refusal: { code: 'not-found' } });
    const keyless = await run(['scan', 's3://lake/may/people.csv', '--json'], { AWS_SECRET_ACCESS_KEY: undefined });
    expect(JSON.parse(keyless.said)).toMatchObject({ refusal: { code: 'field-missing', field: 'AWS_SECRET_ACCESS_KEY' } });
    const open = await run(['scan', 's3://lake/may/people.csv', '--json'], { AWS_ENDPOINT_URL_S3: 'http://s3.example' });
    expect(JSON.parse(open.said)).toMatchObject({ refusal: { code: 'field-invalid', field: 'AWS_ENDPOINT_URL_S3' } });
    const away = await run(['scan', 's3://lake/may/people.csv', '--json'], { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9' });
    expect(JSON.parse(away.said)).toMatchObject({ refusal: { code: 'source-unreachable' } });
    expect(left()).toEqual([]);
  });
});
