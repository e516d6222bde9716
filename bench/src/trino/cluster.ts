import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A coordinator and two workers on this machine, over tables in a folder of files. */
export interface Cluster {
  readonly server: string;
  /** Folder of which each subfolder of Parquet files can become a table (`local:///NAME`). */
  readonly lake: string;
  /** Kills a worker at once, as a machine that loses power would. */
  readonly killWorker: () => void;
  /** Starts another worker in place of one that was killed, and waits until it has reported. */
  readonly addWorker: () => Promise<void>;
  readonly workers: () => Promise<number>;
  readonly stop: () => void;
}

const PORT = 18_080;
const START_MS = 180_000;

/** Where the engine lies (`TRINO_HOME`, an unpacked server) and the Java that runs it (`TRINO_JAVA`); undefined when they are not there. */
export function trinoHere(): { readonly home: string; readonly java: string } | undefined {
  const [home, java] = [process.env['TRINO_HOME'] ?? '', process.env['TRINO_JAVA'] ?? ''];
  return existsSync(join(home, 'lib')) && existsSync(java) ? { home, java } : undefined;
}

/** Starts the cluster and waits until both workers have reported. */
export async function startCluster({ home, java }: { readonly home: string; readonly java: string }): Promise<Cluster> {
  const dir = mkdtempSync(join(tmpdir(), 'comity-trino-'));
  const run = (name: string, port: number): ChildProcess => startNode({ home, java, dir, name, port });
  mkdirSync(join(dir, 'lake'), { recursive: true });
  const coordinator = run('coordinator', PORT);
  const workers = [run('worker-1', PORT + 1), run('worker-2', PORT + 2)];
  let started = workers.length;
  const server = `http://127.0.0.1:${PORT}`;
  const cluster: Cluster = {
    server,
    lake: join(dir, 'lake'),
    killWorker: () => void workers.shift()?.kill('SIGKILL'),
    addWorker: async () => {
      started += 1;
      workers.push(run(`worker-${started}`, PORT + started));
      await awaitWorkers(server, workers.length);
    },
    workers: () => countWorkers(server),
    stop: () => {
      for (const one of [coordinator, ...workers]) one.kill('SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    },
  };
  try {
    await awaitWorkers(server, workers.length);
  } catch (error) {
    cluster.stop();
    throw error;
  }
  return cluster;
}

async function awaitWorkers(server: string, count: number): Promise<void> {
  const until = Date.now() + START_MS;
  while ((await countWorkers(server)) < count) {
    if (Date.now() > until) throw new Error('the cluster did not start in time');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

async function countWorkers(server: string): Promise<number> {
  try {
    const info = await fetch(`${server}/v1/info`);
    const { starting } = JSON.parse(await info.text());
    if (starting !== false) return 0;
    const { queryOn } = await import('./query.ts');
    const rows = await queryOn(server, `SELECT count(*) FROM system.runtime.nodes WHERE state = 'active' AND NOT coordinator`);
    return Number(rows[0]?.[0] ?? 0);
  } catch {
    return 0;
  }
}

interface Node {
  readonly home: string;
  readonly java: string;
  readonly dir: string;
  readonly name: string;
  readonly port: number;
}

function startNode({ home, java, dir, name, port }: Node): ChildProcess {
  const etc = join(dir, name, 'etc');
  mkdirSync(join(etc, 'catalog'), { recursive: true });
  writeConfig({ etc, lake: join(dir, 'lake'), port });
  const log = openSync(join(dir, `${name}.log`), 'w');
  const options = [
    '-Xmx1500M',
    '-XX:+UseG1GC',
    '--enable-native-access=ALL-UNNAMED',
    '--add-modules=jdk.incubator.vector',
    '-Djdk.attach.allowAttachSelf=true',
    `-Dnode.environment=bench`,
    `-Dnode.id=${name}`,
    `-Dnode.data-dir=${join(dir, name)}`,
    `-Dconfig=${join(etc, 'config.properties')}`,
    `-Dlog.levels-file=${join(etc, 'log.properties')}`,
    `-Dcatalog.config-dir=${join(etc, 'catalog')}`,
    `-Dplugin.dir=${join(home, 'plugin')}`,
  ];
  return spawn(java, [...options, '-cp', join(home, 'lib', '*'), 'io.trino.server.TrinoServer'], {
    cwd: join(dir, name),
    stdio: ['ignore', log, log],
  });
}

function writeConfig({ etc, lake, port }: { readonly etc: string; readonly lake: string; readonly port: number }): void {
  const coordinator = port === PORT;
  const config = {
    coordinator: String(coordinator),
    ...(coordinator ? { 'node-scheduler.include-coordinator': 'false' } : {}),
    'http-server.http.port': String(port),
    'discovery.uri': `http://127.0.0.1:${PORT}`,
    'node.internal-address': '127.0.0.1',
    'catalog.management': 'static',
  };
  const catalog = {
    'connector.name': 'hive',
    'hive.metastore': 'file',
    'hive.metastore.catalog.dir': 'local:///metastore',
    'fs.native-local.enabled': 'true',
    'local.location': lake,
    'hive.security': 'allow-all',
    // A table of the bench is small: both workers are to have a part of it.
    'hive.max-initial-split-size': '1MB',
    'hive.max-split-size': '1MB',
  };
  const write = (file: string, properties: Readonly<Record<string, string>>): void =>
    writeFileSync(
      join(etc, file),
      Object.entries(properties)
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
    );
  write('config.properties', config);
  write('catalog/lake.properties', catalog);
  write('log.properties', { 'io.trino': 'WARN' });
}
