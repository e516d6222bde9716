import type { Decrypter, Stanza } from 'age-encryption';
import { isDowngrade } from './kinds.ts';

/** Makes a reader refuse post-quantum files with a classical stanza, and shared ones with a stanza for one alone, whichever identity it holds. To be called before identities are added. */
export function refuseDowngrade(decrypter: Decrypter): void {
  const look = (stanzas: Stanza[]): null => {
    if (isDowngrade(stanzas.map(({ args }) => args[0] ?? ''))) throw new Error('stanzas of different strength');
    return null;
  };
  decrypter.addIdentity({ unwrapFileKey: look });
}
