import { type Instant, isInstant, type JsonObject, ok, type Result, refuse } from '@comity/core';
import { findCase, lockCase } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import { touchObjects } from '../../store/hi1Objects.ts';
import { findImport, insertStep, moveImport, type StoredImport, stepsOf } from '../../store/imports.ts';
import { type ActRequest, openCase } from '../act.ts';
import { standInLog } from '../entry.ts';
import type { House, Person } from '../house.ts';
import { noteReading } from '../read.ts';
import { logImport } from './log.ts';

/** Why something from outside is not taken up; a closed list, so that refusals can be counted. */
export const IMPORT_REASONS = ['not-authentic', 'not-competent', 'incomplete', 'not-for-us', 'duplicate', 'other-way'] as const;
export type ImportReason = (typeof IMPORT_REASONS)[number];

/** Whom the clerk called back, and when. The number is the one that this organisation knows; it is never typed, nor taken from the document. */
export interface CallBack {
  readonly authority: string;
  readonly spokeWith: string;
  readonly at: Instant;
}

export type ImportDecision =
  | { readonly decision: 'refused'; readonly reason: ImportReason; readonly words: string }
  | {
      readonly decision: 'taken-up';
      readonly callBack: CallBack;
      readonly words: string;
      /** A case that is open already. */
      readonly case?: string;
      /** The case that it opens, by its first act. */
      readonly opening?: Pick<ActRequest, 'type' | 'data' | 'sections'> & { readonly procedure: string };
    };

/** Where an import stands after a step. */
export interface Decided {
  readonly state: StoredImport['state'];
  readonly case: string | null;
}

interface Ask {
  readonly house: House;
  readonly person: Person;
  readonly id: string;
}

/**
 * Decides what becomes of something from outside. Refusing takes one person and a reason of the list. Taking it up takes two: each has called back, at the number that this organisation knows;
 * the first proposes, the second, another person, carries it out. Each step is logged. Errors: `import-unknown`, `import-decided`, `import-needs-call-back`, `import-needs-second`, `case-unknown`, and
 * those of opening a case.
 */
export async function decideImport(ask: Ask, decision: ImportDecision): Promise<Result<Decided>> {
  const { house, id } = ask;
  if (decision.decision === 'refused') return inTransaction(ask, (tx) => refuseIt(ask, tx, decision));
  const checked = checkCallBack(house, decision.callBack);
  if (!checked.ok) return checked;
  const found = await findImport(house.db, id);
  const { opening } = decision;
  if (found?.state === 'proposed' && opening !== undefined) return openFrom(ask, { decision, opening });
  return inTransaction(ask, (tx, stored) =>
    stored.state === 'quarantined' ? propose(ask, tx, decision) : takeUp(ask, tx, decision),
  );
}

type TakingUp = Extract<ImportDecision, { readonly decision: 'taken-up' }>;

/** Runs a step under the import's lock, while it is undecided, and waits until it stands in the log. */
async function inTransaction(
  { house, id }: Ask,
  step: (tx: Tx, stored: StoredImport) => Promise<Result<Decided & { readonly entry: string }>>,
): Promise<Result<Decided>> {
  const done = await house.db.transaction().execute(async (tx) => {
    await lockCase(tx, id);
    const stored = await undecided(tx, id);
    return stored.ok ? step(tx, stored.value) : stored;
  });
  if (!done.ok) return done;
  await standInLog(house, [done.value.entry]);
  return ok({ state: done.value.state, case: done.value.case });
}

async function undecided(tx: Tx, id: string): Promise<Result<StoredImport>> {
  const stored = await findImport(tx, id);
  if (stored === undefined) return refuse('import-unknown', 'id');
  return stored.state === 'quarantined' || stored.state === 'proposed'
    ? ok(stored)
    : refuse('import-decided', 'id', { state: stored.state });
}

function checkCallBack(house: House, { authority, spokeWith, at }: CallBack): Result<true> {
  const known = house.foreign.some(({ id }) => id === authority);
  if (!known || spokeWith.trim() === '')
    return refuse('import-needs-call-back', known ? 'callBack.spokeWith' : 'callBack.authority');
  return isInstant(at) && at <= house.now() ? ok(true) : refuse('import-needs-call-back', 'callBack.at');
}

