import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ORGANISATIONS } from './organisations.ts';
import { freePorts } from './ports.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts';

export { freePorts } from './ports.ts';

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
