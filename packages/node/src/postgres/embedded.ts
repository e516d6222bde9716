import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Binaries, prepareBinaries } from './binaries.ts';
import { clearOwner, PATIENCE, recoverLock, serverOf, writeOwner } from './lock.ts';
import { type Places, placesFor } from './places.ts';

/** A private PostgreSQL that lives as long as this process. */
export interface EmbeddedPostgres {
  /** Connection address of a database on it. */
  readonly url: (database: string) => string;
  readonly stop: () => Promise<void>;
  readonly pid: number;
}

const PASSWORD = 'comity-password';
const READY = /database system is ready to accept connections/;

/**
 * Starts the PostgreSQL that comes with the npm package on a data folder of its own, and stops it with this process: on every signal, on a crash,
 * and, through a watcher that holds a pipe to us, even on kill -9. It listens on a Unix socket only, so no port can be taken; fsync stays on.
 */
export async function startEmbeddedPostgres(dir: string): Promise<EmbeddedPostgres> {
  const places = placesFor(dir);
  const binaries = prepareBinaries(places.uid, places.binaries);
  await recoverLock(places);
  initialise(places, binaries);
  const server = await launch(places, binaries);
  writeOwner(places.data);
  const watcher = watch(places);
  const stop = once(() => end(places, server, watcher));
  stopWithProcess(places, stop);
  const password = readFileSync(join(places.data, PASSWORD), 'utf8').trim();
  const url = (database: string): string =>
    `postgres://postgres:${password}@/${database}?host=${encodeURIComponent(places.socket)}`;
  return { url, stop, pid: server.pid ?? 0 };
}

function initialise(places: Places, binaries: Binaries): void {
  if (existsSync(join(places.data, 'PG_VERSION'))) return;
  // A first start that was cut off leaves a folder without its version file: begin again.
  for (const left of ['base', 'global']) if (existsSync(join(places.data, left))) rmSync(places.data, { recursive: true });
  const fresh = placesAgain(places);
  const passwordFile = join(fresh.socket, 'password');
  const password = randomBytes(24).toString('base64url');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (fresh.uid !== undefined) chownSync(passwordFile, fresh.uid, fresh.uid);
  const args = [
    '-D',
    fresh.data,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-instructions',
  ];
  const made = spawnSync(binaries.initdb, args, { ...asUser(fresh), cwd: fresh.data, encoding: 'utf8' });
  rmSync(passwordFile);
  if (made.status !== 0)
    throw new Error(`PostgreSQL could not prepare its data folder ${fresh.data}: ${explain(made.stderr ?? String(made.error))}`);
  writeFileSync(join(fresh.data, PASSWORD), password, { mode: 0o600 });
}

function placesAgain(places: Places): Places {
  return existsSync(places.data) ? places : { ...placesFor(join(places.data, '..')), socket: places.socket };
}

function launch(places: Places, binaries: Binaries): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: places.socket,
    max_connections: '200',
    shared_buffers: '64MB',
    fsync: 'on',
    log_min_messages: 'warning',
  };
  const args = ['-D', places.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  // Its own session: Ctrl-C reaches us alone, and we stop the server in order.
  const server = spawn(binaries.postgres, args, {
    ...asUser(places),
    cwd: places.data,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      if (READY.test(said)) resolve(server);
    });
    server.once('error', (error) => reject(new Error(`PostgreSQL could not start: ${error.message}`)));
    server.once('exit', (code) => reject(new Error(`PostgreSQL stopped with code ${code}: ${explain(said)}`)));
    awaitReady(server, places, resolve);
  });
}

/** With log_min_messages at warning the server does not announce itself: its socket and its status line do. */
function awaitReady(server: ChildProcess, places: Places, resolve: (server: ChildProcess) => void): void {
  const timer = setInterval(() => {
    const status = existsSync(join(places.data, 'postmaster.pid'))
      ? readFileSync(join(places.data, 'postmaster.pid'), 'utf8').split('\n')[7]
      : '';
    if (status?.trim() !== 'ready' && server.exitCode === null) return;
    clearInterval(timer);
    resolve(server);
  }, 10);
}

/** A process that ends the server when our end of its pipe closes, however we died. */
function watch(places: Places): ChildProcess {
  const script = 'cat >/dev/null; pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null) && kill -INT "$pid"';
  const watcher = spawn('sh', ['-c', script, 'comity-watcher', places.data], {
    ...asUser(places),
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  if (watcher.stdin !== null && 'unref' in watcher.stdin && typeof watcher.stdin.unref === 'function') watcher.stdin.unref();
  return watcher;
}

async function end(places: Places, server: ChildProcess, watcher: ChildProcess): Promise<void> {
  const gone = new Promise((done) =>
    server.exitCode === null && server.signalCode === null ? server.once('exit', done) : done(undefined),
  );
  server.kill('SIGINT');
  const impatient = setTimeout(() => server.kill('SIGQUIT'), PATIENCE);
  await gone;
  clearTimeout(impatient);
  watcher.kill('SIGKILL');
  rmSync(places.socket, { recursive: true, force: true });
  clearOwner(places.data);
}

function stopWithProcess(places: Places, stop: () => Promise<void>): void {
  // On a plain exit nothing asynchronous runs any more: signal the server and let it finish by itself.
  process.once('exit', () => {
    const pid = serverOf(places.data);
    if (pid !== undefined) process.kill(pid, 'SIGINT');
    clearOwner(places.data);
  });
  process.once('uncaughtExceptionMonitor', () => void stop());
}

function asUser(places: Places): { readonly uid?: number; readonly gid?: number } {
  return places.uid === undefined ? {} : { uid: places.uid, gid: places.uid };
}

function explain(stderr: string): string {
  if (stderr.includes('No space left')) return 'the disk is full. Make room, then start again; nothing was lost.';
  return stderr.trim().split('\n').slice(-3).join(' ');
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= action();
    return running;
  };
}
