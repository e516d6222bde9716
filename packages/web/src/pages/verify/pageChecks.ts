import type { Functions } from '@comity/verify';
import { ed25519 } from '@noble/curves/ed25519.js';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';

/** The checks of signatures in a page, which has no library of the machine's for ML-DSA-44: Ed25519, and FIPS 204 pure with an empty context. */
export const pageChecks: Functions['checks'] = {
  ed25519: (publicKey, message, signature) => fits(() => ed25519.verify(signature, message, publicKey)),
  mlDsa44: (publicKey, message, signature) => fits(() => ml_dsa44.verify(signature, message, publicKey)),
};

function fits(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    // noble throws on a key or signature of the wrong form: it does not fit.
    return false;
  }
}
