import { createHmac } from 'node:crypto';
import { type Json, type JsonObject, keyAt, ok, type Party, type Result, refuse, toBase64Url, uuid7 } from '@comity/core';
import { ExtractRefused, extract, type Plan, type Preview } from '@comity/prepare';
import { type CaseState, type Decision, decisionsOf, movesOf, sharesOf } from '@comity/procedure';
import { type SealSummary, seal } from '@comity/seal';
import { type Manifest, manifestBytes, manifestDigest } from '@comity/seal/manifest';
import { sha256 } from '../keys/crypto.ts';
import { findCase } from '../store/cases.ts';
import { insertPayload, type StoredPayload } from '../store/payloads.ts';
import { findPreview } from '../store/previews.ts';
import type { ActRequest } from './act.ts';
import { procedureFor } from './append.ts';
import { type House, type Person, settingOf } from './house.ts';
import { sourceOf, TOKEN_KEY } from './minimise.ts';

/** Acts that allow a delivery; the manifest names them as its basis. */
const APPROVALS = ['issue', 'validate', 'clear', 'approve', 'agree'];

/** A delivery that is sealed and lies in the vault, and the act that will announce it. */
export interface Sealed {
  readonly request: ActRequest;
}

/**
 * Seals the items of a `deliver` act: filter -> seal -> vault as one stream, so that plaintext exists only in passing; then signs a manifest for each.
 * What is sealed is exactly the plan that was previewed and approved.
 */
export async function sealItems(
  house: House,
  ask: { readonly case: string; readonly person: Person; readonly request: ActRequest },
): Promise<Result<Sealed>> {
  const found = await findCase(house.db, ask.case);
  if (found === undefined) return refuse('case-unknown', 'case');
  const allowed = mayDeliver(house, found, ask);
  if (!allowed.ok) return allowed;
  const decisions: JsonObject[] = [];
  const packages: Record<string, Json> = {};
  const payloads: StoredPayload[] = [];
  for (const decision of decisionsOf(ask.request.data)) {
    const one = await sealItem(house, { state: found.state, decision, to: allowed.value });
    if (!one.ok) return one;
    decisions.push(one.value.decision);
    packages[decision.item] = one.value.package;
    payloads.push(one.value.payload);
  }
  return ok({
    request: {
      ...ask.request,
      data: { ...ask.request.data, decisions },
      sections: { ...ask.request.sections, package: packages },
      // The peer may fetch it from the moment the act stands, and not before.
      work: async (tx) => {
        for (const payload of payloads) await insertPayload(tx, payload);
      },
    },
  });
}

/** Before anything is read or sealed: the move must be open to this person now, for each of these items. Gives the receiving parties. */
function mayDeliver(
  house: House,
  found: { readonly procedure: string; readonly procedureSha256: string; readonly state: CaseState },
  ask: { readonly person: Person; readonly request: ActRequest },
): Result<readonly Party[]> {
  const loaded = procedureFor(house, { id: found.procedure, sha256: found.procedureSha256 });
  if (!loaded.ok) return loaded;
  const setting = settingOf(house, loaded.value.procedure);
  const actor = { party: house.party.id, person: ask.person.id, roles: ask.person.roles };
  const move = movesOf(setting, found.state, { actor, now: house.now() }).find(
    (candidate) => candidate.type === ask.request.type,
  );
  if (move === undefined) return refuse('role-not-allowed', 'type', { role: ask.person.roles.join(', '), roles: '' });
  if (move.refusal !== undefined) return { ok: false, refusal: move.refusal };
  for (const [index, decision] of decisionsOf(ask.request.data).entries()) {
    if (!move.items.some((item) => item.item === decision.item))
      return refuse('item-not-open', `data.decisions.${index}.item`, { item: decision.item, state: '' });
  }
  const body = { type: ask.request.type, by: { party: house.party.id } };
  const parties = sharesOf(setting, found.state, body).flatMap(
    (id) => house.directory.parties.find((party) => party.id === id) ?? [],
  );
  return ok(parties);
}

interface One {
  readonly state: CaseState;
  readonly decision: Decision;
  readonly to: readonly Party[];
}

interface SealedItem {
  readonly decision: JsonObject;
  readonly package: Json;
  readonly payload: StoredPayload;
}

