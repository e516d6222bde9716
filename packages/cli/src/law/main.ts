import { join } from 'node:path';
import { buildLaw } from './build.ts';
import { FACT_TYPES_FILE } from './facttypes.ts';

// node packages/cli/src/law/main.ts [--check]: builds law/packs from law/, or says what is stale or wrong. Exit code 1 on refusal.
const lawDir = join(import.meta.dirname, '..', '..', '..', '..', 'law');
const types = join(lawDir, '..', FACT_TYPES_FILE);
const built = await buildLaw({ lawDir, check: process.argv.includes('--check'), types });
if (built.ok) {
  process.stdout.write(`${JSON.stringify({ files: built.value.artefacts.length, changed: built.value.changed })}\n`);
} else {
  process.stderr.write(`${JSON.stringify(built.refusal)}\n`);
  process.exitCode = 1;
}