async function refuseIt(
  { house, person, id }: Ask,
  tx: Tx,
  { reason, words }: Extract<ImportDecision, { readonly decision: 'refused' }>,
): Promise<Result<Decided & { readonly entry: string }>> {
  const entry = await logImport(house, tx, { id, step: 'refused', decision: reason, role: roleOf(person) });
  const said: JsonObject = { words };
  const step = { person: person.id, at: entry.at, decision: 'refused', reason, authority: null, said, entry: entry.id } as const;
  await insertStep(tx, id, { ...step, subjects: house.subjects });
  await moveImport(tx, id, { state: 'refused' });
  await touchObjects(tx, id, entry.at);
  return ok({ state: 'refused', case: null, entry: entry.id });
}

async function propose(ask: Ask, tx: Tx, decision: TakingUp): Promise<Result<Decided & { readonly entry: string }>> {
  const entry = await noteStep(ask, tx, { decision, step: 'proposed' });
  await moveImport(tx, ask.id, { state: 'proposed' });
  return ok({ state: 'proposed', case: null, entry });
}

/** The second step, for a case that is open, or for work that goes on outside this house's procedures. */
async function takeUp(ask: Ask, tx: Tx, decision: TakingUp): Promise<Result<Decided & { readonly entry: string }>> {
  const second = await secondPerson(ask, tx);
  if (!second.ok) return second;
  if (decision.case !== undefined && (await findCase(tx, decision.case)) === undefined) return refuse('case-unknown', 'case');
  const entry = await noteStep(ask, tx, { decision, step: 'taken-up' });
  await moveImport(tx, ask.id, { state: 'taken-up', ...(decision.case === undefined ? {} : { case: decision.case }) });
  await touchObjects(tx, ask.id, ask.house.now());
  return ok({ state: 'taken-up', case: decision.case ?? null, entry });
}

async function secondPerson({ house, person, id }: Ask, tx: Tx): Promise<Result<true>> {
  const steps = await stepsOf(tx, id, house.subjects);
  return steps.some((step) => step.person === person.id) ? refuse('import-needs-second', 'person') : ok(true);
}

/** The second step with the first act of a case: both in one transaction, or neither. */
async function openFrom(
  ask: Ask,
  { decision, opening }: { readonly decision: TakingUp; readonly opening: NonNullable<TakingUp['opening']> },
): Promise<Result<Decided>> {
  const { house, person, id } = ask;
  const entries: string[] = [];
  let refused: Result<never> | undefined;
  const work: NonNullable<ActRequest['work']> = async (tx, made) => {
    await lockCase(tx, id);
    const [stored, second] = [await undecided(tx, id), await secondPerson(ask, tx)];
    refused = stored.ok ? (second.ok ? undefined : second) : stored;
    // What fails here takes the act back with it.
    if (refused !== undefined) throw new Stopped();
    const caseId = made.act.body.case;
    entries.push((await noteReading(house, tx, { person, case: caseId, purpose: 'work' })).entry);
    entries.push(await noteStep(ask, tx, { decision, step: 'taken-up' }));
    await moveImport(tx, id, { state: 'taken-up', case: caseId });
    await touchObjects(tx, id, made.act.body.at);
  };
  try {
    const opened = await openCase(house, person, { ...opening, work });
    if (!opened.ok) return opened;
    await standInLog(house, entries);
    return ok({ state: 'taken-up', case: opened.value.act.body.case });
  } catch (error) {
    if (error instanceof Stopped && refused !== undefined) return refused;
    throw error;
  }
}

/** Ends a transaction whose refusal is told outside it. */
class Stopped extends Error {}

async function noteStep(
  { house, person, id }: Ask,
  tx: Tx,
  { decision, step }: { readonly decision: TakingUp; readonly step: 'proposed' | 'taken-up' },
): Promise<string> {
  const { callBack, words } = decision;
  const called = house.foreign.find(({ id: one }) => one === callBack.authority);
  const said: JsonObject = { words, callBack: { ...callBack, number: called?.phone ?? '' } };
  const entry = await logImport(house, tx, { id, step, decision: 'taken-up', role: roleOf(person), basis: [callBack.authority] });
  const kept = {
    person: person.id,
    at: entry.at,
    decision: 'taken-up',
    reason: null,
    authority: callBack.authority,
    said,
    entry: entry.id,
  } as const;
  await insertStep(tx, id, { ...kept, subjects: house.subjects });
  return entry.id;
}

function roleOf({ roles }: Person): string {
  return roles[0] ?? 'none';
}
