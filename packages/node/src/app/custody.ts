import type { Instant } from '@comity/core';
import { type Copy, type CopyStatus, copiesOf } from '@comity/procedure';
import type { CopyRow, CustodyView } from '../api.ts';
import { findCase, listCases, lockCase, type StoredCase } from '../store/cases.ts';
import type { Tx } from '../store/database.ts';
import { noteCustody, payloadsOf, type StoredPayload } from '../store/payloads.ts';
import { procedureFor } from './append.ts';
import { entryOf, logEntries, nextInstant } from './entry.ts';
import { type House, NODE_PERSON, settingOf } from './house.ts';
import { NOTED } from './lookAgain.ts';

/** The copies of a case, ours and the others', as far as its acts tell. */
export function copiesIn(house: House, stored: StoredCase, now: Instant): readonly Copy[] {
  const loaded = procedureFor(house, { id: stored.procedure, sha256: stored.procedureSha256 });
  return loaded.ok ? copiesOf(settingOf(house, loaded.value.procedure), stored.state, now) : [];
}

const URGENCY: readonly CopyStatus[] = [
  'overdue',
  'destruction-due',
  'review-due',
  'legal-hold',
  'in-use',
  'held',
  'court-record',
];

/** Every copy that this party holds or waits to see destroyed, the most urgent first. Destroyed ones are only counted. */
export async function custodyView(house: House): Promise<CustodyView> {
  const now = house.now();
  const rows = (await listCases(house.db)).flatMap((stored) =>
    copiesIn(house, stored, now).map(
      (copy): CopyRow => ({
        ...copy,
        case: stored.id,
        procedure: stored.procedure,
        ours: copy.party === house.party.id,
        holder: nameOf(house, copy.party),
      }),
    ),
  );
  const open = rows.filter(({ status }) => status !== 'destroyed');
  const rank = (row: CopyRow): string => `${row.ours ? 0 : 1}${URGENCY.indexOf(row.status)}${row.recalled ?? row.until ?? '9'}`;
  return { copies: open.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)), destroyed: rows.length - open.length };
}

function nameOf(house: House, id: string): string {
  return house.directory.parties.find((party) => party.id === id)?.name ?? id;
}

/** Notes in the log what has become due of this party's copies of a case, and what is due no more; then says when to look again. */
export async function noteCopies(house: House, caseId: string): Promise<void> {
  await house.db.transaction().execute(async (tx) => {
    await lockCase(tx, caseId);
    const stored = await findCase(tx, caseId);
    if (stored === undefined) return;
    const now = house.now();
    const ours = copiesIn(house, stored, now).filter((copy) => copy.party === house.party.id);
    const payloads = await payloadsOf(tx, caseId);
    for (const copy of ours) {
      const payload = payloads.find((one) => one.ciphertext === copy.ciphertext);
      if (payload !== undefined) await noteCopy(house, tx, { copy, payload });
    }
    const again = ours.flatMap(({ next }) => next ?? []).sort()[0];
    if (again !== undefined) await house.jobs.custody(tx, { case: caseId, at: again });
  });
}

async function noteCopy(
  house: House,
  tx: Tx,
  { copy, payload }: { readonly copy: Copy; readonly payload: StoredPayload },
): Promise<void> {
  const due = NOTED.includes(copy.status) ? copy.status : undefined;
  if (due === payload.noted) return;
  await noteCustody(tx, payload, due);
  const status = due ?? 'settled';
  await logEntries(house, tx, [
    entryOf(house, {
      t: `copy.${status}`,
      case: payload.case,
      at: await nextInstant(house, tx, payload.case),
      role: NODE_PERSON,
      decision: copy.kind,
      obj: { ct_sha256: payload.ciphertext, bytes: payload.size },
    }),
  ]);
}