async function sealItem(house: House, { state, decision, to }: One): Promise<Result<SealedItem>> {
  const minimised = Object.values(state.items.find((item) => item.item.id === decision.item)?.decisions ?? {}).find(
    (d) => typeof d['preview'] === 'string',
  );
  const approved = await findPreview(house.db, String(minimised?.['preview'] ?? lastPreview(state, decision.item)));
  if (approved === undefined) return refuse('plan-unknown', 'item', { item: decision.item });
  // Parser: savePreview wrote these.
  const [plan, shown] = [approved.plan as unknown as Plan, approved.preview as unknown as Preview];
  const office = to.flatMap((party) => {
    const key = keyAt(party, 'office', house.now());
    return key === undefined ? [] : [{ party: party.id, keyId: key.id, recipient: key.public }];
  });
  const stored = await sealPlan(house, {
    plan,
    to: office.map((key) => key.recipient),
    recipient: to.map((party) => party.id).join(','),
  });
  if (!stored.ok) return stored;
  const manifest = manifestOf(house, { state, item: decision.item, shown, office, summary: stored.value });
  const digest = manifestDigest(manifest, sha256);
  const signature = toBase64Url(house.signers.party(manifestBytes(manifest)));
  const payload = {
    ciphertext: stored.value.ciphertextSha256,
    case: state.case,
    item: decision.item,
    size: stored.value.ciphertextSize,
    side: 'sent',
    holder: to.map((party) => party.id).join(','),
    state: 'held',
    manifest: digest,
  } as const;
  const announced = {
    item: decision.item,
    choice: decision.choice,
    manifest: digest,
    ciphertext: payload.ciphertext,
    size: payload.size,
    delivery: manifest.delivery,
  };
  const sealed = {
    manifest: manifest as unknown as Json,
    signature,
    key: `${house.party.id}#sign-1`,
    plaintextSalt: stored.value.plaintextSalt,
  };
  return ok({ decision: announced, package: sealed, payload });
}

/** The preview that an item's minimisation named, where another track has moved since. */
function lastPreview(state: CaseState, item: string): string {
  const traces = state.done.flatMap((trace) =>
    decisionsOf(trace.data).filter((d) => d.item === item && typeof d['preview'] === 'string'),
  );
  return String(traces.at(-1)?.['preview'] ?? '');
}

async function sealPlan(
  house: House,
  ask: { readonly plan: Plan; readonly to: readonly string[]; readonly recipient: string },
): Promise<Result<SealSummary>> {
  const source = await sourceOf(house, ask.plan);
  if (!source.ok) return source;
  // One key per recipient, never stored: HMAC of the node's own secret over who receives.
  const key = createHmac('sha256', Buffer.from(house.keystore.sign.d, 'base64url'))
    .update(`comity/token/v1\n${ask.recipient}`)
    .digest();
  try {
    const sealing = await seal(extract(ask.plan, source.value, { [TOKEN_KEY]: key }), ask.to);
    if (!sealing.ok) return sealing;
    const put = await house.vault.put(sealing.value.ciphertext);
    return put.ok ? ok(sealing.value.summary()) : put;
  } catch (error) {
    if (error instanceof ExtractRefused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

interface ManifestParts {
  readonly state: CaseState;
  readonly item: string;
  readonly shown: Preview;
  readonly office: Manifest['to'];
  readonly summary: SealSummary;
}

function manifestOf(house: House, { state, item, shown, office, summary }: ManifestParts): Manifest {
  const opening = state.done[0];
  return {
    v: 1,
    suite: 'comity-seal-1',
    env: house.env,
    case: state.case,
    delivery: uuid7(Date.parse(house.now()), house.random(10)),
    item,
    from: house.party.id,
    to: office,
    ciphertext: { sha256: summary.ciphertextSha256, size: summary.ciphertextSize },
    plaintext: { digest: summary.plaintextDigest },
    basis: {
      order: opening?.digest ?? '',
      approvals: state.done.filter((trace) => APPROVALS.includes(trace.type)).map((trace) => trace.digest),
    },
    minimisation: {
      planDigest: shown.planDigest,
      rowsTotal: shown.rowsTotal,
      rowsKept: shown.rowsKept,
      columnsKept: shown.columnsKept.map((c) => c.name),
      columnsDropped: shown.columnsDropped.map((c) => c.name),
    },
    retention: { until: String(opening?.data['retentionUntil'] ?? house.now()), action: 'destroy' },
    at: house.now(),
  };
}
