import type { Env } from '@comity/core';
import { type MlDsa44Jwk, newEvidenceKey, newMlDsa44Key, type PrivateJwk } from './crypto.ts';
import { idOf, type OfficeKey } from './generations.ts';
import type { Keystore } from './keystore.ts';

/** The keystore of earlier versions: one key of each use. The later ones came with the post-quantum log and the second signature. */
interface EarlyKeystore {
  readonly v?: undefined;
  readonly env: Env;
  readonly party: string;
  readonly sign: PrivateJwk;
  readonly signPostQuantum?: MlDsa44Jwk;
  readonly messages: PrivateJwk;
  readonly log: PrivateJwk;
  readonly logPostQuantum?: MlDsa44Jwk;
  readonly witness?: MlDsa44Jwk;
  readonly persons: Readonly<Record<string, PrivateJwk>>;
  readonly office: OfficeKey;
}

/** A keystore as this version knows it: one of an earlier version gains what came later, and no key that it has is changed. The same object when nothing is missing. */
export function growKeystore(read: unknown): Keystore {
  // Parser: written by this version or an earlier one.
  const store = read as Keystore | EarlyKeystore;
  if (store.v === 2) return store.keys.evidence === undefined ? withEvidence(store) : store;
  const { env, party, sign, messages, log, persons, office } = store;
  return {
    v: 2,
    ...{ env, party, log, persons },
    keys: {
      sign: [{ id: idOf(party, 'sign', 1), key: sign }],
      'sign-pq': [{ id: idOf(party, 'sign-pq', 1), key: store.signPostQuantum ?? newMlDsa44Key() }],
      messages: [{ id: idOf(party, 'messages', 1), key: messages }],
      office: [{ id: idOf(party, 'office', 1), key: office }],
      evidence: [{ id: idOf(party, 'evidence', 1), key: newEvidenceKey() }],
    },
    logPostQuantum: store.logPostQuantum ?? newMlDsa44Key(),
    witness: store.witness ?? newMlDsa44Key(),
    // Tokens were made with the signing key; they stay what they were.
    tokens: sign.d,
  };
}

function withEvidence(store: Keystore): Keystore {
  return { ...store, keys: { ...store.keys, evidence: [{ id: idOf(store.party, 'evidence', 1), key: newEvidenceKey() }] } };
}
