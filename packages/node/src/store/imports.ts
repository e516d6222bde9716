import { canonicalJson, fromUtf8, type Instant, type Json, utf8 } from '@comity/core';
import type { SubjectKeys } from '../keys/subjects.ts';
import type { Database, Tx } from './database.ts';
import { sealBytes, unsealBytes } from './sealedBytes.ts';
import { keyInForce } from './subjects.ts';

export type ImportKind = 'hi1' | 'pdf' | 'eml' | 'txt';
export type ImportState = 'quarantined' | 'proposed' | 'taken-up' | 'refused' | 'withdrawn';

/** Something that came from outside, without what it says. */
export interface StoredImport {
  readonly id: string;
  readonly kind: ImportKind;
  readonly state: ImportState;
  readonly arrived: Instant;
  readonly sender: string | null;
  /** SHA-256 and size of the original, byte for byte as it came. */
  readonly sha256: string;
  readonly size: number;
  readonly case: string | null;
}

/** A step of deciding: `said` are the words and the call-back, sealed. */
export interface ImportStep {
  readonly person: string;
  readonly at: Instant;
  readonly decision: 'taken-up' | 'refused';
  readonly reason: string | null;
  readonly authority: string | null;
  readonly said: Json;
  readonly entry: string;
}

/** Keeps something that came: its original and its draft sealed under a key of its own. The caller holds its lock. */
export async function insertImport(
  tx: Tx,
  given: Omit<StoredImport, 'state' | 'case'> & { readonly salt: string; readonly entry: string },
  content: { readonly original: Uint8Array; readonly draft: Json; readonly subjects: SubjectKeys },
): Promise<void> {
  const key = await keyInForce(tx, given.id, content.subjects);
  await tx
    .insertInto('imports')
    .values({
      ...given,
      size: String(given.size),
      state: 'quarantined',
      case_id: null,
      original: sealBytes(key, `${given.id}\noriginal`, content.original),
      draft: sealBytes(key, `${given.id}\ndraft`, utf8(canonicalJson(content.draft))),
    })
    .execute();
}

export async function findImport(db: Database | Tx, id: string): Promise<StoredImport | undefined> {
  const row = await rows(db).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : parse(row);
}

const UNDECIDED = ['quarantined', 'proposed'];

/** What nobody has decided, the oldest first, for that waits longest; then the rest, the newest first. */
export async function listImports(db: Database | Tx, limit = 500): Promise<readonly StoredImport[]> {
  const open = await rows(db).where('state', 'in', UNDECIDED).orderBy('arrived', 'asc').limit(limit).execute();
  const decided = await rows(db)
    .where('state', 'not in', UNDECIDED)
    .orderBy('arrived', 'desc')
    .limit(limit - open.length)
    .execute();
  return [...open, ...decided].map(parse);
}

/** How many nobody has decided on yet. */
export async function countUndecided(db: Database | Tx): Promise<number> {
  const open = db.selectFrom('imports').where('state', 'in', UNDECIDED);
  const { n } = await open.select((eb) => eb.fn.countAll<string>().as('n')).executeTakeFirstOrThrow();
  return Number(n);
}

function rows(db: Database | Tx) {
  return db.selectFrom('imports').select(['id', 'kind', 'state', 'arrived', 'sender', 'sha256', 'size', 'case_id']);
}

function parse({
  case_id,
  size,
  kind,
  state,
  ...rest
}: Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]): StoredImport {
  // The check constraints of the table keep both to these words.
  return { ...rest, case: case_id, size: Number(size), kind: kind as ImportKind, state: state as ImportState };
}

/** The original of an import, byte for byte; undefined when its key is gone. */
export async function originalOf(db: Database | Tx, id: string, subjects: SubjectKeys): Promise<Uint8Array | undefined> {
  const row = await content(db, id);
  const key = keyOf(row, subjects);
  const bytes = row === undefined || key === undefined ? undefined : unsealBytes(key, `${id}\noriginal`, row.original);
  return bytes === undefined ? undefined : new Uint8Array(bytes);
}

/** The draft of an import; undefined when its key is gone. */
export async function draftOf(db: Database | Tx, id: string, subjects: SubjectKeys): Promise<Json | undefined> {
  const row = await content(db, id);
  const key = keyOf(row, subjects);
  const bytes = row === undefined || key === undefined ? undefined : unsealBytes(key, `${id}\ndraft`, row.draft);
  return bytes === undefined ? undefined : JSON.parse(fromUtf8(bytes));
}

/** Whether what an import says was erased: it has no key any more. */
export async function isErased(db: Database | Tx, id: string): Promise<boolean> {
  const row = await db.selectFrom('subjects').select('key_id').where('case_id', '=', id).executeTakeFirst();
  return row === undefined || row.key_id === null;
}

async function content(db: Database | Tx, id: string) {
  return db
    .selectFrom('imports')
    .leftJoin('subjects', 'subjects.case_id', 'imports.id')
    .select(['imports.original', 'imports.draft', 'subjects.key_id'])
    .where('imports.id', '=', id)
    .executeTakeFirst();
}

function keyOf(row: { readonly key_id: string | null } | undefined, subjects: SubjectKeys) {
  return row === undefined || row.key_id === null ? undefined : subjects.find(row.key_id);
}

/** Moves an import on. The caller holds its lock. */
export async function moveImport(tx: Tx, id: string, to: { readonly state: ImportState; readonly case?: string }): Promise<void> {
  const values = to.case === undefined ? { state: to.state } : { state: to.state, case_id: to.case };
  await tx.updateTable('imports').set(values).where('id', '=', id).execute();
}

/** Keeps a step of deciding. The caller holds the import's lock. */
export async function insertStep(tx: Tx, id: string, step: ImportStep & { readonly subjects: SubjectKeys }): Promise<void> {
  const key = await keyInForce(tx, id, step.subjects);
  const { said, subjects: _subjects, ...rest } = step;
  const before = await stepRows(tx, id).execute();
  const values = {
    ...rest,
    import_id: id,
    step: before.length + 1,
    said: sealBytes(key, `${id}\n${before.length + 1}`, utf8(canonicalJson(said))),
  };
  await tx.insertInto('import_decisions').values(values).execute();
}

/** The steps of deciding, in their order; what was said is null when its key is gone. */
export async function stepsOf(db: Database | Tx, id: string, subjects: SubjectKeys): Promise<readonly ImportStep[]> {
  const found = await stepRows(db, id).execute();
  return found.map(({ step, key_id, said, decision, ...rest }) => {
    const key = keyOf({ key_id }, subjects);
    const bytes = key === undefined ? undefined : unsealBytes(key, `${id}\n${step}`, said);
    // The check constraint keeps the decision to these words.
    return {
      ...rest,
      decision: decision as ImportStep['decision'],
      said: bytes === undefined ? null : JSON.parse(fromUtf8(bytes)),
    };
  });
}

function stepRows(db: Database | Tx, id: string) {
  return db
    .selectFrom('import_decisions')
    .leftJoin('subjects', 'subjects.case_id', 'import_decisions.import_id')
    .select(['step', 'person', 'at', 'decision', 'reason', 'authority', 'said', 'entry', 'subjects.key_id'])
    .where('import_id', '=', id)
    .orderBy('step');
}
