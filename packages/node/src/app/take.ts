import { ok, type Result, refuse } from '@comity/core';
import { decisionsOf, movesOf } from '@comity/procedure';
import { checkManifest, manifestDigest, SUITES, suiteAt } from '@comity/seal/manifest';
import { sha256 } from '../keys/crypto.ts';
import { actsOf, type StoredAct } from '../store/acts.ts';
import { findCase, lockCase, type StoredCase } from '../store/cases.ts';
import { findPayload, movePayload, type StoredPayload } from '../store/payloads.ts';
import { appendAct, procedureFor } from './append.ts';
import { packageOf } from './expect.ts';
import { fetchPayload } from './fetch.ts';
import { type House, type LoadedProcedure, NODE_PERSON, settingOf } from './house.ts';
import { trustIn } from './manifest.ts';

/**
 * Fetches an announced payload, checks it against its signed manifest, keeps the ciphertext and makes the receipt act.
 * Order of checks: manifest signature, then ciphertext digest; anything wrong keeps nothing. A payload that is here already changes nothing.
 */
export async function takePayload(house: House, ciphertext: string): Promise<Result<'taken' | 'not-expected'>> {
  const payload = await findPayload(house.db, ciphertext, 'received');
  if (payload === undefined || payload.state !== 'expected') return ok('not-expected');
  const sound = await house.db
    .transaction()
    .execute(async (tx) => checkPackage(house, payload, await actsOf(tx, payload.case, house.subjects)));
  if (!sound.ok) return sound;
  const sender = house.directory.parties.find((party) => party.id === payload.holder);
  if (sender === undefined) return refuse('sender-unknown');
  if (!(await house.vault.has(ciphertext))) {
    const kept = await fetchPayload(house, sender, payload);
    if (!kept.ok) return kept;
  }
  return acknowledge(house, payload);
}

function checkPackage(house: House, payload: StoredPayload, acts: readonly StoredAct[]): Result<'sound'> {
  const act = acts.find((candidate) =>
    decisionsOf(candidate.body.data).some(
      (d) => d.item === payload.item && d['ciphertext'] === payload.ciphertext && typeof d['delivery'] === 'string',
    ),
  );
  const sealed = act === undefined ? undefined : packageOf(act, payload.item);
  if (act === undefined || sealed === undefined) return refuse('manifest-invalid');
  // A suite that is retired by now is refused, whatever time the sender gives.
  const sender = house.directory.parties.find((party) => party.id === payload.holder);
  const signed = checkManifest(sealed, trustIn(sender, act.body.at));
  if (!signed.ok || suiteAt(SUITES, signed.value.suite, house.now()) === undefined) return refuse('manifest-invalid');
  const fits = manifestDigest(signed.value, sha256) === payload.manifest && signed.value.ciphertext.sha256 === payload.ciphertext;
  return fits ? ok('sound') : refuse('manifest-invalid');
}

async function acknowledge(house: House, payload: StoredPayload): Promise<Result<'taken'>> {
  const found = await findCase(house.db, payload.case);
  const loaded =
    found === undefined ? refuse('case-unknown') : procedureFor(house, { id: found.procedure, sha256: found.procedureSha256 });
  if (!loaded.ok) return loaded;
  return house.db.transaction().execute(async (tx): Promise<Result<'taken'>> => {
    await lockCase(tx, payload.case);
    await movePayload(tx, payload, 'held');
    const decision = {
      item: payload.item,
      choice: 'receive',
      manifest: payload.manifest,
      ciphertext: payload.ciphertext,
      size: payload.size,
    };
    const draft = {
      case: payload.case,
      type: receiptOf(house, { loaded: loaded.value, found, item: payload.item }),
      person: NODE_PERSON,
      role: NODE_PERSON,
      data: { decisions: [decision] },
      sections: {},
    };
    const made = await appendAct(house, tx, { draft, loaded: loaded.value });
    return made.ok ? ok('taken') : made;
  });
}

/** The act by which this node takes in an item: the one that is open to it for that item now. */
function receiptOf(
  house: House,
  { loaded, found, item }: { readonly loaded: LoadedProcedure; readonly found: StoredCase | undefined; readonly item: string },
): string {
  const actor = { party: house.party.id, person: NODE_PERSON, roles: [NODE_PERSON] };
  const moves = found === undefined ? [] : movesOf(settingOf(house, loaded.procedure), found.state, { actor, now: house.now() });
  const open = moves.find(
    (move) => move.refusal === undefined && move.items.some((one) => one.item === item && one.choices.includes('receive')),
  );
  return open?.type ?? 'receive-delivery';
}
