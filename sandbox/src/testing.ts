import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ORGANISATIONS } from './organisations.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts';

/** A sandbox of its own for tests: a folder that goes away, ports that are free. */
export async function testSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox & { readonly dir: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'comity-sandbox-'));
  // mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
  chmodSync(dir, 0o755);
  const sandbox = await startSandbox({ dir, port: await freePorts(ORGANISATIONS.length + 1), pages: false, ...options });
  return {
    ...sandbox,
    dir,
    stop: async () => {
      await sandbox.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The first of `count` ports in a row that are free. */
export async function freePorts(count: number): Promise<number> {
  for (let first = 20_000 + (process.pid % 400) * 50; first < 60_000; first += count) {
    const free = await Promise.all(Array.from({ length: count }, (_, i) => isFree(first + i)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('there are not enough free ports on this machine');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
