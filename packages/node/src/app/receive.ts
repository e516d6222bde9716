import {
  type Act,
  actBytes,
  actDigest,
  commitment,
  fromBase64Url,
  holdsAt,
  ok,
  personOf,
  type Result,
  refuse,
} from '@comity/core';
import { movesOf } from '@comity/procedure';
import type { LogEntry } from '@comity/prove';
import { ed25519Verify, sha256 } from '../keys/crypto.ts';
import { insertAct, type StoredAct, signedBodiesOf } from '../store/acts.ts';
import { lockCase } from '../store/cases.ts';
import type { Tx } from '../store/database.ts';
import { appendAct, procedureFor, saveFolded } from './append.ts';
import { entryOf, logEntries, nextInstant } from './entry.ts';
import { expectDeliveries } from './expect.ts';
import { type House, type LoadedProcedure, NODE_PERSON, settingOf } from './house.ts';
import type { SeenPlace } from './places.ts';
import { holdsSeat } from './powers.ts';

/** What became of each act of a message, and the entries by which it stands in our log. */
export interface Received {
  readonly verdicts: readonly { readonly digest: string; readonly verdict: string }[];
  /** Ids of entries whose places can be waited for. */
  readonly entries: readonly string[];
}

/** Acts that a peer sent, with what else must happen when they are taken. */
export interface Arrival {
  readonly case: string;
  readonly acts: readonly Act[];
  /** Where the sender's log was shown to hold them, by digest of the act. */
  readonly seen?: ReadonlyMap<string, SeenPlace>;
  /** Runs in the same transaction: that the message was taken is noted together with its acts. */
  readonly note: (tx: Tx) => Promise<void>;
}

/**
 * Takes acts of a case from a peer: each is checked on its own (signatures, keys, openings), stored with its log entry, and judged by the procedure.
 * What the procedure does not allow is kept as a void act and changes nothing. Then the node makes the acts that are its own to make: receipts.
 */
export async function receiveActs(house: House, arrival: Arrival): Promise<Result<Received>> {
  const checked: StoredAct[] = [];
  for (const act of arrival.acts) {
    const result = checkAct(house, act, arrival.case);
    if (!result.ok) return result;
    checked.push(result.value);
  }
  const first = checked[0];
  if (first === undefined) return refuse('field-missing', 'acts');
  const loaded = procedureFor(house, first.body.procedure);
  if (!loaded.ok) return loaded;
  return house.db.transaction().execute(async (tx) => {
    await lockCase(tx, arrival.case);
    const entries = await takeAll(house, tx, { acts: checked, seen: arrival.seen ?? new Map() });
    const folded = await saveFolded(house, tx, {
      loaded: loaded.value,
      acts: await signedBodiesOf(tx, arrival.case),
      at: house.now(),
    });
    if (entries.length > 0) {
      await expectDeliveries(house, tx, { loaded: loaded.value, folded });
      await react(house, tx, { case: arrival.case, loaded: loaded.value });
    }
    const verdictOf = new Map(folded.acts.map((act) => [act.digest, act.verdict]));
    const verdicts = checked.map((act) => ({ digest: act.digest, verdict: verdictOf.get(act.digest) ?? 'waiting' }));
    await arrival.note(tx);
    return ok({ verdicts, entries });
  });
}

/** Whether an act is what its makers signed: environment, case, keys of the directory valid at its time, both signatures, and every opening. */
export function checkAct(house: House, act: Act, caseId: string): Result<StoredAct> {
  const { body } = act;
  if (body.env !== house.env) return refuse('environment-mismatch');
  if (body.case !== caseId) return refuse('case-unknown', 'body.case');
  const party = house.directory.parties.find((candidate) => candidate.id === body.by.party);
  if (party === undefined || !holdsAt(party, body.at)) return refuse('sender-unknown', 'body.by.party');
  const person = personOf(party, body.by.person);
  if (person === undefined || !holdsAt(person.key, body.at)) return refuse('sender-unknown', 'body.by.person');
  if (!person.roles.includes(body.by.role))
    return refuse('role-not-allowed', 'body.by.role', { role: body.by.role, roles: person.roles.join(', ') });
  if (!holdsSeat(party, body)) return refuse('seat-not-held', 'body.by.seat', { seat: body.by.seat });
  const keys = [person.key, ...party.keys.filter((key) => key.use === 'sign' && holdsAt(key, body.at))];
  const bytes = actBytes(body);
  const good = (id: string, publicKey: string): boolean =>
    act.signatures.some((s) => s.key === id && ed25519Verify(fromBase64Url(publicKey), bytes, fromBase64Url(s.signature)));
  if (!good(person.key.id, person.key.public)) return refuse('message-signature-invalid', 'signatures');
  if (!keys.slice(1).some((key) => good(key.id, key.public))) return refuse('message-signature-invalid', 'signatures');
  const altered = Object.entries(act.openings).find(
    ([name, opening]) => body.sections[name] !== commitment(name, opening, sha256),
  );
  if (altered !== undefined) return refuse('message-signature-invalid', `openings.${altered[0]}`);
  return ok({ ...act, digest: actDigest(body, sha256), own: body.by.party === house.party.id });
}

async function takeAll(
  house: House,
  tx: Tx,
  { acts, seen }: { readonly acts: readonly StoredAct[]; readonly seen: ReadonlyMap<string, SeenPlace> },
): Promise<readonly string[]> {
  const fresh: StoredAct[] = [];
  for (const act of acts) if (await insertAct(tx, act, { arrived: house.now(), subjects: house.subjects })) fresh.push(act);
  if (fresh.length === 0) return [];
  const at = await nextInstant(house, tx, fresh[0]?.body.case ?? '');
  const entries = fresh.map((act) =>
    entryOf(house, {
      t: `received.${act.body.type}`,
      case: act.body.case,
      at,
      role: NODE_PERSON,
      act: act.digest,
      policy: act.body.procedure.sha256,
      ...seenIn(seen.get(act.digest)),
    }),
  );
  return logEntries(house, tx, entries);
}

function seenIn(place: SeenPlace | undefined): Pick<LogEntry, 'refs' | 'seen'> {
  return place === undefined ? {} : { refs: [place.leaf], seen: place.seen };
}

/** A procedure whose node acts called each other up without end would stop here. */
const MOST_REACTIONS = 20;

/** Makes the acts that the procedure gives to the node itself and that decide no item: that an order arrived starts a clock, so nobody has to remember it. */
async function react(house: House, tx: Tx, about: { readonly case: string; readonly loaded: LoadedProcedure }): Promise<void> {
  const actor = { party: house.party.id, person: NODE_PERSON, roles: [NODE_PERSON] };
  for (let made = 0; made < MOST_REACTIONS; made++) {
    const acts = await signedBodiesOf(tx, about.case);
    const folded = await saveFolded(house, tx, { loaded: about.loaded, acts, at: house.now() });
    const moves = movesOf(settingOf(house, about.loaded.procedure), folded.state, { actor, now: house.now() });
    const move = moves.find((candidate) => candidate.refusal === undefined && candidate.rule.items === undefined);
    if (move === undefined) return;
    const draft = { case: about.case, type: move.type, person: NODE_PERSON, role: NODE_PERSON, data: {}, sections: {} };
    const appended = await appendAct(house, tx, { draft, loaded: about.loaded });
    if (!appended.ok) throw new Error(`the node's own act ${move.type} was refused: ${appended.refusal.code}`);
  }
}
