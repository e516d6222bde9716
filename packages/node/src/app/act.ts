import { canBeWritten, type Json, type JsonObject, type Result, refuse, uuid7 } from '@comity/core';
import { findCase, lockCase } from '../store/cases.ts';
import type { Tx } from '../store/database.ts';
import { type Appended, appendAct, procedureFor } from './append.ts';
import { standInLog } from './entry.ts';
import type { House, LoadedProcedure, Person } from './house.ts';
import { withReadIdentifiers } from './keyed.ts';

/** What a person asks for: a move of a case. */
export interface ActRequest {
  readonly type: string;
  readonly data: JsonObject;
  readonly sections: Readonly<Record<string, Json>>;
  /**
   * What the act says was done, done in its transaction once the procedure has allowed it, and before it is kept: a refused act does nothing,
   * and an act whose work fails is not made.
   */
  readonly work?: (tx: Tx, made: Appended) => Promise<void>;
  /** What was prepared for the act outside its transaction, taken back when it is not made. */
  readonly undo?: () => Promise<void>;
}

/** Opens a case under a procedure with its first act. */
export async function openCase(
  house: House,
  person: Person,
  request: ActRequest & { readonly procedure: string },
): Promise<Result<Appended>> {
  const loaded = house.law.procedures.get(request.procedure);
  if (loaded === undefined) return refuse('procedure-unknown', 'procedure', { procedure: request.procedure });
  const sections = withReadIdentifiers(request.sections, { country: house.party.country });
  if (!sections.ok) return sections;
  const id = uuid7(Date.parse(house.now()), house.random(10));
  return act(house, { person, request: { ...request, sections: sections.value }, caseId: id, loaded });
}

/** Makes an act in a case that is open. */
export async function makeAct(
  house: House,
  person: Person,
  ask: { readonly case: string; readonly request: ActRequest },
): Promise<Result<Appended>> {
  const found = await findCase(house.db, ask.case);
  if (found === undefined) return refuse('case-unknown', 'case');
  const loaded = procedureFor(house, { id: found.procedure, sha256: found.procedureSha256 });
  return loaded.ok ? act(house, { person, request: ask.request, caseId: ask.case, loaded: loaded.value }) : loaded;
}

interface Ask {
  readonly person: Person;
  readonly request: ActRequest;
  readonly caseId: string;
  readonly loaded: LoadedProcedure;
}

async function act(house: House, { person, request, caseId, loaded }: Ask): Promise<Result<Appended>> {
  if (!canBeWritten([request.data, request.sections])) return refuse('field-invalid', 'data', { kind: 'text' });
  const rule = loaded.procedure.acts[request.type];
  if (rule === undefined) return refuse('act-unknown', 'type', { type: request.type.slice(0, 40) });
  const role = rule.roles.find((candidate) => person.roles.includes(candidate));
  if (role === undefined)
    return refuse('role-not-allowed', 'type', { role: person.roles.join(', '), roles: rule.roles.join(', ') });
  const draft = { case: caseId, type: request.type, person: person.id, role, data: request.data, sections: request.sections };
  const make = (): Promise<Result<Appended>> =>
    house.db.transaction().execute(async (tx) => {
      await lockCase(tx, caseId);
      const appended = await appendAct(house, tx, { draft, loaded });
      if (appended.ok) await request.work?.(tx, appended.value);
      return appended;
    });
  const made = await orWitnessed(house, make);
  // It stands already; whoever is told of it is told where, as soon as it has its place in the tree.
  if (made.ok) await standInLog(house, [made.value.entry]);
  return made;
}

/** How long witnesses are waited for before an act is refused because they are silent, in milliseconds. */
const PATIENCE = 3_000;

/** A node that was shut for some hours has asked nobody yet: its witnesses are asked before it says that they are silent. */
async function orWitnessed(house: House, make: () => Promise<Result<Appended>>): Promise<Result<Appended>> {
  const made = await make();
  if (made.ok || made.refusal.code !== 'log-unwitnessed') return made;
  await house.witnesses.confirm(PATIENCE);
  return make();
}
