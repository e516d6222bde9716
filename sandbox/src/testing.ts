import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildDatasets, VERSION } from './datasets/index.ts';
import { ORGANISATIONS } from './organisations.ts';
import { freePorts } from './ports.ts';
import { ROOT, type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts';

export { ENGAGEMENT, ORDER } from './organisations.ts';
export { freePorts } from './ports.ts';

/** A sandbox of its own for tests: a folder that goes away, ports that are free. */
export async function testSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox & { readonly dir: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'comity-sandbox-'));
  // mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
  chmodSync(dir, 0o755);
  await copyDatasets(join(dir, 'data'));
  const sandbox = await startSandbox({
    dir,
    port: await freePorts(ORGANISATIONS.length + 1),
    pages: false,
    routes: false,
    ...options,
  });
  return {
    ...sandbox,
    dir,
    stop: async () => {
      await sandbox.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const MADE = join(ROOT, 'node_modules', '.cache', `comity-datasets-${VERSION}`);

/** The sandbox's datasets as a copy of ones made before: they are the same for every sandbox, and each looks whether they are whole and of its version. */
export async function copyDatasets(to: string): Promise<void> {
  if (!existsSync(MADE)) {
    mkdirSync(dirname(MADE), { recursive: true });
    const making = mkdtempSync(`${MADE}-`);
    await buildDatasets(making);
    try {
      renameSync(making, MADE);
    } catch {
      // Another test was faster.
      rmSync(making, { recursive: true, force: true });
    }
  }
  cpSync(MADE, to, { recursive: true });
}
