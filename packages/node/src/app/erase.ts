import { ok, type Result, refuse, toHex } from '@comity/core';
import type { LogEntry } from '@comity/prove';
import { type SignedBody, signedBodiesOf } from '../store/acts.ts';
import { lockCase } from '../store/cases.ts';
import { resealComplaints } from '../store/complaints.ts';
import type { Tx } from '../store/database.ts';
import { eraseOpenings, resealOpenings, sectionsHeld } from '../store/openings.ts';
import { forgetPreviews } from '../store/previews.ts';
import { resealQueries } from '../store/queries.ts';
import { destroyRetired, keyInForce, replaceKey } from '../store/subjects.ts';
import { entryOf, type Logging, logEntries, nextInstant } from './entry.ts';
import type { House, Person } from './house.ts';
import { leafOfAct } from './leaf.ts';

/** Why personal data are erased; a closed list, so that no free text reaches the log. */
export const ERASURE_REASONS = [
  'no-longer-needed',
  'retention-ended',
  'person-asked',
  'processed-unlawfully',
  'legal-duty',
  'court-order',
  'mistake',
] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

/** Who erases, why, and the party of the directory on whose authority. */
interface Warrant {
  readonly reason: ErasureReason;
  readonly authority: string;
  readonly person: Person;
}

/** What of a house it takes to erase. */
export type Erasing = Logging & Pick<House, 'db' | 'directory' | 'now' | 'subjects'>;

/** What was erased: ids of the entries that say so. */
export interface Erased {
  readonly entries: readonly string[];
}

/**
 * Erases sections of an act: their openings go, the case gets a new key, under which everything else of it is sealed again, and the old key is destroyed, so that no
 * backup of the database opens them either. Commitments, tree and proofs stay. Errors: `act-unknown`, `section-not-addressed` for what is not held, `already-erased`,
 * `field-invalid` for an authority that is not in the directory, `log-slow`. Throws SubjectKeyLost. Done only when it returns: after a crash, ask again.
 */
export async function eraseSections(
  house: Erasing,
  ask: Warrant & { readonly case: string; readonly act: string; readonly sections: readonly string[] },
): Promise<Result<Erased>> {
  return erasing(house, ask, async (tx) => {
    const acts = await signedBodiesOf(tx, ask.case);
    const act = acts.find(({ digest }) => digest === ask.act);
    if (act === undefined) return refuse('act-unknown', 'act');
    const { held, erased } = await sectionsHeld(tx, ask.act);
    const absent = ask.sections.find((name) => !held.includes(name));
    if (absent !== undefined || ask.sections.length === 0)
      return refuse(erased.includes(absent ?? '') ? 'already-erased' : 'section-not-addressed', 'sections');
    const entries = await sayErased(house, tx, { ...ask, acts: [act] });
    if (entries.ok) {
      await eraseOpenings(tx, erasuresOf(ask, [act], entries.value.entries[0] ?? ''));
      await rekey(house, tx, ask.case);
    }
    return entries;
  });
}

/**
 * Erases everything that this node holds of the persons in a case: every opening goes, and its key is destroyed. What was signed, and the log, stay. Works also when the
 * key is lost. Errors: `case-unknown`, and as for sections.
 */
export async function eraseCase(house: Erasing, ask: Warrant & { readonly case: string }): Promise<Result<Erased>> {
  return erasing(house, ask, async (tx) => {
    const acts = await signedBodiesOf(tx, ask.case);
    if (acts.length === 0) return refuse('case-unknown', 'case');
    const entries = await sayErased(house, tx, { ...ask, acts });
    if (entries.ok) {
      await eraseOpenings(tx, erasuresOf({ ...ask, sections: undefined }, acts, entries.value.entries[0] ?? ''));
      await replaceKey(tx, ask.case, undefined);
    }
    return entries;
  });
}

async function erasing(
  house: Erasing,
  ask: Warrant & { readonly case: string },
  erase: (tx: Tx) => Promise<Result<Erased>>,
): Promise<Result<Erased>> {
  if (!house.directory.parties.some(({ id }) => id === ask.authority))
    return refuse('field-invalid', 'authority', { kind: 'party' });
  const destroy = (): Promise<void> => destroyRetired(house.db, house.subjects);
  let done: Result<Erased>;
  try {
    done = await house.db.transaction().execute(async (tx) => {
      await lockCase(tx, ask.case);
      const erased = await erase(tx);
      if (erased.ok) await forgetPreviews(tx, ask.case);
      return erased;
    });
  } catch (error) {
    // Nobody knows whether it was committed: the database says which keys are retired. When it cannot be asked, the next start does.
    await destroy().catch(() => undefined);
    throw error;
  }
  if (done.ok) await destroy();
  return done;
}

/** Seals what is left of a case under a new key. The old one is destroyed once this is committed. */
async function rekey({ subjects }: Erasing, tx: Tx, caseId: string): Promise<void> {
  // Throws when it is lost: what cannot be read could not be sealed again either.
  await keyInForce(tx, caseId, subjects);
  const next = await subjects.take();
  await resealOpenings(tx, caseId, { subjects, next });
  await resealQueries(tx, caseId, { subjects, next });
  await resealComplaints(tx, caseId, { subjects, next });
  await replaceKey(tx, caseId, next);
}

/** So many leaf hashes leave room in the 4,096 bytes of an entry. */
const MOST_REFS = 40;

async function sayErased(
  house: Erasing,
  tx: Tx,
  about: Warrant & { readonly case: string; readonly acts: readonly SignedBody[] },
): Promise<Result<Erased>> {
  const leaves: string[] = [];
  for (const { digest } of about.acts) {
    const leaf = await leafOfAct(tx, digest);
    if (leaf === undefined) return refuse('log-slow');
    leaves.push(toHex(leaf));
  }
  const at = await nextInstant(house, tx, about.case);
  const { reason, authority, person } = about;
  const role = person.roles[0] ?? 'none';
  const entries: LogEntry[] = [];
  for (let from = 0; from < leaves.length; from += MOST_REFS) {
    const refs = leaves.slice(from, from + MOST_REFS);
    entries.push(entryOf(house, { t: 'erased', case: about.case, at, role, decision: reason, basis: [authority], refs }));
  }
  return ok({ entries: await logEntries(house, tx, entries) });
}

function erasuresOf(
  ask: { readonly person: Person; readonly sections: readonly string[] | undefined },
  acts: readonly SignedBody[],
  entry: string,
): Parameters<typeof eraseOpenings>[1] {
  return acts.flatMap(({ digest, body }) =>
    (ask.sections ?? Object.keys(body.sections)).map((name) => ({ act: digest, name, entry, person: ask.person.id })),
  );
}
