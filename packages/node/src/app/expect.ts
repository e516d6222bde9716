import { isJsonObject } from '@comity/core';
import { decisionsOf, type Folded, movesOf } from '@comity/procedure';
import { parseManifest } from '@comity/seal/manifest';
import { actsOf, type StoredAct } from '../store/acts.ts';
import type { Tx } from '../store/database.ts';
import { insertPayload } from '../store/payloads.ts';
import { type House, type LoadedProcedure, NODE_PERSON, settingOf } from './house.ts';

/** The package that goes with a sealed item: its manifest, the signatures beside it, and the salt of the plaintext digest. */
export interface SealedPackage {
  readonly manifest: unknown;
  readonly signatures: unknown;
  readonly plaintextSalt: string;
}

/** Notes the payloads that a delivery announces and that are for us, and has them fetched. */
export async function expectDeliveries(
  house: House,
  tx: Tx,
  about: { readonly loaded: LoadedProcedure; readonly folded: Folded },
): Promise<void> {
  const { loaded, folded } = about;
  const actor = { party: house.party.id, person: NODE_PERSON, roles: [NODE_PERSON] };
  const moves = movesOf(settingOf(house, loaded.procedure), folded.state, { actor, now: house.now() });
  const receivable = moves.filter((move) => move.refusal === undefined).flatMap((move) => move.items.map((item) => item.item));
  for (const act of await actsOf(tx, folded.state.case, house.subjects)) {
    for (const decision of decisionsOf(act.body.data)) {
      if (!receivable.includes(decision.item) || typeof decision['delivery'] !== 'string' || act.own) continue;
      const manifest = parseManifest(packageOf(act, decision.item)?.manifest);
      if (!manifest.ok) continue;
      const { sha256: ciphertext, size } = manifest.value.ciphertext;
      await insertPayload(tx, {
        ciphertext,
        case: act.body.case,
        item: decision.item,
        size,
        side: 'received',
        holder: act.body.by.party,
        state: 'expected',
        manifest: String(decision['manifest']),
      });
      await house.jobs.fetch(tx, ciphertext);
    }
  }
}

/** The package of an item in a delivery that this node may read. */
export function packageOf(act: StoredAct, item: string): SealedPackage | undefined {
  const value = act.openings['package']?.value;
  const found = isJsonObject(value) ? value[item] : undefined;
  if (!isJsonObject(found) || typeof found['plaintextSalt'] !== 'string') return undefined;
  return { manifest: found['manifest'], signatures: found['signatures'], plaintextSalt: found['plaintextSalt'] };
}
