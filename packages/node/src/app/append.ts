import { type ActBody, type Instant, type Json, type JsonObject, ok, type Result, refuse, uuid7 } from '@comity/core';
import {
  clocksOf,
  copiesOf,
  decisionsOf,
  emptyCase,
  type Folded,
  fold,
  judge,
  type Procedure,
  readableSections,
  sharesOf,
} from '@comity/procedure';
import type { LogEntry } from '@comity/prove';
import { sha256 } from '../keys/crypto.ts';
import { insertAct, type SignedBody, type StoredAct, signedBodiesOf } from '../store/acts.ts';
import { saveCase } from '../store/cases.ts';
import type { Tx } from '../store/database.ts';
import { takeSides } from '../store/fourEyes.ts';
import { queueActs } from '../store/outbox.ts';
import { checkWitnessed } from './confirmed.ts';
import { entryOf, logEntries, nextInstant } from './entry.ts';
import { gateRefusal } from './gate.ts';
import { type House, type LoadedProcedure, settingOf } from './house.ts';
import { checkKeys } from './keys.ts';
import { lookAgain } from './lookAgain.ts';
import { seatsWithoutPower } from './powers.ts';
import { preflightRefusal } from './preflight.ts';
import { commitSections, signAct } from './sign.ts';

/** An act that somebody here wants to make. */
export interface Draft {
  readonly case: string;
  readonly type: string;
  readonly person: string;
  readonly role: string;
  readonly data: JsonObject;
  readonly sections: Readonly<Record<string, Json>>;
}

/** An act that was made, and the case after it. */
export interface Appended {
  readonly act: StoredAct;
  readonly folded: Folded;
  /** Id of its log entry, whose place can be waited for once the transaction is through. */
  readonly entry: string;
}

/**
 * Makes an act: judged by the procedure, signed, and stored together with its log entry, the view of the case, and what is owed to others.
 * One transaction, the caller's; the caller holds the lock of the case.
 */
export async function appendAct(
  house: House,
  tx: Tx,
  ask: { readonly draft: Draft; readonly loaded: LoadedProcedure },
): Promise<Result<Appended>> {
  const { draft, loaded } = ask;
  const earlier = await signedBodiesOf(tx, draft.case);
  const setting = settingOf(house, loaded.procedure);
  const before =
    earlier.length === 0
      ? { state: emptyCase(draft.case, loaded.procedure), acts: [], heads: [] }
      : fold(setting, bodiesOf(earlier), sha256);
  const { commitments, openings } = commitSections(house, draft.sections);
  const now = await nextInstant(house, tx, draft.case);
  const keyless = checkKeys(house, ['sign'], now);
  if (keyless !== undefined) return { ok: false, refusal: keyless };
  const body = bodyOf(house, { draft, loaded, before, sections: commitments, now });
  const refusal =
    seatsWithoutPower(house, body) ??
    judge(setting, before.state, body) ??
    gateRefusal(house, { loaded, state: before.state, body }) ??
    preflightRefusal(house, { state: before.state, body, sections: draft.sections });
  if (refusal !== undefined) return { ok: false, refusal };
  const marks = await checkWitnessed(house, tx, {
    begins: loaded.procedure.acts[draft.type]?.opens === true || sealedObject(draft.data).obj !== undefined,
    opening: before.state.done[0]?.data ?? draft.data,
  });
  if (!marks.ok) return marks;
  const act: StoredAct = { ...(await signAct(house, body, openings)), own: true };
  await insertAct(tx, act, { arrived: body.at, subjects: house.subjects });
  const { party, person } = body.by;
  await takeSides(tx, { case: draft.case, pairs: pairsOf(loaded.procedure, draft.type), party, person, act: draft.type });
  const entry = entryOf(house, {
    t: `act.${draft.type}`,
    case: draft.case,
    at: body.at,
    role: draft.role,
    act: act.digest,
    policy: loaded.sha256,
    ...sealedObject(draft.data),
    ...marks.value,
  });
  await logEntries(house, tx, [...sealedEntries(house, act, draft), entry]);
  const acts = [...earlier, act];
  const folded = await saveFolded(house, tx, { loaded, acts, at: body.at, before });
  await shareAct(house, tx, { loaded, folded, act, acts });
  return ok({ act, folded, entry: entry.id });
}

/** The pairs of acts that two persons must make, in which an act of this type is one. */
function pairsOf({ acts }: Procedure, type: string): readonly string[] {
  const before = (acts[type]?.differsFrom ?? []).map((other) => `${other}|${type}`);
  const after = Object.keys(acts).filter((other) => acts[other]?.differsFrom.includes(type) === true);
  return [...before, ...after.map((other) => `${type}|${other}`)];
}

