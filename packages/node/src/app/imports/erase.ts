import { ok, type Result, refuse } from '@comity/core';
import { lockCase } from '../../store/cases.ts';
import { findImport, isErased } from '../../store/imports.ts';
import { destroyRetired, replaceKey } from '../../store/subjects.ts';
import type { Erased, Erasing, ErasureReason } from '../erase.ts';
import type { Person } from '../house.ts';
import { logImport } from './log.ts';

/**
 * Erases what an import says: its original, what was read out of it, and the words of whoever decided. The key goes, so that no backup of the database opens them; that it came, and what was decided when, stays.
 * Errors: `import-unknown`, `already-erased`, `field-invalid` for an authority that is not in the directory. After a crash, ask again.
 */
export async function eraseImport(
  house: Erasing,
  ask: { readonly id: string; readonly reason: ErasureReason; readonly authority: string; readonly person: Person },
): Promise<Result<Erased>> {
  if (!house.directory.parties.some(({ id }) => id === ask.authority))
    return refuse('field-invalid', 'authority', { kind: 'party' });
  const done = await house.db.transaction().execute(async (tx): Promise<Result<Erased>> => {
    await lockCase(tx, ask.id);
    if ((await findImport(tx, ask.id)) === undefined) return refuse('import-unknown', 'id');
    if (await isErased(tx, ask.id)) return refuse('already-erased', 'id');
    const role = ask.person.roles[0] ?? 'none';
    const entry = await logImport(house, tx, { id: ask.id, step: 'erased', decision: ask.reason, role, basis: [ask.authority] });
    await replaceKey(tx, ask.id, undefined);
    return ok({ entries: [entry.id] });
  });
  if (done.ok) await destroyRetired(house.db, house.subjects);
  return done;
}
