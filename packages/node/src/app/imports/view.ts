import { ok, type Result, refuse } from '@comity/core';
import type { ImportRow, ImportStepView, ImportsView, ImportView } from '../../api.ts';
import { draftOf, findImport, isErased, listImports, originalOf, type StoredImport, stepsOf } from '../../store/imports.ts';
import type { House, Person } from '../house.ts';
import { beforeContent, needReason, noteReading, type Purpose } from '../read.ts';
import { IMPORT_REASONS } from './decide.ts';

/** Who may see and decide what came from outside: whoever works with orders, on either side. */
const CLERKS = ['analyst', 'reviewer', 'investigator', 'prosecutor', 'judge', 'enforcing_officer', 'clerk', 'registrar'];

/** Whether a person works with what comes from outside. Errors: `role-not-allowed`. */
export function isClerk({ roles }: Person): Result<true> {
  if (roles.some((role) => CLERKS.includes(role))) return ok(true);
  return refuse('role-not-allowed', undefined, { role: roles.join(', '), roles: CLERKS.join(', ') });
}

/** Everything that came from outside, what is undecided first, and whom one may call back. It holds nothing of what the documents say. */
export async function importsView(house: House): Promise<ImportsView> {
  const rows = (await listImports(house.db)).map((stored) => rowOf(house, stored));
  const authorities = house.foreign.map(({ id, name, country, phone }) => ({ id, name, country, phone }));
  return { rows, authorities, reasons: IMPORT_REASONS };
}

function rowOf(house: House, { sender, ...rest }: StoredImport): ImportRow {
  const known = house.foreign.find(({ id }) => id === sender);
  return { ...rest, sender: known === undefined ? null : { id: known.id, name: known.name, country: known.country } };
}

/** States a reason to read an import; it stands in the log first. Errors: `import-unknown`, `log-slow`. */
export async function readImport(
  house: House,
  person: Person,
  ask: { readonly id: string; readonly purpose: Purpose },
): Promise<Result<{ readonly until: string }>> {
  if ((await findImport(house.db, ask.id)) === undefined) return refuse('import-unknown', 'id');
  return beforeContent(house, ask.id, async (tx) =>
    ok(await noteReading(house, tx, { person, case: ask.id, purpose: ask.purpose })),
  );
}

/** One import with its draft. Errors: `import-unknown`, `reason-required`. */
export async function importView(house: House, person: Person, id: string): Promise<Result<ImportView>> {
  const stored = await readable(house, person, id);
  if (!stored.ok) return stored;
  const steps = await stepsOf(house.db, id, house.subjects);
  // Parser: draft and steps were written by takeIn and decideImport.
  const draft = ((await draftOf(house.db, id, house.subjects)) ?? null) as ImportView['draft'];
  return ok({
    ...rowOf(house, stored.value),
    draft,
    steps: steps.map(({ entry: _entry, said, ...step }) => ({ ...step, said: said as ImportStepView['said'] })),
  });
}

/** The original, byte for byte. Errors: as above; `already-erased`; `key-lost` when its key is gone without that. */
export async function importOriginal(
  house: House,
  person: Person,
  id: string,
): Promise<Result<{ readonly stored: StoredImport; readonly bytes: Uint8Array }>> {
  const stored = await readable(house, person, id);
  if (!stored.ok) return stored;
  const bytes = await originalOf(house.db, id, house.subjects);
  if (bytes !== undefined) return ok({ stored: stored.value, bytes });
  return refuse((await isErased(house.db, id)) ? 'already-erased' : 'key-lost');
}

async function readable(house: House, person: Person, id: string): Promise<Result<StoredImport>> {
  const stored = await findImport(house.db, id);
  if (stored === undefined) return refuse('import-unknown', 'id');
  const reason = await needReason(house, person, id);
  return reason.ok ? ok(stored) : reason;
}
