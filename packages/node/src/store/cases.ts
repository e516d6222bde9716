import { canonicalJson, type Instant, isInstant, type JsonObject } from '@comity/core';
import type { CaseState, Folded, JudgedAct } from '@comity/procedure';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

/** A case as it was last folded. */
export interface StoredCase {
  readonly id: string;
  readonly procedure: string;
  readonly procedureSha256: string;
  readonly state: CaseState;
  readonly judged: readonly JudgedAct[];
  readonly heads: readonly string[];
  readonly opened: Instant;
  readonly updated: Instant;
}

/** Makes everybody else who wants to move this case wait until our transaction ends. */
export async function lockCase(tx: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(1, hashtext(${id}))`.execute(tx);
}

/** Writes the view of a case. */
export async function saveCase(
  tx: Tx,
  folded: Folded,
  about: { readonly procedure: string; readonly sha256: string; readonly at: Instant },
): Promise<void> {
  const { state } = folded;
  const view = {
    state: canonicalJson(state),
    judged: canonicalJson(folded.acts),
    heads: canonicalJson(folded.heads),
    secret_until: secretIn(state.done[0]?.data),
    updated: about.at,
    // What the desk says of it is worked out at the next look.
    desk_side: null,
  };
  const row = {
    id: state.case,
    procedure: about.procedure,
    procedure_sha256: about.sha256,
    opened: state.done[0]?.at ?? about.at,
    ...view,
  };
  await tx
    .insertInto('cases')
    .values(row)
    .onConflict((c) => c.column('id').doUpdateSet(view))
    .execute();
}

/** Until when the first act of a case makes it secret; null: it does not. */
export function secretIn(data: JsonObject | undefined): Instant | null {
  const until = data?.['secretUntil'];
  return isInstant(until) ? until : null;
}

/** A case by its id. */
export async function findCase(db: Database | Tx, id: string): Promise<StoredCase | undefined> {
  const row = await caseRows(db).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : parseCase(row);
}

/** Cases by their ids, in the order of these; what is not there is left out. */
export async function findCases(db: Database | Tx, ids: readonly string[]): Promise<readonly StoredCase[]> {
  if (ids.length === 0) return [];
  const rows = await caseRows(db).where('id', 'in', ids).execute();
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = found.get(id);
    return row === undefined ? [] : [parseCase(row)];
  });
}

/** All cases, the most recently moved first. */
export async function listCases(db: Database | Tx, limit = 500): Promise<readonly StoredCase[]> {
  const rows = await caseRows(db).orderBy('updated', 'desc').orderBy('id').limit(limit).execute();
  return rows.map(parseCase);
}

/** Every case under one of these procedures, oldest first. */
export async function casesUnder(db: Database | Tx, procedures: readonly string[]): Promise<readonly StoredCase[]> {
  return (
    await caseRows(db)
      .where('procedure', 'in', [...procedures])
      .orderBy('opened')
      .orderBy('id')
      .execute()
  ).map(parseCase);
}

function caseRows(db: Database | Tx) {
  return db.selectFrom('cases').select(['id', 'procedure', 'procedure_sha256', 'state', 'judged', 'heads', 'opened', 'updated']);
}

type Row = Awaited<ReturnType<ReturnType<typeof caseRows>['execute']>>[number];

function parseCase(row: Row): StoredCase {
  // Parser: these texts were written by saveCase.
  const [state, judged, heads] = [JSON.parse(row.state), JSON.parse(row.judged), JSON.parse(row.heads)] as [
    CaseState,
    JudgedAct[],
    string[],
  ];
  return {
    id: row.id,
    procedure: row.procedure,
    procedureSha256: row.procedure_sha256,
    state,
    judged,
    heads,
    opened: row.opened,
    updated: row.updated,
  };
}
