import { canonicalJson } from '@comity/core';
import { fold } from '@comity/procedure';
import { sha256 } from '../keys/crypto.ts';
import { signedBodiesOf } from '../store/acts.ts';
import { findCase, listCases, lockCase } from '../store/cases.ts';
import { bodiesOf, procedureFor, saveFolded } from './append.ts';
import { type House, settingOf } from './house.ts';

/** A case whose stored view is not what its acts make. */
export interface Stale {
  readonly case: string;
}

/** Folds every case anew from its acts and compares with the stored view, byte for byte. With `mend`, writes what the acts make. */
export async function rebuildViews(house: House, mend: boolean): Promise<readonly Stale[]> {
  const stale: Stale[] = [];
  for (const { id } of await listCases(house.db, Number.MAX_SAFE_INTEGER)) {
    await house.db.transaction().execute(async (tx) => {
      await lockCase(tx, id);
      // Read under the lock: a message that arrives meanwhile is no staleness.
      const stored = await findCase(tx, id);
      if (stored === undefined) return;
      const loaded = procedureFor(house, { id: stored.procedure, sha256: stored.procedureSha256 });
      if (!loaded.ok) return;
      const acts = await signedBodiesOf(tx, stored.id);
      const folded = fold(settingOf(house, loaded.value.procedure), bodiesOf(acts), sha256);
      const same =
        canonicalJson([folded.state, folded.acts, folded.heads]) === canonicalJson([stored.state, stored.judged, stored.heads]);
      if (!same) stale.push({ case: stored.id });
      if (!same && mend) await saveFolded(house, tx, { loaded: loaded.value, acts, at: stored.updated });
    });
  }
  return stale;
}
