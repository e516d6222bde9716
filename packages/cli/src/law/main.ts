import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildLaw } from './build.ts';
import { FACT_TYPES_FILE } from './facttypes.ts';

// node packages/cli/src/law/main.ts [--check] [--dir LAW]: builds packs from a folder of law, this project's when none is named, or says what is stale or wrong. Exit code 1 on refusal.
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false }, dir: { type: 'string' } } });
const project = join(import.meta.dirname, '..', '..', '..', '..');
const lawDir = values.dir === undefined ? join(project, 'law') : resolve(values.dir);
// The types of facts are this project's own: another folder of law does not change them.
const types = values.dir === undefined ? { types: join(project, FACT_TYPES_FILE) } : {};
const built = await buildLaw({ lawDir, check: values.check, ...types });
if (built.ok) {
  process.stdout.write(`${JSON.stringify({ files: built.value.artefacts.length, changed: built.value.changed })}\n`);
} else {
  process.stderr.write(`${JSON.stringify(built.refusal)}\n`);
  process.exitCode = 1;
}
