import { ok, type Result, refuse } from '@comity/core';
import { draftFromFile, type FileKind } from '@comity/formats/intake';
import { standInLog } from '../entry.ts';
import type { House, Person } from '../house.ts';
import { takeIn } from './takeIn.ts';

/**
 * Takes in a file that somebody here received by another way. The original is kept as it is; what a program finds in it is a proposal beside it. Gives the import's id. Errors: `import-unreadable`,
 * `log-slow`.
 */
export async function handIn(
  house: House,
  person: Person,
  { kind, bytes }: { readonly kind: FileKind; readonly bytes: Uint8Array },
): Promise<Result<string>> {
  const draft = bytes.length === 0 ? refuse('import-unreadable', 'kind', { kind }) : draftFromFile(kind, bytes);
  if (!draft.ok) return draft;
  const taken = await house.db
    .transaction()
    .execute((tx) => takeIn(house, tx, { kind, bytes, draft: draft.value, role: person.roles[0] ?? 'none' }));
  return (await standInLog(house, [taken.entry])) ? ok(taken.id) : refuse('log-slow');
}