/** Folds the acts of a case, stores the view, and schedules the clocks that run. */
export async function saveFolded(
  house: House,
  tx: Tx,
  about: {
    readonly loaded: LoadedProcedure;
    readonly acts: readonly SignedBody[];
    readonly at: Instant;
    /** The case before, whose clocks are scheduled already. */
    readonly before?: Pick<Folded, 'state'>;
  },
): Promise<Folded> {
  const setting = settingOf(house, about.loaded.procedure);
  const folded = fold(setting, bodiesOf(about.acts), sha256);
  await saveCase(tx, folded, { procedure: about.loaded.procedure.id, sha256: about.loaded.sha256, at: about.at });
  const scheduled = new Map(
    about.before === undefined ? [] : clocksOf(setting, about.before.state, about.at).map((one) => [one.id, one]),
  );
  for (const clock of clocksOf(setting, folded.state, about.at)) {
    if (clock.state === 'stopped' || clock.state === 'ended' || clock.party !== house.party.id) continue;
    const known = scheduled.get(clock.id);
    if (known !== undefined && known.state === clock.state && known.strict === clock.strict && known.formal === clock.formal)
      continue;
    for (const kind of ['strict', 'formal'] as const)
      await house.jobs.clock(tx, { case: folded.state.case, clock: clock.id, kind, at: clock[kind] });
  }
  const look = lookAgain(copiesOf(setting, folded.state, about.at), { party: house.party.id, now: about.at });
  if (look !== undefined) await house.jobs.custody(tx, { case: folded.state.case, at: look });
  return folded;
}

/** The bodies of acts. */
export function bodiesOf(acts: readonly SignedBody[]): readonly ActBody[] {
  return acts.map((act) => act.body);
}

/** Queues an act, and everything it was made in knowledge of, for each party that the procedure shares it with. */
async function shareAct(
  house: House,
  tx: Tx,
  about: {
    readonly loaded: LoadedProcedure;
    readonly folded: Folded;
    readonly act: StoredAct;
    readonly acts: readonly SignedBody[];
  },
): Promise<void> {
  const { loaded, folded, act, acts } = about;
  for (const party of sharesOf(settingOf(house, loaded.procedure), folded.state, act.body)) {
    const chain = acts.map(({ digest, body }) => ({ digest, case: body.case }));
    if (await queueActs(tx, party, chain, act.body.at)) await house.jobs.deliver(tx, party);
  }
}

/** The sections of an act that a party may read. */
export function sectionsFor(
  house: House,
  ask: {
    readonly loaded: LoadedProcedure;
    readonly folded: Pick<Folded, 'state'>;
    readonly act: StoredAct;
    readonly party: string;
  },
): StoredAct['openings'] {
  const names = readableSections(settingOf(house, ask.loaded.procedure), ask.folded.state, {
    type: ask.act.body.type,
    party: ask.party,
  });
  return Object.fromEntries(Object.entries(ask.act.openings).filter(([name]) => names.includes(name)));
}

/** The procedure that a case runs under, by the digest its acts carry. */
export function procedureFor(house: House, ref: { readonly id: string; readonly sha256: string }): Result<LoadedProcedure> {
  const loaded = house.law.archive.get(ref.sha256);
  return loaded?.procedure.id === ref.id ? ok(loaded) : refuse('procedure-unknown', 'procedure', { procedure: ref.id });
}

interface BodyParts {
  readonly now: Instant;
  readonly draft: Draft;
  readonly loaded: LoadedProcedure;
  readonly before: Folded;
  readonly sections: Readonly<Record<string, string>>;
}

function bodyOf(house: House, { draft, loaded, before, sections, now }: BodyParts): ActBody {
  const latest =
    before.state.done
      .map((trace) => trace.at)
      .sort()
      .at(-1) ?? '';
  // Clocks of two machines differ by a little: an act is never dated before what it answers.
  const at = [now, latest].sort().at(-1) ?? now;
  return {
    v: 1,
    env: house.env,
    id: uuid7(Date.parse(at), house.random(10)),
    case: draft.case,
    procedure: { id: loaded.procedure.id, version: loaded.procedure.version, sha256: loaded.sha256 },
    type: draft.type,
    by: { party: house.party.id, person: draft.person, role: draft.role, seat: loaded.procedure.acts[draft.type]?.seat ?? '' },
    at,
    prev: before.heads,
    data: draft.data,
    sections,
  };
}

/** Where several payloads leave in one act, each has its own entry, before that of the act. */
function sealedEntries(house: House, { body }: StoredAct, { role }: Draft): readonly LogEntry[] {
  const sent = decisionsOf(body.data).filter((decision) => typeof decision['delivery'] === 'string');
  if (sent.length < 2) return [];
  return sent.map(({ ciphertext, size }) =>
    entryOf(house, {
      t: 'sealed',
      case: body.case,
      at: body.at,
      role,
      obj: { ct_sha256: String(ciphertext), bytes: Number(size) },
    }),
  );
}

function sealedObject(data: JsonObject): { readonly obj?: { readonly ct_sha256: string; readonly bytes: number } } {
  const decisions = Array.isArray(data['decisions']) ? data['decisions'] : [];
  const [only] = decisions;
  if (decisions.length !== 1 || typeof only?.['ciphertext'] !== 'string' || typeof only?.['size'] !== 'number') return {};
  return { obj: { ct_sha256: only['ciphertext'], bytes: only['size'] } };
}
