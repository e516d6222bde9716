import { readFile } from 'node:fs/promises';
import { ok, type Result, refuse } from '@comity/core';
import { parseDocument } from 'yaml';

/**
 * Reads a YAML 1.2 file with the core schema, in which NO is Norway and not false; merge keys are allowed so that examples can share facts.
 * Out: plain JSON values, or `pack-invalid` with the file and the parser's words.
 */
export async function readYaml(file: string): Promise<Result<unknown>> {
  const document = parseDocument(await readFile(file, 'utf8'), { version: '1.2', schema: 'core', merge: true, uniqueKeys: true });
  const [problem] = document.errors;
  if (problem !== undefined) return refuse('pack-invalid', file, { reason: problem.message.split('\n')[0] ?? 'yaml' });
  // Shared examples are anchors: the count bounds how far a file may unfold.
  return ok(document.toJS({ maxAliasCount: 100_000 }));
}
